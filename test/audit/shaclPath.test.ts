import fc from 'fast-check';
import { DataFactory, type NamedNode, Store, type Term } from 'n3';
import { describe, expect, it } from 'vitest';
import { containerGraph } from '../../src/audit/containerGraph.js';
import { profileOf } from '../../src/audit/loadProfile.js';
import { pathValues, readPath, unsupportedPath } from '../../src/audit/shaclPath.js';
import { SH } from '../../src/audit/shaclTerms.js';
import { shapeValidator } from '../../src/audit/shapeValidator.js';
import { turtle as quadsOf } from './turtle.js';

const EX = 'http://example.org/';
const node = (name: string): NamedNode => DataFactory.namedNode(EX + name);
const shapes = (path: string) =>
  quadsOf(
    `@prefix ex: <${EX}> . @prefix sh: <http://www.w3.org/ns/shacl#> .
     ex:shape a sh:PropertyShape ; sh:targetNode ex:n0 ; sh:path ${path} ; sh:in () .`,
  );
const pathOf = (turtle: string) => {
  const store = new Store(shapes(turtle));
  return readPath(store, store.getObjects(node('shape'), SH.path, null)[0] as Term);
};

const PREDICATES = ['ex:p', 'ex:q'];
const predicate = fc.constantFrom(...PREDICATES);
const step = fc.oneof(
  predicate,
  predicate.map((p) => `[ sh:inversePath ${p} ]`),
  predicate.map((p) => `[ sh:zeroOrMorePath ${p} ]`),
  predicate.map((p) => `[ sh:oneOrMorePath ${p} ]`),
  predicate.map((p) => `[ sh:zeroOrOnePath ${p} ]`),
  fc.constant('[ sh:alternativePath ( ex:p ex:q ) ]'),
);
const path = fc.oneof(
  step,
  fc.array(step, { minLength: 2, maxLength: 3 }).map((steps) => `( ${steps.join(' ')} )`),
);
const edges = fc.array(fc.tuple(fc.nat(4), fc.nat(1), fc.nat(4)), { maxLength: 12 });
const graphOf = (rows: readonly (readonly [number, number, number])[]): Store =>
  new Store(rows.map(([s, p, o]) => DataFactory.quad(node(`n${s}`), node(p === 0 ? 'p' : 'q'), node(`n${o}`))));

describe('a SHACL path', () => {
  it('reaches the same values as the SHACL engine reaches, on any graph with circles', async () => {
    await fc.assert(
      fc.asyncProperty(path, edges, async (turtle, rows) => {
        fc.pre(rows.length > 0);
        const graph = containerGraph(graphOf(rows));
        const ours = pathValues(graph, node('n0'), pathOf(turtle)).map((t) => t.value);
        const profile = profileOf('path', [{ file: 'path.ttl', quads: shapes(turtle) }]);
        const [shape] = profile.shapes;
        const theirs: number[] = [];
        for await (const results of shapeValidator(profile).validate(graph, shape!, [node('n0')]))
          theirs.push(results.length);
        expect(ours.length).toBe(theirs.reduce((a, b) => a + b, 0));
        expect(new Set(ours).size).toBe(ours.length);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['[ sh:zeroOrMorePath [ sh:inversePath ex:p ] ]', ['n0', 'n1', 'n2']],
    ['[ sh:inversePath [ sh:oneOrMorePath ex:p ] ]', ['n1', 'n2']],
    ['[ sh:alternativePath ( ( ex:p ex:p ) [ sh:inversePath ex:p ] ) ]', ['n1']],
  ])('%s is walked as SPARQL walks it, though the engine could not', (turtle, values) => {
    const graph = containerGraph(
      graphOf([
        [1, 0, 0],
        [2, 0, 1],
      ]),
    );
    const parsed = pathOf(turtle);
    expect(
      pathValues(graph, node('n0'), parsed)
        .map((t) => t.value.slice(EX.length))
        .sort(),
    ).toEqual(values);
    expect(unsupportedPath(parsed)).toBeTypeOf('string');
  });

  it.each([
    ['( ex:p )', 'at least two members'],
    ['[ sh:alternativePath ex:p ]', 'list of at least two'],
    ['[ ex:p ex:q ]', 'none of the paths'],
    ['"p"', 'an IRI or a blank node'],
  ])('%s is refused', (turtle, message) => {
    expect(() => pathOf(turtle)).toThrow(message);
  });
});

describe('the view on a container', () => {
  it('matches what the store matches, for any pattern', () => {
    const term = fc.option(
      fc.nat(4).map((n) => node(`n${n}`)),
      { nil: null },
    );
    const predicates = fc.option(fc.constantFrom(node('p'), node('q')), { nil: null });
    fc.assert(
      fc.property(edges, term, predicates, term, (rows, s, p, o) => {
        const store = graphOf(rows);
        const found = [...containerGraph(store).match(s, p, o)].map(
          (q) => `${q.subject.value} ${q.predicate.value} ${q.object.value}`,
        );
        const wanted = store
          .getQuads(s, p, o, null)
          .map((q) => `${q.subject.value} ${q.predicate.value} ${q.object.value}`);
        expect(found.sort()).toEqual(wanted.sort());
      }),
    );
  });
});
