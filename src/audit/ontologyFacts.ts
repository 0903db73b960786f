import { DataFactory, type NamedNode, type Quad } from 'n3';
import type { Column, ContainerGraph, TermId } from '../graph/columns/containerGraph.js';
import { TERM_KIND } from '../graph/columns/containerGraph.js';
import { PREFIXES, RDFS, XSD } from '../rdf/vocabulary.js';
import { parseAccession } from '../terms/accession.js';
import { isHeldWhole } from '../terms/accessionPlaces.js';
import type { Term, TermIndex } from '../terms/termIndex.js';
import { contradictions } from './contradictions.js';
import { OMG } from './shaclTerms.js';

/** Where the graph refers to ontology terms (docs/graph.md, layer 2). */
const REFERENCES = [
  ...[`${PREFIXES.schema}valueReference`, `${PREFIXES.schema}taxonomicRange`],
  ...[`${PREFIXES.schema}about`, `${PREFIXES.dwciri}measurementMethod`],
];
/** What tells of a pair whether an accession in or beside its value contradicts it. */
const PAIRS = [
  ...[`${PREFIXES.schema}propertyID`, `${PREFIXES.schema}value`],
  ...[`${PREFIXES.core}mapEntry`, `${PREFIXES.core}key`, `${PREFIXES.core}value`],
];
const DEPRECATED = DataFactory.namedNode(`${PREFIXES.owl}deprecated`);
const ABOUT_TERMS = [OMG.judged.value, DEPRECATED.value];
const TRUE = DataFactory.literal('true', XSD.boolean);

/** What shapes look at, of which ontologies know more than the graph. */
export interface OntologyQuestions {
  /** Whether shapes ask for kinds of terms, or for terms that are obsolete. */
  readonly terms: boolean;
  /** Whether shapes ask for accessions that contradict their value. */
  readonly contradictions: boolean;
  /** Terms that shapes name: only these are stated as ancestors. All are when undefined. */
  readonly named: ReadonlySet<string> | undefined;
  /** Predicates that have to be read for it besides those of the shapes. */
  readonly predicates: ReadonlySet<string>;
}

/** What shapes ask of ontologies, by the predicates they look at (all when undefined) and the IRIs they name. */
export function ontologyQuestions(
  predicates: ReadonlySet<string> | undefined,
  named?: ReadonlySet<string>,
): OntologyQuestions {
  const terms = predicates === undefined || ABOUT_TERMS.some((p) => predicates.has(p));
  const pairs = predicates === undefined || predicates.has(OMG.contradictedBy.value);
  const ofTerms = named && new Set([...named].filter((iri) => parseAccession(iri) !== undefined));
  const wanted = new Set([...(terms ? REFERENCES : []), ...(pairs ? PAIRS : [])]);
  return { terms, contradictions: pairs, named: ofTerms, predicates: wanted };
}

/**
 * What ontologies say of the terms of a graph, as triples that shapes can look at: of each term that the index knows
 * `omg:judged true`, `rdfs:subClassOf` each of its ancestors that shapes name, and `owl:deprecated true` when it is obsolete;
 * of an id that its ontology has not, `omg:judged true` alone; of a pair `omg:contradictedBy` the term of an accession that
 * names another thing than its value.
 */
export function ontologyFacts(
  graph: ContainerGraph,
  index: TermIndex,
  questions: OntologyQuestions = ontologyQuestions(undefined),
): Quad[] {
  const facts: Quad[] = [];
  if (questions.terms) {
    const seen = new Uint8Array(graph.terms.size);
    for (const predicate of REFERENCES) {
      const column = graph.columnOf(predicate);
      if (column !== undefined)
        for (const id of newObjects(column, seen)) aboutTerm(graph, id, index, questions, facts);
    }
  }
  if (questions.contradictions) {
    for (const { entry, term } of contradictions(graph, index)) {
      facts.push(
        DataFactory.quad(graph.terms.term(entry) as NamedNode, OMG.contradictedBy, DataFactory.namedNode(term)),
      );
    }
  }
  return facts;
}

function* newObjects(column: Column, seen: Uint8Array): Generator<TermId> {
  for (const id of column.objects) {
    if (seen[id] === 1) continue;
    seen[id] = 1;
    yield id;
  }
}

function aboutTerm(
  graph: ContainerGraph,
  id: TermId,
  index: TermIndex,
  { named }: OntologyQuestions,
  facts: Quad[],
): void {
  if (graph.terms.kind(id) !== TERM_KIND.iri) return;
  const iri = graph.terms.value(id);
  const term = index.term(iri);
  if (term === undefined && !isWrongId(iri, index)) return;
  const subject = DataFactory.namedNode(iri);
  facts.push(DataFactory.quad(subject, OMG.judged, TRUE));
  if (term === undefined) return;
  if (term.obsolete) facts.push(DataFactory.quad(subject, DEPRECATED, TRUE));
  for (const ancestor of ancestorsOf(term, index)) {
    if (ancestor !== iri && (named?.has(ancestor) ?? true)) {
      facts.push(DataFactory.quad(subject, RDFS.subClassOf, DataFactory.namedNode(ancestor)));
    }
  }
}

/** Whether an IRI has the form of a term of an ontology that the index holds whole, and is none. */
function isWrongId(iri: string, index: TermIndex): boolean {
  const accession = parseAccession(iri);
  return (
    accession !== undefined &&
    isHeldWhole(accession.prefix) &&
    index.ontologies.some((o) => o.prefix === accession.prefix)
  );
}

const ANCESTORS = new WeakMap<TermIndex, Map<string, readonly string[]>>();

/** IRIs of all that a term is a kind of, itself included; remembered. */
function ancestorsOf(term: Term, index: TermIndex): readonly string[] {
  let known = ANCESTORS.get(index);
  if (known === undefined) ANCESTORS.set(index, (known = new Map()));
  const before = known.get(term.curie);
  if (before !== undefined) return before;
  const found = new Map([[term.curie, term.iri]]);
  for (const curie of found.keys()) {
    for (const parent of (curie === term.curie ? term : index.term(curie))?.parents ?? []) {
      const at = found.has(parent) ? undefined : index.term(parent);
      if (at !== undefined) found.set(at.curie, at.iri);
    }
  }
  const all = [...found.values()];
  known.set(term.curie, all);
  return all;
}
