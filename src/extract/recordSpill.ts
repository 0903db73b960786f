import { closeSync, createReadStream, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** Values that wait for the end of a run, in their order. */
export interface RecordSpill<T> {
  add(value: T): void;
  /** All values; may be read several times, but nothing is added afterwards. */
  values(): AsyncIterable<T>;
  close(): void;
}

/** Characters of JSON that stay in memory; what comes later goes to a temporary file. */
const IN_MEMORY = 16 * 1024 * 1024;

/** An empty spill of JSON values, whose memory does not grow beyond some MB. */
export function recordSpill<T>(inMemory = IN_MEMORY): RecordSpill<T> {
  const near: string[] = [];
  let characters = 0;
  let far: { readonly folder: string; readonly path: string; readonly file: number } | undefined;
  return {
    add(value) {
      // readline takes U+2028 and U+2029 for line ends; JSON lets them stand.
      const line = JSON.stringify(value).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
      if (far === undefined && characters + line.length <= inMemory) {
        characters += line.length;
        near.push(line);
        return;
      }
      if (far === undefined) {
        const folder = mkdtempSync(join(tmpdir(), 'omegraph-'));
        const path = join(folder, 'values');
        far = { folder, path, file: openSync(path, 'wx', 0o600) };
      }
      writeSync(far.file, `${line}\n`);
    },
    async *values() {
      for (const line of near) yield JSON.parse(line) as T;
      if (far === undefined) return;
      for await (const line of createInterface({ input: createReadStream(far.path, 'utf8'), crlfDelay: Infinity }))
        yield JSON.parse(line) as T;
    },
    close() {
      if (far === undefined) return;
      closeSync(far.file);
      rmSync(far.folder, { recursive: true, force: true });
      far = undefined;
    },
  };
}
