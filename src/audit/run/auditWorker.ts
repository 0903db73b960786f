import { parentPort, workerData } from 'node:worker_threads';
import { isOmegraphError } from '../../errors.js';
import type { CheckedWaiver } from '../waivers.js';
import type { AuditedContainer, ContainerOutcome } from './auditContainer.js';
import { unpackProfile } from './packedProfile.js';
import { type RowBytes, type RowStore, rowStore } from './rowFiles.js';
import { type AuditSession, auditSession, type Engine } from './session.js';

/** What every container of an audit shares; plain data. */
export interface AuditTask {
  /** A profile that `packProfile` packed. */
  readonly profile: string;
  readonly base: string;
  /** Index files of ontologies. */
  readonly terms: readonly string[];
  readonly waivers: readonly CheckedWaiver[];
  readonly engine?: Engine | undefined;
  /** Where rows go; into memory when left out. */
  readonly folder?: string | undefined;
}

/** One container to audit. */
export interface AuditJob extends AuditedContainer {
  readonly path: string;
  readonly bytes: number;
}

export type AuditReply =
  | { readonly ok: true; readonly outcome: ContainerOutcome; readonly rows?: RowBytes | undefined }
  /** The container cannot be audited. */
  | { readonly ok: false; readonly reason: string }
  /** Rows cannot be written, which ends the audit. */
  | { readonly ok: false; readonly disk: string }
  /** A bug, with its stack. */
  | { readonly ok: false; readonly bug: string };

/** Audits one container; the same code in a worker and without one. What cannot be audited is a reply, a bug throws. */
export async function runJob(
  session: AuditSession,
  task: AuditTask,
  job: AuditJob,
  options: { readonly signal?: AbortSignal | undefined; pause?(): Promise<void> } = {},
): Promise<AuditReply> {
  let rows: RowStore | undefined;
  try {
    rows = rowStore(task.folder, job.container, task.base);
    const { container, label, graph } = job;
    const outcome = await session.auditFile(job, { container, label, graph }, rows, {
      ...options,
      waivers: task.waivers,
    });
    return { ok: true, outcome, rows: rows.end() };
  } catch (error) {
    rows?.drop();
    // reading has words of its own for what the system says
    if (error instanceof Error && 'syscall' in error) return { ok: false, disk: error.message };
    if (!isOmegraphError(error) || error.tag === 'interrupted') throw error;
    return { ok: false, reason: error.message };
  }
}

const data = workerData as { readonly omegraph?: string; readonly task: AuditTask } | null;
if (parentPort !== null && data?.omegraph === 'audit') {
  const port = parentPort;
  const { task } = data;
  const session = auditSession(unpackProfile(task.profile), task);
  port.on('message', (job: AuditJob) => {
    session
      .then((ready) => runJob(ready, task, job))
      .catch((error: unknown): AuditReply => {
        return { ok: false, bug: error instanceof Error ? (error.stack ?? error.message) : String(error) };
      })
      .then((reply) => port.postMessage(reply))
      .catch((error: unknown) => {
        throw error;
      });
  });
}
