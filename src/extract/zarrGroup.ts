import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { asArray, asObject, asText, type Json, type JsonObject } from './json.js';

/** What a Zarr folder says about itself: format 2 (`.zattrs`, `.zarray`) or 3 (`zarr.json`). */
export interface ZarrNode {
  /** The user attributes; without the `ome` layer that 0.5 adds. */
  readonly ome: JsonObject;
  /** The version stated by the metadata. */
  readonly version: string | undefined;
  readonly array?: ZarrArray | undefined;
  /** The file that was read. */
  readonly file: string;
}

export interface ZarrArray {
  readonly shape: readonly number[];
  /** As written: `<u2` (format 2), `uint16` (format 3). */
  readonly dataType: string;
  readonly bigEndian: boolean | undefined;
}

/** Why a metadata file could not be used. */
export interface ZarrProblem {
  readonly file: string;
  readonly problem: string;
}

/** Metadata of a group is some kB, of a large plate some MB; what is larger is something else. */
const MOST_BYTES = 64 * 1024 * 1024;

/** Reads the metadata of a folder; `undefined` when it has none. */
export async function readZarrNode(folder: string): Promise<ZarrNode | ZarrProblem | undefined> {
  const three = await readJson(join(folder, 'zarr.json'));
  if (three !== undefined)
    return 'problem' in three ? three : nodeOf(three.json, join(folder, 'zarr.json'), asObject(three.json.attributes));
  const attributes = await readJson(join(folder, '.zattrs'));
  if (attributes !== undefined && 'problem' in attributes) return attributes;
  const array = await readJson(join(folder, '.zarray'));
  if (array !== undefined && 'problem' in array) return array;
  if (attributes === undefined && array === undefined) {
    const group = await readJson(join(folder, '.zgroup'));
    return group === undefined || 'problem' in group ? group : nodeOf({}, join(folder, '.zgroup'), {});
  }
  const file = join(folder, attributes === undefined ? '.zarray' : '.zattrs');
  return nodeOf(array?.json ?? {}, file, attributes?.json);
}

function nodeOf(json: JsonObject, file: string, attributes: JsonObject | undefined): ZarrNode {
  const own = attributes ?? {};
  const ome = asObject(own.ome) ?? asObject(asObject(own.attributes)?.ome) ?? own;
  const shape = asArray(json.shape);
  const dataType = asText(json.dtype) ?? asText(json.data_type);
  return {
    ome,
    version: versionOf(ome),
    file,
    ...(shape?.every((n) => Number.isSafeInteger(n) && Number(n) >= 0) && {
      array: { shape: shape as readonly number[], dataType: dataType ?? '', bigEndian: endianness(json, dataType) },
    }),
  };
}

/** 0.5 and later state one version for all; before, each part has its own. */
function versionOf(ome: JsonObject): string | undefined {
  const parts = [
    ome,
    asObject(asArray(ome.multiscales)?.[0]),
    ...['plate', 'well', 'image-label'].map((key) => asObject(ome[key])),
  ];
  return parts.map((part) => asText(part?.version)).find((version) => version !== undefined);
}

function endianness(json: JsonObject, dataType: string | undefined): boolean | undefined {
  if (json.dtype !== undefined) return dataType?.startsWith('>') ? true : dataType?.startsWith('<') ? false : undefined;
  const bytes = (asArray(json.codecs) ?? []).map(asObject).find((codec) => codec?.name === 'bytes');
  const endian = asObject(bytes?.configuration)?.endian;
  return endian === 'big' ? true : endian === 'little' ? false : undefined;
}

async function readJson(file: string): Promise<{ readonly json: JsonObject } | ZarrProblem | undefined> {
  try {
    const { size } = await stat(file);
    if (size > MOST_BYTES) return { file, problem: `${size} bytes of metadata` };
    const json = asObject(JSON.parse(await readFile(file, 'utf8')) as Json);
    return json === undefined ? { file, problem: 'is not a JSON object' } : { json };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    return { file, problem: error instanceof Error ? error.message : String(error) };
  }
}
