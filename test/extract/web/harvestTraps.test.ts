import { describe, expect, it } from 'vitest';
import { brokenObject, silentCut } from '../../support/omeroWeb/brokenObjects.js';
import { all, first, onPath, serverError } from '../../support/omeroWeb/faults.js';
import { GOLDEN_PASSWORD, goldenRows } from '../../support/omeroWeb/goldenStore.js';
import { meanwhile, instead } from '../../support/omeroWeb/intercept.js';
import { generateOmero } from '../../support/omeroWeb/generate.js';
import type { ServerRows } from '../../support/omeroWeb/rows.js';
import { harvest, type HarvestSetting } from './harvesting.js';

/** The golden study as Ada sees it. */
const asAda = (setting: HarvestSetting = {}, change: (rows: ServerRows) => void = () => undefined) => {
  const rows = goldenRows();
  change(rows);
  return harvest(rows, { credentials: { username: 'ada', password: GOLDEN_PASSWORD }, ...setting });
};

describe('the harvest of a small study', () => {
  it('finds all that the account sees and the policy does not forbid, each in its containers', async () => {
    const { where, parents, codes } = await asAda();
    expect(where).toMatchObject({
      'Project:101': 'Project:101',
      'Project:102': 'Project:102',
      'Dataset:201': 'Project:101',
      'Dataset:202': 'Project:101 Project:102',
      'Dataset:203': 'orphans',
      'Image:301': 'Project:101',
      'Image:302': 'Project:101 Project:102',
      'Image:303': 'orphans',
      'Screen:401': 'Screen:401',
      'Plate:411': 'Screen:401',
      'Plate:412': 'orphans',
      'PlateAcquisition:421': 'Screen:401',
      'Well:431': 'Screen:401',
      'Image:304': 'Screen:401',
    });
    expect(parents).toMatchObject({
      'Dataset:202': ['Project:101', 'Project:102'],
      'Image:302': ['Dataset:201', 'Dataset:202'],
      'Plate:411': ['Screen:401'],
      'Well:431': ['Plate:411'],
      'PlateAcquisition:421': ['Plate:411'],
    });
    expect(Object.keys(where)).not.toContain('Project:103');
    expect(codes).toEqual([]);
  });

  it('names people without login and e-mail address, and only those who have a part in it', async () => {
    const { object, records, refs } = await asAda();
    expect(object('Experimenter:2')).toMatchObject({ firstName: 'Ada', lastName: 'Lovelace' });
    expect(JSON.stringify(records)).not.toMatch(/example\.org"|"ada"|"grace"|userName|email|canEdit/);
    expect(refs.filter((ref) => ref.startsWith('Experimenter:')).sort()).toEqual(['Experimenter:2', 'Experimenter:3']);
    expect(refs.filter((ref) => ref.startsWith('ExperimenterGroup:')).sort()).toEqual([
      'ExperimenterGroup:3',
      'ExperimenterGroup:4',
    ]);
  });

  it('takes fileset and import date from the webclient, whatever way it writes dates', async () => {
    const whole = await asAda();
    expect(whole.object('Image:301')).toMatchObject({
      fileset: 'Fileset:901',
      series: 0,
      importDate: '2023-11-14T22:13:20Z',
    });
    expect(whole.object('Fileset:901')).toMatchObject({ originalFiles: [] });
    const naive = await asAda({ server: { dates: 'naive' } });
    expect(naive.object('Image:301')?.importDate).toBe('2023-11-14T22:13:20');
    const wrong = await asAda({ server: { dates: 'literal-z' } });
    expect(wrong.object('Image:301')?.importDate).toBe('2023-11-14T22:13:20');
  });

  it('ties annotations to all that carry them, and a tag to its set', async () => {
    const { carried, records } = await asAda();
    expect(carried['TagAnnotation:1004']).toEqual(['TagAnnotation:1003']);
    expect(carried['Image:301']).toContain('MapAnnotation:1001');
    const set = records.find((r) => r.kind === 'annotated' && r.annotation.ref === 'TagAnnotation:1004');
    expect(set).toMatchObject({
      annotation: { value: 'Mitosis phases', namespace: 'openmicroscopy.org/omero/insight/tagset' },
    });
  });

  it('never publishes paths of attached files', async () => {
    expect(JSON.stringify((await asAda()).records)).not.toContain('/home/');
  });

  it('keeps Pixels of fields, which lists leave out, unless they are not wanted', async () => {
    expect((await asAda()).object('Image:304')?.pixels).toBeDefined();
    const { object, requests } = await asAda({ parts: [] });
    expect(object('Image:304')?.pixels).toBeUndefined();
    expect(requests.filter((path) => path.includes('/m/wells/'))).toEqual([]);
  });

  it('never asks for an unfiltered list of images, plates, wells, ROIs or shapes', async () => {
    const { requests } = await asAda({ parts: ['tables', 'well-pixels', 'files', 'channels', 'rois'] });
    for (const path of requests) {
      if (/\/m\/(images|plates)\/\?/.test(path)) expect(path).toContain('orphaned=true');
      expect(path).not.toMatch(/\/m\/(wells|rois|shapes)\/\?/);
      expect(path.length).toBeLessThan(4000);
    }
    const annotations = requests.filter((path) => path.includes('/annotations/'));
    for (const path of annotations) expect(path).not.toMatch(/,|%2C/);
  });

  it('leaves images in wells out of the orphans', async () => {
    const { map, where } = await asAda();
    expect(map.orphanedImages).toBe(1);
    expect(where['Image:305']).toBe('Screen:401');
  });
});

describe('channels', () => {
  it('come with one request an image', async () => {
    const { object, requests } = await asAda({ parts: ['channels'] });
    expect(object('Image:301')?.pixels?.channels).toMatchObject([{ name: 'H2B-GFP' }, { name: 'mCherry-Tubulin' }]);
    expect(object('Image:301')).toMatchObject({ fileset: 'Fileset:901', importDate: '2023-11-14T22:13:20Z' });
    // One of the five images is in two datasets.
    expect(requests.filter((path) => /\/m\/images\/\d+\/$/.test(path))).toHaveLength(6);
  });

  it('may be absent: then the single image is not found although the list shows it', async () => {
    const { object, codes } = await asAda({ parts: ['channels'] }, (rows) => {
      for (const image of rows.images) if (image.id === 302) delete image.pixels;
    });
    expect(object('Image:302')?.name).toBe('cell_001.czi [Scene #2]');
    expect(new Set(codes)).toEqual(new Set(['channels-absent Image:302']));
  });

  it('of RGB images are one for three samples, and SizeC counts the samples', async () => {
    const { object } = await asAda({ parts: ['channels'] });
    expect(object('Image:303')?.pixels).toMatchObject({ sizeC: 3, channels: [{ samplesPerPixel: 3 }] });
  });

  it('that cannot be read are tried again in the end, and then a violation; the image itself is not lost', async () => {
    const { object, codes, failed } = await asAda({
      parts: ['channels'],
      intercept: serverError(onPath(/\/m\/images\/301\/$/)),
    });
    expect(failed.map(({ ref }) => ref)).toEqual(['Image:301/channels']);
    expect(codes).toEqual(['object-unreadable Image:301/channels']);
    expect(object('Image:301')?.name).toBe('cell_001.czi [Scene #1]');
  });
});

describe('ROIs', () => {
  it('are asked for image by image, since they do not name their image', async () => {
    const { parents, requests } = await asAda({ parts: ['rois'] });
    expect(parents['ROI:801']).toEqual(['Image:301']);
    expect(requests.filter((path) => path.includes('/rois/'))).toHaveLength(6);
  });

  it('that fail are named and tried again', async () => {
    const setting = { parts: ['rois'] as const, intercept: serverError(onPath(/images\/301\/rois/)) };
    const { codes, failed } = await asAda(setting);
    expect(failed.map(({ ref }) => ref)).toEqual(['Image:301/rois']);
    expect(codes).toEqual(['object-unreadable Image:301/rois']);
  });
});

describe('original files', () => {
  it('are asked for once a fileset, below the folder that they share, without logins and client paths', async () => {
    const { object, requests, records } = await asAda({ parts: ['files'] });
    const [file] = object('Fileset:901')?.originalFiles ?? [];
    expect(object(file as `OriginalFile:${string}`)).toMatchObject({ path: 'cell_001.czi', name: 'cell_001.czi' });
    expect(JSON.stringify(records)).not.toMatch(/ada_2|grace_3|Desktop|home/);
    expect(requests.filter((path) => path.includes('original_file_paths/30'))).toHaveLength(5);
  });

  it('are none where an image has no fileset', async () => {
    const { codes, refs } = await asAda({ parts: ['files'] }, (rows) => {
      for (const image of rows.images) delete image.fileset;
    });
    expect(codes).toEqual([]);
    expect(refs.filter((ref) => /^(Fileset|OriginalFile):/.test(ref))).toEqual([]);
  });
});

describe('a plate', () => {
  it('keeps a run without any field, at which the list of runs fails', async () => {
    const { object, parents, codes } = await asAda();
    expect(object('PlateAcquisition:422')).toEqual({ type: 'PlateAcquisition', ref: 'PlateAcquisition:422' });
    expect(parents['PlateAcquisition:422']).toEqual(['Plate:413']);
    expect(codes).toEqual([]);
  });

  it('has fields without an index, and runs that name their fields', async () => {
    const { object } = await asAda();
    const well = object('Well:431');
    expect(well?.wellSamples.map(({ ref, image, index }) => [ref, image, index])).toEqual([
      ['WellSample:441', 'Image:304', undefined],
      ['WellSample:442', 'Image:305', undefined],
    ]);
    expect(object('PlateAcquisition:421')).toMatchObject({
      name: 'Run 1',
      wellSamples: ['WellSample:441', 'WellSample:442'],
    });
  });

  it('is read in small pages of wells', async () => {
    const { requests } = await asAda();
    const limits = requests.flatMap((path) => /plates\/\d+\/wells\/\?.*limit=(\d+)/.exec(path)?.[1] ?? []);
    expect(limits.length).toBeGreaterThan(0);
    for (const limit of limits) expect(Number(limit)).toBeLessThanOrEqual(96);
  });

  it('loses no well when one of them cannot be read with its Pixels', async () => {
    const { object, codes, failed } = await asAda({ intercept: brokenObject('Well:431', ['single']) });
    expect(failed.map(({ ref }) => ref)).toEqual(['Well:431']);
    expect(codes).toEqual(['object-unreadable Well:431']);
    expect(object('Well:431')?.wellSamples).toHaveLength(2);
  });
});

describe('what goes wrong on the way', () => {
  it('a dataset that is gone when its turn comes is said, since its list is only empty', async () => {
    const { codes } = await asAda({
      intercept: meanwhile(onPath(/datasets\/201\/images/), (rows) => {
        rows.datasets = rows.datasets.filter(({ id }) => id !== 201);
        rows.datasetImages = rows.datasetImages.filter(({ parent }) => parent !== 201);
      }),
    });
    expect(codes).toContain('container-gone Dataset:201');
  });

  it('a list that gives less than it counts is said', async () => {
    const intercept = instead(onPath(/datasets\/203\/images/), () => ({
      status: 200,
      headers: { 'Content-Type': 'application/json' },
      body: '{"data":[],"meta":{"offset":0,"limit":500,"maxLimit":500,"totalCount":2}}',
    }));
    expect((await asAda({ intercept })).codes).toContain('list-incomplete Dataset:203');
  });

  it('one image that the server fails at is named by the other list, tried again, and a violation; its neighbours come', async () => {
    const { codes, failed, refs } = await asAda({
      intercept: brokenObject('Image:301', ['single', 'page']),
      between: () => undefined,
    });
    expect(codes.filter((code) => code.startsWith('object-unreadable')).length).toBe(1);
    expect(failed).toHaveLength(1);
    expect(refs).toContain('Image:302');
  });

  it('annotations of one image that fail are named, tried again, and a violation; those of others come', async () => {
    const intercept = serverError(onPath(/annotations\/\?.*image=301(&|$)/));
    const { codes, failed, carried } = await asAda({ intercept });
    expect(failed.map(({ ref }) => ref)).toEqual(['Image:301/annotations']);
    expect(codes).toEqual(['object-unreadable Image:301/annotations']);
    expect(carried['Image:302']?.length).toBeGreaterThan(0);
    expect(carried['Dataset:201']?.length ?? 0).toBeGreaterThanOrEqual(0);
  });

  it('facts of the webclient that cannot be read are missed, not the images', async () => {
    const { codes, object } = await asAda({ intercept: serverError(onPath(/webclient\/api\/images\/\?id=201/)) });
    expect(codes).toEqual(['web-list-unreadable Dataset:201']);
    expect(object('Image:301')?.name).toBeDefined();
    expect(object('Image:303')?.importDate).toBeDefined();
  });

  it('links to parents that cannot be read leave the dataset that was asked', async () => {
    const { codes, parents } = await asAda({ intercept: serverError(onPath(/parent_links\/\?image=/)) });
    expect(new Set(codes)).toEqual(
      new Set(['Dataset:201', 'Dataset:202', 'Plate:411', 'orphans'].map((ref) => `web-list-unreadable ${ref}`)),
    );
    expect(parents['Image:301']).toEqual(['Dataset:201']);
  });

  it('tag sets that cannot be read leave the tags', async () => {
    const { codes, carried } = await asAda({ intercept: serverError(onPath(/webclient\/api\/tags/)) });
    expect(codes).toContain('web-list-unreadable TagAnnotation');
    expect(carried['Image:301']).toContain('TagAnnotation:1003');
  });

  it('a whole unit that fails is tried again in the end', async () => {
    const once = all(onPath(/plates\/411\/wells/), first(1));
    const gone = { status: 404, headers: { 'Content-Type': 'application/json' }, body: '{"message":"not now"}' };
    const { failed, codes, refs } = await asAda({ intercept: instead(once, () => gone) });
    expect(failed.map(({ ref }) => ref)).toEqual(['Plate:411']);
    expect(codes).toEqual([]);
    expect(refs).toContain('Well:431');
  });

  it('a list of which nothing comes is given up, tried again as one, and a violation; the run goes on', async () => {
    const { failed, codes, refs } = await asAda({ intercept: serverError(onPath(/plates\/411\/wells/)) });
    expect(failed.map(({ ref }) => ref)).toEqual(['Plate:411/0']);
    expect(codes).toEqual(['object-unreadable Plate:411/0']);
    expect(refs).toContain('Image:303');
  });

  it('annotations that the server cuts without a word all come', async () => {
    const rows = generateOmero({ crowd: 250 });
    const plain = await harvest(rows);
    const cut = await harvest(rows, { intercept: silentCut(100) });
    expect(cut.carried).toEqual(plain.carried);
  });
});

describe('the policy', () => {
  it('hides an annotation whose maker, or whose link, is of someone who is denied', async () => {
    const { carried, refs } = await asAda({ policy: { owners: { deny: ['Experimenter:3'] } } });
    // Made by Grace; made by Ada and linked by Grace.
    expect(carried['Image:301']).not.toContain('CommentAnnotation:1005');
    expect(carried['Image:301']).not.toContain('TagAnnotation:1003');
    expect(carried['Image:301']).toContain('MapAnnotation:1001');
    expect(refs).not.toContain('Experimenter:3');
    expect(refs).not.toContain('Project:102');
  });

  it('lets what others own through a hidden dataset, as an orphan', async () => {
    const policy = { owners: { deny: ['Experimenter:2'] } };
    const { where, refs, parents } = await asAda({ policy }, (rows) => {
      const image = rows.images.find(({ id }) => id === 302);
      if (image !== undefined) image.owner = 3;
    });
    expect(refs).not.toContain('Dataset:202');
    expect(where['Image:302']).toBe('orphans');
    expect(parents['Image:302']).toEqual([]);
  });

  it('is told of names that nobody has, since a name misspelt hides nothing', async () => {
    const { codes } = await asAda({ policy: { owners: { deny: ['Grcae Hopper'] }, groups: { deny: ['lab-x'] } } });
    expect(codes).toEqual(['policy-name-unknown lab-x', 'policy-name-unknown Grcae Hopper']);
  });

  it('hides a private group even from an administrator, unless it is named', async () => {
    const credentials = { username: 'root', password: GOLDEN_PASSWORD };
    expect((await asAda({ credentials })).refs).not.toContain('Project:103');
    const policy = { groups: { allow: ['private-lab'] } };
    expect((await asAda({ credentials, policy })).refs).toContain('Project:103');
  });
});
