import type { GraphFormat, ResultFormat } from '../graph/graphStore.js';

/** A format on offer: the media type it is sent as, other types that ask for it, and its short name. */
export interface Offer<Type extends string = string> {
  readonly type: Type;
  readonly also: readonly string[];
  /** Value of `format=` and suffix of files. */
  readonly name: string;
}

/** Formats for SELECT and ASK, preferred first. */
export const RESULT_OFFERS: readonly Offer<ResultFormat>[] = [
  { type: 'application/sparql-results+json', also: ['application/json'], name: 'json' },
  { type: 'application/sparql-results+xml', also: ['application/xml', 'text/xml'], name: 'xml' },
  { type: 'text/csv', also: [], name: 'csv' },
  { type: 'text/tab-separated-values', also: [], name: 'tsv' },
];

/** Formats for CONSTRUCT, DESCRIBE and entities, preferred first. */
export const GRAPH_OFFERS: readonly Offer<GraphFormat>[] = [
  { type: 'text/turtle', also: ['application/x-turtle', 'text/n3'], name: 'ttl' },
  { type: 'application/ld+json', also: ['application/json'], name: 'jsonld' },
  { type: 'application/n-triples', also: ['text/plain'], name: 'nt' },
  { type: 'application/rdf+xml', also: ['application/xml', 'text/xml'], name: 'rdf' },
  { type: 'application/n-quads', also: [], name: 'nq' },
  { type: 'application/trig', also: [], name: 'trig' },
];

export const HTML_OFFER: Offer<'text/html'> = { type: 'text/html', also: ['application/xhtml+xml'], name: 'html' };

/**
 * The offer that an Accept header likes best (RFC 9110 section 12.5.1): the most specific range decides on each offer, the
 * highest q wins, and between equals the order of the offers. Undefined when nothing is acceptable.
 */
export function negotiate<Type extends string>(
  accept: string | undefined,
  offers: readonly Offer<Type>[],
): Offer<Type> | undefined {
  const ranges = parseAccept(accept);
  let best: Offer<Type> | undefined;
  let bestQuality = 0;
  for (const offer of offers) {
    const quality = Math.max(...[offer.type, ...offer.also].map((type, i) => qualityOf(type, ranges, i > 0)));
    if (quality > bestQuality) {
      best = offer;
      bestQuality = quality;
    }
  }
  return best;
}

interface MediaRange {
  readonly type: string;
  readonly q: number;
}

function parseAccept(accept = '*/*'): readonly MediaRange[] {
  const ranges = accept.split(',').slice(0, 100);
  return ranges
    .map((range) => {
      const [type = '', ...parameters] = range.split(';').map((p) => p.trim().toLowerCase());
      const weight = parameters.find((p) => p.startsWith('q='))?.slice(2);
      const q = weight === undefined ? 1 : /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.test(weight) ? Number(weight) : 0;
      return { type: type === '*' ? '*/*' : type, q };
    })
    .filter((r) => r.type !== '');
}

/** Aliases are found by name only, so that `*` does not lift them above the types that are sent. */
function qualityOf(type: string, ranges: readonly MediaRange[], exactly: boolean): number {
  const family = `${type.slice(0, type.indexOf('/'))}/*`;
  for (const candidate of exactly ? [type] : [type, family, '*/*']) {
    const range = ranges.find((r) => r.type === candidate);
    if (range) return range.q;
  }
  return 0;
}

/** The offer with a short name or media type, as in `format=csv`; also `turtle`, `ntriples`, `rdfxml`, `json-ld`. */
export function offerNamed<Type extends string>(name: string, offers: readonly Offer<Type>[]): Offer<Type> | undefined {
  const wanted = name.trim().toLowerCase();
  const short = SYNONYMS[wanted] ?? wanted;
  return offers.find((o) => o.name === short || o.type === wanted || o.also.includes(wanted));
}

const SYNONYMS: Readonly<Record<string, string>> = {
  turtle: 'ttl',
  ntriples: 'nt',
  'n-triples': 'nt',
  nquads: 'nq',
  'n-quads': 'nq',
  rdfxml: 'rdf',
  'rdf/xml': 'rdf',
  'json-ld': 'jsonld',
};

/** The Content-Type of a media type: texts say that they are UTF-8. */
export function contentType(type: string): string {
  return type.startsWith('text/') ? `${type}; charset=utf-8` : type;
}
