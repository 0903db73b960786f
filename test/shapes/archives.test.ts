import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadProfile, type Profile } from '../../src/audit/profile.js';
import { REMBI_FIELDS } from '../../src/rdf/rembi.js';
import { PREFIXES } from '../../src/rdf/vocabulary.js';
import { openTermIndex } from '../../src/terms/termIndex.js';
import { BIOIMAGE_ARCHIVE_CASES, GIDE_CASES, ZENODO_CASES } from './archiveCases.js';
import { shapeChecker } from './shapeChecker.js';

const SHAPES = 'https://w3id.org/omegraph/shapes/';
const terms = await openTermIndex(['ontologies/terms.idx']);
const NAMES = ['rembi-minimum', 'rembi', 'bioimage-archive', 'zenodo', 'gide'];
const profiles = new Map(await Promise.all(NAMES.map(async (name) => [name, await loadProfile(name)] as const)));
const profile = (name: string): Profile => profiles.get(name) as Profile;
const asked = (name: string, severity?: string): string[] =>
  profile(name)
    .shapes.filter((s) => s.aspect === 'presence' && (severity === undefined || s.severity === severity))
    .map((s) => s.node.value.slice(SHAPES.length).replace('rembi#', ''));

describe('the shipped profiles', () => {
  it('are five', () => {
    expect(
      readdirSync('shapes', { withFileTypes: true })
        .filter((e) => e.isDirectory())
        .map((e) => e.name),
    ).toEqual([...NAMES].sort());
  });

  it.each(NAMES)('%s has a label, and words for every shape', (name) => {
    expect(profile(name)).toMatchObject({ name, iri: SHAPES + name });
    for (const shape of profile(name).shapes) {
      expect(shape.message).toMatch(/^[A-Z].*; .*\.$/);
      expect(shape.message.length).toBeLessThan(260);
      expect(shape.description).toMatch(/\.$/);
      expect(shape.module).toBeDefined();
    }
  });

  it.each(NAMES)('%s advises keys that are the names of REMBI', (name) => {
    const labels: Readonly<Record<string, string>> = Object.fromEntries(
      Object.entries(REMBI_FIELDS).map(([field, { label }]) => [PREFIXES.rembi + field, label]),
    );
    for (const { message, field } of profile(name).shapes) {
      for (const [, key] of message.matchAll(/key-value pair "([^"]+)"/g)) expect(key).toBe(labels[field ?? '']);
    }
  });

  it('REMBI minimum asks for what REMBI calls a violation, and for nothing else', () => {
    expect(asked('rembi-minimum')).toEqual(asked('rembi', 'violation'));
  });

  it('BioImage Archive refuses without what its template requires, terms included', () => {
    expect(asked('bioimage-archive', 'violation')).toEqual([
      ...['studyDescription', 'imagingMethod', 'studyComponentDescription', 'biologicalEntity'],
      ...['organism', 'preparationMethod', 'instrumentAttributes', 'imageAcquisitionParameters'],
      ...['spatialAndTemporalAlignment', 'analysisMethod', 'bioimage-archive#imageFile'],
    ]);
    const grounding = profile('bioimage-archive').shapes.filter(
      (s) => s.aspect === 'grounding' && s.severity === 'violation',
    );
    expect(new Set(grounding.map((s) => s.field))).toEqual(
      new Set([`${PREFIXES.rembi}imagingMethod`, `${PREFIXES.rembi}organism`]),
    );
  });

  it('Zenodo refuses no record for what its images show', () => {
    expect(asked('zenodo', 'violation')).toEqual(['studyDescription', 'zenodo#title']);
    expect(asked('zenodo', 'warning')).toContain('organism');
  });

  it('GIDE asks for what its profile requires and OMERO can say', () => {
    expect(asked('gide', 'violation').map((s) => s.replace('gide#', ''))).toEqual([
      ...['name', 'description', 'about', 'measurementMethod', 'taxonName'],
    ]);
  });
});

describe.each([
  ['bioimage-archive', BIOIMAGE_ARCHIVE_CASES],
  ['zenodo', ZENODO_CASES],
  ['gide', GIDE_CASES],
] as const)('the shapes of %s', (name, cases) => {
  const check = shapeChecker(profile(name), terms);
  const base = `${SHAPES}${name}#`;

  it('have a passing and a failing graph each', () => {
    const own = profile(name).shapes.filter((s) => s.node.value.startsWith(base));
    expect(Object.keys(cases).sort()).toEqual(own.map((s) => s.node.value.slice(base.length)).sort());
    for (const { pass, fail } of Object.values(cases)) expect(Math.min(pass.length, fail.length)).toBeGreaterThan(0);
  });

  it.each(
    Object.entries(cases).flatMap(([shape, { pass, fail }]) => [
      ...pass.map(([title, turtle]) => ({ shape, title, turtle, fails: false })),
      ...fail.map(([title, turtle]) => ({ shape, title, turtle, fails: true })),
    ]),
  )('$shape: $title → fails: $fails', ({ shape, turtle, fails }) => {
    expect(check(base + shape, turtle)).toEqual({ looked: true, fails });
  });
});
