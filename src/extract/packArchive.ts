import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import tarStream from 'tar-stream';
import yauzl from 'yauzl';
import {
  DamagedArchive,
  entryProblem,
  isBomb,
  type PackArchive,
  refused,
  TRANSFER_XML,
  transferDepth,
} from './packRules.js';

/** Unix file types in the upper half of a zip entry's external attributes (APPNOTE 4.4.15, stat(2)). */
const FILE_TYPE = 0o170000;
const PLAIN: ReadonlySet<number> = new Set([0, 0o100000, 0o040000]);

/**
 * Opens a zip pack without unpacking it: every name of the central directory is checked, then only transfer.xml is
 * inflated, as often as it is asked for.
 */
export async function openZipPack(path: string): Promise<PackArchive> {
  let zip: yauzl.ZipFile;
  try {
    zip = await yauzl.openPromise(path, { autoClose: false, validateEntrySizes: true });
  } catch (error) {
    return zipRefusal(error);
  }
  const close = async (): Promise<void> => zip.close();
  let found: yauzl.Entry | undefined;
  try {
    let depth = Number.POSITIVE_INFINITY;
    for await (const entry of zip.eachEntry()) {
      const type = (entry.externalFileAttributes >>> 16) & FILE_TYPE;
      const problem = PLAIN.has(type) ? entryProblem(entry.fileName) : 'not a plain file';
      if (problem !== undefined) return await refuse('unsafe', `${entry.fileName}: ${problem}`);
      const at = transferDepth(entry.fileName);
      if (at === depth && Number.isFinite(at)) return await refuse('malformed', `${TRANSFER_XML} is in it twice`);
      if (at < depth) [found, depth] = [entry, at];
    }
  } catch (error) {
    await close();
    return zipRefusal(error);
  }
  if (found === undefined) return refuse('absent', `no ${TRANSFER_XML}`);
  const entry = found;
  if (isBomb(entry.uncompressedSize, entry.compressedSize)) {
    return refuse('unsafe', `${TRANSFER_XML} inflates from ${entry.compressedSize} to ${entry.uncompressedSize} bytes`);
  }
  if (!entry.canDecodeFileData())
    return refuse('malformed', `${TRANSFER_XML} is encrypted or in an unknown compression`);
  return {
    kind: 'pack',
    async *open() {
      try {
        yield* await zip.openReadStreamPromise(entry);
      } catch (error) {
        throw new DamagedArchive(message(error), { cause: error });
      }
    },
    close,
  };

  async function refuse(kind: 'unsafe' | 'malformed' | 'absent', why: string): Promise<PackArchive> {
    await close();
    return refused(kind, why);
  }
}

const message = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function zipRefusal(error: unknown): PackArchive {
  const why = message(error);
  return refused(/absolute path|relative path|invalid characters/.test(why) ? 'unsafe' : 'malformed', why);
}

/** What is kept of a tar's transfer.xml in memory; a larger one goes to a temporary file. */
const IN_MEMORY = 8 * 1024 * 1024;
const PLAIN_TAR: ReadonlySet<string> = new Set(['file', 'contiguous-file', 'directory']);

/**
 * Opens a tar pack (also gzipped) in one pass without unpacking it: every header is checked, and transfer.xml alone is
 * kept, because a tar cannot be read twice cheaply.
 */
export async function openTarPack(path: string, signal?: AbortSignal): Promise<PackArchive> {
  const gzipped = /z$/i.test(path);
  const { size } = await stat(path);
  let kept: KeptEntry | undefined;
  let refusal: PackArchive | undefined;
  const extract = tarStream.extract();
  const source = createReadStream(path);
  const sink = extract as unknown as NodeJS.WritableStream;
  const unzip = gzipped ? [createGunzip(), bombGuard(() => source.bytesRead)] : [];
  const reading = pipeline([source, ...unzip, sink], { ...(signal && { signal }) });
  reading.catch(() => {});
  try {
    let depth = Number.POSITIVE_INFINITY;
    for await (const entry of extract as unknown as AsyncIterable<TarEntry>) {
      const { name, type, size: bytes = 0 } = entry.header;
      const problem = PLAIN_TAR.has(type ?? 'file') ? entryProblem(name) : `a ${type}, not a plain file`;
      if (problem !== undefined) {
        refusal = refused('unsafe', `${name}: ${problem}`);
        break;
      }
      const at = type === 'directory' ? Number.POSITIVE_INFINITY : transferDepth(name);
      if (at < depth) {
        if (isBomb(bytes, size)) {
          refusal = refused('unsafe', `${TRANSFER_XML} claims ${bytes} bytes in an archive of ${size}`);
          break;
        }
        await kept?.close();
        kept = await keep(entry, bytes);
        depth = at;
      } else if (at === depth && Number.isFinite(at)) {
        refusal = refused('malformed', `${TRANSFER_XML} is in it twice`);
        break;
      } else entry.resume();
    }
    if (refusal === undefined) await reading;
  } catch (error) {
    signal?.throwIfAborted();
    const why = message(error);
    refusal = refused(why.startsWith(BOMB) ? 'unsafe' : 'malformed', why);
  } finally {
    source.destroy();
  }
  if (refusal === undefined && kept !== undefined) return { kind: 'pack', open: kept.open, close: kept.close };
  await kept?.close();
  return refusal ?? refused('absent', `no ${TRANSFER_XML}`);
}

/** An entry as tar-stream hands it out: readable bytes behind a header. */
interface TarEntry extends AsyncIterable<Buffer> {
  readonly header: { readonly name: string; readonly type?: string | null; readonly size?: number };
  resume(): unknown;
}

interface KeptEntry {
  open(): AsyncIterable<Uint8Array>;
  close(): Promise<void>;
}

async function keep(entry: TarEntry, bytes: number): Promise<KeptEntry> {
  if (bytes <= IN_MEMORY) {
    const chunks: Buffer[] = [];
    for await (const chunk of entry) chunks.push(chunk);
    return {
      async *open() {
        yield* chunks;
      },
      close: async () => {},
    };
  }
  const folder = await mkdtemp(join(tmpdir(), 'omegraph-'));
  const file = join(folder, TRANSFER_XML);
  await pipeline(entry, createWriteStream(file, { mode: 0o600, flags: 'wx' }));
  return { open: () => createReadStream(file), close: () => rm(folder, { recursive: true, force: true }) };
}

const BOMB = 'the archive inflates';

/** Stops a gzip that inflates beyond what any real pack does. */
function bombGuard(compressed: () => number): Transform {
  let inflated = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      inflated += chunk.length;
      if (isBomb(inflated, compressed()))
        done(new Error(`${BOMB} from ${compressed()} to more than ${inflated} bytes`));
      else done(null, chunk);
    },
  });
}
