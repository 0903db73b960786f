import type { ObjectRef, OmeRecord } from '../../ome/model.js';
import type { ExtractOptions } from '../metadataSource.js';
import type { ServerMap } from './serverMap.js';
import type { Unit } from './units.js';

/** Tells how far a run is, in images where the server counts them and in wells for plates. */
export interface UnitProgress {
  begin(unit: Unit): void;
  see(record: OmeRecord): void;
  /** A second try. */
  again(ref: string): void;
  end(): void;
}

/** Records between two reports. */
const STEP = 50;

/** The progress of some units. */
export function unitProgress(map: ServerMap, units: readonly Unit[], tell: ExtractOptions['onProgress']): UnitProgress {
  const total = units.reduce((sum, unit) => sum + weightOf(map, unit), 0);
  let before = 0;
  let weight = 0;
  let seen = 0;
  let counted: 'Image' | 'Well' = 'Image';
  let what = '';
  const report = (): void => tell?.({ done: before + Math.min(seen, weight), total, what });
  return {
    begin(unit) {
      before += weight;
      weight = weightOf(map, unit);
      seen = 0;
      counted = unit.key.startsWith('Plate:') ? 'Well' : 'Image';
      what = labelOf(map, unit);
      report();
    },
    see(record) {
      if (record.kind !== 'object' || record.object.type !== counted) return;
      seen += 1;
      if (seen % STEP === 0) report();
    },
    again(ref) {
      [before, weight, what] = [total, 0, `${ref}, again`];
      report();
    },
    end: () => tell?.({ done: total, total, what: '' }),
  };
}

/** Images in a unit, or wells of a plate, as far as the map knows. */
export function weightOf(map: ServerMap, unit: Unit): number {
  if (unit.kind === 'orphans') return map.orphanedImages ?? 0;
  if (unit.kind === 'image') return 1;
  const { object, children = 0, whole } = map.containers.get(unit.ref) ?? {};
  if (object === undefined || whole !== true) return 0;
  if (object.type === 'Dataset') return children;
  return object.type === 'Plate' ? (object.rows ?? 0) * (object.columns ?? 0) : 0;
}

function labelOf(map: ServerMap, unit: Unit): string {
  if (unit.kind === 'orphans') return 'images without a dataset';
  const name = unit.kind === 'image' ? undefined : map.containers.get(unit.key as ObjectRef)?.object.name;
  return name === undefined ? unit.key : `${unit.key} ${name}`;
}
