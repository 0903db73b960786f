import { readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { OmeroWebOptions } from '../../../src/extract/web/webSource.js';
import type { ObjectRef } from '../../../src/ome/model.js';
import { compareWithRecords } from '../../support/omeroWeb/compareRecords.js';
import * as fault from '../../support/omeroWeb/faults.js';
import { all, onPath } from '../../support/omeroWeb/faults.js';
import { generateOmero } from '../../support/omeroWeb/generate.js';
import type { GenerateOptions } from '../../support/omeroWeb/generateOptions.js';
import { changed, type Interceptor, interceptAll } from '../../support/omeroWeb/intercept.js';
import type { ServerRows } from '../../support/omeroWeb/rows.js';
import { type OmeroWebServer, startOmeroWeb } from '../../support/omeroWeb/server.js';
import { openStore } from '../../support/omeroWeb/store.js';
import { truthOf } from '../../support/omeroWeb/truth.js';
import { everything, exported, filesOf, removeFolder, sourceOf, temporaryFolder } from './exporting.js';

// Waiting between two tries is tested elsewhere.
vi.mock('../../../src/extract/web/webClock.js', async (original) => {
  const { realClock } = await original<{ realClock: object }>();
  return { realClock: { ...realClock, pause: () => Promise.resolve() } };
});

const PLAIN: Partial<GenerateOptions> = { screens: 1, wellRows: 1, wellColumns: 2, emptyRuns: 0, projects: 4 };
let server: OmeroWebServer;
let home: string;
let data: string;
/** Stands before the server; tests put faults here while it runs. */
let trouble: Interceptor;
let rows: ServerRows;
/** Changes what the server holds. */
let change: (work: (rows: ServerRows) => void) => void;

async function serve(options: Partial<GenerateOptions> = PLAIN): Promise<void> {
  rows = generateOmero(options);
  const store = openStore(rows);
  change = (work) => {
    work(rows);
    store.changed();
  };
  trouble = (_, answer) => answer();
  server = await startOmeroWeb(store, { intercept: (...heard) => trouble(...heard) });
}
beforeEach(async () => {
  home = await temporaryFolder();
  data = join(home, 'data');
  await serve();
});
afterEach(async () => {
  await server.close();
  await removeFolder(home);
});

const notices: string[] = [];
beforeEach(() => void notices.splice(0));
/** The source with a journal in the data folder. */
const source = (options: Partial<OmeroWebOptions> = {}) =>
  sourceOf(server.url, {
    journal: { folder: join(data, 'harvest') },
    onWait: (why) => void notices.push(why),
    ...options,
  });
/** The graphs of the objects: the provenance of two exports is not that of one. */
const graphsOf = async (folder: string): Promise<readonly string[]> =>
  [...(await filesOf(folder)).keys()].filter((path) => /^graphs\/(Project|Screen|orphans)/.test(path)).sort();
const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
/** Takes rows out of a table. */
function keepOf<T>(table: T[], isKept: (row: T) => boolean): void {
  table.splice(0, Infinity, ...table.filter(isKept));
}
/** Paths that some work asks for. */
async function asked(work: () => Promise<unknown>): Promise<readonly string[]> {
  const before = server.log.length;
  await work();
  return server.log.slice(before).map(({ path }) => path);
}
/** Datasets whose images were listed. */
const listed = (paths: readonly string[]): string[] =>
  paths.flatMap((path) => /\/datasets\/(\d+)\/images\//.exec(path)?.slice(1) ?? []);

/** An export that ends because the budget of requests is used up in the middle of its units. */
async function interrupted(options: Partial<OmeroWebOptions> = {}, requests = 45): Promise<void> {
  await expect(exported(source({ ...options, maxRequests: requests }), data)).rejects.toThrow(
    `the budget of ${requests} requests is used up`,
  );
}

describe('an export of OMERO.web that stops before its end', () => {
  it('says how much is saved and how to go on, logs out, and leaves no record', async () => {
    await interrupted();
    expect(notices.at(-1)).toMatch(/^\d+ of \d+ parts are saved; run the same command again to go on from there$/);
    expect(server.openSessions).toBe(0);
    expect(await isThere(join(data, 'manifest.json'))).toBe(false);
    expect(await isThere(join(data, 'harvest', 'header.json'))).toBe(true);
  });

  it('is finished by the next one with the same record as in one go, and says since when', async () => {
    await exported(source(), join(home, 'whole'));
    await interrupted();
    const before = await filesOf(join(data, 'harvest'));
    const again = listed(await asked(() => exported(source(), data)));
    expect(notices.at(-1)).toMatch(/^goes on with the export of 2027-01-15T08:00:00.000Z: \d+ finished parts are not/);
    for (const file of before.keys()) for (const id of again) expect(file).not.toContain(`Dataset-${id}.`);
    expect(again.length).toBeGreaterThan(0);
    expect(await filesOf(data)).toEqual(await filesOf(join(home, 'whole')));
  });

  it('can be stopped by its user, who waits for no answer', async () => {
    const controller = new AbortController();
    trouble = async (request, answer) => {
      if (!/\/datasets\/\d+\/images\//.test(request.path)) return answer();
      controller.abort(new Error('enough'));
      return { status: 200, headers: {}, body: '', mishap: { kind: 'silence' } };
    };
    await expect(exported(source(), data, [], controller.signal)).rejects.toThrow('enough');
    expect(server.openSessions).toBe(0);
    expect(notices.at(-1)).toContain('run the same command again');
    expect((await readdir(join(data, 'harvest'))).some((name) => name.endsWith('.partial'))).toBe(false);
  });

  it('leaves nothing behind when whoever reads it stops listening', async () => {
    for await (const record of source().records([], { onFinding: () => {} })) if (record.kind === 'annotated') break;
    expect(server.openSessions).toBe(0);
    expect((await readdir(join(data, 'harvest'))).some((name) => name.endsWith('.partial'))).toBe(false);
  });

  it('hands nothing on to an export of other objects, of another policy, with other parts, or afresh', async () => {
    for (const [options, roots] of [
      [{ visibility: { groups: { deny: ['lab 1'] } } }, []],
      [{ parts: [] }, []],
      [{ timeZone: 'Europe/Berlin' }, []],
      [{ userAgent: 'omegraph/next' }, []],
      [{ journal: { folder: join(data, 'harvest'), restart: true } }, []],
      [{}, ['Project:1']],
    ] satisfies [Partial<OmeroWebOptions>, ObjectRef[]][]) {
      await interrupted();
      notices.splice(0);
      await everything(source(options), roots);
      expect(notices).toEqual([]);
      await removeFolder(data);
    }
  });

  it('says its findings again when it goes on', async () => {
    change(({ annotations }) => {
      for (const row of annotations) if (row.class === 'TagAnnotationI') row.textValue += '\u0000';
    });
    const { findings } = await exported(source(), join(home, 'whole'));
    expect(findings.map(({ code }) => code)).toContain('text-control-character');
    await interrupted();
    expect((await exported(source(), data)).findings).toEqual(findings);
  });

  it('names people as fully as an export in one go, whoever told their name', async () => {
    const gone = rows.users.find(({ id }) => id === rows.images[0]?.owner);
    const other = rows.users.find(({ id }) => id > 2 && id !== gone?.id)?.id ?? -1;
    change(({ images, annotations, annotationLinks, datasetImages, ...more }) => {
      if (gone === undefined) return;
      gone.middleName = 'Quentin';
      const inDatasets = new Set(datasetImages.map(({ child }) => child));
      for (const image of images) image.owner = inDatasets.has(image.id) ? gone.id : other;
      for (const row of Object.values(more).flat()) if ('owner' in row) row.owner = other;
      const onPlates = new Set(annotationLinks.flatMap((l) => (l.parentType === 'Well' ? [l.annotation] : [])));
      for (const row of annotations) row.owner = onPlates.has(row.id) ? gone.id : other;
      for (const link of annotationLinks) link.owner = other;
    });
    // Who has left all groups is not listed; images tell the whole of a name, annotations do not.
    trouble = changed(onPath(/\/m\/experimenters\//), (reply) => {
      const list = JSON.parse(String(reply.body)) as { data: { '@id': number }[]; meta: { totalCount: number } };
      keepOf(list.data, (row) => row['@id'] !== gone?.id);
      list.meta.totalCount -= 1;
      return { ...reply, body: JSON.stringify(list) };
    });
    await exported(source(), join(home, 'whole'));
    await interrupted({}, 55);
    expect(listed(await asked(() => exported(source(), data)))).toEqual([]);
    expect(await filesOf(data)).toEqual(await filesOf(join(home, 'whole')));
    expect([...(await filesOf(data)).values()].join('')).toContain('Quentin');
  });

  it('reports images, never more than there are, and ends at their number', async () => {
    const told: { done: number; total: number }[] = [];
    const onProgress = (p: { done: number; total: number }): void => void told.push(p);
    for await (const _ of source().records([], { onFinding: () => {}, onProgress }));
    const total = told[0]?.total ?? 0;
    expect(total).toBeGreaterThan(30);
    expect(told.every((p) => p.total === total && p.done <= total)).toBe(true);
    expect(told.map(({ done }) => done)).toEqual([...told.map(({ done }) => done)].sort((a, b) => a - b));
    expect(told.at(-1)?.done).toBe(total);
  });
});

describe('what an interrupted export has saved', () => {
  /** All that a fresh and a resumed export say, after the server has changed. */
  async function bothAfter(work: (rows: ServerRows) => void, options: Partial<OmeroWebOptions> = {}): Promise<void> {
    await interrupted(options, 70);
    change(work);
    const differences = await compareWithRecords(
      source(options).records([], { onFinding: () => {} }),
      truthOf(rows, { policy: options.visibility }),
    );
    expect(differences).toEqual([]);
    expect(notices.some((text) => text.startsWith('goes on'))).toBe(true);
  }

  it('is not published when its group has become private since', () =>
    bothAfter(({ groups, projects }) => {
      const group = groups.find(({ id }) => id === projects[0]?.group);
      if (group !== undefined) group.perm = 'rw----';
    }));

  it('is not published when the account was taken out of its group', () =>
    bothAfter(({ groups, projects }) => {
      const group = groups.find(({ id }) => id === projects[1]?.group);
      if (group !== undefined) group.members = [];
    }));

  it('is not published when its dataset moved to a private group', () =>
    bothAfter(({ datasets, datasetImages, images, groups, projectDatasets }) => {
      const hidden = groups.find(({ perm }) => perm === 'rw----')?.id ?? -1;
      const [dataset] = datasets;
      if (dataset === undefined) return;
      dataset.group = hidden;
      const moved = new Set(datasetImages.filter(({ parent }) => parent === dataset.id).map(({ child }) => child));
      for (const image of images) if (moved.has(image.id)) image.group = hidden;
      keepOf(projectDatasets, ({ child }) => child !== dataset.id);
      keepOf(datasetImages, ({ child, parent }) => parent === dataset.id || !moved.has(child));
    }));

  it('is read again when its dataset was renamed, filled or linked elsewhere', () =>
    bothAfter(({ datasets, projectDatasets, datasetImages, projects }) => {
      const [one, two] = datasets;
      const [project] = projects;
      if (one === undefined || two === undefined || project === undefined) return;
      one.name = 'renamed';
      const free = datasetImages.find(({ parent }) => parent !== two.id);
      const target = datasets.find(({ group, id }) => group === one.group && id !== one.id);
      if (free !== undefined && target !== undefined)
        projectDatasets.push({ ...projectDatasets[0], id: 99_001, parent: project.id, child: target.id } as never);
    }));

  it('is not published when its project was deleted since', () =>
    bothAfter(({ projects, projectDatasets, annotationLinks }) => {
      const gone = projects.shift()?.id;
      keepOf(projectDatasets, ({ parent }) => parent !== gone);
      keepOf(annotationLinks, ({ parentType, parent }) => parentType !== 'Project' || parent !== gone);
    }));

  it('is read again as far as it was damaged', async () => {
    await interrupted({}, 70);
    const names = (await readdir(join(data, 'harvest'))).filter((name) => name.startsWith('Dataset-'));
    await writeFile(join(data, 'harvest', names[0] ?? ''), 'x', { flag: 'a' });
    const id = /^Dataset-(\d+)/.exec(names[0] ?? '')?.[1];
    const again = listed(await asked(() => exported(source(), data)));
    expect(again).toContain(id);
    for (const name of names.slice(1)) expect(again).not.toContain(/^Dataset-(\d+)/.exec(name)?.[1]);
    await exported(source(), join(home, 'whole'));
    expect(await filesOf(data)).toEqual(await filesOf(join(home, 'whole')));
  });

  it('goes when the record is whole', async () => {
    await exported(source(), data);
    expect(await isThere(join(data, 'harvest'))).toBe(false);
  });

  it('is out of reach for a second export of the same data folder', async () => {
    let second: Promise<unknown> | undefined;
    trouble = async (request, answer) => {
      if (second === undefined && /\/datasets\/\d+\/images\//.test(request.path)) {
        second = exported(source({ userAgent: 'omegraph/other' }), data);
        await second.catch(() => undefined);
      }
      return answer();
    };
    await exported(source(), data);
    await expect(second).rejects.toThrow('another export is writing this data folder');
  });
});

describe('an object at which the server fails', () => {
  /** Annotations of an image, alone or among others. */
  const broken = (ref: `Image:${number}`): Interceptor =>
    fault.serverError(onPath(new RegExp(`/annotations/.*image=${ref.slice(6)}(&|$)`)));

  it('is tried again at the end; when it works then, nothing is said', async () => {
    await exported(source(), join(home, 'whole'));
    let isBroken = true;
    let last = 0;
    // Broken until nothing else is asked for.
    trouble = (request, answer, controls) => {
      const alone = request.query.getAll('image').join() === '3' && /annotations/.test(request.path);
      if (alone && (last += 1) > 2) isBroken = false;
      return isBroken ? broken('Image:3')(request, answer, controls) : answer();
    };
    const { findings, totals } = await exported(source(), data);
    expect(isBroken).toBe(false);
    expect(totals.violation).toBe(0);
    expect(findings.map(({ code }) => code)).not.toContain('object-unreadable');
    expect(await filesOf(data)).toEqual(await filesOf(join(home, 'whole')));
  });

  it('is named, and the next export asks for everything afresh', async () => {
    await exported(source(), join(home, 'whole'));
    trouble = interceptAll([broken('Image:3'), broken('Image:9')]);
    const { findings, totals } = await exported(source(), data);
    const named = findings.filter(({ code }) => code === 'object-unreadable');
    expect(named.map(({ focus }) => focus).sort()).toEqual(['Image:3/annotations', 'Image:9/annotations']);
    expect(totals.violation).toBe(2);
    expect(await isThere(join(data, 'harvest'))).toBe(false);
    trouble = (_, answer) => answer();
    expect((await exported(source(), data)).totals.violation).toBe(0);
    expect(await graphsOf(data)).toEqual(await graphsOf(join(home, 'whole')));
  });

  it('is all that is left to ask for when the export was stopped in its second tries', async () => {
    await exported(source(), join(home, 'whole'));
    trouble = interceptAll([broken('Image:3'), broken('Image:9')]);
    const { length } = await asked(() => exported(source(), join(home, 'partial')));
    await interrupted({}, length - 3);
    trouble = (_, answer) => answer();
    const paths = await asked(() => exported(source(), data));
    const annotations = paths.filter((path) => path.startsWith('/webclient/api/annotations/'));
    // Before the login Image:0 is asked for, to see whether that is open to everybody.
    const [, ...images] = annotations.map((path) => new URLSearchParams(path.split('?')[1]).getAll('image').join());
    expect(images.at(-1)).toBe('3');
    expect(images.length).toBeLessThanOrEqual(2);
    expect(listed(paths)).toEqual([]);
    expect(await filesOf(data)).toEqual(await filesOf(join(home, 'whole')));
  });

  it('does not hide that a whole list failed: its dataset is read again by the next export', async () => {
    trouble = fault.serverError(all(onPath(/webclient\/api\/images\/\?id=1&/)));
    await interrupted({}, 80);
    trouble = (_, answer) => answer();
    const paths = await asked(() => exported(source(), data));
    expect(listed(paths)).toContain('1');
    await exported(source(), join(home, 'whole'));
    expect(await filesOf(data)).toEqual(await filesOf(join(home, 'whole')));
  });
});

describe('an export of OMERO.web without a journal', () => {
  it('writes nothing beside the record', async () => {
    await exported(sourceOf(server.url), data);
    expect([...(await filesOf(data)).keys()].filter((path) => !/^(graphs\/|manifest\.json$)/.test(path))).toEqual([]);
  });
});
