import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { compileShapes } from '../../../src/audit/shacl/compileShapes.js';
import { validateShapes } from '../../../src/audit/shacl/validateShapes.js';
import { containerGraphOf } from '../../../src/graph/columns/containerGraphOf.js';
import { resultLines, SUITE, suiteScore, suiteTests } from './w3cSuite.js';

const MANIFEST = join(SUITE, 'core', 'manifest.ttl');

describe.skipIf(!existsSync(MANIFEST))('the SHACL Core tests of W3C (skipped where ../shared is absent)', () => {
  const tests = existsSync(MANIFEST) ? suiteTests(MANIFEST) : [];

  const score = suiteScore('W3C SHACL Core', tests.length);
  afterAll(() => score.print());
  const odd: string[] = [];

  it('are 98', () => expect(tests.length).toBe(98));

  it.each(tests.map((test) => [test.name, test] as const))('%s', async (_name, { data, shapes, expected }) => {
    let ways: string[] = [];
    const run = async (): Promise<string[]> => {
      const compiled = compileShapes(shapes, { odd: (shape) => odd.push(shape) });
      ways = compiled.targeted.map(({ way }) => way);
      const { results } = await validateShapes(containerGraphOf(data), compiled);
      return resultLines(results, shapes);
    };
    if (expected === undefined) await expect(run()).rejects.toMatchObject({ tag: 'shapes' });
    else expect(await run()).toEqual(expected);
    score.pass(ways);
  });

  it('have clauses that ask for nothing in node/qualified-001 only', () => {
    expect(new Set(odd)).toEqual(new Set(['http://example.org/shacl-test/s1']));
  });
});
