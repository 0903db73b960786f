import type { ContainerGraph } from '../../graph/columns/containerGraph.js';
import { agreement, type Decision, decisions } from './decisions.js';
import { containerFacts, type FixObject, isOfServer } from './containerFacts.js';
import { type Need, placesFor } from './placesFor.js';
import type { ByHandNote, FixKnowledge, FixList, GapNote } from './model.js';
import { type BadPair, complaintsOf, pairsAround, type Repairs, repairsOf } from './repairs.js';
import { elsewhere, inFiles, noKey, repairNotes, unwritten } from './remarks.js';
import { siblingValues } from './siblingValues.js';
import { type GapCell, gapTables, repairTables } from './tables.js';
import { PREFIXES } from '../../rdf/vocabulary.js';
import { STATUS_LETTERS, type StoredAudit } from '../model.js';

/** What the fix list of a container is made from. */
export interface FixListSource {
  readonly audit: Pick<StoredAudit, 'report' | 'results' | 'objects'>;
  readonly container: string;
  /** Its graph, read with `FACT_PREDICATES` at least. */
  readonly graph: ContainerGraph;
  /** May look at the container's own keys first. */
  readonly knowledge: FixKnowledge;
  /** Fields that are a bonus too. */
  readonly info?: boolean | undefined;
}

/**
 * What a steward sends back to be fixed, of one container: the fewest rows that make every field that is asked of its objects
 * stated and well stated. What is missing goes on the outermost object that answers for all; what is wrong is mended where it
 * stands. Waived, not applicable and not audited fields are left alone. Memory grows with the container.
 */
export async function fixList({ audit, container, graph, knowledge, info = false }: FixListSource): Promise<FixList> {
  const { report } = audit;
  const statusesOf = new Map<string, string>();
  for await (const { node, statuses } of audit.objects(container)) statusesOf.set(node, statuses);
  const facts = containerFacts(graph, report.base.replace(/\/+$/, ''), statusesOf.keys());
  const objects = [...statusesOf].flatMap(([node, statuses]) => {
    const object = facts.get(node);
    return object === undefined ? [] : [[statuses, object] as const];
  });
  const fields = report.fields.flatMap(({ severity }, n) => (info || severity !== 'info' ? [n] : []));
  const fieldIri = (field: number): string => report.fields[field]?.field ?? '';
  const repairs = repairsOf(objects, fields, await complaintsOf(audit.results(container), facts, report, info), report);
  const siblings = siblingValues((object, pair) => repairs.bad.get(object)?.has(pair) === true);
  const decisionOf = decisions(repairs, fieldIri, knowledge, siblings);
  const { tables: mended, unwritable, lossy } = repairTables(repairs.bad, decisionOf, knowledge);

  const leftOut = new Set(unwritable);
  const cells = new Map<FixObject, Map<number, GapCell>>();
  const gaps: GapNote[] = [];
  const byHand: ByHandNote[] = [];
  for (const field of fields) {
    const places = gapsOf(objects, field, fieldIri(field), repairs, decisionOf, leftOut);
    if (places.size === 0) continue;
    const key = knowledge.keyOf(fieldIri(field));
    if (key === undefined) {
      byHand.push(noKey(report, field, places));
      continue;
    }
    gaps.push({
      field,
      key,
      places: [...places].map(([object, count]) => {
        const { agreed, stating, siblings: all, values } = siblings(object, fieldIri(field));
        const row = cells.get(object) ?? new Map<number, GapCell>();
        cells.set(object, row);
        row.set(field, { key, text: agreed ?? '' });
        const filled = agreed === undefined ? {} : { filled: agreed, why: agreement(stating, all) };
        return { object, objects: count, ...filled, candidates: values.map(([value]) => ({ value })) };
      }),
    });
  }
  const tables = [...gapTables(cells), ...mended];
  const rows = new Set(tables.flatMap((table) => table.rows.map(({ object }) => object)));
  return {
    container,
    label: report.containers.find((c) => c.container === container)?.label ?? container,
    tables,
    gaps,
    repairs: repairNotes(repairs, decisionOf),
    byHand: [...byHand, ...elsewhere(report, repairs), ...unwritten(unwritable, lossy), ...inFiles(repairs)],
    ofFiles: [...rows].filter((object) => !isOfServer(object)).length,
  };
}

/** Fields that say what sets an object apart from those beside it. */
const OWN: ReadonlySet<string> = new Set([`${PREFIXES.rembi}studyComponentDescription`]);

/** On what to state a field that is missing. */
function gapsOf(
  objects: readonly (readonly [statuses: string, object: FixObject])[],
  field: number,
  iri: string,
  { bad }: Repairs,
  decisionOf: (found: BadPair) => Decision,
  unwritable: ReadonlySet<FixObject>,
): ReadonlyMap<FixObject, number> {
  const lacking = objects.filter(([statuses]) => statuses[field] === STATUS_LETTERS.missing);
  if (lacking.length === 0) return new Map();
  const isEmptied = (object: FixObject): boolean => {
    let found = 0;
    for (const [carrier, , pair] of pairsAround(object)) {
      const one = bad.get(carrier)?.get(pair);
      if (one?.field !== field) continue;
      if (decisionOf(one).text !== '' || one.annotation.csv !== undefined || unwritable.has(carrier)) return false;
      found += 1;
    }
    return found > 0;
  };
  const stated = (object: FixObject): boolean => {
    for (const [carrier, , pair] of pairsAround(object))
      if (pair.field === iri && pair.value.trim() !== '' && bad.get(carrier)?.has(pair) !== true) return true;
    return false;
  };
  // What is missing though something above states it has to be stated on the object itself.
  if (OWN.has(iri) || lacking.some(([, object]) => stated(object)))
    return new Map(lacking.map(([, object]) => [object, 1]));
  const needOf = (letter: string, object: FixObject): Need => {
    if (letter === STATUS_LETTERS.missing) return 'lacks';
    return letter === STATUS_LETTERS.invalid && isEmptied(object) ? 'indifferent' : 'has';
  };
  const asked = new Map<FixObject, Need>();
  for (const [statuses, object] of objects) {
    const letter = statuses[field] ?? ' ';
    if (letter !== ' ') asked.set(object, needOf(letter, object));
  }
  return placesFor(asked);
}
