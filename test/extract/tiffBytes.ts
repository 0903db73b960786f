/** A TIFF for tests: one 1×1 plane; what a test wants to be wrong can be set. */
export interface TiffOptions {
  readonly bigEndian?: boolean;
  readonly bigTiff?: boolean;
  readonly ifdOffset?: number;
  readonly entryCount?: number;
  readonly descriptionOffset?: number;
  readonly descriptionLength?: number;
  readonly descriptionType?: number;
}

/** A TIFF 6.0 or BigTIFF whose first IFD has an ImageDescription (or none). */
export function tiffBytes(description: string | undefined, options: TiffOptions = {}): Buffer {
  const { bigEndian = false, bigTiff = false } = options;
  const text = description === undefined ? undefined : Buffer.from(`${description}\0`, 'utf8');
  const headerSize = bigTiff ? 16 : 8;
  const countSize = bigTiff ? 8 : 2;
  const entrySize = bigTiff ? 20 : 12;
  const inlineSize = bigTiff ? 8 : 4;
  const inline = text !== undefined && text.length <= inlineSize;
  const ifd = headerSize + (text === undefined || inline ? 0 : text.length);
  const tags: [tag: number, type: number, count: number, value: number | Buffer][] = [
    [256, 3, 1, 1],
    [257, 3, 1, 1],
  ];
  if (text !== undefined) {
    tags.push([
      270,
      options.descriptionType ?? 2,
      options.descriptionLength ?? text.length,
      inline ? text : (options.descriptionOffset ?? headerSize),
    ]);
  }
  const buffer = Buffer.alloc(ifd + countSize + tags.length * entrySize + inlineSize);
  const u16 = (value: number, at: number) =>
    bigEndian ? buffer.writeUInt16BE(value, at) : buffer.writeUInt16LE(value, at);
  const u32 = (value: number, at: number) =>
    bigEndian ? buffer.writeUInt32BE(value, at) : buffer.writeUInt32LE(value, at);
  const address = (value: number, at: number) => {
    if (!bigTiff) return u32(value, at);
    return bigEndian ? buffer.writeBigUInt64BE(BigInt(value), at) : buffer.writeBigUInt64LE(BigInt(value), at);
  };
  buffer.write(bigEndian ? 'MM' : 'II', 'latin1');
  u16(bigTiff ? 43 : 42, 2);
  if (bigTiff) u16(8, 4);
  address(options.ifdOffset ?? ifd, bigTiff ? 8 : 4);
  if (text !== undefined && !inline) text.copy(buffer, headerSize);
  const count = options.entryCount ?? tags.length;
  if (bigTiff) address(count, ifd);
  else u16(count, ifd);
  tags.forEach(([tag, type, n, value], i) => {
    const at = ifd + countSize + i * entrySize;
    u16(tag, at);
    u16(type, at + 2);
    address(n, at + 4);
    const valueAt = at + (bigTiff ? 12 : 8);
    if (typeof value !== 'number') value.copy(buffer, valueAt);
    else if (type === 3) u16(value, valueAt);
    else address(value, valueAt);
  });
  return buffer;
}
