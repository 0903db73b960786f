import { describe, expect, it } from 'vitest';
import type { VisibilityPolicy } from '../../../src/extract/visibility.js';
import type { GenerateOptions } from '../../support/omeroWeb/generateOptions.js';
import { loadOf } from '../../support/omeroWeb/generateOptions.js';
import { generateOmero } from '../../support/omeroWeb/generate.js';
import { differences } from '../../support/omeroWeb/compareRecords.js';
import { truthOf } from '../../support/omeroWeb/truth.js';
import { factsOf } from '../../support/omeroWeb/truthFacts.js';
import { brokenObject } from '../../support/omeroWeb/brokenObjects.js';
import type { Interceptor } from '../../support/omeroWeb/intercept.js';
import { harvest, type HarvestSetting } from './harvesting.js';

async function compared(
  generate: Partial<GenerateOptions>,
  setting: HarvestSetting = {},
): Promise<{ readonly wrong: readonly string[]; readonly codes: readonly string[]; readonly requests: number }> {
  const rows = generateOmero(generate);
  const heard = await harvest(rows, setting);
  const rois = setting.parts?.includes('rois') === true;
  const said = new Set(heard.records.flatMap((record) => [...factsOf(record)]));
  const wrong = differences(said, truthOf(rows, { policy: setting.policy, rois }));
  return { wrong, codes: heard.codes, requests: heard.requests.length };
}

const EVERYTHING: Partial<GenerateOptions> = {
  groups: 3,
  mixedOwners: 3,
  everyClass: 3,
  attachments: 2,
  tables: 2,
  imagesInTwoDatasets: 4,
  datasetsInTwoProjects: 2,
  sharedAnnotations: 3,
  emptyRuns: 2,
  runsPerPlate: 2,
  tagSets: 2,
};

describe('the harvest of a generated server says what its rows say', () => {
  it('of one or two of everything, with ROIs', async () => {
    const { wrong, codes } = await compared({}, { parts: ['tables', 'well-pixels', 'rois'] });
    expect(wrong).toEqual([]);
    expect(codes).toEqual([]);
  });

  it('of more of everything, without a finding', async () => {
    const { wrong, codes } = await compared(EVERYTHING);
    expect(wrong).toEqual([]);
    expect(codes).toEqual([]);
  });

  it('whatever page the server gives', async () => {
    for (const maxLimit of [1, 3]) expect((await compared(EVERYTHING, { server: { maxLimit } })).wrong).toEqual([]);
  });

  const policies: readonly (readonly [string, VisibilityPolicy])[] = [
    ['one owner is denied', { owners: { deny: ['Experimenter:11'] } }],
    ['one owner alone is allowed', { owners: { allow: ['Experimenter:10'] } }],
    ['a group is denied', { groups: { deny: ['lab 0'] } }],
    ['a private group is named', { groups: { allow: ['private 3', 'lab 1'] } }],
    ['levels are restricted', { levels: ['read-only'] }],
  ];
  it.each(policies)('to those whom the policy lets see: %s', async (_name, policy) => {
    const { wrong } = await compared(EVERYTHING, { policy });
    expect(wrong).toEqual([]);
  });

  it('of ids near 2^53 and beyond', async () => {
    const { wrong } = await compared({ bigIds: true });
    expect(wrong).toEqual([]);
  });

  it('of an image that makes pages fail but can be had alone', async () => {
    const broken = brokenObject('Image:3', ['page']);
    const intercept: Interceptor = (request, answer, controls) =>
      request.path.startsWith('/api/v0/m/') ? broken(request, answer, controls) : answer();
    const { wrong, codes } = await compared({}, { intercept });
    expect(wrong).toEqual([]);
    expect(codes).toEqual([]);
  });

  it('with few requests: at most 0.05 an image of large datasets', async () => {
    const { wrong, requests } = await compared({
      ...loadOf(2000),
      projects: 1,
      datasetsPerProject: 4,
      imagesPerDataset: 500,
    });
    expect(wrong).toEqual([]);
    expect(requests / 2000).toBeLessThan(0.025);
  });
});
