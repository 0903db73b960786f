import { FIX_TYPES, type FixObject, type StatedPair } from './containerFacts.js';
import { CLIENT_NAMESPACE, type FixKnowledge, type FixTable, type SiteKey } from './model.js';
import type { Decision } from './decisions.js';
import type { BadPair, Repairs } from './repairs.js';

const byRef = new Intl.Collator('en', { numeric: true });
const sorted = (objects: Iterable<FixObject>): FixObject[] => [...objects].sort((a, b) => byRef.compare(a.ref, b.ref));

/** A cell that is to be filled in: its field, and what is in it already. */
export interface GapCell {
  readonly key: SiteKey;
  readonly text: string;
}

/** Tables of what is missing, by type of object; columns in the order of the fields. */
export function gapTables(gaps: ReadonlyMap<FixObject, ReadonlyMap<number, GapCell>>): FixTable[] {
  return FIX_TYPES.flatMap((type) => {
    const objects = sorted([...gaps.keys()].filter((object) => object.type === type));
    if (objects.length === 0) return [];
    const keys = new Map<number, SiteKey>();
    for (const object of objects) for (const [field, { key }] of gaps.get(object) ?? []) keys.set(field, key);
    const fields = [...keys.keys()].sort((a, b) => a - b);
    let [open, filled] = [0, 0];
    const rows = objects.map((object) => {
      const cells = fields.map((field) => {
        const cell = gaps.get(object)?.get(field);
        if (cell !== undefined)
          if (cell.text === '') open += 1;
          else filled += 1;
        return cell?.text ?? '';
      });
      return { object, cells };
    });
    return [
      { type, replaces: false, part: 1, columns: fields.flatMap((field) => keys.get(field) ?? []), rows, open, filled },
    ];
  });
}

/** Tables of what is wrong, and the objects whose pairs CSV cannot hold. */
export interface RepairTables {
  readonly tables: readonly FixTable[];
  /** Objects that are left out, because something that counts would be lost. */
  readonly unwritable: readonly FixObject[];
  /** Objects that lose pairs without a value. */
  readonly lossy: readonly FixObject[];
}

/** Tables of what is wrong: all pairs that the objects have in the namespaces concerned, with the bad ones mended. */
export function repairTables(
  bad: Repairs['bad'],
  decisionOf: (found: BadPair) => Decision,
  knowledge: FixKnowledge,
): RepairTables {
  const unwritable: FixObject[] = [];
  const lossy: FixObject[] = [];
  const groups = new Map<string, { readonly namespaces: readonly string[]; readonly objects: FixObject[] }>();
  for (const [object, pairs] of bad) {
    const annotations = [...pairs.values()].map(({ annotation }) => annotation).filter(({ csv }) => csv === undefined);
    if (annotations.length === 0) continue;
    const found = new Set(annotations.map(({ namespace }) => namespace ?? CLIENT_NAMESPACE));
    const namespaces = [...found].sort();
    if (!namespaces.every((namespace) => canReplace(object, namespace, knowledge))) {
      unwritable.push(object);
      continue;
    }
    const pairsOf = (namespace: string): readonly StatedPair[] => pairsIn(object, namespace);
    if (namespaces.flatMap(pairsOf).some(({ key, value }) => !knowledge.canBeWritten(key, value))) lossy.push(object);
    const same = JSON.stringify(namespaces);
    const group = groups.get(same) ?? { namespaces, objects: [] };
    groups.set(same, group);
    group.objects.push(object);
  }
  const tables = FIX_TYPES.flatMap((type) =>
    [...groups.values()]
      .map(({ namespaces, objects }) => ({ namespaces, objects: sorted(objects.filter((one) => one.type === type)) }))
      .filter(({ objects }) => objects.length > 0)
      .sort((a, b) => b.objects.length - a.objects.length || (a.namespaces.join() < b.namespaces.join() ? -1 : 1))
      .map(({ namespaces, objects }, i): FixTable => {
        const table = repairTable(objects, namespaces, bad, decisionOf, knowledge);
        return { type, replaces: true, part: i + 1, ...table };
      }),
  );
  return { tables, unwritable, lossy };
}

function repairTable(
  objects: readonly FixObject[],
  namespaces: readonly string[],
  bad: Repairs['bad'],
  decisionOf: (found: BadPair) => Decision,
  knowledge: FixKnowledge,
): Pick<FixTable, 'columns' | 'rows' | 'open' | 'filled'> {
  let [open, filled] = [0, 0];
  const contents = objects.map((object) =>
    namespaces.map((namespace) =>
      pairsIn(object, namespace).flatMap((pair): (readonly [string, string])[] => {
        if (!knowledge.canBeWritten(pair.key, pair.value)) return [];
        const found = bad.get(object)?.get(pair);
        const text = found === undefined ? pair.value : decisionOf(found).text;
        if (found !== undefined) {
          if (text === '' || text === pair.value) open += 1;
          else filled += 1;
        }
        return [[pair.key.trim(), text]];
      }),
    ),
  );
  const sections = namespaces.map((namespace, n) => ({
    namespace,
    keys: knowledge.mergedKeys(contents.map((sets) => (sets[n] ?? []).map(([key]) => key))),
  }));
  const rows = objects.map((object, i) => ({
    object,
    cells: sections.flatMap(({ keys }, n) => {
      const cells = keys.map(() => '');
      const pairs = contents[i]?.[n] ?? [];
      const list = pairs.map(([key]) => key);
      const places = knowledge.placesIn(keys, list) ?? [];
      pairs.forEach(([, text], at) => (cells[places[at] ?? 0] = text));
      return cells;
    }),
  }));
  const columns = sections.flatMap(({ namespace, keys }) => keys.map((key) => ({ namespace, key })));
  return { columns, rows, open, filled };
}

function pairsIn(object: FixObject, namespace: string): readonly StatedPair[] {
  // What comes from a CSV comes again, and is not replaced.
  return object.annotations.flatMap((annotation) =>
    annotation.csv === undefined && (annotation.namespace ?? CLIENT_NAMESPACE) === namespace ? annotation.pairs : [],
  );
}

/** Whether nothing that counts is lost when the pairs of a namespace are replaced by those that CSV can hold. */
function canReplace(object: FixObject, namespace: string, knowledge: FixKnowledge): boolean {
  if (namespace.trim() !== namespace) return false;
  return object.annotations.every(
    (annotation) =>
      annotation.csv !== undefined ||
      (annotation.namespace ?? CLIENT_NAMESPACE) !== namespace ||
      knowledge.meansTheSame(
        namespace,
        annotation.pairs.map(({ key, value }) => [key, value]),
      ),
  );
}
