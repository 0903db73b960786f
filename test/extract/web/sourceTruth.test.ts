import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { VisibilityPolicy } from '../../../src/extract/visibility.js';
import { omeroWebSource } from '../../../src/extract/web/webSource.js';
import type { Finding } from '../../../src/findings.js';
import type { OmeRecord } from '../../../src/ome/model.js';
import { brokenObject, duplicateRows, type FailingIn } from '../../support/omeroWeb/brokenObjects.js';
import { compareWithRecords } from '../../support/omeroWeb/compareRecords.js';
import * as fault from '../../support/omeroWeb/faults.js';
import { all, attempts, every, first, nth, onPath, share } from '../../support/omeroWeb/faults.js';
import { generateOmero, READER, ROOT } from '../../support/omeroWeb/generate.js';
import type { GenerateOptions } from '../../support/omeroWeb/generateOptions.js';
import { interceptAll, type Interceptor } from '../../support/omeroWeb/intercept.js';
import { type OmeroWebServer, startOmeroWeb } from '../../support/omeroWeb/server.js';
import { openStore } from '../../support/omeroWeb/store.js';
import { truthOf } from '../../support/omeroWeb/truth.js';

// Waiting between two tries is tested elsewhere.
vi.mock('../../../src/extract/web/webClock.js', async (original) => {
  const { realClock } = await original<{ realClock: object }>();
  return { realClock: { ...realClock, pause: () => Promise.resolve() } };
});

let server: OmeroWebServer | undefined;
const folders: string[] = [];
afterEach(async () => {
  await server?.close();
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

interface Case {
  readonly generate?: Partial<GenerateOptions>;
  readonly policy?: VisibilityPolicy;
  readonly user?: { readonly id: number; readonly userName: string; readonly password: string };
  readonly faults?: readonly Interceptor[];
  readonly journal?: string;
  readonly channels?: boolean;
}

/** What a whole export of a generated server says otherwise than its truth, and what it finds. */
async function exported({ generate, policy, user = READER, faults = [], journal, channels = false }: Case) {
  const rows = generateOmero(generate);
  server = await startOmeroWeb(openStore(rows), { intercept: interceptAll(faults) });
  const findings: Finding[] = [];
  const source = omeroWebSource({
    url: server.url,
    credentials: { username: user.userName, password: user.password },
    userAgent: 'omegraph test',
    ...(policy && { visibility: policy }),
    ...(journal !== undefined && { journal: { folder: journal } }),
    parts: ['tables', 'well-pixels', 'rois', ...(channels ? (['channels'] as const) : [])],
  });
  const truth = truthOf(rows, { policy, rois: true, user: user.id });
  const records = (): AsyncIterable<OmeRecord> => source.records([], { onFinding: (f) => void findings.push(f) });
  const differences = await compareWithRecords(records(), truth);
  const requests = server.log.length;
  if (journal !== undefined) differences.push(...(await compareWithRecords(records(), truth)));
  return {
    differences,
    codes: [...new Set(findings.map((f) => f.code))].sort(),
    findings,
    requests,
    again: server.log.length - requests,
  };
}

const SAME = { differences: [], codes: [] };
/** Enough for each kind of request. */
const LITTLE = { platesPerScreen: 1, wellRows: 1, wellColumns: 2, rois: 0, projects: 2 };

describe('an export of a generated server says what the server holds', () => {
  it.each<[string, Partial<GenerateOptions>]>([
    ['with one or two of everything', {}],
    ['with ids above 2^53', { bigIds: true }],
    [
      'with datasets, images and links in several places',
      { imagesInTwoDatasets: 30, datasetsInTwoProjects: 6, projects: 9, duplicateLinks: 20 },
    ],
    ['with images of several owners', { mixedOwners: 3, projects: 6, screens: 0 }],
    ['with plates without runs', { runsPerPlate: 0, imagesPerDataset: 2 }],
    [
      'with plates of several runs and more wells than a page',
      {
        runsPerPlate: 2,
        imagesPerDataset: 1,
        wellRows: 8,
        wellColumns: 12,
        fields: 1,
        platesPerScreen: 1,
        orphans: 0,
        rois: 0,
      },
    ],
    ['with more annotations on an image than a page', { crowd: 20_100, projects: 1, screens: 0 }],
    [
      'with more images in a dataset than a page',
      { imagesPerDataset: 620, projects: 1, datasetsPerProject: 1, screens: 0, channels: 0, rois: 0 },
    ],
    ['without anything', { projects: 0, screens: 0, orphans: 0, tables: 0 }],
  ])('%s', async (_, generate) => {
    const { differences, findings } = await exported({ generate });
    expect(differences).toEqual([]);
    expect(findings).toEqual([]);
  });

  it('with its channels, of which an image without Pixels has none', async () => {
    const { differences, codes } = await exported({ channels: true });
    expect({ differences, codes }).toEqual({ differences: [], codes: ['channels-absent'] });
  });

  it.each<[string, VisibilityPolicy, Case['user']]>([
    ['a denied owner, with what they wrote on the things of others', { owners: { deny: ['ada'] } }, READER],
    ['only one owner', { owners: { allow: ['Grace Hopper'] } }, READER],
    ['a denied group', { groups: { deny: ['lab 0'] } }, READER],
    ['a private group that is named', { groups: { allow: ['private 2'] } }, ROOT],
    ['only read-annotate groups', { levels: ['read-annotate'] }, READER],
  ])('under a policy: %s', async (_, policy, user = READER) => {
    const { differences } = await exported({ generate: { ...LITTLE, mixedOwners: 3, projects: 6 }, policy, user });
    expect(differences).toEqual([]);
  });

  it('to an administrator as to anybody: private groups stay private', async () => {
    expect((await exported({ user: ROOT })).differences).toEqual([]);
  });
});

describe('an export over a troubled connection says the same', () => {
  const page = /\/m\/|annotations/;
  it.each<[string, Interceptor]>([
    ['each page refused once', fault.refused(all(onPath(page), attempts(1), every(5)), 503, { seconds: 0 })],
    ['busy now and then', fault.refused(all(onPath(page), share(0.05)), 429, { seconds: 0 })],
    ['a session that ends in between', fault.expiry(nth(20))],
    ['rows that come twice', duplicateRows(onPath(/datasets\/\d+\/images/))],
    ['a broken connection', fault.reset(nth(15))],
    ['a body cut with its connection', fault.truncated(all(onPath(page), nth(9)), 'whole')],
    ['a body cut with a length that fits', fault.truncated(all(onPath(page), nth(9)), 'cut')],
  ])('%s', async (_, trouble) => {
    const { differences, codes } = await exported({ generate: LITTLE, faults: [trouble] });
    expect({ differences, codes }).toEqual(SAME);
  });
});

describe('an object at which the server fails', () => {
  it.each<[string, readonly FailingIn[] | undefined, string]>([
    ['by its place', undefined, 'object-unreadable Dataset:1/6'],
    ['by its name where one list has it', ['single', 'page', 'annotations'], 'object-unreadable Image:3'],
    ['by its name where only its annotations fail', ['annotations'], 'object-unreadable Image:3/annotations'],
  ])('is all that is missing, and is named: %s', async (_, failingIn, said) => {
    const { differences, findings } = await exported({
      generate: LITTLE,
      faults: [brokenObject('Image:3', failingIn)],
    });
    expect(findings.map(({ code, focus }) => `${code} ${focus}`)).toContain(said);
    expect(differences.length).toBeGreaterThan(0);
    for (const line of differences) expect(line).toMatch(/^- .*(Image|MapAnnotation|ROI):3\t/);
  });

  it('is read after all when it works the second time', async () => {
    const listed = /datasets\/1\/images/;
    const { differences, codes } = await exported({
      generate: LITTLE,
      faults: [fault.serverError(all(onPath(listed), first(2)))],
    });
    expect({ differences, codes }).toEqual(SAME);
  });
});

describe('an export with a journal', () => {
  it('says the same, and the same again from the journal', async () => {
    const journal = await mkdtemp(join(tmpdir(), 'omegraph-journal-'));
    folders.push(journal);
    const { differences, requests, again } = await exported({ generate: LITTLE, journal });
    expect(differences).toEqual([]);
    expect(again).toBeLessThan(requests / 2);
  });
});
