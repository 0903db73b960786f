import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { OmegraphError } from '../../errors.js';
import { compiled } from '../../graph/workerFile.js';
import { type AuditJob, type AuditReply, type AuditTask, runJob } from './auditWorker.js';
import type { AuditSession } from './session.js';

export interface PoolOptions {
  /** Threads; 0 does the work in this one. */
  readonly workers: number;
  /** A container that takes longer is given up. */
  readonly deadlineMs: number;
  readonly signal?: AbortSignal | undefined;
  /** Triples of a job, for sharing out memory. */
  quads(job: AuditJob): number;
  onStart(job: AuditJob): void;
  /** Called once for each job, in the order in which they end. */
  onReply(job: AuditJob, reply: Exclude<AuditReply, { disk: string }>): void;
}

/** Triples that may be held at the same time, unless one container alone is larger: about 1 GB. */
const AT_ONCE = 20_000_000;

/**
 * Audits containers in worker threads, each one at a time. A worker that dies or does not end in time costs its container,
 * and another takes its place. @throws OmegraphError (input) when rows cannot be written; the signal's reason when it fires;
 * an Error for a bug
 */
export async function runJobs(
  session: AuditSession,
  task: AuditTask,
  jobs: readonly AuditJob[],
  options: PoolOptions,
): Promise<void> {
  const { signal } = options;
  const waiting = [...jobs].sort((a, b) => options.quads(b) - options.quads(a));
  if (options.workers === 0) {
    const pause = async (): Promise<void> => {
      await setImmediate();
      signal?.throwIfAborted();
    };
    for (const job of waiting) {
      signal?.throwIfAborted();
      options.onStart(job);
      options.onReply(job, kept(await runJob(session, task, job, { signal, pause }), task));
    }
    return;
  }
  const workers = new Set<Worker>();
  let held = 0;
  let wake: (() => void)[] = [];

  /** The largest job that fits beside those that run; undefined when there are none left. */
  async function take(): Promise<AuditJob | undefined> {
    for (;;) {
      if (waiting.length === 0) return undefined;
      const at = waiting.findIndex((job) => held === 0 || held + options.quads(job) <= AT_ONCE);
      if (at >= 0) {
        const [job] = waiting.splice(at, 1);
        if (job !== undefined) held += options.quads(job);
        return job;
      }
      await new Promise<void>((resolve) => wake.push(resolve));
    }
  }

  async function work(): Promise<void> {
    let worker: Worker | undefined;
    for (let job = await take(); job !== undefined; job = await take()) {
      worker ??= started(task, workers);
      options.onStart(job);
      const reply = await ask(worker, job, options);
      if (reply.gone) {
        workers.delete(worker);
        void worker.terminate();
        worker = undefined;
      }
      held -= options.quads(job);
      for (const resolve of wake.splice(0)) resolve();
      if ('bug' in reply.reply) throw new Error(reply.reply.bug);
      options.onReply(job, kept(reply.reply, task));
    }
    await worker?.terminate();
  }

  try {
    const stopped = new Promise<never>((_, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
      if (signal?.aborted) reject(signal.reason as Error);
    });
    // an abort after the end rejects nobody
    stopped.catch(() => undefined);
    const count = Math.min(options.workers, jobs.length);
    await Promise.race([Promise.all(Array.from({ length: count }, work)), stopped]);
  } finally {
    wake = [];
    waiting.length = 0;
    await Promise.all([...workers].map((worker) => worker.terminate()));
  }
}

/** The reply, unless its rows could not be written. */
function kept(reply: AuditReply, { folder = '' }: AuditTask): Exclude<AuditReply, { disk: string }> {
  if (!('disk' in reply)) return reply;
  throw new OmegraphError('input', {
    where: folder,
    wrong: 'the rows of the audit cannot be written',
    found: reply.disk,
    remedy: 'check the folder and the space on its disk, and run the audit again',
  });
}

function started(task: AuditTask, workers: Set<Worker>): Worker {
  const worker = new Worker(compiled(new URL('./auditWorker.js', import.meta.url)), {
    workerData: { omegraph: 'audit', task },
    execArgv: [],
  });
  // one that dies between two jobs is found out at the next
  worker.on('error', () => undefined);
  workers.add(worker);
  return worker;
}

/** Sends a job and waits for the reply, the end of the worker or the deadline. */
function ask(
  worker: Worker,
  job: AuditJob,
  { deadlineMs }: PoolOptions,
): Promise<{ readonly reply: AuditReply; readonly gone: boolean }> {
  return new Promise((resolve) => {
    const settle = (reply: AuditReply, gone: boolean): void => {
      clearTimeout(timer);
      worker.off('message', answered).off('error', died).off('exit', ended);
      resolve({ reply, gone });
    };
    const answered = (reply: AuditReply): void => settle(reply, false);
    const died = (error: Error): void => settle(lost(job, `its thread ended: ${error.message}`), true);
    const ended = (code: number): void => settle(lost(job, `its thread ended with code ${code}`), true);
    const late = (): void => settle(lost(job, `it took longer than ${Math.round(deadlineMs / 1000)} seconds`), true);
    const timer = setTimeout(late, deadlineMs);
    if (worker.threadId < 0) return ended(1);
    worker.on('message', answered).on('error', died).on('exit', ended);
    worker.postMessage(job);
  });
}

function lost(job: AuditJob, why: string): AuditReply {
  return {
    ok: false,
    reason: `${job.container}: the audit of this container did not end (${why}); audit it alone, with more memory or fewer shapes`,
  };
}
