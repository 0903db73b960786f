import { Worker } from 'node:worker_threads';
import { OmegraphError } from '../errors.js';
import type { SortedFile } from './recordSorter.js';
import {
  type SorterBlock,
  type SorterData,
  type SorterReply,
  type SorterRequest,
  sorterService,
} from './sorterWorker.js';

/** The sorter as the writer sees it: in a worker, so that sorting and disk do not wait for parsing and mapping. */
export interface SorterClient {
  /** A buffer of at least `size` bytes, to be filled and handed over with `add`. */
  buffer(size: number): Uint8Array<ArrayBuffer>;
  /** Hands over lines; wait for the promise, when there is one, before more is added. @throws OmegraphError when an earlier request failed */
  add(blocks: readonly SorterBlock[], lines: Uint8Array<ArrayBuffer>): void | Promise<void>;
  /** Writes one container's file. @throws OmegraphError when the disk refuses */
  write(request: Omit<SorterRequest & { type: 'write' }, 'type'>): Promise<SortedFile>;
  /** Bytes of temporary runs written so far. */
  readonly spilled: number;
  close(): Promise<void>;
}

type Ask = (request: SorterRequest) => Promise<SorterReply>;

/** Lines that may be on their way to the worker before `add` asks to wait. */
const AHEAD = 4 << 20;
const BUFFER = 3 << 16;

/** A sorter in a worker; when the sources run untranspiled (tests), in this thread. */
export function sorterClient(data: SorterData, inline = import.meta.url.endsWith('.ts')): SorterClient {
  const { ask, stop } = inline ? asker(sorterService(data)) : workerAsker(data);
  const buffers: Uint8Array<ArrayBuffer>[] = [];
  let failure: unknown;
  let spilled = 0;
  let underWay = 0;
  const request = async (message: SorterRequest): Promise<SortedFile | undefined> => {
    const reply = await ask(message);
    const lines = reply.lines ?? (message.type === 'add' ? message.lines : undefined);
    if (lines?.length === BUFFER) buffers.push(lines);
    if (!reply.ok) throw diskError(data.folder, reply);
    spilled = reply.spilled;
    return reply.file;
  };
  return {
    get spilled() {
      return spilled;
    },
    buffer: (size) => (size > BUFFER ? new Uint8Array(size) : (buffers.pop() ?? new Uint8Array(BUFFER))),
    add: (blocks, lines) => {
      if (failure !== undefined) throw failure;
      const size = lines.length;
      underWay += size;
      const done = request({ type: 'add', blocks, lines }).then(
        () => {
          underWay -= size;
        },
        (error: unknown) => {
          failure ??= error;
        },
      );
      if (underWay <= AHEAD) return undefined;
      return done.then(() => {
        if (failure !== undefined) throw failure;
      });
    },
    write: async (what) => {
      const file = await request({ type: 'write', ...what });
      if (failure !== undefined) throw failure;
      if (file === undefined) throw new Error('the sorter answered without a file');
      return file;
    },
    close: async () => {
      await request({ type: 'close' }).catch(() => undefined);
      await stop();
    },
  };
}

function asker(service: (request: SorterRequest) => SorterReply): { ask: Ask; stop(): Promise<void> } {
  return { ask: async (message) => service(message), stop: async () => undefined };
}

function workerAsker(data: SorterData): { ask: Ask; stop(): Promise<void> } {
  const worker = new Worker(new URL('./sorterWorker.js', import.meta.url), {
    workerData: { omegraph: 'sorter', data },
    execArgv: [],
    resourceLimits: { maxYoungGenerationSizeMb: 16 },
  });
  const waiting: { resolve(reply: SorterReply): void; reject(error: unknown): void }[] = [];
  let broken: Error | undefined;
  const fail = (error: Error): void => {
    broken ??= error;
    for (const { reject } of waiting.splice(0)) reject(broken);
  };
  worker.on('message', (reply: SorterReply) => waiting.shift()?.resolve(reply));
  worker.on('error', fail);
  worker.on('exit', (code) => fail(new Error(`the sorting thread ended with code ${code}`)));
  const ask: Ask = (message) =>
    new Promise((resolve, reject) => {
      if (broken !== undefined) return reject(broken);
      waiting.push({ resolve, reject });
      worker.postMessage(message, message.type === 'add' ? [message.lines.buffer] : []);
    });
  return {
    ask,
    stop: async () => {
      await worker.terminate();
    },
  };
}

const REMEDIES: Readonly<Record<string, string>> = {
  ENOSPC: 'free space on the disk and run the export again; the record from before is untouched',
  EDQUOT: 'free space in your quota and run the export again; the record from before is untouched',
  EACCES: 'give yourself the right to write there, or name another folder with --data',
  EPERM: 'give yourself the right to write there, or name another folder with --data',
  EROFS: 'name a folder on a disk that can be written to with --data',
  ENOTDIR: 'name a folder with --data, not a file',
  EEXIST: 'name a folder with --data, not a file',
  EMFILE: 'raise the limit of open files (ulimit -n) and run the export again',
};

/** What the disk said as one of our errors; anything else is a bug and stays as it is. */
export function diskError(
  folder: string,
  failed: { readonly code?: string | undefined; readonly message: string },
  cause?: unknown,
): Error {
  const { code, message } = failed;
  if (code === undefined || !/^E[A-Z0-9]+$/.test(code) || code.startsWith('ERR_')) return new Error(message, { cause });
  return new OmegraphError(
    'input',
    {
      where: folder,
      wrong: 'the data folder cannot be written',
      found: message.split('\n')[0]?.replace(/^Error: /, ''),
      remedy: REMEDIES[code] ?? 'check the folder and the disk, and run the export again',
    },
    { cause },
  );
}
