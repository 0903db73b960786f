import type { KeyValue } from '../ome/model.js';
import type { CarriedKeyValues } from './carriedKeyValues.js';
import { CLIENT_NAMESPACE, importCsvRows, isTakenKey } from './importCsv.js';
import { mergedKeys, placesIn } from './keyOrder.js';

/** How key-values are written. */
export interface KeyValueCsvOptions {
  readonly separator?: ',' | ';' | '\t' | undefined;
  /** Only these namespaces; all when left out. */
  readonly namespaces?: readonly string[] | undefined;
  /** Columns TAG too. */
  readonly tags?: boolean | undefined;
}

/** What a CSV in the conventions of omero-scripts has no place for: it is left out, or an import will change it. */
export interface Loss {
  readonly what: string;
  readonly count: number;
  readonly example: string;
}

/** A table of key-values as CSV. */
export interface KeyValueCsv {
  /** Rows, each with its line end. */
  rows(): Iterable<string>;
  /** Objects in it. */
  readonly objects: number;
  readonly pairs: number;
  readonly losses: readonly Loss[];
}

/**
 * Key-values of objects of one type as CSV that Import_from_csv of omero-scripts (5.8.4) takes back: OBJECT_ID, OBJECT_NAME, the
 * namespaces in the first row, keys in their own spelling and order, a column for each time that an object repeats a key. UTF-8 without
 * byte order mark; texts stand as they are, formulas of spreadsheets too, since what is imported again must not change.
 */
export function keyValueCsv(objects: readonly CarriedKeyValues[], options: KeyValueCsvOptions = {}): KeyValueCsv {
  const { separator = ',' } = options;
  const losses = new Map<string, { count: number; example: string }>();
  const lose = (what: string, example: string): void => {
    const known = losses.get(what) ?? { count: 0, example };
    losses.set(what, { ...known, count: known.count + 1 });
  };
  const leaveOut = (what: string, example: string): false => {
    lose(`left out: ${what}`, example);
    return false;
  };
  const canBeWritten = ([key, value]: KeyValue): boolean => {
    if (key.trim() === '') return leaveOut('a pair without a key', value);
    if (value.trim() === '') return leaveOut('a key without a value', key);
    if (isTakenKey(key)) return leaveOut('a key with the name of a column that means something else', key);
    return true;
  };
  /** Pairs of each object by namespace; annotations of the same namespace become one. */
  const contents = objects.map(({ annotations }) => {
    const sets = new Map<string, KeyValue[]>();
    for (const { namespace = '', pairs } of annotations) {
      if (options.namespaces !== undefined && !options.namespaces.includes(namespace)) continue;
      const set = sets.get(namespace.trim()) ?? [];
      for (const pair of pairs) if (canBeWritten(pair)) set.push(pair);
      if (set.length > 0) sets.set(namespace.trim(), set);
    }
    return sets;
  });
  const tags = objects.map((object) =>
    options.tags === true
      ? object.tags.filter(({ name, set }) =>
          /[[\],]/.test(name + (set ?? '')) ? leaveOut('a tag with a bracket or comma in its name', name) : true,
        )
      : [],
  );
  for (const sets of contents) {
    for (const [namespace, pairs] of sets) {
      if (namespace === '')
        lose(`an annotation without a namespace becomes one of ${CLIENT_NAMESPACE}`, pairs[0]?.[0] ?? '');
      for (const [key, value] of pairs) {
        if (key !== key.trim()) lose('a key loses the blanks around it', key);
        if (value.includes('\r')) lose('a carriage return in a value becomes a line feed', key);
      }
    }
  }
  const sections = [...new Set(contents.flatMap((sets) => [...sets.keys()]))].sort().map((namespace) => ({
    namespace,
    keys: mergedKeys(contents.map((sets) => (sets.get(namespace) ?? []).map(([key]) => key))),
  }));
  const tagColumns = Math.max(0, ...tags.map((list) => list.length));
  const used = objects.map((_, i) => i).filter((i) => (contents[i]?.size ?? 0) + (tags[i]?.length ?? 0) > 0);
  const columns = [
    ...sections.flatMap(({ namespace, keys }) => keys.map((key) => ({ namespace, key }))),
    ...Array.from({ length: tagColumns }, () => ({ namespace: '', key: 'TAG' })),
  ];

  function* rows() {
    for (const i of used) {
      const cells = sections.flatMap(({ namespace, keys }) => {
        const values = keys.map(() => '');
        const pairs = contents[i]?.get(namespace) ?? [];
        const places =
          placesIn(
            keys,
            pairs.map(([key]) => key),
          ) ?? [];
        pairs.forEach(([, value], n) => (values[places[n] ?? 0] = value));
        return values;
      });
      const named = tags[i]?.map(({ name, set }) => (set === undefined ? name : `${name}[${set}]`)) ?? [];
      const padding = Array.from({ length: tagColumns - named.length }, () => '');
      yield { id: objects[i]?.id ?? '', name: objects[i]?.name ?? '', cells: [...cells, ...named, ...padding] };
    }
  }
  return {
    rows: () => importCsvRows({ columns, rows }, separator),
    objects: used.length,
    pairs: contents.reduce((n, sets) => n + [...sets.values()].reduce((m, pairs) => m + pairs.length, 0), 0),
    losses: [...losses].map(([what, more]) => ({ what, ...more })),
  };
}
