import type { Quad } from '@rdfjs/types';
import fc from 'fast-check';
import { DataFactory as df } from 'n3';
import type { ContainerGraph } from '../../../src/graph/columns/containerGraph.js';

const few = (...names: string[]) =>
  fc.constantFrom(...names.map((name) => df.namedNode(`https://example.org/${name}`)));
const texts = fc.oneof(
  fc.constantFrom('', 'a', '"', '\\', 'a"b', "it's", '\n\r\t\b\f', '\u0000\u007f', 'µm', '细胞', '𝛼', '> .', '" <x> .'),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
);
const literals = fc.oneof(
  texts.map((text) => df.literal(text)),
  fc.tuple(texts, fc.constantFrom('en', 'de', 'en-gb', 'zh-hant')).map(([text, tag]) => df.literal(text, tag)),
  fc
    .tuple(texts, fc.constantFrom('integer', 'double', 'dateTime', 'anyURI'))
    .map(([text, type]) => df.literal(text, df.namedNode(`http://www.w3.org/2001/XMLSchema#${type}`))),
);
const iris = fc.oneof(
  few('a', 'b', 'c', 'd', 'e', 'image/1', 'image/2', 'image/10'),
  fc.nat(300).map((n) => df.namedNode(`urn:x:${n}`)),
);
const blanks = fc.constantFrom('b0', 'b1', 'n').map((label) => df.blankNode(label));

const quadsOf = (nodes: fc.Arbitrary<ReturnType<typeof df.namedNode> | ReturnType<typeof df.blankNode>>) =>
  fc.array(
    fc
      .tuple(nodes, few('p', 'q', 'r', 'type'), fc.oneof(nodes, literals), fc.constantFrom('g', 'h'))
      .map(([s, p, o, g]): Quad => df.quad(s, p, o, df.namedNode(`https://example.org/${g}`))),
    { maxLength: 60 },
  );

/** Quads with repeated ones among them, blank nodes, odd texts. */
export const arbitraryQuads = quadsOf(fc.oneof({ weight: 4, arbitrary: iris }, blanks));

/** The same without blank nodes, as a record holds them. */
export const arbitraryRecordQuads = quadsOf(iris);

/** A triple as text that is equal for equal triples. */
export function keyOf({ subject, predicate, object }: Pick<Quad, 'subject' | 'predicate' | 'object'>): string {
  const key = (term: Quad['object']): string =>
    JSON.stringify([
      term.termType,
      term.value,
      ...(term.termType === 'Literal' ? [term.datatype.value, term.language] : []),
    ]);
  return `${key(subject)} ${key(predicate)} ${key(object)}`;
}

/** Every triple of the columns. */
export function triplesOf(graph: ContainerGraph): Quad[] {
  return graph.predicates.flatMap((predicate) => {
    const column = graph.column(predicate)!;
    return Array.from(column.subjects, (subject, at) =>
      df.quad(
        graph.terms.term(subject) as never,
        graph.terms.term(predicate) as never,
        graph.terms.term(column.objects[at]!) as never,
      ),
    );
  });
}

/** Keys of triples in order. */
export function sortedKeys(quads: readonly Quad[]): string[] {
  return quads.map(keyOf).sort();
}
