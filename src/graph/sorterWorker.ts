import { parentPort, workerData } from 'node:worker_threads';
import { recordSorter, type SortedFile } from './recordSorter.js';

/** What the worker is asked; each message is answered by one reply, in order. */
export type SorterRequest =
  | { readonly type: 'add'; readonly blocks: readonly SorterBlock[]; readonly lines: Uint8Array<ArrayBuffer> }
  | {
      readonly type: 'write';
      readonly container: number;
      readonly path: string;
      readonly graph: string;
      readonly focus: string;
    }
  | { readonly type: 'close' };

/** Lines of one container: from the end of the block before up to `end` bytes. */
export interface SorterBlock {
  readonly container: number;
  readonly end: number;
}

export type SorterReply = { readonly lines?: Uint8Array<ArrayBuffer> } & (
  | { readonly ok: true; readonly file?: SortedFile; readonly spilled: number }
  | { readonly ok: false; readonly code: string | undefined; readonly message: string }
);

export interface SorterData {
  readonly folder: string;
  readonly memoryBytes: number;
}

/** Answers requests one after the other; the same code behind the worker and without one. */
export function sorterService({ folder, memoryBytes }: SorterData): (request: SorterRequest) => SorterReply {
  const sorter = recordSorter(folder, memoryBytes);
  return (request) => {
    try {
      if (request.type === 'write') {
        const file = sorter.write(request.container, request.path, request.graph, request.focus);
        return { ok: true, file, spilled: sorter.spilled };
      }
      if (request.type === 'close') {
        sorter.close();
        return { ok: true, spilled: sorter.spilled };
      }
      let start = 0;
      for (const { container, end } of request.blocks) {
        sorter.add(container, request.lines.subarray(start, end));
        start = end;
      }
      return { ok: true, spilled: sorter.spilled };
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
      return { ok: false, code, message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
    }
  };
}

if (parentPort !== null && (workerData as { omegraph?: string } | null)?.omegraph === 'sorter') {
  const port = parentPort;
  const serve = sorterService((workerData as { data: SorterData }).data);
  port.on('message', (request: SorterRequest) => {
    const reply = serve(request);
    // The buffer goes back to be filled again: a new one for each batch would wait for two garbage collectors.
    if (request.type === 'add') port.postMessage({ ...reply, lines: request.lines }, [request.lines.buffer]);
    else port.postMessage(reply);
  });
}
