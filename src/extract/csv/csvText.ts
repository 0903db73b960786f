import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { OmegraphError } from '../../errors.js';
import { type Finding, finding } from '../../findings.js';

/** Encodings that spreadsheets write. */
export type CsvEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** A CSV file as text. */
export interface CsvText {
  readonly encoding: CsvEncoding;
  /** The text from its beginning, without byte order mark. */
  chunks(): AsyncIterable<string>;
}

const CHUNK = 64 * 1024;
/** Bytes that decide whether a file is text at all. */
const HEAD = 4096;

/**
 * Opens a CSV file: with a byte order mark as that says, else as UTF-8 when all of it is UTF-8, as UTF-16 when every other byte is 0,
 * else as Windows-1252 with a finding. The file is read once for this.
 * @throws OmegraphError (input) when it cannot be read or is no text
 */
export async function csvText(path: string, label: string, onFinding: (f: Finding) => void): Promise<CsvText> {
  const head = await headOf(path);
  const known = knownEncoding(head, label);
  const encoding = known ?? (await utf8OrNot(path, label, onFinding));
  return { encoding, chunks: () => decoded(path, encoding) };
}

async function headOf(path: string): Promise<Buffer> {
  let file: FileHandle | undefined;
  try {
    file = await open(path, 'r');
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD), 0, HEAD, 0);
    return buffer.subarray(0, bytesRead);
  } catch (cause) {
    throw unreadable(path, cause);
  } finally {
    await file?.close();
  }
}

const unreadable = (path: string, cause: unknown): OmegraphError =>
  new OmegraphError(
    'input',
    {
      where: path,
      wrong: 'the file of key-values cannot be read',
      found: (cause as NodeJS.ErrnoException).code,
      remedy: 'name an existing CSV file that you may read',
    },
    { cause },
  );

function knownEncoding(head: Buffer, label: string): CsvEncoding | undefined {
  const isUtf16 = (zero: 0 | 1): boolean => {
    if (head.length < 4) return false;
    let zeros = 0;
    for (let i = zero; i < head.length; i += 2) if (head[i] === 0) zeros += 1;
    return zeros > head.length / 4 && !head.some((byte, i) => byte === 0 && i % 2 !== zero);
  };
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  if (isUtf16(1)) return 'utf-16le';
  if (isUtf16(0)) return 'utf-16be';
  const zip = head.subarray(0, 4).toString('latin1') === 'PK\u0003\u0004';
  const controls = head.filter((byte) => byte < 32 && byte !== 9 && byte !== 10 && byte !== 13).length;
  if (zip || head.includes(0) || controls > 4 + head.length / 50) {
    throw new OmegraphError('input', {
      where: `${label}:1`,
      wrong: zip ? 'this is a spreadsheet or archive, not CSV' : 'this is a binary file, not CSV',
      remedy: 'open it where it was made and save it as "CSV UTF-8"',
    });
  }
  return undefined;
}

/** Whether all of a file is UTF-8; if not, the finding names the first line that is not. */
async function utf8OrNot(path: string, label: string, onFinding: (f: Finding) => void): Promise<CsvEncoding> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let lines = 1;
  let chunk = Buffer.alloc(0);
  try {
    for await (chunk of createReadStream(path, { highWaterMark: CHUNK }) as AsyncIterable<Buffer<ArrayBuffer>>) {
      decoder.decode(chunk, { stream: true });
      for (let i = chunk.indexOf(10); i >= 0; i = chunk.indexOf(10, i + 1)) lines += 1;
    }
    decoder.decode();
    return 'utf-8';
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw unreadable(path, cause);
  }
  for (const row of chunk.toString('latin1').split('\n')) {
    if (isUtf8(row)) lines += 1;
    else {
      onFinding(finding('csv-encoding', label, { at: `${label}:${lines}`, detail: windows1252(row).slice(0, 80) }));
      break;
    }
  }
  return 'windows-1252';
}

const windows1252 = (latin1: string): string => new TextDecoder('windows-1252').decode(Buffer.from(latin1, 'latin1'));
function isUtf8(latin1: string): boolean {
  const bytes = Buffer.from(latin1, 'latin1');
  return Buffer.from(bytes.toString('utf8')).equals(bytes);
}

async function* decoded(path: string, encoding: CsvEncoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: CHUNK }) as AsyncIterable<Buffer>)
      yield decoder.decode(chunk, { stream: true });
  } catch (cause) {
    throw unreadable(path, cause);
  }
  yield decoder.decode();
}
