import { readFile } from 'node:fs/promises';
import type { Store, Term } from 'n3';
import { sentence } from '../errors.js';
import { prefixedNames } from '../rdf/prefixedNames.js';
import { PREFIXES } from '../rdf/vocabulary.js';
import { parseAccession } from '../terms/accession.js';
import { isHeldWhole } from '../terms/accessionPlaces.js';
import type { TermIndex } from '../terms/termIndex.js';
import type { ShapeWarning } from './model.js';
import { namedAbove, sh } from './shacl/shapesGraph.js';
import { pathPredicates, readPath } from './shaclPath.js';
import { OMG, rdfList } from './shaclTerms.js';

/** Names of the closed vocabularies that shapes are about, by namespace. */
const KNOWN = new URL('../../shapes/known-terms.json', import.meta.url);

/** Properties of shapes whose values are terms of the data, and those whose values are lists of them. */
const TERMS = [
  ...['targetClass', 'targetSubjectsOf', 'targetObjectsOf', 'class', 'datatype', 'hasValue'].map(sh),
  ...['equals', 'disjoint', 'lessThan', 'lessThanOrEquals'].map(sh),
  OMG.field.value,
];
const LISTS = ['in', 'ignoredProperties'].map(sh);

/**
 * Terms that shapes name and that their vocabulary has not: those of the graph of an export, Dublin Core, RDF Schema and XML
 * Schema, and of the ontologies at hand; obsolete ones too. Of other vocabularies nothing is said.
 */
export async function unknownTerms(graph: Store, terms?: TermIndex): Promise<ShapeWarning[]> {
  const known = JSON.parse(await readFile(KNOWN, 'utf8')) as Readonly<Record<string, string>>;
  const vocabularies = Object.entries(known).map(([namespace, names]) => ({
    namespace,
    names: new Set(names.split(' ')),
  }));
  const warnings = new Map<string, ShapeWarning>();
  for (const { shape, iri } of termsOf(graph)) {
    const key = `${shape} ${iri}`;
    const said = warnings.has(key) ? undefined : (ofVocabulary(iri, vocabularies) ?? ofOntology(iri, terms));
    if (said === undefined) continue;
    const message = sentence({ where: shape, wrong: said.wrong, found: short(iri), remedy: said.remedy });
    warnings.set(key, { shape, kind: 'unknown-term', message });
  }
  return [...warnings.values()];
}

/** Every IRI that a shapes graph says something of in the data, with the named shape around it. */
function* termsOf(graph: Store): Generator<{ readonly shape: string; readonly iri: string }> {
  const found = function* (shape: Term, values: readonly Term[]): ReturnType<typeof termsOf> {
    for (const { termType, value } of values)
      if (termType === 'NamedNode') yield { shape: namedAbove(graph, shape), iri: value };
  };
  for (const predicate of TERMS) {
    for (const { subject, object } of graph.getQuads(null, predicate, null, null)) yield* found(subject, [object]);
  }
  for (const predicate of LISTS) {
    for (const { subject, object } of graph.getQuads(null, predicate, null, null)) {
      yield* found(subject, rdfList(graph, object) ?? []);
    }
  }
  for (const { subject, object } of graph.getQuads(null, sh('path'), null, null)) {
    yield* found(subject, pathPredicates(readPath(graph, object)));
  }
}

interface Said {
  readonly wrong: string;
  readonly remedy: string;
}

function ofVocabulary(
  iri: string,
  vocabularies: readonly { readonly namespace: string; readonly names: ReadonlySet<string> }[],
): Said | undefined {
  const vocabulary = vocabularies.find(({ namespace }) => iri.startsWith(namespace));
  const name = iri.slice(vocabulary?.namespace.length);
  if (vocabulary === undefined || vocabulary.names.has(name)) return undefined;
  const near = nearest(name, vocabulary.names);
  const remedy = near === undefined ? 'correct its name' : `write ${short(vocabulary.namespace + near)}`;
  return { wrong: 'the shape names a term that its vocabulary has not', remedy };
}

function ofOntology(iri: string, terms: TermIndex | undefined): Said | undefined {
  const accession = terms && parseAccession(iri);
  if (terms === undefined || accession?.iri !== iri) return undefined;
  const term = terms.term(iri);
  if (term === undefined) {
    const held = isHeldWhole(accession.prefix) && terms.ontologies.some((o) => o.prefix === accession.prefix);
    return held ? { wrong: 'the shape names a term that its ontology has not', remedy: 'correct its id' } : undefined;
  }
  if (!term.obsolete) return undefined;
  const next = term.replacedBy === undefined ? undefined : terms.term(term.replacedBy);
  const remedy = next === undefined ? 'name one that is in use' : `write ${next.curie} ${next.label}`;
  return { wrong: 'the shape names a term that is obsolete', remedy };
}

const names = prefixedNames(PREFIXES);
const short = (iri: string): string => names.short(iri) ?? iri;

/** The name that differs by two letters at most, case, `_` and `-` aside, if any. */
function nearest(name: string, names: Iterable<string>): string | undefined {
  let best: { readonly name: string; readonly distance: number } | undefined;
  for (const candidate of names) {
    if (Math.abs(candidate.length - name.length) > 2) continue;
    const distance = letters(folded(name), folded(candidate));
    if (distance <= 2 && distance < (best?.distance ?? 3)) best = { name: candidate, distance };
  }
  return best?.name;
}

const folded = (name: string): string => name.toLowerCase().replaceAll(/[_-]/g, '');

/** Letters to put in, leave out or exchange to come from one text to the other (Levenshtein). */
function letters(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 0; i < a.length; i++) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j++) {
      const changed = (row[j] ?? 0) + (a[i] === b[j] ? 0 : 1);
      next.push(Math.min(changed, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
