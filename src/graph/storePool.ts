import { Worker } from 'node:worker_threads';
import { OmegraphError } from '../errors.js';
import { QueryRefusal, type RefusalReason } from './graphStore.js';
import type { GraphContent, StoreReply, StoreRequest } from './storeWorker.js';
import { compiled } from './workerFile.js';

type Loaded = Extract<StoreReply, { size: number }>;

/** Workers that each hold the whole index; a worker that must be stopped is thrown away and another is loaded. */
export interface StorePool {
  /** Runs a query on a free worker. @throws QueryRefusal */
  run(request: StoreRequest & { type: 'query' }, limits: RunLimits): Promise<StoreReply>;
  /** Replaces a graph in all workers; when one fails or `check` throws, all are loaded anew without it. */
  replace(content: GraphContent, check: (reply: Loaded) => void, commit: () => Promise<void>): Promise<void>;
  size(): number;
  close(): Promise<void>;
}

export interface RunLimits {
  readonly deadlineMs: number;
  readonly signal?: AbortSignal | undefined;
}

export interface PoolOptions {
  readonly workers: number;
  readonly maxWaiting: number;
  readonly maxQueryBytes: number;
  /** What a new worker is loaded with. */
  contents(): readonly GraphContent[];
}

interface Slot {
  worker: Worker | undefined;
  /** Rejects the request that runs. */
  fail: ((error: Error) => void) | undefined;
}

interface Waiting {
  take(slot: Slot): void;
  drop(error: Error): void;
}

/** Starts and loads the workers. @throws OmegraphError when the record cannot be loaded. */
export async function createStorePool(options: PoolOptions): Promise<StorePool> {
  const slots: Slot[] = Array.from({ length: options.workers }, () => ({ worker: undefined, fail: undefined }));
  const idle: Slot[] = [];
  const waiting: Waiting[] = [];
  let size = 0;
  let loadMs = 0;
  let closed = false;
  let replacing: Promise<void> = Promise.resolve();

  async function load(slot: Slot): Promise<void> {
    const startedAt = Date.now();
    slot.worker = startWorker(slot);
    const reply = await ask(slot, { type: 'load', contents: options.contents() });
    if (!('size' in reply)) {
      stop(slot);
      throw loadError(reply);
    }
    size = reply.size;
    loadMs = Date.now() - startedAt;
  }

  function startWorker(slot: Slot): Worker {
    const worker = new Worker(compiled(new URL('./storeWorker.js', import.meta.url)));
    const gone = (why: string) => (): void => {
      if (slot.worker !== worker) return;
      slot.worker = undefined;
      slot.fail?.(crash(why));
    };
    worker.on('error', (error) => gone(error.message)());
    worker.on('exit', gone('the worker ended'));
    return worker;
  }

  function ask(slot: Slot, request: StoreRequest): Promise<StoreReply> {
    return new Promise((resolve, reject) => {
      if (slot.worker === undefined) return reject(refusal('closed'));
      slot.fail = reject;
      slot.worker.once('message', resolve);
      slot.worker.postMessage(request);
    });
  }

  function stop(slot: Slot): void {
    const { worker } = slot;
    slot.worker = undefined;
    void worker?.terminate();
  }

  /** Gives a slot to the next query; a slot without a worker is loaded first. */
  function release(slot: Slot): void {
    slot.fail = undefined;
    if (closed) {
      stop(slot);
      return;
    }
    if (slot.worker === undefined) {
      load(slot).then(
        () => release(slot),
        (error: Error) => {
          for (const w of waiting.splice(0)) w.drop(error);
          idle.push(slot);
        },
      );
      return;
    }
    const next = waiting.shift();
    if (next) next.take(slot);
    else idle.push(slot);
  }

  async function acquire({ deadlineMs, signal }: Partial<RunLimits>, limited = true): Promise<Slot> {
    if (closed) throw refusal('closed');
    const slot = idle.shift();
    if (slot?.worker) return slot;
    if (slot === undefined && limited && waiting.length >= options.maxWaiting) throw refusal('busy');
    return new Promise((resolve, reject) => {
      const entry: Waiting = {
        take: (s) => settle(() => resolve(s)),
        drop: (error) => settle(() => reject(error)),
      };
      const leave = (reason: RefusalReason) => (): void => {
        waiting.splice(waiting.indexOf(entry), 1);
        entry.drop(refusal(reason));
      };
      const aborted = leave('aborted');
      const timer = deadlineMs === undefined ? undefined : setTimeout(leave('busy'), deadlineMs);
      const settle = (then: () => void): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', aborted);
        then();
      };
      signal?.addEventListener('abort', aborted, { once: true });
      waiting.push(entry);
      if (slot) release(slot);
    });
  }

  /** Calls `kill` when the query must not go on; an aborted one may run as long again as loading a new worker would take. */
  function watch({ deadlineMs, signal }: RunLimits, drop: (e: Error) => void, kill: () => void): () => void {
    const startedAt = Date.now();
    const baseline = process.memoryUsage.rss();
    let grace: NodeJS.Timeout | undefined;
    const end = (reason: RefusalReason): void => {
      drop(refusal(reason));
      kill();
    };
    const aborted = (): void => {
      drop(refusal('aborted'));
      grace = setTimeout(kill, loadMs - (Date.now() - startedAt));
    };
    const deadline = setTimeout(end, deadlineMs, 'deadline');
    const memory = setInterval(() => {
      if (process.memoryUsage.rss() - baseline > options.maxQueryBytes) end('memory');
    }, 100);
    signal?.addEventListener('abort', aborted, { once: true });
    return () => {
      clearTimeout(deadline);
      clearTimeout(grace);
      clearInterval(memory);
      signal?.removeEventListener('abort', aborted);
    };
  }

  async function run(request: StoreRequest & { type: 'query' }, limits: RunLimits): Promise<StoreReply> {
    if (limits.signal?.aborted) throw refusal('aborted');
    const slot = await acquire(limits);
    return new Promise((resolve, reject) => {
      const unwatch = watch(limits, reject, () => {
        stop(slot);
        slot.fail?.(refusal('aborted'));
      });
      ask(slot, request)
        .then((reply) => {
          if (!reply.ok && reply.fatal) {
            stop(slot);
            throw crash(reply.message);
          }
          return reply;
        })
        .then(resolve, reject)
        .finally(() => {
          unwatch();
          release(slot);
        });
    });
  }

  async function replaceNow(
    content: GraphContent,
    check: (reply: Loaded) => void,
    commit: () => Promise<void>,
  ): Promise<void> {
    const held = await Promise.all(slots.map(() => acquire({}, false)));
    try {
      for (const slot of held) {
        const reply = await ask(slot, { type: 'replace', content });
        if (!('size' in reply)) throw loadError(reply);
        check(reply);
        size = reply.size;
      }
      await commit();
    } catch (error) {
      for (const slot of held) stop(slot);
      throw error;
    } finally {
      for (const slot of held) release(slot);
    }
  }

  await Promise.all(slots.map(load)).catch((error: unknown) => {
    for (const slot of slots) stop(slot);
    throw error;
  });
  idle.push(...slots);

  return {
    run,
    replace(content, check, commit) {
      const turn = replacing.then(() => replaceNow(content, check, commit));
      replacing = turn.catch(() => undefined);
      return turn;
    },
    size: () => size,
    async close() {
      closed = true;
      for (const w of waiting.splice(0)) w.drop(refusal('closed'));
      await Promise.all(
        slots.map(async (slot) => {
          const { worker, fail } = slot;
          slot.worker = undefined;
          await worker?.terminate();
          fail?.(refusal('closed'));
        }),
      );
    },
  };
}

const loadError = (reply: StoreReply): OmegraphError =>
  new OmegraphError('input', {
    where: ('where' in reply && reply.where) || 'store',
    wrong: `the N-Quads cannot be loaded: ${'message' in reply ? reply.message : ''}`,
    remedy: 'run the export again',
  });

const crash = (why: string): QueryRefusal =>
  new QueryRefusal('crash', {
    wrong: 'the query stopped the store, which is being loaded again',
    found: why,
    remedy: 'simplify the query; other queries are answered',
  });

const REFUSALS: Readonly<Partial<Record<RefusalReason, readonly [wrong: string, remedy: string]>>> = {
  deadline: [
    'the query ran longer than the deadline and was stopped',
    'narrow it down, for example to one container with GRAPH, or add LIMIT',
  ],
  memory: [
    'the query needed too much memory and was stopped',
    'narrow it down; patterns that share no variable multiply each other',
  ],
  busy: ['the store is busy with other queries', 'try again in a few seconds'],
  aborted: ['the query was cancelled', 'send it again'],
  closed: ['the store is closed', 'open it again'],
};

function refusal(reason: RefusalReason): QueryRefusal {
  const [wrong, remedy] = REFUSALS[reason] ?? [reason, 'send it again'];
  return new QueryRefusal(reason, { wrong, remedy });
}
