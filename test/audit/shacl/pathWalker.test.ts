import fc from 'fast-check';
import { DataFactory, type NamedNode, type Quad, type Term } from 'n3';
import { describe, expect, it } from 'vitest';
import { pathWalker } from '../../../src/audit/shacl/pathWalker.js';
import { pathValues, type PathGraph, type ShaclPath } from '../../../src/audit/shaclPath.js';
import { containerGraphOf } from '../../../src/graph/columns/containerGraphOf.js';

const { namedNode, quad } = DataFactory;
const node = (name: string): NamedNode => namedNode(`http://example.org/${name}`);

const predicate: fc.Arbitrary<ShaclPath> = fc
  .constantFrom('p', 'q', 'nowhere')
  .map((name) => ({ kind: 'predicate', predicate: node(name) }));
const { path } = fc.letrec<{ path: ShaclPath }>((tie) => ({
  path: fc.oneof(
    { maxDepth: 4 },
    predicate,
    fc
      .record({ kind: fc.constantFrom('inverse', 'zeroOrMore', 'oneOrMore', 'zeroOrOne'), path: tie('path') })
      .map((made) => made as ShaclPath),
    fc
      .array(tie('path'), { minLength: 2, maxLength: 3 })
      .map((steps): ShaclPath => ({ kind: 'sequence', steps: steps as ShaclPath[] })),
    fc
      .array(tie('path'), { minLength: 2, maxLength: 3 })
      .map((paths): ShaclPath => ({ kind: 'alternative', paths: paths as ShaclPath[] })),
  ),
}));
/** 60 nodes: more than a list is searched for, so that both ways of keeping values distinct are walked. */
const edges = fc
  .array(fc.tuple(fc.nat(60), fc.constantFrom('p', 'q'), fc.nat(60)), { maxLength: 150, size: 'max' })
  .map((rows) => rows.map(([s, p, o]) => quad(node(`n${s}`), node(p), node(`n${o}`))));

function graphOf(quads: readonly Quad[]): PathGraph {
  const all = (end: 'subject' | 'object', keep: (q: Quad) => boolean): Term[] => [
    ...new Map(quads.filter(keep).map((q) => [q[end].value, q[end]])).values(),
  ];
  return {
    objects: (s, p) => all('object', (q) => q.subject.equals(s) && q.predicate.equals(p)),
    subjects: (p, o) => all('subject', (q) => q.object.equals(o) && q.predicate.equals(p)),
  };
}

describe('the value nodes of a path over columns', () => {
  it('are those that SPARQL defines, each once, for any path on any graph with circles', () => {
    fc.assert(
      fc.property(path, edges, (asked, quads) => {
        const graph = containerGraphOf(quads);
        const walk = pathWalker(graph, asked);
        for (const name of ['n0', 'n1', 'n2', 'n0', 'n60']) {
          const { ids, start, end } = walk(graph.terms.add(node(name)));
          const found = Array.from({ length: end - start }, (_, i) => graph.terms.value(ids[start + i] as number));
          expect(new Set(found).size).toBe(found.length);
          expect(found.sort()).toEqual(
            pathValues(graphOf(quads), node(name), asked)
              .map((t) => t.value)
              .sort(),
          );
        }
      }),
      { numRuns: 300 },
    );
  });
});
