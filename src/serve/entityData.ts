import { DataFactory } from 'n3';
import { type SparqlText, sparql } from '../graph/sparqlText.js';
import { ask, orNothing, type ResultTerm, type Row, type ServeContext, select } from './serveContext.js';

/** A property of an entity with its value; what is known about a value that is an IRI stands beside it. */
export interface Fact {
  readonly predicate: string;
  readonly value: ResultTerm;
  readonly label?: string | undefined;
  readonly type?: string | undefined;
  /** Of a quantity: its number and its unit as it is written. */
  readonly number?: string | undefined;
  readonly unit?: string | undefined;
}

/** A key-value pair of an entity, or of one it is part of. */
export interface Pair {
  readonly key: string;
  readonly value: string;
  readonly namespace?: string | undefined;
  /** IRI of the REMBI field. */
  readonly field?: string | undefined;
  readonly term?: string | undefined;
  readonly termLabel?: string | undefined;
  /** Who carries the annotation, when it is not the entity itself. */
  readonly holder?: Ancestor | undefined;
}

export interface Ancestor {
  readonly iri: string;
  readonly label?: string | undefined;
  readonly type?: string | undefined;
}

export interface Part extends Ancestor {
  readonly predicate?: string | undefined;
}

export const PAGE_SIZE = 100;
const FACTS = 500;

const node = DataFactory.namedNode;
const text = (row: Row, name: string): string | undefined => row[name]?.value;

/** Whether the graph says anything of an IRI. */
export function isKnown(context: ServeContext, iri: string, signal?: AbortSignal): Promise<boolean> {
  const it = node(iri);
  return ask(context, sparql`ASK { { ${it} ?p ?o } UNION { ?s ?p ${it} } UNION { GRAPH ${it} { ?s ?p ?o } } }`, signal);
}

/** Properties of an entity but for its parts and annotations, which are listed by themselves. */
export async function factsOf(context: ServeContext, iri: string, signal?: AbortSignal): Promise<readonly Fact[]> {
  const rows = await select(
    context,
    sparql`SELECT ?p ?o (SAMPLE(?l) AS ?label) (SAMPLE(?t) AS ?type) (SAMPLE(?v) AS ?number) (SAMPLE(?u) AS ?unit) {
      { SELECT DISTINCT ?p ?o { ${node(iri)} ?p ?o FILTER(?p NOT IN (dcterms:hasPart, core:mapEntry)) } LIMIT ${FACTS} }
      OPTIONAL { ?o rdfs:label|core:file_name ?l }
      OPTIONAL { ?o a ?t FILTER(STRSTARTS(STR(?t), STR(core:))) }
      OPTIONAL { ?o omekg:value ?v . OPTIONAL { ?o omekg:unit ?u } }
    } GROUP BY ?p ?o ORDER BY ?p ?o`,
    signal,
  );
  return rows.flatMap((row) =>
    row.p && row.o
      ? [
          {
            predicate: row.p.value,
            value: row.o,
            label: text(row, 'label'),
            type: text(row, 'type'),
            number: text(row, 'number'),
            unit: text(row, 'unit'),
          },
        ]
      : [],
  );
}

/** What an entity is part of, outermost first; where there are several ways up, the one through projects or screens. */
export async function ancestorsOf(
  context: ServeContext,
  iri: string,
  signal?: AbortSignal,
): Promise<readonly Ancestor[]> {
  const rows = await orNothing(
    select(
      context,
      sparql`SELECT ?child ?parent (SAMPLE(?l) AS ?label) (SAMPLE(?t) AS ?type) {
        ${node(iri)} dcterms:isPartOf* ?child . ?child dcterms:isPartOf ?parent .
        OPTIONAL { ?parent rdfs:label ?l } OPTIONAL { ?parent a ?t FILTER(STRSTARTS(STR(?t), STR(core:))) }
      } GROUP BY ?child ?parent ORDER BY ?parent LIMIT 500`,
      signal,
    ),
  );
  const path: Ancestor[] = [];
  const seen = new Set([iri]);
  for (let at = iri; ;) {
    const parents = rows
      .filter((r) => text(r, 'child') === at && !seen.has(text(r, 'parent') ?? ''))
      .map((r) => ({ iri: text(r, 'parent') ?? '', label: text(r, 'label'), type: text(r, 'type') }))
      .sort((a, b) => rank(a) - rank(b));
    const [parent] = parents;
    if (!parent) return path;
    path.unshift(parent);
    seen.add(parent.iri);
    at = parent.iri;
  }
}

const CONTAINERS = [
  'Dataset',
  'WellSample',
  'Well',
  'Plate',
  'Project',
  'Screen',
  'Image',
  'Pixels',
  'Instrument',
  'Fileset',
  'Folder',
];
const rank = ({ type = '' }: Ancestor): number => {
  const at = CONTAINERS.indexOf(type.slice(type.lastIndexOf('/') + 1));
  return at < 0 ? CONTAINERS.length : at;
};

/** Key-value pairs of an entity and of all it is part of, nearest first as far as the order of `ancestors` tells. */
export async function pairsOf(
  context: ServeContext,
  iri: string,
  ancestors: readonly Ancestor[],
  signal?: AbortSignal,
): Promise<readonly Pair[]> {
  const holders = [iri, ...ancestors.map((a) => a.iri).reverse()];
  const rows = await select(
    context,
    sparql`SELECT ?holder ?a ?namespace ?index ?key ?value ?field ?term (SAMPLE(?l) AS ?termLabel) {
      VALUES ?holder { ${holders.map((h) => node(h))} }
      ?holder core:hasAnnotation ?a . ?a core:mapEntry ?e . ?e core:key ?key ; core:value ?value .
      OPTIONAL { ?a core:namespace ?namespace } OPTIONAL { ?e core:index ?index }
      OPTIONAL { ?e schema:propertyID ?field } OPTIONAL { ?e schema:valueReference ?term . OPTIONAL { ?term rdfs:label ?l } }
    } GROUP BY ?holder ?a ?namespace ?index ?key ?value ?field ?term ORDER BY ?a ?index LIMIT 2000`,
    signal,
  );
  return holders.flatMap((holder) =>
    rows
      .filter((r) => text(r, 'holder') === holder)
      .map((r) => ({
        key: text(r, 'key') ?? '',
        value: text(r, 'value') ?? '',
        namespace: text(r, 'namespace'),
        field: text(r, 'field'),
        term: text(r, 'term'),
        termLabel: text(r, 'termLabel'),
        holder: holder === iri ? undefined : ancestors.find((a) => a.iri === holder),
      })),
  );
}

/** One page of a list with the number of all. */
export interface Listed<T> {
  readonly rows: readonly T[];
  readonly total: number;
}

/** Parts of an entity, 100 a page; pages are counted from 1. */
export function partsOf(context: ServeContext, iri: string, page: number, signal?: AbortSignal): Promise<Listed<Part>> {
  return listed(context, sparql`${node(iri)} dcterms:hasPart|core:mapEntry ?x`, page, signal);
}

/** What points to an entity but for what it is part of and what is part of it. */
export function incomingOf(
  context: ServeContext,
  iri: string,
  page: number,
  signal?: AbortSignal,
): Promise<Listed<Part>> {
  return listed(
    context,
    sparql`?x ?p ${node(iri)} FILTER(?p NOT IN (dcterms:hasPart, dcterms:isPartOf, core:mapEntry))`,
    page,
    signal,
  );
}

async function listed(
  context: ServeContext,
  pattern: SparqlText,
  page: number,
  signal?: AbortSignal,
): Promise<Listed<Part>> {
  const [count, rows] = await Promise.all([
    orNothing(select(context, sparql`SELECT (COUNT(*) AS ?n) { SELECT DISTINCT ?x ?p { ${pattern} } }`, signal)),
    orNothing(
      select(
        context,
        sparql`SELECT ?x ?p (SAMPLE(?l) AS ?label) (SAMPLE(?t) AS ?type) {
          { SELECT DISTINCT ?x ?p ?first { ${pattern} OPTIONAL { ?x rdfs:label ?first } } ORDER BY ?p ?first ?x LIMIT ${PAGE_SIZE} OFFSET ${(page - 1) * PAGE_SIZE} }
          OPTIONAL { ?x rdfs:label ?l } OPTIONAL { ?x a ?t FILTER(STRSTARTS(STR(?t), STR(core:))) }
        } GROUP BY ?x ?p`,
        signal,
      ),
    ),
  ]);
  const parts = rows.flatMap((r) =>
    r.x ? [{ iri: r.x.value, label: text(r, 'label'), type: text(r, 'type'), predicate: text(r, 'p') }] : [],
  );
  return { rows: parts.sort(byName), total: Number(count[0]?.n?.value ?? parts.length) };
}

const byName = (a: Part, b: Part): number =>
  (a.predicate ?? '').localeCompare(b.predicate ?? '') ||
  (a.type ?? '').localeCompare(b.type ?? '') ||
  (a.label ?? a.iri).localeCompare(b.label ?? b.iri, 'en', { numeric: true });

/**
 * The description of an entity: its triples, and those of its quantities, settings and key-value pairs, which have no
 * meaning without it; of terms and neighbours their labels.
 */
export function descriptionQuery(iri: string): SparqlText {
  const it = node(iri);
  return sparql`CONSTRUCT { ?s ?p ?o . ?o rdfs:label ?label } WHERE {
    { BIND(${it} AS ?s) ?s ?p ?o }
    UNION { ${it} ?link ?s FILTER(isIRI(?s) && STRSTARTS(STR(?s), CONCAT(STR(${it}), "/"))) ?s ?p ?o }
    UNION { ${it} core:hasAnnotation ?s . ?s ?p ?o }
    UNION { ${it} core:hasAnnotation?/core:mapEntry ?s . ?s ?p ?o }
    OPTIONAL { ?o rdfs:label ?label }
  }`;
}
