import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { OmegraphError } from '../../errors.js';
import type { AuditedObject, AuditResult, ObjectLabel } from '../model.js';
import { type RowKind, unpackObject } from './rowLines.js';

/** Compressed rows: a file, or its bytes. */
export type RowSource = string | Uint8Array;

type Rows = { readonly results: AuditResult; readonly objects: AuditedObject };
type Unpack<Row> = (row: readonly unknown[], entry: (packed: unknown) => unknown) => Row[];

/** Rows of one container, in their order; @throws OmegraphError (input) when they are damaged, cut off or not what they should be */
export async function* readRows<Kind extends RowKind>(
  kind: Kind,
  source: RowSource,
  container: string,
): AsyncGenerator<Rows[Kind]> {
  const where = typeof source === 'string' ? source : `rows of ${container}`;
  const words: unknown[] = [];
  const entry = (packed: unknown): unknown => {
    if (typeof packed !== 'number') return packed;
    if (packed >= words.length) throw damaged(where, 'a row names an entry that is not there');
    return words[packed];
  };
  let unpack: Unpack<Rows[Kind]> | undefined;
  let rows = 0;
  let end: number | undefined;
  for await (const lines of lineBlocks(source, where)) {
    for (const line of lines) {
      if (end !== undefined) throw damaged(where, 'there is something after the end');
      const value = parsed(line, where);
      if (Array.isArray(value)) {
        if (unpack === undefined) throw damaged(where, 'the head is missing');
        for (const row of unpack(value, entry)) {
          rows += 1;
          yield row;
        }
      } else if (unpack === undefined) {
        unpack = unpackerOf(kind, value, container, where) as Unpack<Rows[Kind]>;
      } else if ('d' in value) words.push(value['d']);
      else end = Number(value['end']);
    }
  }
  if (end !== rows) throw damaged(where, 'it was cut off');
}

function unpackerOf(
  kind: RowKind,
  head: Readonly<Record<string, unknown>>,
  container: string,
  where: string,
): Unpack<AuditResult> | Unpack<AuditedObject> {
  const { format, version, base } = head;
  if (format !== 'omegraph-audit-rows' || version !== 1 || head['rows'] !== kind || typeof base !== 'string')
    throw damaged(where, 'it is not a file of rows of this version');
  if (head['container'] !== container) throw damaged(where, 'it is about another container');
  return kind === 'results' ? resultUnpacker(container, base) : objectUnpacker(container, base);
}

type PackedKind = readonly [number, AuditResult['severity'], string, string, 0 | 1];

function resultUnpacker(container: string, base: string): Unpack<AuditResult> {
  const unpack = (packed: unknown): ObjectLabel => {
    const [node, label] = packed as [string, unknown];
    return unpackObject(base, node, label);
  };
  const parts = new Map<unknown, readonly ObjectLabel[]>();
  return (row, entry) => {
    const focus = unpack(row);
    const image = row[2] === 0 ? undefined : row[2] === 1 ? focus : unpack(row[2]);
    let partOf = parts.get(row[3]);
    if (partOf === undefined) {
      partOf = (entry(row[3]) as unknown[]).map(unpack);
      if (typeof row[3] === 'number') parts.set(row[3], partOf);
    }
    const found: AuditResult[] = [];
    for (let i = 4; i < row.length; i += 1) {
      const packed = row[i];
      const of: unknown = Array.isArray(packed) ? packed[0] : packed;
      const [, value, says] = (Array.isArray(packed) ? packed : []) as [unknown?, string?, string?];
      const [shape, severity, message, component, waived] = entry(of) as PackedKind;
      const off = waived === 1;
      found.push({ container, focus, image, partOf, shape, severity, message, value, says, component, waived: off });
    }
    return found;
  };
}

function objectUnpacker(container: string, base: string): Unpack<AuditedObject> {
  return (row, entry) => {
    const { node, ref, label } = unpackObject(base, row[0] as string, row[1]);
    const [type, partOf, of, by] = entry(row[2]) as [string, readonly string[], unknown, unknown];
    const group = typeof of === 'string' ? of : undefined;
    const owner = typeof by === 'string' ? by : undefined;
    return [{ container, node, ref, label, type, partOf, group, owner, statuses: entry(row[3]) as string }];
  };
}

function parsed(line: string, where: string): unknown[] | Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === 'object' && value !== null) return value as unknown[] | Record<string, unknown>;
  } catch {
    // told below
  }
  throw damaged(where, 'a line is not one of rows');
}

/** Lines in blocks: one await a block, not a line. */
async function* lineBlocks(source: RowSource, where: string): AsyncGenerator<string[]> {
  const bytes: Readable = typeof source === 'string' ? createReadStream(source) : Readable.from([source]);
  const text = bytes.pipe(createGunzip()).setEncoding('utf8');
  bytes.on('error', (error) => text.destroy(error));
  let rest = '';
  try {
    for await (const chunk of text as AsyncIterable<string>) {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      yield lines;
    }
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause)) throw cause;
    throw damaged(where, cause.message, cause);
  } finally {
    bytes.destroy();
  }
  if (rest !== '') throw damaged(where, 'it was cut off');
}

function damaged(where: string, found: string, cause?: unknown): OmegraphError {
  return new OmegraphError(
    'input',
    { where, wrong: 'the rows of this audit cannot be read', found, remedy: 'run `omegraph audit` again' },
    { cause },
  );
}
