import type { FileHandle } from 'node:fs/promises';

/** Why a TIFF could not be read, as a short text for a finding; `undefined` text means there is none. */
export type TiffDescription =
  | { readonly kind: 'description'; readonly offset: number; readonly length: number }
  | { readonly kind: 'none' }
  | { readonly kind: 'malformed'; readonly why: string };

const IMAGE_DESCRIPTION = 270;
/** Bytes of one value by TIFF type code: only BYTE, ASCII and UNDEFINED can hold text. */
const TEXT_TYPES: ReadonlySet<number> = new Set([1, 2, 7]);
/** No writer puts more tags into one IFD; a larger count is a lie that would cost memory. */
const MOST_ENTRIES = 4096;

const malformed = (why: string): TiffDescription => ({ kind: 'malformed', why });

/**
 * Where the ImageDescription of the first IFD lies (TIFF 6.0 section 2; BigTIFF design, "header" and "IFD"), reading only
 * the header and that IFD. Both byte orders; offsets and counts are checked against the size of the file.
 */
export async function findTiffDescription(file: FileHandle, size: number): Promise<TiffDescription> {
  const header = await bytesAt(file, 0, Math.min(16, size));
  if (header.length < 8) return malformed(`only ${header.length} bytes long`);
  const order = header.toString('latin1', 0, 2);
  if (order !== 'II' && order !== 'MM') return malformed('it does not start with II or MM');
  const little = order === 'II';
  const version = u16(header, 2, little);
  if (version !== 42 && version !== 43) return malformed(`version ${version} is neither 42 nor 43`);
  const big = version === 43;
  if (big && (header.length < 16 || u16(header, 4, little) !== 8)) return malformed('the BigTIFF header is broken');
  const address = (bytes: Buffer, at: number): number => (big ? u64(bytes, at, little) : u32(bytes, at, little));

  const ifd = address(header, big ? 8 : 4);
  const countSize = big ? 8 : 2;
  const entrySize = big ? 20 : 12;
  if (ifd < (big ? 16 : 8) || ifd + countSize > size) return malformed(`the first IFD is at ${ifd} of ${size} bytes`);
  const counted = await bytesAt(file, ifd, countSize);
  if (counted.length < countSize) return malformed('the file ends inside the first IFD');
  const entries = big ? u64(counted, 0, little) : u16(counted, 0, little);
  if (entries === 0 || entries > MOST_ENTRIES || ifd + countSize + entries * entrySize > size) {
    return malformed(`the first IFD claims ${entries} entries in a file of ${size} bytes`);
  }
  const table = await bytesAt(file, ifd + countSize, entries * entrySize);
  if (table.length < entries * entrySize) return malformed('the file ends inside the first IFD');

  for (let at = 0; at < table.length; at += entrySize) {
    if (u16(table, at, little) !== IMAGE_DESCRIPTION) continue;
    if (!TEXT_TYPES.has(u16(table, at + 2, little))) return malformed('ImageDescription is not text');
    const length = address(table, at + 4);
    const valueAt = at + (big ? 12 : 8);
    const inline = length <= (big ? 8 : 4);
    const offset = inline ? ifd + countSize + valueAt : address(table, valueAt);
    if (length > size || offset + length > size || offset < 8) {
      return malformed(`ImageDescription claims ${length} bytes at ${offset} in a file of ${size} bytes`);
    }
    return length === 0 ? { kind: 'none' } : { kind: 'description', offset, length };
  }
  return { kind: 'none' };
}

/** The bytes of a description in pieces of 64 KiB, up to its first NUL (ASCII values end in NUL, TIFF 6.0 section 2). */
export async function* descriptionBytes(
  file: FileHandle,
  { offset, length }: { readonly offset: number; readonly length: number },
): AsyncGenerator<Uint8Array> {
  for (let at = offset; at < offset + length;) {
    const bytes = await bytesAt(file, at, Math.min(65536, offset + length - at));
    if (bytes.length === 0) return;
    at += bytes.length;
    const end = bytes.indexOf(0);
    if (end !== 0) yield end < 0 ? bytes : bytes.subarray(0, end);
    if (end >= 0) return;
  }
}

/** Up to `length` bytes at a position; fewer where the file ends. */
export async function bytesAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(buffer, filled, length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}

const u16 = (b: Buffer, at: number, little: boolean): number => (little ? b.readUInt16LE(at) : b.readUInt16BE(at));
const u32 = (b: Buffer, at: number, little: boolean): number => (little ? b.readUInt32LE(at) : b.readUInt32BE(at));
/** A 64-bit number; beyond 2^53 it is inexact, which no check against a file's size notices. */
const u64 = (b: Buffer, at: number, little: boolean): number =>
  Number(little ? b.readBigUInt64LE(at) : b.readBigUInt64BE(at));
