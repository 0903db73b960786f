import type { Quad } from '@rdfjs/types';
import type { GraphFormat } from '../graph/graphStore.js';
import { nquadsReader } from '../rdf/nquadsReader.js';
import { serializeText } from '../rdf/serialize.js';

/** Formats that prefixes and sorting make readable. */
const READABLE = { 'text/turtle': 'turtle', 'application/ld+json': 'jsonld' } as const;
/** Larger graphs are for programs, and are written by the store's own thread. */
const LARGEST = 2 * 1024 * 1024;

/** A graph with prefixes, sorted, so that people can read it; in other formats, when large, or with blank nodes as the store writes it. */
export async function graphText(
  format: GraphFormat,
  inFormat: (format: GraphFormat) => Promise<string>,
): Promise<string> {
  if (format !== 'text/turtle' && format !== 'application/ld+json') return inFormat(format);
  const lines = await inFormat('application/n-triples');
  const quads = lines.length > LARGEST ? undefined : parsed(lines);
  return quads ? serializeText(quads, READABLE[format]) : inFormat(format);
}

/** The triples of N-Triples lines; undefined when one has a blank node. */
function parsed(lines: string): readonly Quad[] | undefined {
  const reader = nquadsReader();
  const quads: Quad[] = [];
  for (const line of lines.split('\n')) {
    if (line === '') continue;
    const quad = reader.quad(line);
    if (quad === undefined) return undefined;
    quads.push(quad);
  }
  return quads;
}
