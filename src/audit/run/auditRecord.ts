import { availableParallelism } from 'node:os';
import { OmegraphError } from '../../errors.js';
import type { ContainerGraph } from '../../graph/columns/containerGraph.js';
import type { ContainerEntry } from '../../graph/manifest.js';
import type { GraphRecord } from '../../graph/record.js';
import type { AuditReport, StoredAudit } from '../model.js';
import type { Profile } from '../profile.js';
import { storedAudit } from '../stored/storedAudit.js';
import { writeSnapshot } from '../stored/writeSnapshot.js';
import { type CheckedWaiver, checkWaivers, type Waiver } from '../waivers.js';
import { assembleReport, type Lost } from './assembleReport.js';
import type { AuditedContainer, ContainerOutcome } from './auditContainer.js';
import { runJobs } from './auditPool.js';
import type { AuditJob, AuditTask } from './auditWorker.js';
import { packProfile, unpackProfile } from './packedProfile.js';
import { type RowBytes, rowStore } from './rowFiles.js';
import { type AuditSession, auditSession, type Engine, type SessionOptions, type Terms } from './session.js';

/** What the audit needs of a record: its manifest and the places of its files. */
export type AuditableRecord = Pick<GraphRecord, 'manifest' | 'path'>;

export interface AuditOptions {
  readonly signal?: AbortSignal | undefined;
  /** Containers to audit (`Project:52`); all when left out. */
  readonly containers?: readonly string[] | undefined;
  /** Worker threads, each with one container at a time; as many as there are cores when left out, 0 for none. */
  readonly workers?: number | undefined;
  /** Folder of the audit's files, made whole at the end; it must not be there yet. In memory when left out. */
  readonly folder?: string | undefined;
  readonly waivers?: readonly Waiver[] | undefined;
  /** Index files of ontologies; without them nothing is known of terms but what the graph says. */
  readonly terms?: readonly string[] | undefined;
  /** `columns` when left out. */
  readonly engine?: Engine | undefined;
  /** Seconds after which a container is given up; one hour when left out. */
  readonly deadlineSeconds?: number | undefined;
  /** Name and version of what audits. */
  readonly software?: string | undefined;
  /** Address of OMERO.web for links. */
  readonly web?: string | undefined;
  onProgress?(progress: { readonly done: number; readonly total: number; readonly what: string }): void;
  /** The clock. */
  now?(): Date;
}

const HOUR = 3600;
/** A record with fewer triples is audited before a second thread would have started. */
const SMALL = 50_000;

/**
 * Audits a record container by container, in worker threads that hold one container each. A container that cannot be read or
 * audited to its end is listed in `notAudited` and the rest goes on. What is in `folder` is whole or not there.
 * @throws OmegraphError (input) when a named container is not in the record or the folder cannot be written; (config) for a
 * waiver of nothing; (shapes) for ill-formed shapes; the signal's reason when it fires
 */
export async function auditRecord(
  record: AuditableRecord,
  profile: Profile,
  options: AuditOptions = {},
): Promise<StoredAudit> {
  const entries = chosen(record, options.containers);
  const packed = packProfile(profile);
  const { base } = record.manifest;
  // as the workers see it, so that numbers mean the same
  const own = unpackProfile(packed);
  const session = await auditSession(own, options);
  const { auditedAt, waivers } = atTime(session, options);
  const snapshot = options.folder === undefined ? undefined : await writeSnapshot(options.folder);
  try {
    const outcomes = new Map<string, ContainerOutcome>();
    const rows = new Map<string, RowBytes>();
    const reasons = new Map<string, string>();
    const jobs = entries.map((entry) => jobOf(record, entry));
    const byName = new Map(entries.map((e) => [e.container, e]));
    let done = 0;
    const total = jobs.length;
    const task: AuditTask = {
      profile: packed,
      base,
      terms: options.terms ?? [],
      waivers,
      engine: options.engine,
      folder: snapshot?.unfinished,
    };
    await runJobs(session, task, jobs, {
      workers: options.workers ?? defaultWorkers(entries, session),
      deadlineMs: (options.deadlineSeconds ?? HOUR) * 1000,
      signal: options.signal,
      quads: ({ container }) => byName.get(container)?.quads ?? 0,
      onStart: ({ container, label }) => options.onProgress?.({ done, total, what: label ?? container }),
      onReply: ({ container }, reply) => {
        done += 1;
        if (reply.ok) {
          outcomes.set(container, reply.outcome);
          if (reply.rows !== undefined) rows.set(container, reply.rows);
        } else reasons.set(container, 'reason' in reply ? reply.reason : reply.bug);
      },
    });
    options.onProgress?.({ done, total, what: 'done' });
    const lost = entries.flatMap(({ container, label, counts }): Lost[] => {
      const reason = reasons.get(container);
      return reason === undefined ? [] : [{ container, label, counts, images: counts['Image'] ?? 0, reason }];
    });
    const whole = entries.flatMap(({ container }) => outcomes.get(container) ?? []);
    const { software = 'omegraph', web, containers: asked } = options;
    const head = { software, auditedAt, base, web, asked };
    const warnings = await session.warnings();
    const report = assembleReport(head, own, session.plan, whole, lost, { waivers, warnings });
    if (snapshot === undefined) return storedAudit(report, (kind, container) => rows.get(container)?.[kind]);
    return await snapshot.finish(report);
  } catch (error) {
    await snapshot?.drop();
    throw error;
  }
}

export interface ValidateOptions extends SessionOptions {
  readonly waivers?: readonly Waiver[] | undefined;
  /** Ontologies, open or as index files. */
  readonly terms?: Terms | undefined;
  /** The graph's container; `graph` when left out. */
  readonly container?: AuditedContainer | undefined;
  /** Base of the IRIs, so that rows are small; none when left out. */
  readonly base?: string | undefined;
  readonly software?: string | undefined;
  readonly web?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  now?(): Date;
}

/**
 * Audits one graph in memory against a profile.
 * @throws OmegraphError (shapes) for ill-formed shapes, (config) for a waiver of nothing; the signal's reason when it fires
 */
export async function validate(
  graph: ContainerGraph,
  profile: Profile,
  options: ValidateOptions = {},
): Promise<StoredAudit> {
  const session = await auditSession(profile, options);
  const { auditedAt, waivers } = atTime(session, options);
  const base = options.base ?? '';
  const about = options.container ?? { container: 'graph' };
  const rows = rowStore(undefined, about.container, base);
  const pause = async (): Promise<void> => options.signal?.throwIfAborted();
  const outcome = await session.auditGraph(graph, about, rows, { waivers, pause, signal: options.signal });
  const bytes = rows.end();
  const head = { software: options.software ?? 'omegraph', auditedAt, base, web: options.web };
  const warnings = await session.warnings();
  const report = assembleReport(head, profile, session.plan, [outcome], [], { waivers, warnings });
  return storedAudit(report, (kind) => bytes?.[kind]);
}

function atTime(
  { plan }: AuditSession,
  options: Pick<AuditOptions, 'now' | 'waivers'>,
): { readonly auditedAt: AuditReport['auditedAt']; readonly waivers: CheckedWaiver[] } {
  const auditedAt = (options.now?.() ?? new Date()).toISOString();
  return { auditedAt, waivers: checkWaivers(options.waivers ?? [], plan, auditedAt.slice(0, 10)) };
}

function jobOf(record: AuditableRecord, entry: ContainerEntry): AuditJob {
  const { container, label, graph, bytes } = entry;
  return { container, label, graph, bytes, path: record.path(entry) };
}

function defaultWorkers(entries: readonly ContainerEntry[], { plan }: AuditSession): number {
  // tests run the sources, and a thread needs what is compiled; only a thread can be stopped within a pattern or query that has no end
  if (import.meta.url.endsWith('.ts')) return 0;
  const quads = entries.reduce((sum, { quads: n }) => sum + n, 0);
  return quads < SMALL && plan.runs.every(({ shape }) => shape.way === 'columns') ? 1 : availableParallelism();
}

function chosen(record: AuditableRecord, names: readonly string[] | undefined): readonly ContainerEntry[] {
  const { containers } = record.manifest;
  const unknown = names?.find((name) => !containers.some((c) => c.container === name));
  if (unknown !== undefined) {
    const known = containers.map((c) => c.container);
    throw new OmegraphError('input', {
      where: 'containers',
      wrong: 'the record holds no such container',
      found: unknown,
      remedy: `name one of: ${known.slice(0, 10).join(', ')}${known.length > 10 ? ` and ${known.length - 10} more` : ''}`,
    });
  }
  return containers.filter((c) => names?.includes(c.container) ?? true);
}
