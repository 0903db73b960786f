import { PREFIXES } from '../rdf/vocabulary.js';

/** What a graph holds, in the counts of VoID (section 4). */
export interface GraphStatistics {
  readonly quads: number;
  readonly subjects: number;
  /** Number of instances by class IRI. */
  readonly classes: ReadonlyMap<string, number>;
  /** Number of triples by property IRI. */
  readonly properties: ReadonlyMap<string, number>;
  /** N-Triples object of the focus's first `rdfs:label`. */
  readonly label?: string | undefined;
}

/** Counts sorted triples as they are written; texts are UTF-8 read as Latin-1. */
export interface StatisticsCollector {
  /** Takes ` <p> <o>` of triples of the subject `<s>`. */
  add(subject: string, tails: readonly string[]): void;
  statistics(): GraphStatistics;
}

interface Property {
  /** ` <p> ` */
  readonly start: string;
  triples: number;
}

const TYPE = ` <${PREFIXES.rdf}type> `;
const LABEL = ` <${PREFIXES.rdfs}label> `;

/** A collector that also keeps the label of `focus`, written `<iri>`. */
export function statisticsCollector(focus = ''): StatisticsCollector {
  const classes = new Map<string, number>();
  const properties = new Map<string, Property>();
  let quads = 0;
  let subjects = 0;
  let last = '';
  let label: string | undefined;
  const propertyOf = (tail: string): Property => {
    const start = tail.slice(0, tail.indexOf('> ') + 2);
    const known = properties.get(start);
    if (known !== undefined) return known;
    const made = { start, triples: 0 };
    properties.set(start, made);
    return made;
  };
  return {
    add: (subject, tails) => {
      if (subject !== last) subjects += 1;
      last = subject;
      quads += tails.length;
      for (const tail of tails) {
        const property = propertyOf(tail);
        property.triples += 1;
        if (property.start === TYPE) increase(classes, tail.slice(TYPE.length + 1, -1), 1);
        else if (subject === focus && property.start === LABEL) label ??= tail.slice(LABEL.length);
      }
    },
    statistics: () => ({
      quads,
      subjects,
      classes: new Map([...classes].map(([iri, n]) => [utf8(iri), n])),
      properties: new Map([...properties.values()].map((p) => [utf8(p.start.slice(2, -2)), p.triples])),
      label: label && utf8(label),
    }),
  };
}

/** The statistics of several graphs together; a subject in two graphs counts twice. */
export function summedStatistics(all: Iterable<GraphStatistics>): GraphStatistics {
  const classes = new Map<string, number>();
  const properties = new Map<string, number>();
  let quads = 0;
  let subjects = 0;
  for (const one of all) {
    quads += one.quads;
    subjects += one.subjects;
    for (const [iri, n] of one.classes) increase(classes, iri, n);
    for (const [iri, n] of one.properties) increase(properties, iri, n);
  }
  return { quads, subjects, classes, properties };
}

function increase(counts: Map<string, number>, key: string, by: number): void {
  counts.set(key, (counts.get(key) ?? 0) + by);
}

function utf8(latin1: string): string {
  return Buffer.from(latin1, 'latin1').toString('utf8');
}
