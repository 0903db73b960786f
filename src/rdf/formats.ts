/** What is known of an RDF syntax. */
export interface RdfFormat {
  /** The name people know. */
  readonly label: string;
  /** Registered media type, as sent in `Content-Type`. */
  readonly mediaType: string;
  /** Further media types that mean the same in `Accept` and in uploads. */
  readonly otherMediaTypes: readonly string[];
  /** File name endings without the point, the usual one first. */
  readonly extensions: readonly [string, ...string[]];
  /** Whether the syntax can hold named graphs. */
  readonly graphs: boolean;
}

/** The RDF syntaxes that are read and written (RDF 1.1 and JSON-LD 1.1, W3C). */
export const FORMATS = {
  turtle: {
    label: 'Turtle',
    mediaType: 'text/turtle',
    otherMediaTypes: ['application/x-turtle'],
    extensions: ['ttl'],
    graphs: false,
  },
  trig: {
    label: 'TriG',
    mediaType: 'application/trig',
    otherMediaTypes: ['application/x-trig'],
    extensions: ['trig'],
    graphs: true,
  },
  ntriples: {
    label: 'N-Triples',
    mediaType: 'application/n-triples',
    otherMediaTypes: ['text/plain'],
    extensions: ['nt'],
    graphs: false,
  },
  nquads: {
    label: 'N-Quads',
    mediaType: 'application/n-quads',
    otherMediaTypes: ['text/x-nquads'],
    extensions: ['nq'],
    graphs: true,
  },
  jsonld: {
    label: 'JSON-LD',
    mediaType: 'application/ld+json',
    otherMediaTypes: ['application/json'],
    extensions: ['jsonld', 'json'],
    graphs: true,
  },
  rdfxml: {
    label: 'RDF/XML',
    mediaType: 'application/rdf+xml',
    otherMediaTypes: ['application/xml', 'text/xml'],
    extensions: ['rdf', 'owl', 'xml'],
    graphs: false,
  },
} as const satisfies Record<string, RdfFormat>;

export type FormatName = keyof typeof FORMATS;

export const FORMAT_NAMES = Object.keys(FORMATS) as readonly FormatName[];

/** The format of a media type, with or without parameters, or undefined. */
export function formatOfMediaType(mediaType: string): FormatName | undefined {
  const bare = (mediaType.split(';')[0] ?? '').trim().toLowerCase();
  return (
    FORMAT_NAMES.find((name) => FORMATS[name].mediaType === bare) ??
    FORMAT_NAMES.find((name) => (FORMATS[name].otherMediaTypes as readonly string[]).includes(bare))
  );
}

/** The format of a file by its ending, or undefined. */
export function formatOfFile(path: string): FormatName | undefined {
  const ending = /\.([^./\\]+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
  return FORMAT_NAMES.find((name) => (FORMATS[name].extensions as readonly string[]).includes(ending));
}
