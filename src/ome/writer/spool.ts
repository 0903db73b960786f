import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';

/** Values put aside by topic and read back topic by topic, in memory up to a limit and in one temporary file beyond it. */
export interface Spool<Value> {
  add(topic: string, value: Value): Promise<void>;
  /** The topic's values in the order they came. */
  read(topic: string): AsyncGenerator<Value>;
  topics(): readonly string[];
  /** Removes the temporary file. */
  close(): Promise<void>;
}

interface Topic {
  buffered: Buffer[];
  /** Blocks of the file, oldest first. */
  readonly blocks: { readonly at: number; readonly length: number }[];
}

/** Structured clone keeps what JSON loses: `NaN`, infinities, -0 and lone surrogates. */
export function spool<Value>(options: { limitBytes: number; folder?: string | undefined }): Spool<Value> {
  const topics = new Map<string, Topic>();
  let inMemory = 0;
  let file: FileHandle | undefined;
  let folder: string | undefined;
  let end = 0;

  const spill = async (): Promise<void> => {
    if (file === undefined) {
      folder = await mkdtemp(join(options.folder ?? tmpdir(), 'omegraph-'));
      file = await open(join(folder, 'spool'), 'w+');
    }
    for (const topic of topics.values()) {
      if (topic.buffered.length === 0) continue;
      const block = Buffer.concat(topic.buffered);
      topic.buffered = [];
      await file.writeFile(block);
      topic.blocks.push({ at: end, length: block.length });
      end += block.length;
    }
    inMemory = 0;
  };

  return {
    async add(name, value) {
      const bytes = serialize(value);
      const frame = Buffer.allocUnsafe(4 + bytes.length);
      frame.writeUInt32LE(bytes.length);
      bytes.copy(frame, 4);
      const topic = topics.get(name) ?? { buffered: [], blocks: [] };
      topics.set(name, topic);
      topic.buffered.push(frame);
      inMemory += frame.length;
      if (inMemory > options.limitBytes) await spill();
    },
    async *read(name) {
      const topic = topics.get(name);
      if (topic === undefined) return;
      for (const { at, length } of topic.blocks) {
        const block = Buffer.alloc(length);
        await file?.read(block, 0, length, at);
        yield* frames<Value>(block);
      }
      for (const frame of topic.buffered) yield* frames<Value>(frame);
    },
    topics: () => [...topics.keys()],
    async close() {
      topics.clear();
      await file?.close();
      if (folder !== undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}

function* frames<Value>(block: Buffer): Generator<Value> {
  for (let at = 0; at < block.length;) {
    const length = block.readUInt32LE(at);
    yield deserialize(block.subarray(at + 4, at + 4 + length)) as Value;
    at += 4 + length;
  }
}
