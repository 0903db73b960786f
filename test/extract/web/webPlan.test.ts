import { afterEach, describe, expect, it } from 'vitest';
import type { SourcePlan } from '../../../src/extract/metadataSource.js';
import { PARTS } from '../../../src/extract/web/parts.js';
import type { OmeroWebOptions } from '../../../src/extract/web/webSource.js';
import type { ObjectRef } from '../../../src/ome/model.js';
import { latency } from '../../support/omeroWeb/faults.js';
import { generateOmero, ROOT } from '../../support/omeroWeb/generate.js';
import { type GenerateOptions, loadOf } from '../../support/omeroWeb/generateOptions.js';
import type { Interceptor } from '../../support/omeroWeb/intercept.js';
import { type OmeroWebServer, startOmeroWeb } from '../../support/omeroWeb/server.js';
import { openStore } from '../../support/omeroWeb/store.js';
import { everything, sourceOf } from './exporting.js';

let server: OmeroWebServer;
afterEach(() => server.close());

async function serve(options: Partial<GenerateOptions> = {}, intercept?: Interceptor): Promise<void> {
  server = await startOmeroWeb(openStore(generateOmero(options)), intercept && { intercept });
}
async function planned(options: Partial<OmeroWebOptions> = {}, roots: readonly ObjectRef[] = []): Promise<SourcePlan> {
  const plan = await sourceOf(server.url, options).plan?.(roots, { onFinding: () => {} });
  if (plan === undefined) throw new Error('no plan');
  return plan;
}
/** Requests of a whole run. */
async function requests(options: Partial<OmeroWebOptions> = {}, roots: readonly ObjectRef[] = []): Promise<number> {
  const before = server.log.length;
  await everything(sourceOf(server.url, options), roots);
  return server.log.length - before;
}
const costOf = ({ parts }: SourcePlan, what: string): number | undefined =>
  parts.find((part) => part.what.startsWith(what))?.requests;

describe('the plan of an export of OMERO.web', () => {
  it('says to the request what images in datasets cost', async () => {
    await serve(loadOf(3000));
    const plan = await planned();
    expect(plan.requests).toBe(await requests());
    expect(plan.parts.reduce((sum, part) => sum + part.requests, 0)).toBe(plan.requests);
  });

  it.each([
    ['one or two of everything', {}, {}],
    ['plates', { screens: 2, wellRows: 8, wellColumns: 12, projects: 1 }, {}],
    ['plates without the Pixels of their fields', { screens: 2, projects: 1 }, { parts: ['tables'] }],
    ['all parts', {}, { parts: PARTS }],
  ] as const)('is within a tenth of what an export costs (%s)', async (_, generate, options) => {
    await serve({ ...generate, emptyRuns: 0 });
    const plan = await planned(options);
    const real = await requests(options);
    expect(plan.requests).toBeGreaterThan(real * 0.9);
    expect(plan.requests).toBeLessThan(real * 1.1 + 3);
  });

  it.each([[['Project:1']], [['Dataset:1']], [['Screen:1']], [['Plate:1']], [['Image:1']]] as const)(
    'is near to what an export of %j costs',
    async (roots) => {
      await serve({ emptyRuns: 0 });
      const plan = await planned({}, roots);
      const real = await requests({}, roots);
      expect(Math.abs(plan.requests - real)).toBeLessThanOrEqual(4);
    },
  );

  it('names the price of channels, ROIs and file paths', async () => {
    await serve();
    const plan = await planned({ parts: PARTS });
    const images = 4 * 7 + 2 + 2 + 3;
    expect(costOf(plan, 'channels')).toBeGreaterThanOrEqual(images);
    expect(costOf(plan, 'ROIs')).toBeGreaterThanOrEqual(images);
    expect(costOf(plan, 'file paths')).toBeGreaterThan(0);
    expect(costOf(await planned(), 'channels')).toBeUndefined();
  });

  it('counts containers and images of each group, and says why a group is left out', async () => {
    await serve();
    const options = { credentials: { username: ROOT.userName, password: ROOT.password } };
    const { groups, containers } = await planned(options);
    const hidden = groups.find(({ visible }) => !visible);
    expect(hidden).toMatchObject({ name: 'private 2', level: 'private', containers: 0, images: 0 });
    expect(hidden?.why).toContain('private');
    const left = containers.filter(({ visible }) => !visible);
    expect(left.length).toBeGreaterThan(0);
    for (const { group, why, level } of left)
      expect([group, level, why]).toEqual(['private 2', 'private', hidden?.why]);
    for (const { ref, label, owner } of containers.filter((c) => c.visible && c.ref !== 'orphans'))
      expect([ref, typeof label, typeof owner]).toEqual([ref, 'string', 'string']);
    const named = await planned({ ...options, visibility: { groups: { allow: ['private 2'] } } });
    expect(named.containers.filter(({ visible }) => visible).map(({ group }) => group)).toContain('private 2');
    expect(named.groups.filter(({ visible }) => visible).map(({ name }) => name)).toEqual(['private 2']);
  });

  it('counts images without a dataset', async () => {
    await serve({ orphans: 5, privateGroups: 0 });
    expect((await planned()).containers.at(-1)).toMatchObject({ ref: 'orphans', images: 5, visible: true });
  });

  it('tells nobody’s login', async () => {
    await serve();
    const text = JSON.stringify(await planned());
    for (const { userName, email } of generateOmero().users) {
      expect(text).not.toContain(`"${userName}"`);
      if (email !== undefined && email !== '') expect(text).not.toContain(email);
    }
  });

  it('asks for a few lists only, and logs out', async () => {
    await serve(loadOf(3000));
    const { requests: all } = await planned();
    expect(server.log.length).toBeLessThan(all / 3);
    expect(server.openSessions).toBe(0);
  });

  it('estimates the time from how long answers take', async () => {
    await serve({}, latency(60));
    const { requests: all, seconds } = await planned();
    expect(seconds).toBeGreaterThan((all * 0.06) / 2);
  });

  it('refuses a root that is not there', async () => {
    await serve();
    await expect(planned({}, ['Project:99'])).rejects.toThrow('there is no such object in the source ("Project:99")');
    expect(server.openSessions).toBe(0);
  });
});
