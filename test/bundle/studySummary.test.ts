import { describe, expect, it } from 'vitest';
import type { StudyDescription } from '../../src/bundle/studyDescription.js';
import { contentText, mediaType, nameParts, publicSource, studySummary } from '../../src/bundle/studySummary.js';
import { FULL_STUDY } from './support/starvationStudy.js';

const withOrganisms = (...names: string[]): StudyDescription => ({
  ...FULL_STUDY,
  biosamples: FULL_STUDY.biosamples.flatMap((sample) => [
    sample,
    ...names.map((scientificName) => ({ ...sample, organisms: [{ scientificName }] })),
  ]),
});

describe('the summary of a study', () => {
  it('lists organisms that are grounded, and others only where there is none', () => {
    expect(studySummary(withOrganisms('HeLa')).organisms.map((o) => o.scientificName)).toEqual(['Homo sapiens']);
    const ungrounded = { ...FULL_STUDY, biosamples: withOrganisms('Axolotl').biosamples.slice(1) };
    expect(studySummary(ungrounded).organisms.map((o) => o.scientificName)).toEqual(['Axolotl']);
  });

  it('counts images and files, and their bytes where every size is known', () => {
    const summary = studySummary(FULL_STUDY);
    expect(contentText(summary)).toBe('2 images in 2 files, 1 file of annotations');
    expect(summary.bytes).toBe(2097152);
    const [component] = FULL_STUDY.studyComponents;
    const files = (component?.files ?? []).map(({ sizeBytes: _, ...file }) => file);
    const unknown = { ...FULL_STUDY, studyComponents: FULL_STUDY.studyComponents.map((c) => ({ ...c, files })) };
    expect(studySummary(unknown).bytes).toBeUndefined();
  });

  it.each([
    ['Josiah Carberry', 'Josiah', 'Carberry'],
    ['Vincent van Gogh', 'Vincent', 'van Gogh'],
    ['van Gogh, Vincent', 'Vincent', 'van Gogh'],
    ['Ludwig van der Rohe', 'Ludwig', 'van der Rohe'],
    ['Jan-Peter Müller', 'Jan-Peter', 'Müller'],
    ['Plato', '', 'Plato'],
  ])('takes a name apart: %s', (name, given, family) => {
    expect(nameParts(name)).toEqual({ given, family });
  });

  it.each([
    'http://localhost:8080/Project/1',
    'http://127.0.0.1/Project/1',
    'http://omero.local/Project/1',
    'urn:x:Project/1',
  ])('names no source that others cannot reach: %s', (containerIri) => {
    expect(publicSource({ ...FULL_STUDY, containerIri })).toBeUndefined();
  });

  it.each([
    ['a/b.ome.tiff', 'image/tiff'],
    ['a.zarr', 'application/vnd+zarr'],
    ['a.czi', 'application/octet-stream'],
    ['README', 'application/octet-stream'],
  ])('knows the media type of %s', (path, type) => {
    expect(mediaType(path)).toBe(type);
  });
});
