import { describe, expect, it } from 'vitest';
import { GOLDEN_PASSWORD, goldenRows } from '../../support/omeroWeb/goldenStore.js';
import type { ServerRows } from '../../support/omeroWeb/rows.js';
import { harvest, type HarvestSetting } from './harvesting.js';

const asAda = (
  roots: readonly string[],
  setting: HarvestSetting = {},
  change: (rows: ServerRows) => void = () => undefined,
) => {
  const rows = goldenRows();
  change(rows);
  return harvest(rows, { credentials: { username: 'ada', password: GOLDEN_PASSWORD }, roots, ...setting });
};
const containers = (refs: readonly string[]): readonly string[] =>
  refs.filter((ref) => /^(Project|Dataset|Screen|Plate|Image|Well|PlateAcquisition):/.test(ref)).sort();

describe('an export of a root', () => {
  it('that is a Project takes what is below it, in its own container alone', async () => {
    const { refs, where, parents } = await asAda(['Project:101']);
    expect(containers(refs)).toEqual(['Dataset:201', 'Dataset:202', 'Image:301', 'Image:302', 'Project:101']);
    expect(where['Dataset:202']).toBe('Project:101');
    expect(parents['Image:302']).toEqual(['Dataset:201', 'Dataset:202']);
  });

  it('that is a Dataset takes its images and the Projects above it with their annotations', async () => {
    const { refs, where, carried } = await asAda(['Dataset:202']);
    expect(containers(refs)).toEqual(['Dataset:202', 'Image:302', 'Project:101', 'Project:102']);
    expect(where['Image:302']).toBe('Project:101 Project:102');
    expect(carried['Project:101']).toContain('MapAnnotation:1001');
  });

  it('that is a Screen or a Plate takes wells, runs and images', async () => {
    const below = ['Image:304', 'Image:305', 'Plate:411', 'PlateAcquisition:421', 'Screen:401', 'Well:431', 'Well:432'];
    expect(containers((await asAda(['Screen:401'])).refs)).toEqual(expect.arrayContaining(below));
    const { refs, where } = await asAda(['Plate:411']);
    expect(containers(refs)).toEqual(expect.arrayContaining(below));
    expect(where['Image:304']).toBe('Screen:401');
  });

  it('that is an Image takes it and all that is above it', async () => {
    const { refs, where, object } = await asAda(['Image:302']);
    expect(containers(refs)).toEqual(['Dataset:201', 'Dataset:202', 'Image:302', 'Project:101', 'Project:102']);
    expect(where['Image:302']).toBe('Project:101 Project:102');
    expect(object('Image:302')).toMatchObject({ fileset: 'Fileset:901', importDate: '2023-11-14T22:13:20Z' });
  });

  it('that is an Image in a well takes the well with that field alone', async () => {
    const { refs, object, where } = await asAda(['Image:305']);
    expect(containers(refs)).toEqual(['Image:305', 'Plate:411', 'Screen:401', 'Well:431']);
    expect(object('Well:431')?.wellSamples.map(({ ref }) => ref)).toEqual(['WellSample:442']);
    expect(where['Image:305']).toBe('Screen:401');
  });

  it('that is an orphaned Image takes it alone, also without channels', async () => {
    expect(containers((await asAda(['Image:303'])).refs)).toEqual(['Image:303']);
    const bare = await asAda(['Image:303'], {}, (rows) => {
      for (const image of rows.images) delete image.pixels;
    });
    expect(bare.object('Image:303')).toMatchObject({ name: 'A_tiff.tif', importDate: '2023-11-14T22:13:20Z' });
    expect(bare.where['Image:303']).toBe('orphans');
  });

  it('may be several, and takes what lies in two of them once', async () => {
    const { refs, where } = await asAda(['Project:101', 'Project:102', 'Image:303']);
    expect(containers(refs)).toContain('Image:303');
    expect(where['Dataset:202']).toBe('Project:101 Project:102');
  });

  it('costs only what it needs', async () => {
    const { requests } = await asAda(['Dataset:203']);
    expect(requests.length).toBeLessThanOrEqual(8);
    expect(requests.filter((path) => /\/m\/(projects|datasets|screens)\/\?/.test(path))).toEqual([]);
  });

  it.each(['Project:999', 'Dataset:999', 'Image:999', 'Screen:999', 'Plate:999', 'Project:103'])(
    'that the account does not see stops it: %s',
    async (root) => {
      await expect(asAda([root])).rejects.toThrow(`there is no such object in the source ("${root}")`);
    },
  );

  it('of a type that nothing can be exported from stops it', async () => {
    await expect(asAda(['Well:431'])).rejects.toThrow('name a Project, Dataset, Image, Screen or Plate');
  });

  it.each(['Project:102', 'Dataset:203', 'Image:303', 'Plate:412'])(
    'that the policy hides stops it, with the reason: %s',
    async (root) => {
      const policy = { owners: { deny: ['Experimenter:3'] } };
      await expect(asAda([root], { policy })).rejects.toThrow(
        /visibility policy forbids .*: owners\.deny names its owner/,
      );
    },
  );
});
