import { asArray, asObject, asText, type Json, type JsonObject } from './json.js';

/** The axes of a multiscale: its own, or (0.6 drafts) those of the coordinate system that its first dataset leads to. */
export function axesOf(multiscale: JsonObject): readonly Json[] | undefined {
  if (multiscale.axes !== undefined) return asArray(multiscale.axes);
  const systems = (asArray(multiscale.coordinateSystems) ?? []).map(asObject);
  const output = transformationsOf(asArray(multiscale.datasets)?.[0])[0]?.output;
  const name = asText(output) ?? asText(asObject(output)?.name);
  return asArray((systems.find((s) => s?.name === name) ?? systems[0])?.axes);
}

/** The transformations of a dataset or multiscale; a sequence (0.6 drafts) is opened. */
export function transformationsOf(holder: Json | undefined): readonly JsonObject[] {
  return (asArray(asObject(holder)?.coordinateTransformations) ?? []).flatMap((entry) => {
    const t = asObject(entry);
    if (t === undefined) return [];
    const inner = t.type === 'sequence' ? (asArray(t.transformations) ?? []) : [];
    return [t, ...inner.map(asObject).filter((x) => x !== undefined)];
  });
}

/** Whether a path of the metadata stays inside its group. */
export const isInside = (path: string): boolean =>
  path !== '' && !/^[/\\]|^[A-Za-z]:|\0/.test(path) && !path.split(/[/\\]/).includes('..');
