import type { MappingRow, MappingSet } from './mappingSet.js';

/** What is in one mapping table. */
export interface TableStatistics {
  readonly file: string;
  /** `mapping_set_id` and `mapping_set_version`. */
  readonly setId: string;
  readonly version: string | undefined;
  readonly kind: 'keys' | 'values';
  /** Rows in force: those that a later folder overrides are not counted. */
  readonly rows: number;
  /** Rows that say that nothing fits. */
  readonly none: number;
  /** Different fields (keys) or terms (values) that are reached. */
  readonly objects: number;
}

/** Numbers of each table in force, in the order in which they were read. */
export function mappingStatistics(mappings: MappingSet): readonly TableStatistics[] {
  const byFile = new Map<string, MappingRow[]>();
  for (const row of mappings.rows) {
    const rows = byFile.get(row.file);
    if (rows === undefined) byFile.set(row.file, [row]);
    else rows.push(row);
  }
  const isNone = (row: MappingRow): boolean => (row.kind === 'key' ? row.field : row.term) === undefined;
  return [...byFile].flatMap(([file, rows]) => {
    const [first] = rows;
    if (first === undefined) return [];
    const { setId, setVersion: version, kind } = first;
    const none = rows.filter(isNone).length;
    const objects = new Set(rows.filter((r) => !isNone(r)).map((r) => r.object)).size;
    return [
      { file, setId, version, kind: kind === 'key' ? 'keys' : 'values', rows: rows.length, none, objects } as const,
    ];
  });
}
