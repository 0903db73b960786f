import { createHash } from 'node:crypto';
import { finding, type FindingCode } from '../../findings.js';
import type { ObjectRef, OmeRecord } from '../../ome/model.js';
import type { ExtractOptions, MetadataSource, SourcePlan } from '../metadataSource.js';
import type { VisibilityPolicy } from '../visibility.js';
import type { FailedObject, HarvestLine, HarvestOptions } from './harvestLine.js';
import { harvestUnit, retryFailed } from './harvestUnit.js';
import { type Journal, openJournal } from './journal.js';
import { DEFAULT_PARTS, type Part } from './parts.js';
import { readServerMap, type ServerMap } from './serverMap.js';
import { noteHolds, unitNote } from './unitNote.js';
import { type Unit, unitsOf } from './units.js';
import { unitProgress } from './unitProgress.js';
import { webBase } from './webBase.js';
import { webPlan } from './webPlan.js';
import { openWebSession, type WebSession, type WebSessionOptions } from './webSession.js';

/** How an OMERO.web is read. */
export interface OmeroWebOptions extends Omit<WebSessionOptions, 'signal'> {
  /** Whose objects may be published; when left out, those of all groups but private ones. */
  readonly visibility?: VisibilityPolicy | undefined;
  /** `DEFAULT_PARTS` when left out. */
  readonly parts?: readonly Part[] | undefined;
  /** IANA zone of the OMERO server's clock; `UTC` when left out. */
  readonly timeZone?: string | undefined;
  /**
   * Folder that keeps what an interrupted run has read, so that the next one goes on from there; it lies in the data folder,
   * whose lock keeps a second run away. `restart` forgets what is there.
   */
  readonly journal?: { readonly folder: string; readonly restart?: boolean | undefined } | undefined;
  /** The clock. */
  now?(): Date;
}

/** An OMERO server behind its OMERO.web as a source. @throws OmegraphError `input` when the address is none */
export function omeroWebSource(options: OmeroWebOptions): MetadataSource {
  const name = webBase(options.url).url.href;
  const state: RunState = { journal: undefined };
  return {
    name,
    records: (roots, extract) => webRecords(options, name, roots, extract, state),
    plan: (roots, extract) => plan(options, name, roots, extract),
    // Whatever failed is listed and asked for afresh: a journal that outlived its run would publish old facts as new ones.
    done: async () => state.journal?.clear(),
  };
}

async function plan(
  options: OmeroWebOptions,
  name: string,
  roots: readonly ObjectRef[],
  { signal, onFinding, onProgress }: ExtractOptions,
): Promise<SourcePlan> {
  const { visibility, parts, timeZone, connections } = options;
  onProgress?.({ done: 0, total: 1, what: name });
  const session = await openWebSession({ ...options, signal });
  try {
    const map = await readServerMap(session, roots, visibility, { name, timeZone, signal, onFinding });
    return await webPlan(session, map, { parts, timeZone, signal, connections });
  } finally {
    await session.close();
  }
}

/** What is left of a run once its records are read. */
interface RunState {
  journal: Journal<HarvestLine> | undefined;
}

async function* webRecords(
  options: OmeroWebOptions,
  name: string,
  roots: readonly ObjectRef[],
  { signal, onFinding, onProgress }: ExtractOptions,
  state: RunState,
): AsyncGenerator<OmeRecord> {
  state.journal = undefined;
  const session = await openWebSession({ ...options, signal });
  const { timeZone } = options;
  try {
    const map = await readServerMap(session, roots, options.visibility, { name, timeZone, signal, onFinding });
    const journal =
      options.journal &&
      (await openJournal<HarvestLine>(options.journal.folder, fingerprint(options, session, roots), {
        restart: options.journal.restart,
        now: options.now ?? (() => new Date()),
      }));
    state.journal = journal;
    if (journal?.resumed !== undefined) options.onWait?.(goesOn(journal.resumed));
    const units = unitsOf(map);
    const progress = unitProgress(map, units, onProgress);
    const run: Run = { session, map, journal, harvest: { parts: options.parts, timeZone, signal }, saved: new Set() };
    const failed: [Unit, FailedObject][] = [];
    try {
      for (const unit of units) {
        signal?.throwIfAborted();
        progress.begin(unit);
        for await (const line of unitLines(run, unit)) {
          if ('failed' in line) failed.push([unit, line.failed]);
          else if ('finding' in line) onFinding(line.finding);
          else {
            progress.see(line.record);
            yield line.record;
          }
        }
      }
      for (const [unit, object] of failed) {
        signal?.throwIfAborted();
        progress.again(object.ref);
        for await (const line of retriedLines(run, unit, object)) {
          if ('record' in line) yield line.record;
          else if ('finding' in line) onFinding(line.finding);
          else onFinding(finding('object-unreadable', line.failed.ref, { detail: line.failed.why }));
        }
      }
      progress.end();
    } catch (error) {
      if (run.saved.size > 0) options.onWait?.(savedParts(run.saved.size, units.length));
      throw error;
    }
  } finally {
    await session.close();
  }
}

/** What the reading of units shares. */
interface Run {
  readonly session: WebSession;
  readonly map: ServerMap;
  readonly journal: Journal<HarvestLine> | undefined;
  readonly harvest: HarvestOptions;
  /** Units that the journal holds. */
  readonly saved: Set<string>;
}

/** The lines of a unit: those of an earlier run if they still hold, else fresh ones, which the journal keeps once they are whole. */
async function* unitLines(run: Run, unit: Unit): AsyncGenerator<HarvestLine> {
  const { session, map, harvest } = run;
  const old = await run.journal?.replay(unit.key, (note) => noteHolds(note, map, unit));
  if (old === undefined)
    return yield* kept(run, unit, unit.key, harvestUnit(session, map, unit, harvest), isIncomplete);
  run.saved.add(unit.key);
  for await (const line of old) {
    // Later units name people by what earlier ones learnt of them.
    if ('record' in line && line.record.kind === 'object' && line.record.object.type === 'Experimenter')
      map.people.know(line.record.object);
    yield line;
  }
}

/** Findings that another run may not have: what they are about is read again by it. */
const INCOMPLETE: ReadonlySet<FindingCode> = new Set([
  'list-incomplete',
  'list-moved',
  'table-unreadable',
  'web-list-unreadable',
]);
const isIncomplete = (line: HarvestLine): boolean => 'finding' in line && INCOMPLETE.has(line.finding.code);

/** The lines of a second try; the journal keeps them only if it succeeds, so that a later run tries again what failed. */
async function* retriedLines(run: Run, unit: Unit, { retry }: FailedObject): AsyncGenerator<HarvestLine> {
  const key = `${unit.key} again ${JSON.stringify(retry)}`;
  const { session, map, harvest } = run;
  const old = await run.journal?.replay(key, (note) => noteHolds(note, map, unit));
  if (old !== undefined) return yield* old;
  yield* kept(run, unit, key, retryFailed(session, map, retry, harvest), isFailure);
}

/** Whether a line of a second try says that it failed too. */
const isFailure = (line: HarvestLine): boolean =>
  'failed' in line || ('finding' in line && line.finding.code === 'object-unreadable');

/** Passes lines on and keeps them in the journal, all of them or, where one of them spoils it, none. */
async function* kept(
  { map, journal, saved }: Run,
  unit: Unit,
  key: string,
  lines: AsyncIterable<HarvestLine>,
  spoils: (line: HarvestLine) => boolean,
): AsyncGenerator<HarvestLine> {
  if (journal === undefined) return yield* lines;
  const note = unitNote(map, unit);
  const writer = await journal.write(key);
  try {
    let isGood = true;
    for await (const line of lines) {
      if (spoils(line)) isGood = false;
      note.see(line);
      const wait = writer.add(line);
      if (wait !== undefined) await wait;
      yield line;
    }
    if (!isGood) return;
    await writer.commit(note.json());
    if (key === unit.key) saved.add(key);
  } finally {
    await writer.drop();
  }
}

const goesOn = ({ units, startedAt }: { readonly units: number; readonly startedAt: string }): string =>
  `goes on with the export of ${startedAt}: ${units} finished parts are not read again`;
const savedParts = (finished: number, all: number): string =>
  `${finished} of ${all} parts are saved; run the same command again to go on from there`;

/** Another export, user, policy or version of omegraph takes nothing over. */
function fingerprint(options: OmeroWebOptions, session: WebSession, roots: readonly ObjectRef[]): string {
  const all = {
    url: session.url,
    server: options.server ?? null,
    user: session.user?.id ?? null,
    roots: [...new Set(roots)].sort(),
    visibility: options.visibility ?? null,
    parts: [...new Set(options.parts ?? DEFAULT_PARTS)].sort(),
    timeZone: options.timeZone ?? 'UTC',
    software: options.userAgent,
  };
  return createHash('sha256').update(JSON.stringify(all)).digest('hex');
}
