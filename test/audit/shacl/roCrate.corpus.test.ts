import { Store, type Term } from 'n3';
import { describe, expect, it } from 'vitest';
import { compileShapes } from '../../../src/audit/shacl/compileShapes.js';
import { referenceResults } from '../../../src/audit/shacl/reference.js';
import { referenceLimits } from '../../../src/audit/shacl/referenceLimits.js';
import { validateShapes, type ShaclReport } from '../../../src/audit/shacl/validateShapes.js';
import type { Column, ContainerGraph } from '../../../src/graph/columns/containerGraph.js';
import { containerGraphOf } from '../../../src/graph/columns/containerGraphOf.js';
import { inferPlainly } from './plainRules.js';
import { crates, hasCrates, ontologyOf, PROFILES, shapesOf } from './roCrates.js';

const all = hasCrates ? await crates() : new Map<string, never>();
const odd = (): void => undefined;
/** Crates for the second engine, which takes seconds for each. */
const FEW = /rocrate-example|test_typical_ro_crate|converted-by-bia/;
const CRATE = 'https://github.com/crs4/rocrate-validator/profiles/';
const HAS_PART = 'sh:oneOrMorePath of anything but a predicate';
const VALUES = 'several sh:hasValue in one shape';
/** Shapes that the second engine cannot do, by the end of their names; they are left out of the comparison. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  'ro-crate/DataEntityRequiredPropertiesShape': HAS_PART,
  'ro-crate-1.2/DataEntityRequiredPropertiesShape': HAS_PART,
  'ro-crate-1.2/DataEntityRecommendedProperties': 'several sh:sparql in one shape',
  'workflow-ro-crate/CWLDescriptionProperties': VALUES,
  'workflow-ro-crate/MainWorkflowRequiredProperties': VALUES,
  'workflow-ro-crate/DescriptorProperties': VALUES,
  'workflow-testing-ro-crate/WTROCTestDefinitionRequired': VALUES,
};

describe.skipIf(!hasCrates)('the shapes of RO-Crate on crates (skipped where ../shared is absent)', () => {
  it('has 52 crates to run on', () => expect(all.size).toBe(52));

  it.each(Object.entries(PROFILES))('%s: every crate is validated, rules first', async (_name, folders) => {
    const compiled = compileShapes(shapesOf(folders), { odd });
    expect(compiled.targeted.filter((shape) => shape.way === 'sparql').length).toBeGreaterThan(5);
    const ontology = ontologyOf(folders);
    for (const [name, quads] of all) {
      const { results } = await validateShapes(containerGraphOf([...quads, ...ontology]), compiled);
      expect(results.length, name).toBeGreaterThan(0);
    }
  });

  it.each(Object.entries(PROFILES))('%s: rules and results are those of a second engine', async (_name, folders) => {
    const shapes = shapesOf(folders);
    for (const [shape, wrong] of withoutLimits(shapes)) expect(LEFT_OUT[shape.slice(CRATE.length)]).toBe(wrong);
    const compiled = compileShapes(shapes, { odd });
    const ontology = ontologyOf(folders);
    const plain = new Store(shapes.getQuads(null, null, null, null).filter((q) => q.predicate.value !== `${SH}rule`));
    const few = [...all].filter(([name]) => FEW.test(name));
    expect(few.length).toBe(3);
    for (const [name, quads] of few) {
      const graph = containerGraphOf([...quads, ...ontology]);
      const data = new Store([...quads, ...ontology] as never[]);
      await inferPlainly(shapes, data);
      const inferred = compiled.bind(graph).graph;
      expect(triples(inferred), `${name}: triples after the rules`).toEqual(triples(containerGraphOf(data)));
      const theirs = await referenceResults(containerGraphOf(data), plain, { odd });
      expect(lines(await validateShapes(graph, compiled)), name).toEqual(lines(theirs));
    }
  });
});

const SH = 'http://www.w3.org/ns/shacl#';

/** Takes away what the second engine is known to do wrongly; gives the shapes concerned, and why. */
function withoutLimits(shapes: Store): Map<string, string> {
  const limits = referenceLimits(shapes);
  for (const { node } of limits) {
    shapes.removeQuads([...shapes.getQuads(null, null, node, null), ...shapes.getQuads(node, null, null, null)]);
  }
  return new Map(limits.map(({ shape, wrong }) => [shape, wrong]));
}

function triples(graph: ContainerGraph): string[] {
  const { terms } = graph;
  return graph.predicates
    .flatMap((p) => {
      const { subjects, objects } = graph.column(p) as Column;
      return Array.from(subjects, (s, i) => [s, p, objects[i] as number].map((id) => terms.value(id)).join(' '));
    })
    .sort();
}

function lines({ results }: ShaclReport): string[] {
  return results
    .map((r) =>
      [r.focusNode, r.path, r.value, r.sourceShape, r.sourceConstraintComponent]
        .map((term) => (term as Term | undefined)?.value)
        .join(' '),
    )
    .sort();
}
