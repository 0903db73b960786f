import type { AuditedObject, AuditReport, AuditResult, StoredAudit } from '../model.js';
import { readRows, type RowSource } from './readRows.js';
import { rowWriter } from './rowBytes.js';
import { objectLines, type RowKind, resultLines } from './rowLines.js';

/** Finds the rows of a container; undefined when the audit has none of it. */
export type RowPlaces = (kind: RowKind, container: string) => RowSource | undefined;

const nothing: AsyncIterable<never> = {
  async *[Symbol.asyncIterator]() {},
};

/** An audit over its report and the places of its rows; nothing is opened before it is asked for. */
export function storedAudit(report: AuditReport, places: RowPlaces): StoredAudit {
  const containers = new Set(report.containers.map((c) => c.container));
  const rowsOf = <Kind extends RowKind>(kind: Kind, container: string) => {
    const source = containers.has(container) ? places(kind, container) : undefined;
    return source === undefined ? nothing : readRows(kind, source, container);
  };
  async function* all<Kind extends RowKind>(kind: Kind) {
    for (const container of containers) for await (const row of rowsOf(kind, container)) yield row;
  }
  return {
    report,
    results: (container) => (container === undefined ? all('results') : rowsOf('results', container)),
    objects: (container) => (container === undefined ? all('objects') : rowsOf('objects', container)),
  };
}

/** An audit held in memory, its rows compressed. Rows are taken in the order given. */
export function memoryAudit(
  report: AuditReport,
  rows: { readonly results: Iterable<AuditResult>; readonly objects: Iterable<AuditedObject> },
): StoredAudit {
  const held = new Map<string, Uint8Array>();
  const hold = (kind: RowKind, container: string) => (bytes: Uint8Array) => {
    const key = `${kind} ${container}`;
    held.set(key, Buffer.concat([held.get(key) ?? new Uint8Array(), bytes]));
  };
  const writers = new Map(
    report.containers.map(({ container }) => [
      container,
      {
        results: rowWriter(resultLines(container, report.base), hold('results', container)),
        objects: rowWriter(objectLines(container, report.base), hold('objects', container)),
      },
    ]),
  );
  for (const row of rows.results) writers.get(row.container)?.results.add(row);
  for (const row of rows.objects) writers.get(row.container)?.objects.add(row);
  for (const { results, objects } of writers.values()) {
    results.end();
    objects.end();
  }
  return storedAudit(report, (kind, container) => held.get(`${kind} ${container}`));
}
