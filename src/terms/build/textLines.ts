import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { OmegraphError } from '../../errors.js';
import { malformed } from './sourceTerm.js';

/** A line longer than this is no line of an ontology file (characters). */
const LONGEST_LINE = 4_000_000;

/** The bytes of a file, unpacked when it is gzip. @throws OmegraphError (input) when it cannot be read or is cut off */
export async function* fileBytes(file: string): AsyncGenerator<Uint8Array> {
  const raw = createReadStream(file, { highWaterMark: 1 << 20 });
  try {
    const stream = raw[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
    const first = await stream.next();
    if (first.done === true) return;
    if (first.value[0] !== 0x1f || first.value[1] !== 0x8b) {
      yield first.value;
      for (let next = await stream.next(); next.done !== true; next = await stream.next()) yield next.value;
      return;
    }
    raw.destroy();
    yield* unpacked(file);
  } catch (cause) {
    const { code = '' } = cause as NodeJS.ErrnoException;
    if (/^E[A-Z]+$/.test(code))
      throw new OmegraphError(
        'input',
        { where: file, wrong: 'the file cannot be read', found: code, remedy: 'check that it exists and may be read' },
        { cause },
      );
    throw cause;
  } finally {
    raw.destroy();
  }
}

async function* unpacked(file: string): AsyncGenerator<Uint8Array> {
  const raw = createReadStream(file);
  const gunzip = createGunzip();
  raw.on('error', (error) => gunzip.destroy(error));
  raw.pipe(gunzip);
  try {
    for await (const piece of gunzip) yield piece as Buffer;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code?.startsWith('Z_') === true)
      throw malformed(file, undefined, 'the gzip file is damaged or cut off', (cause as Error).message);
    throw cause;
  } finally {
    raw.destroy();
    gunzip.destroy();
  }
}

/** A line of a text file. */
export interface TextLine {
  readonly text: string;
  /** From 1. */
  readonly line: number;
  /** Whether a line break follows; a last line without one may be cut off. */
  readonly ended: boolean;
}

/** The lines of a text in UTF-8, without their breaks. @throws OmegraphError (input) for other bytes or an endless line */
export async function* textLines(bytes: AsyncIterable<Uint8Array>, where: string): AsyncGenerator<TextLine> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let rest = '';
  let line = 0;
  const decoded = (piece?: Uint8Array): string => {
    try {
      return piece === undefined ? decoder.decode() : decoder.decode(piece, { stream: true });
    } catch {
      throw malformed(where, line + 1, 'the text is not UTF-8');
    }
  };
  for await (const piece of bytes) {
    const parts = (rest + decoded(piece)).split('\n');
    rest = parts.pop() ?? '';
    if (rest.length > LONGEST_LINE) throw malformed(where, line + 1 + parts.length, 'the line is endless');
    for (const text of parts) yield { text: text.endsWith('\r') ? text.slice(0, -1) : text, line: ++line, ended: true };
  }
  rest += decoded();
  if (rest !== '') yield { text: rest, line: ++line, ended: false };
}
