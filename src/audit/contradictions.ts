import { DataFactory } from 'n3';
import type { ContainerGraph, TermId } from '../graph/columns/containerGraph.js';
import { NO_TERM } from '../graph/columns/containerGraph.js';
import { PREFIXES } from '../rdf/vocabulary.js';
import { accessionOf, auditAccession } from '../terms/accessionAudit.js';
import { embeddedAccession, parseAccession } from '../terms/accession.js';
import type { TermIndex } from '../terms/termIndex.js';
import type { ValueKind } from '../terms/valueKinds.js';

/** A pair whose accession names another thing than its value. */
export interface Contradiction {
  readonly entry: TermId;
  /** IRI of the accession's term. */
  readonly term: string;
}

/** Fields whose values are of one kind, so that their accessions can be judged. */
const KINDS: Readonly<Record<string, ValueKind>> = {
  organism: 'organism',
  imagingMethod: 'imagingMethod',
  biologicalEntity: 'biologicalEntity',
};
const WRONG: ReadonlySet<string> = new Set(['disagrees', 'misplaced', 'unknown']);
/** Keys of columns that hold the accession of another one, as ISA-Tab, IDR and the templates of REMBI write them. */
const BESIDE =
  /^(.*?)[\s_-]*(?:term[\s_-]*)?(?:source[\s_-]*)?(?:\d+[\s_-]*)?(?:accession|ontology id|term id)(?:[\s_-]*(?:number|id))?$/;
/** Columns that say which ontology an accession is of. */
const SOURCE = /\bref$/;
const LONGEST_KEY = 200;
/** Columns without a name of their own belong to the pair before them. */
const UNNAMED = /^(?:comment|characteristics?)?[\s[(]*$/;

/** The pairs of a container whose value and accession, in the value's brackets or in the column beside it, disagree. */
export function* contradictions(graph: ContainerGraph, index: TermIndex): Generator<Contradiction> {
  const beside = accessionsBeside(graph);
  const fields = graph.columnOf(`${PREFIXES.schema}propertyID`)?.inverse;
  const values = graph.columnOf(`${PREFIXES.schema}value`);
  if (fields === undefined || values === undefined) return;
  for (const [name, kind] of Object.entries(KINDS)) {
    const field = graph.terms.find(DataFactory.namedNode(PREFIXES.rembi + name));
    if (field === NO_TERM) continue;
    const judged = new Map<string, string | undefined>();
    for (let i = fields.first(field); i >= 0 && fields.subjects[i] === field; i++) {
      const entry = fields.objects[i] as TermId;
      const at = values.first(entry);
      if (at < 0) continue;
      const text = values.objects[at] as TermId;
      const accession = beside(entry);
      const asked = `${text} ${accession ?? ''}`;
      if (!judged.has(asked)) judged.set(asked, wrongTerm(kind, graph.terms.value(text), accession, index));
      const term = judged.get(asked);
      if (term !== undefined) yield { entry, term };
    }
  }
}

/** IRI of the accession's term when it is not the value's. */
function wrongTerm(kind: ValueKind, text: string, beside: string | undefined, index: TermIndex): string | undefined {
  const inside = text.length > 300 ? undefined : embeddedAccession(text);
  const question =
    inside !== undefined && inside.label !== ''
      ? { kind, value: inside.label, accession: inside.accession.curie }
      : { kind, value: text, accession: beside?.trim() ?? '' };
  // A value that is an accession itself has nothing that it could contradict.
  if (question.accession === '' || parseAccession(question.value) !== undefined) return undefined;
  return WRONG.has(auditAccession(question, index).verdict) ? accessionOf(question)?.iri : undefined;
}

/** The accession in the column beside a pair, in the same annotation. */
function accessionsBeside(graph: ContainerGraph): (entry: TermId) => string | undefined {
  const nothing = (): undefined => undefined;
  const [annotations, keys, values] = ['mapEntry', 'key', 'value'].map((p) => graph.columnOf(PREFIXES.core + p));
  if (annotations === undefined || keys === undefined || values === undefined) return nothing;
  // Few graphs have such columns, and keys are few: those that are none cost nothing.
  const names = new Map<TermId, string>();
  const seen = new Uint8Array(graph.terms.size);
  for (const key of keys.objects) {
    if (seen[key] === 1) continue;
    seen[key] = 1;
    const text = graph.terms.value(key);
    const name = text.length > LONGEST_KEY ? undefined : BESIDE.exec(text.trim().toLowerCase())?.[1];
    if (name !== undefined) names.set(key, UNNAMED.test(name) ? '' : name);
  }
  if (names.size === 0) return nothing;
  const one = (column: typeof keys, subject: TermId): TermId | undefined => {
    const at = column.first(subject);
    return at < 0 ? undefined : column.objects[at];
  };
  const textOf = (id: TermId | undefined): string | undefined => (id === undefined ? undefined : graph.terms.value(id));
  return (entry) => {
    const key = one(keys, entry);
    const annotation = one(annotations.inverse, entry);
    if (key === undefined || annotation === undefined) return undefined;
    const own = graph.terms.value(key).trim().toLowerCase();
    const others = new Map<string, TermId>();
    for (let i = annotations.first(annotation); i >= 0 && annotations.subjects[i] === annotation; i++) {
      const other = annotations.objects[i] as TermId;
      const name = names.get(one(keys, other) ?? NO_TERM);
      if (name === own) return textOf(one(values, other));
      others.set(graph.terms.value(other), other);
    }
    let next = others.get(entryAfter(graph.terms.value(entry)));
    if (next !== undefined && SOURCE.test(textOf(one(keys, next))?.trim().toLowerCase() ?? '')) {
      next = others.get(entryAfter(graph.terms.value(next)));
    }
    return next !== undefined && names.get(one(keys, next) ?? NO_TERM) === '' ? textOf(one(values, next)) : undefined;
  };
}

/** IRI of the pair after one: `…/entry/4` after `…/entry/3`. */
function entryAfter(iri: string): string {
  return iri.replace(/\d+$/, (index) => String(Number(index) + 1));
}
