import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkStudyFile } from '../../src/bundle/studyFile.js';
import { ANNOTATION_TYPES, ROLES, STUDY_FILE_SCHEMA } from '../../src/bundle/studyFileSchema.js';

const DOCS = readFileSync(new URL('../../docs/study-file.md', import.meta.url), 'utf8');

/** Every key at every depth of the schema. */
function keysOf(schema: object): string[] {
  const nested =
    'items' in schema && typeof schema.items === 'object' && schema.items !== null ? keysOf(schema.items) : [];
  if (!('properties' in schema) || typeof schema.properties !== 'object' || schema.properties === null) return nested;
  return Object.entries(schema.properties as Record<string, object>).flatMap(([key, value]) => [key, ...keysOf(value)]);
}

describe('the page about the study file', () => {
  it('names every key, role and annotation type', () => {
    const names = [...new Set([...keysOf(STUDY_FILE_SCHEMA), ...ROLES, ...ANNOTATION_TYPES])];
    expect(names.filter((name) => !DOCS.includes(name))).toEqual([]);
  });

  it('shows study files that are valid', () => {
    const examples = [...DOCS.matchAll(/```yaml\n(.*?)```/gs)].map((match) => match[1] ?? '');
    expect(examples).toHaveLength(3);
    for (const example of examples) expect(checkStudyFile(example, 'docs').problems).toEqual([]);
  });

  it('has an example in the quickstart', () => {
    const quickstart = readFileSync(new URL('../../examples/quickstart/study.yaml', import.meta.url), 'utf8');
    expect(checkStudyFile(quickstart, 'study.yaml').problems).toEqual([]);
  });
});
