import { DataFactory, type NamedNode, type Store, type Term } from 'n3';
import { rembiFieldOf } from '../rdf/rembi.js';
import { PREFIXES, RDF, RDFS } from '../rdf/vocabulary.js';
import { withoutEmails } from './identifiers.js';
import type { KeyValueFact, OntologyTerm } from './studyDescription.js';

const node = DataFactory.namedNode;
const CORE = {
  hasAnnotation: node(`${PREFIXES.core}hasAnnotation`),
  mapEntry: node(`${PREFIXES.core}mapEntry`),
  index: node(`${PREFIXES.core}index`),
  key: node(`${PREFIXES.core}key`),
  value: node(`${PREFIXES.core}value`),
  reagent: node(`${PREFIXES.core}reagent`),
};
const SCHEMA = {
  propertyId: node(`${PREFIXES.schema}propertyID`),
  valueReference: node(`${PREFIXES.schema}valueReference`),
};
const SCIENTIFIC_NAME = node(`${PREFIXES.dwc}scientificName`);
const IS_PART_OF = node(`${PREFIXES.dcterms}isPartOf`);

/** Containers through which key-value pairs are inherited (docs/graph.md, layer 2). */
const INHERITED_FROM = ['Dataset', 'Project', 'WellSample', 'Well', 'Plate', 'Screen'];

/** One container's graph, read by the terms of docs/graph.md; every list comes in a stable order, texts without e-mail addresses. */
export interface StudyGraph {
  readonly store: Store;
  /** Objects of a class of `core:`, in order of their references. */
  instances(type: string): NamedNode[];
  /** Objects of a property, given as a prefixed name (`core:size_x`), in stable order. */
  objects(subject: Term, property: string): Term[];
  /** The named objects of a property. */
  nodes(subject: Term, property: string): NamedNode[];
  /** The first value of a property as text. */
  text(subject: Term, property: string): string | undefined;
  number(subject: Term, property: string): number | undefined;
  /** The value after `#` of an enumeration's IRI (`core:DetectorType#CMOS` → `CMOS`). */
  choice(subject: Term, property: string): string | undefined;
  hasType(subject: Term, type: string): boolean;
  label(subject: Term): string | undefined;
  term(iri: NamedNode): OntologyTerm;
  /** Key-value pairs on the object itself, in the order of its annotations. */
  ownFacts(object: NamedNode): readonly KeyValueFact[];
  /** Key-value pairs that hold for an object: its own, then what its containers add; the nearest wins. */
  effectiveFacts(object: NamedNode): readonly KeyValueFact[];
}

/** `Image:1461` for `{base}/Image/1461`. */
export function refOf(iri: string): string {
  const parts = iri.split('/');
  const id = parts.at(-1) ?? '';
  let decoded = id;
  try {
    decoded = decodeURIComponent(id);
  } catch {
    // Not ours: an IRI with a stray % stays as it is.
  }
  return `${parts.at(-2) ?? ''}:${decoded}`;
}

/** Order by numbers inside texts (`Image:9` before `Image:10`), then by code unit; the same on every machine. */
export function byNumbers(a: string, b: string): number {
  const left = a.match(/\d+|\D+/g) ?? [];
  const right = b.match(/\d+|\D+/g) ?? [];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const [x, y] = [left[i] ?? '', right[i] ?? ''];
    if (x === y) continue;
    const numeric = /^\d{1,15}$/.test(x) && /^\d{1,15}$/.test(y) ? Number(x) - Number(y) : 0;
    if (numeric !== 0) return numeric;
    return x < y ? -1 : 1;
  }
  return left.length - right.length || (a < b ? -1 : a > b ? 1 : 0);
}

function expand(name: string): NamedNode {
  const colon = name.indexOf(':');
  const prefix = name.slice(0, colon);
  const namespace = Object.entries(PREFIXES).find(([p]) => p === prefix)?.[1];
  if (namespace === undefined) throw new TypeError(`unknown prefix: ${name}`);
  return node(namespace + name.slice(colon + 1));
}

/** Reads a container's graph (its triples in the default graph of the store). */
export function studyGraph(store: Store): StudyGraph {
  const expanded = new Map<string, NamedNode>();
  const property = (name: string): NamedNode => {
    const known = expanded.get(name) ?? expand(name);
    expanded.set(name, known);
    return known;
  };
  const objectsOf = (subject: Term, predicate: NamedNode): Term[] =>
    store.getObjects(subject, predicate, null).sort((a, b) => byNumbers(a.value, b.value));
  const namedOf = (subject: Term, predicate: NamedNode): NamedNode[] =>
    objectsOf(subject, predicate).filter((o): o is NamedNode => o.termType === 'NamedNode');
  const firstOf = (subject: Term, predicate: NamedNode): string | undefined => {
    const value = objectsOf(subject, predicate)[0]?.value;
    return value === undefined ? undefined : withoutEmails(value);
  };
  const hasType = (subject: Term, type: string): boolean =>
    store.countQuads(subject, RDF.type, node(PREFIXES.core + type), null) > 0;

  const own = new Map<string, readonly KeyValueFact[]>();
  const effective = new Map<string, readonly KeyValueFact[]>();

  const term = (iri: NamedNode): OntologyTerm => ({
    iri: iri.value,
    label: firstOf(iri, RDFS.label) ?? firstOf(iri, SCIENTIFIC_NAME) ?? curie(iri.value),
  });

  const readFacts = (object: NamedNode): KeyValueFact[] => {
    const on = refOf(object.value);
    return namedOf(object, CORE.hasAnnotation).flatMap((annotation) =>
      namedOf(annotation, CORE.mapEntry)
        .map((entry) => ({ entry, index: Number(firstOf(entry, CORE.index) ?? 0) }))
        .sort((a, b) => a.index - b.index)
        .map(({ entry }) => {
          const field = namedOf(entry, SCHEMA.propertyId)
            .map((p) => rembiFieldOf(p.value))
            .find((f) => f !== undefined);
          const reference = namedOf(entry, SCHEMA.valueReference)[0];
          return {
            key: firstOf(entry, CORE.key) ?? '',
            value: firstOf(entry, CORE.value) ?? '',
            field,
            term: reference === undefined ? undefined : term(reference),
            on,
          };
        }),
    );
  };
  const ownFacts = (object: NamedNode): readonly KeyValueFact[] => {
    const known = own.get(object.value) ?? readFacts(object);
    own.set(object.value, known);
    return known;
  };
  const containersOf = (object: NamedNode): NamedNode[] => [
    ...(hasType(object, 'Well') ? namedOf(object, CORE.reagent) : []),
    ...namedOf(object, IS_PART_OF).filter((parent) => INHERITED_FROM.some((type) => hasType(parent, type))),
  ];
  const effectiveFacts = (object: NamedNode, above: readonly string[] = []): readonly KeyValueFact[] => {
    const known = effective.get(object.value);
    if (known !== undefined) return known;
    const facts = [...ownFacts(object)];
    const said = new Set(facts.map(slot));
    for (const parent of containersOf(object)) {
      // A container inside itself is nonsense that a graph can still say.
      if (above.includes(parent.value)) continue;
      const inherited = effectiveFacts(parent, [...above, object.value]).filter((fact) => !said.has(slot(fact)));
      for (const fact of inherited) facts.push(fact);
      for (const fact of inherited) said.add(slot(fact));
    }
    effective.set(object.value, facts);
    return facts;
  };

  return {
    store,
    instances: (type) =>
      store
        .getSubjects(RDF.type, node(PREFIXES.core + type), null)
        .filter((s): s is NamedNode => s.termType === 'NamedNode')
        .sort((a, b) => byNumbers(a.value, b.value)),
    objects: (subject, name) => objectsOf(subject, property(name)),
    nodes: (subject, name) => namedOf(subject, property(name)),
    text: (subject, name) => firstOf(subject, property(name)),
    number: (subject, name) => {
      const value = firstOf(subject, property(name));
      const number = value === undefined || value === '' ? Number.NaN : Number(value);
      return Number.isFinite(number) ? number : undefined;
    },
    choice: (subject, name) => {
      const value = firstOf(subject, property(name));
      if (value === undefined) return undefined;
      const local = decodeURIComponent(value.slice(value.indexOf('#') + 1));
      return local === 'Other' || local === 'Unknown' || local === '' ? undefined : local;
    },
    hasType,
    label: (subject) => firstOf(subject, RDFS.label),
    term,
    ownFacts,
    effectiveFacts: (object) => effectiveFacts(object),
  };
}

/** Elements that hold many pairs at once; of the others the nearest value replaces those further away. */
const MANY = new Set([
  'intrinsicVariable',
  'extrinsicVariable',
  'experimentalVariable',
  'preparationMethod',
  'channelContent',
  'channelBiologicalEntity',
  'instrumentAttributes',
  'imageAcquisitionParameters',
  'imageProcessingMethod',
  'analysisMethod',
]);

function slot(fact: KeyValueFact): string {
  const key = fact.key.trim().toLowerCase();
  if (fact.field === undefined) return `key ${key}`;
  return MANY.has(fact.field) ? `${fact.field} ${key}` : fact.field;
}

/** `FBbi:00000251` for `http://purl.obolibrary.org/obo/FBbi_00000251`; other IRIs as they are. */
export function curie(iri: string): string {
  const match = /\/obo\/([A-Za-z]+)_([A-Za-z0-9]+)$/.exec(iri);
  return match === null ? iri : `${match[1]}:${match[2]}`;
}
