import type { Quad } from '@rdfjs/types';
import jsonld from 'jsonld';
import { DataFactory, Parser } from 'n3';
import { isOmegraphError, OmegraphError } from '../errors.js';
import { FORMATS, type FormatName } from './formats.js';
import { rdfXmlReader } from './rdfXmlReader.js';

/** Text or bytes in UTF-8, whole or in pieces. */
export type RdfInput = string | Uint8Array | Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>;

/** How RDF is read. */
export interface ParseOptions {
  /** File or URL for messages. */
  readonly where?: string | undefined;
  /** IRI that relative IRIs are resolved against; without it they are an error. */
  readonly base?: string | undefined;
  /** JSON-LD contexts by URL; no other is ever loaded, and nothing is fetched. */
  readonly contexts?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * Reads RDF. N-Quads, N-Triples, TriG, Turtle and RDF/XML are streamed, JSON-LD is read whole. Input may have blank nodes.
 * RDF/XML with a DOCTYPE is refused.
 * @throws OmegraphError that names file and line when the input is not of the format
 */
export async function* parse(input: RdfInput, format: FormatName, options: ParseOptions = {}): AsyncGenerator<Quad> {
  const place: Place = { where: options.where ?? FORMATS[format].label, line: undefined };
  try {
    if (format === 'jsonld') yield* parseJsonLd(input, options, place);
    else if (format === 'rdfxml') yield* parseRdfXml(input, options, place);
    else yield* parseN3(input, format, options, place);
  } catch (error) {
    throw isOmegraphError(error) ? error : notOfFormat(error, format, place);
  }
}

/** `parse` as an array. @throws as `parse` does */
export async function parseAll(input: RdfInput, format: FormatName, options: ParseOptions = {}): Promise<Quad[]> {
  const quads: Quad[] = [];
  for await (const quad of parse(input, format, options)) quads.push(quad);
  return quads;
}

interface Place {
  readonly where: string;
  line: number | undefined;
}

/** The texts of the input. @throws TypeError when bytes are not UTF-8 */
async function* texts(input: RdfInput): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const pieces = typeof input === 'string' || input instanceof Uint8Array ? [input] : input;
  for await (const piece of pieces) yield typeof piece === 'string' ? piece : decoder.decode(piece, { stream: true });
  yield decoder.decode();
}

async function* parseN3(
  input: RdfInput,
  format: FormatName,
  { base }: ParseOptions,
  place: Place,
): AsyncGenerator<Quad> {
  const parser = new Parser({ format: FORMATS[format].mediaType, ...(base !== undefined && { baseIRI: base }) });
  const found: Quad[] = [];
  let failure: unknown;
  const listeners: { [event: string]: (piece?: string) => void } = {};
  const source = {
    on: (event: string, listener: (piece?: string) => void) => {
      listeners[event] = listener;
      return source;
    },
  };
  parser.parse(source as never, (error: unknown, quad: Quad | null) => {
    if (error) failure ??= error;
    else if (quad) found.push(quad);
  });
  const drain = (): Quad[] => {
    for (const quad of found) {
      if (![quad.subject, quad.object].every((t) => t.termType !== 'Quad'))
        throw new Error('a triple about a triple (RDF 1.2) is not read');
      const relative = [quad.subject, quad.predicate, quad.object, quad.graph].find(
        (t) => t.termType === 'NamedNode' && !/^[A-Za-z][A-Za-z0-9+.-]*:/.test(t.value),
      );
      if (relative !== undefined) throw new Error(`"${relative.value}" is a relative IRI, and there is no base`);
    }
    if (failure !== undefined) throw failure;
    return found.splice(0);
  };
  for await (const text of texts(input)) {
    listeners.data?.(text);
    yield* drain();
  }
  listeners.end?.();
  place.line = undefined;
  yield* drain();
}

async function* parseRdfXml(input: RdfInput, { base }: ParseOptions, place: Place): AsyncGenerator<Quad> {
  const reader = rdfXmlReader(base);
  try {
    for await (const text of texts(input)) yield* reader.write(text);
    yield* reader.close();
  } catch (error) {
    place.line = reader.line;
    throw error;
  }
}

async function* parseJsonLd(input: RdfInput, { base, contexts }: ParseOptions, place: Place): AsyncGenerator<Quad> {
  let text = '';
  for await (const piece of texts(input)) text += piece;
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    const at = /at position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1];
    if (at !== undefined) place.line = text.slice(0, Number(at)).split('\n').length;
    throw error;
  }
  const documentLoader = async (url: string): Promise<{ contextUrl: never; document: never; documentUrl: string }> => {
    if (contexts === undefined || !Object.hasOwn(contexts, url)) throw new RemoteContext(url);
    return { contextUrl: undefined as never, document: contexts[url] as never, documentUrl: url };
  };
  const settings = { ...(base !== undefined && { base }), documentLoader: documentLoader as never };
  const expanded = keptDoubles(await jsonld.expand(document as never, settings));
  const dataset = (await jsonld.toRDF(expanded as never, settings)) as unknown as Iterable<PlainQuad>;
  for (const { subject, predicate, object, graph } of dataset) {
    yield DataFactory.quad(term(subject), term(predicate), term(object), term(graph)) as Quad;
  }
}

const DOUBLE = 'http://www.w3.org/2001/XMLSchema#double';
const KEPT_DOUBLE = 'urn:omegraph:double';

/** jsonld rewrites the text of doubles ("5" to "5.0E0"), also where it is given as text; under another name it is left alone. */
function keptDoubles(expanded: unknown): unknown {
  if (Array.isArray(expanded)) return expanded.map(keptDoubles);
  if (typeof expanded !== 'object' || expanded === null) return expanded;
  const node = expanded as Readonly<Record<string, unknown>>;
  if (typeof node['@value'] === 'string') return node['@type'] === DOUBLE ? { ...node, '@type': KEPT_DOUBLE } : node;
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, keptDoubles(value)]));
}

class RemoteContext extends Error {}

interface PlainTerm {
  readonly termType: string;
  readonly value: string;
  readonly language?: string;
  readonly datatype?: { readonly value: string };
}
interface PlainQuad {
  readonly subject: PlainTerm;
  readonly predicate: PlainTerm;
  readonly object: PlainTerm;
  readonly graph: PlainTerm;
}

/** jsonld gives plain objects; ours have `equals`. */
function term(plain: PlainTerm): never {
  return DataFactory.fromTerm({
    ...plain,
    value: plain.termType === 'BlankNode' ? plain.value.replace(/^_:/, '') : plain.value,
    language: plain.language ?? '',
    datatype: DataFactory.namedNode(plain.datatype?.value === KEPT_DOUBLE ? DOUBLE : (plain.datatype?.value ?? '')),
  } as never) as never;
}

function notOfFormat(error: unknown, format: FormatName, { where, line }: Place): unknown {
  const cause = error instanceof Error ? causeOf(error) : undefined;
  if (cause === undefined) return error;
  const context = cause.context;
  const n3Line = typeof context?.line === 'number' ? context.line : undefined;
  const at = line ?? n3Line ?? Number(/ on line (\d+)/.exec(cause.message)?.[1] ?? Number.NaN);
  if (cause instanceof RemoteContext) {
    return new OmegraphError('input', {
      where,
      wrong: 'a JSON-LD context would have to be fetched, which is never done',
      found: cause.message,
      remedy: 'put the context itself in place of its address',
    });
  }
  const wrong =
    cause instanceof RangeError
      ? 'is nested too deeply'
      : cause.message.replace(/ on line \d+\.?$/, '').replace(/\.$/, '');
  return new OmegraphError(
    'input',
    {
      where: Number.isFinite(at) ? `${where}:${at}` : where,
      wrong: `this is not ${FORMATS[format].label}: ${wrong}`,
      remedy: 'correct it there, or check that the format is the right one',
    },
    { cause: error },
  );
}

/** The first cause that is about the data; jsonld wraps what its loader throws. */
function causeOf(error: Error): Error & { context?: { line?: unknown } } {
  const details = (error as { details?: { cause?: unknown } }).details;
  const inner = error.cause ?? details?.cause;
  return inner instanceof RemoteContext ? inner : error;
}
