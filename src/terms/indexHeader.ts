import { OmegraphError } from '../errors.js';
import { BLOCK, checksum, FORMAT_VERSION, type IndexHeader, MAGIC, padded, PRELUDE_BYTES } from './indexFormat.js';

/** Where the parts of a file begin, and where the last ends. */
export function sectionsOf(
  header: IndexHeader,
  at: number,
): Record<'places' | 'locals' | 'table' | 'lengths' | 'words' | 'blob' | 'end', number> {
  const blocks = 4 * Math.ceil(header.terms / BLOCK);
  const table = at + 2 * blocks;
  const lengths = table + 4 * header.slots;
  const words = lengths + padded(header.words);
  const blob = words + padded(header.wordBytes);
  return { places: at, locals: at + blocks, table, lengths, words, blob, end: blob + padded(header.blobBytes) };
}

/** The header of an index file and where it ends. @throws OmegraphError (input) when the file is not whole or is none */
export function checkedHeader(bytes: Uint8Array, file: string): { header: IndexHeader; at: number } {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (bytes.length < PRELUDE_BYTES || text.toString('latin1', 0, MAGIC.length) !== MAGIC)
    throw damaged(file, 'this is no term index');
  const [version, headerBytes = 0, sum, total] = new Uint32Array(bytes.buffer, bytes.byteOffset + MAGIC.length, 4);
  if (version !== FORMAT_VERSION) throw damaged(file, 'the term index is of another version', String(version));
  if (total !== bytes.length || bytes.length % 4 !== 0)
    throw damaged(file, 'the term index is cut off or has grown', `${bytes.length} of ${total} bytes`);
  const rest = new Uint32Array(bytes.buffer, bytes.byteOffset + PRELUDE_BYTES, (bytes.length - PRELUDE_BYTES) / 4);
  if (checksum(rest) !== sum) throw damaged(file, 'the term index is damaged: its checksum is wrong');
  const at = PRELUDE_BYTES + headerBytes;
  const header = parsed(text.toString('utf8', PRELUDE_BYTES, at));
  if (header === undefined || sectionsOf(header, at).end !== bytes.length)
    throw damaged(file, 'the term index is damaged: its parts do not add up');
  return { header, at };
}

function parsed(json: string): IndexHeader | undefined {
  try {
    return JSON.parse(json) as IndexHeader;
  } catch {
    // The length of the header is not under the checksum.
    return undefined;
  }
}

/** The error of an index file that is not what it should be. */
export function damaged(file: string, wrong: string, found?: string): OmegraphError {
  return new OmegraphError('input', {
    where: file,
    wrong,
    found,
    remedy: 'install omegraph again, or for an ontology of your own run `omegraph terms update`',
  });
}
