import fc from 'fast-check';
import { DataFactory, type NamedNode, type Quad } from 'n3';
import { describe, expect, it } from 'vitest';
import { pathWalker } from '../../../src/audit/shacl/pathWalker.js';
import type { ShaclPath } from '../../../src/audit/shaclPath.js';
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

/** Nodes that a path leads to from nodes, as SPARQL 1.1 section 18.4 defines it. */
function reached(quads: readonly Quad[], from: ReadonlySet<string>, asked: ShaclPath, back = false): Set<string> {
  const go = (inner: ShaclPath, nodes: ReadonlySet<string>, turned = back): Set<string> =>
    reached(quads, nodes, inner, turned);
  switch (asked.kind) {
    case 'predicate': {
      const ends = quads
        .filter((q) => q.predicate.equals(asked.predicate))
        .map((q) => [q.subject.value, q.object.value]);
      const turned = back ? ends.map((pair) => pair.toReversed()) : ends;
      return new Set(turned.filter(([s]) => from.has(s as string)).map(([, o]) => o as string));
    }
    case 'inverse':
      return go(asked.path, from, !back);
    case 'sequence': {
      const steps = back ? asked.steps.toReversed() : asked.steps;
      return steps.reduce((nodes, inner) => go(inner, nodes), new Set(from));
    }
    case 'alternative':
      return new Set(asked.paths.flatMap((inner) => [...go(inner, from)]));
    case 'zeroOrOne':
      return new Set([...from, ...go(asked.path, from)]);
    default: {
      const all = asked.kind === 'oneOrMore' ? go(asked.path, from) : new Set(from);
      for (let size = -1; size < all.size;) {
        size = all.size;
        for (const next of go(asked.path, all)) all.add(next);
      }
      return all;
    }
  }
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
          expect(found.sort()).toEqual([...reached(quads, new Set([node(name).value]), asked)].sort());
        }
      }),
      { numRuns: 300 },
    );
  });
});
