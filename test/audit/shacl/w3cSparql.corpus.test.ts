import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { compileShapes } from '../../../src/audit/shacl/compileShapes.js';
import { validateShapes } from '../../../src/audit/shacl/validateShapes.js';
import { containerGraphOf } from '../../../src/graph/columns/containerGraphOf.js';
import { resultLines, SUITE, suiteScore, suiteTests } from './w3cSuite.js';

const MANIFEST = join(SUITE, 'sparql', 'manifest.ttl');
/** A test that no manifest includes. */
const PROPOSED = join(SUITE, 'sparql', 'component', 'nodeValidator-001.ttl');
const here = existsSync(MANIFEST);

/** Why a test that expects a failure fails. */
const FAILURES: Readonly<Record<string, RegExp>> = {
  'pre-binding-006': /SHACL does not allow a subquery with SELECT \*/,
  'unsupported-sparql-001': /does not allow MINUS/,
  'unsupported-sparql-002': /does not allow VALUES/,
  'unsupported-sparql-003': /SERVICE/,
  'unsupported-sparql-004': /does not allow a subquery that does not select \$this/,
  'unsupported-sparql-005': /does not allow AS with a variable that has its value/,
  'unsupported-sparql-006': /does not allow AS with a variable that has its value/,
};

describe.skipIf(!here)('the SHACL-SPARQL tests of W3C (skipped where ../shared is absent)', () => {
  const tests = here ? [...suiteTests(MANIFEST), ...suiteTests(PROPOSED)] : [];

  const score = suiteScore('W3C SHACL-SPARQL', tests.length);
  afterAll(() => score.print());

  it('are 23', () => expect(tests.length).toBe(23));

  it.each(tests.map((test) => [test.name, test] as const))('%s', async (name, { data, shapes, expected }) => {
    const compile = (): ReturnType<typeof compileShapes> => compileShapes(shapes);
    if (expected === undefined) {
      expect(compile).toThrowError(FAILURES[name.slice(name.lastIndexOf('/') + 1)]);
      score.pass([]);
      return;
    }
    const compiled = compile();
    const { results } = await validateShapes(containerGraphOf(data), compiled);
    expect(resultLines(results, shapes)).toEqual(expected);
    for (const { sourceConstraint, sourceShape } of results) {
      const constraints = shapes.getObjects(sourceShape as never, 'http://www.w3.org/ns/shacl#sparql', null);
      expect(sourceConstraint?.value).toBe(constraints[0]?.value);
    }
    score.pass(compiled.targeted.map(({ way }) => way));
  });
});
