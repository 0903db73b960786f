import type { Quad } from '@rdfjs/types';
import { DataFactory } from 'n3';
import type { FormatName } from './formats.js';
import { jsonLd } from './jsonLdWriter.js';
import { nquadsWriter } from './nquads.js';
import { rdfXml } from './rdfXmlWriter.js';
import { compareUtf8, sortedStatements } from './sortedStatements.js';
import { turtle } from './turtleWriter.js';
import { PREFIXES } from './vocabulary.js';

/** How quads are written. */
export interface SerializeOptions {
  /** Namespaces by prefix; those of `vocabulary.ts` unless told. Only those that occur are declared. */
  readonly prefixes?: Readonly<Record<string, string>> | undefined;
}

/**
 * Writes quads sorted, each once, byte for byte the same for the same set of quads. Formats without named graphs leave the graph out.
 * All quads are held in memory; the record itself is written by the record writer.
 * @throws TypeError on blank nodes and relative IRIs
 * @throws OmegraphError when RDF/XML cannot express a property
 */
export async function* serialize(
  quads: Iterable<Quad> | AsyncIterable<Quad>,
  format: FormatName,
  { prefixes = PREFIXES }: SerializeOptions = {},
): AsyncGenerator<string> {
  switch (format) {
    case 'nquads':
      return yield* lines(quads);
    case 'ntriples':
      return yield* lines(inDefaultGraph(quads));
    case 'turtle':
      return yield* inChunks(turtle(await sortedStatements(inDefaultGraph(quads)), prefixes));
    case 'trig':
      return yield* inChunks(turtle(await sortedStatements(quads), prefixes));
    case 'jsonld':
      return yield* inChunks(jsonLd(await sortedStatements(quads), prefixes));
    case 'rdfxml':
      return yield* inChunks(rdfXml(await sortedStatements(inDefaultGraph(quads)), prefixes));
  }
}

/** `serialize` as one text. @throws as `serialize` does */
export async function serializeText(
  quads: Iterable<Quad> | AsyncIterable<Quad>,
  format: FormatName,
  options: SerializeOptions = {},
): Promise<string> {
  let text = '';
  for await (const chunk of serialize(quads, format, options)) text += chunk;
  return text;
}

async function* lines(quads: AsyncIterable<Quad> | Iterable<Quad>): AsyncGenerator<string> {
  const writer = nquadsWriter();
  const all = new Set<string>();
  for await (const quad of quads) all.add(writer.line(quad));
  yield* inChunks([...all].sort(compareUtf8));
}

async function* inDefaultGraph(quads: Iterable<Quad> | AsyncIterable<Quad>): AsyncGenerator<Quad> {
  for await (const quad of quads) {
    yield quad.graph.termType === 'DefaultGraph'
      ? quad
      : DataFactory.quad(quad.subject as never, quad.predicate as never, quad.object as never);
  }
}

const CHUNK = 1 << 14;

/** Small texts together: a response or a file is written in few steps. */
function* inChunks(texts: Iterable<string>): Generator<string> {
  let chunk = '';
  for (const text of texts) {
    chunk += text;
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = '';
  }
  if (chunk !== '') yield chunk;
}
