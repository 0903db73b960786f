import type { AuditedObject, AuditResult, ObjectLabel } from '../model.js';
import { refOf } from './refs.js';

/** What the rows of a file are. */
export type RowKind = 'results' | 'objects';

/** First line of a file of rows. */
export interface RowsHead {
  readonly format: 'omegraph-audit-rows';
  readonly version: 1;
  readonly rows: RowKind;
  readonly container: string;
  readonly base: string;
}

/**
 * Rows as lines of JSON: a head, then arrays (rows) and objects `{"d": …}` that each add one entry to the file's dictionary,
 * which later rows name by number, and at the end `{"end": rows}`, without which the file was cut off.
 */
export interface RowLines<Row> {
  /** Lines for a row, each with its line feed; rows come in order. */
  add(row: Row): string;
  /** The last lines. */
  end(): string;
}

/** Entries beyond these are written where they stand, so that a reader's memory is bounded. */
const DICTIONARY = 50_000;

/** `Image:1` for an IRI under the base that reads as one, else the IRI in angle brackets. */
function packNode(base: string, { node, ref }: Pick<ObjectLabel, 'node' | 'ref'>): string {
  return node === `${base}/${ref.replace(':', '/')}` ? ref : `<${node}>`;
}

/** The object of a packed node; the label is the reference where none is given. */
export function unpackObject(base: string, packed: string, label: unknown): ObjectLabel {
  const node = packed.startsWith('<') ? packed.slice(1, -1) : `${base}/${packed.replace(':', '/')}`;
  const ref = packed.startsWith('<') ? refOf(node) : packed;
  return { node, ref, label: typeof label === 'string' ? label : ref };
}

function dictionary(): { lines: string; entry(value: unknown): unknown } {
  const known = new Map<string, number>();
  return {
    lines: '',
    entry(value) {
      const text = JSON.stringify(value);
      const before = known.get(text);
      if (before !== undefined) return before;
      if (known.size >= DICTIONARY) return value;
      this.lines += `{"d":${text}}\n`;
      known.set(text, known.size);
      return known.size - 1;
    },
  };
}

const headLine = (rows: RowKind, container: string, base: string): string =>
  `${JSON.stringify({ format: 'omegraph-audit-rows', version: 1, rows, container, base } satisfies RowsHead)}\n`;

/** Lines of results: `[focus, label, image, parts, result …]` for each object; a result is `[kind, value?, says?]` or the number of its kind. */
export function resultLines(container: string, base: string): RowLines<AuditResult> {
  const words = dictionary();
  // rows share their lists of parts, and a shape says the same of most objects
  const partsOf = new WeakMap<readonly ObjectLabel[], unknown>();
  const kinds: { readonly of: AuditResult; readonly entry: unknown }[] = [];
  const kindOf = (result: AuditResult): unknown => {
    const { shape, severity, message, component, waived } = result;
    const last = kinds[shape];
    if (last !== undefined && sameKind(last.of, result)) return last.entry;
    const entry = words.entry([shape, severity, message, component, waived ? 1 : 0]);
    if (typeof entry === 'number') kinds[shape] = { of: result, entry };
    return entry;
  };
  const partsEntry = (parts: readonly ObjectLabel[]): unknown => {
    const known = partsOf.get(parts);
    if (known !== undefined) return known;
    const entry = words.entry(parts.map(pack));
    partsOf.set(parts, entry);
    return entry;
  };
  const pack = (object: ObjectLabel): unknown[] => [
    packNode(base, object),
    object.label === object.ref ? 0 : object.label,
  ];
  let focus = '';
  let row: unknown[] | undefined;
  let rows = 0;
  let head = headLine('results', container, base);
  const flush = (): string => {
    const line = row === undefined ? '' : `${JSON.stringify(row)}\n`;
    row = undefined;
    return line;
  };
  return {
    add(result) {
      let flushed = '';
      if (row === undefined || result.focus.node !== focus) {
        flushed = flush();
        focus = result.focus.node;
        const { image } = result;
        const at = image === undefined ? 0 : image.node === focus ? 1 : pack(image);
        row = [...pack(result.focus), at, partsEntry(result.partOf)];
      }
      const { value, says } = result;
      const kind = kindOf(result);
      if (value !== undefined) row.push(says === undefined ? [kind, value] : [kind, value, says]);
      else row.push(typeof kind === 'number' ? kind : [kind]);
      rows += 1;
      const out = head + words.lines + flushed;
      head = '';
      words.lines = '';
      return out;
    },
    end: () => `${head}${flush()}{"end":${rows}}\n`,
  };
}

function sameKind(a: AuditResult, b: AuditResult): boolean {
  return a.message === b.message && a.component === b.component && a.severity === b.severity && a.waived === b.waived;
}

/** Lines of objects: `[object, label, type, parts, group, owner, statuses]`. */
export function objectLines(container: string, base: string): RowLines<AuditedObject> {
  const words = dictionary();
  let last: { readonly of: AuditedObject; readonly entry: unknown } | undefined;
  const sharedEntry = (object: AuditedObject): unknown => {
    const { type, partOf, group, owner } = object;
    const { of, entry: before } = last ?? {};
    if (of?.partOf === partOf && of.type === type && of.group === group && of.owner === owner) return before;
    const entry = words.entry([type, partOf, group ?? 0, owner ?? 0]);
    last = { of: object, entry };
    return entry;
  };
  let rows = 0;
  let head = headLine('objects', container, base);
  return {
    add(object) {
      const shared = sharedEntry(object);
      const label = object.label === object.ref ? 0 : object.label;
      const row = JSON.stringify([packNode(base, object), label, shared, words.entry(object.statuses)]);
      const out = `${head}${words.lines}${row}\n`;
      head = '';
      words.lines = '';
      rows += 1;
      return out;
    },
    end: () => `${head}{"end":${rows}}\n`,
  };
}
