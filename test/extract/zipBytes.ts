import { deflateRawSync } from 'node:zlib';

/** An entry of a zip for tests; `mode` are the Unix mode bits. */
export interface ZipEntry {
  readonly name: string;
  readonly content?: string | Uint8Array;
  readonly mode?: number;
}

/** A zip file (APPNOTE 6.3), deflated, whose names are written as they are. */
export function zipBytes(entries: readonly ZipEntry[]): Buffer {
  const parts: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { name, content = '', mode = 0o100644 } of entries) {
    const data = Buffer.from(content as string);
    const packed = deflateRawSync(data);
    const fileName = Buffer.from(name, 'utf8');
    const header = Buffer.alloc(30);
    header.writeUInt32LE(0x04034b50, 0);
    header.writeUInt16LE(20, 4);
    header.writeUInt16LE(0x800, 6);
    header.writeUInt16LE(8, 8);
    header.writeUInt32LE(crc(data), 14);
    header.writeUInt32LE(packed.length, 18);
    header.writeUInt32LE(data.length, 22);
    header.writeUInt16LE(fileName.length, 26);
    const row = Buffer.alloc(46);
    row.writeUInt32LE(0x02014b50, 0);
    row.writeUInt16LE((3 << 8) | 20, 4);
    row.writeUInt16LE(20, 6);
    header.copy(row, 8, 6, 28);
    row.writeUInt16LE(fileName.length, 28);
    row.writeUInt32LE((mode << 16) >>> 0, 38);
    row.writeUInt32LE(offset, 42);
    central.push(row, fileName);
    parts.push(header, fileName, packed);
    offset += header.length + fileName.length + packed.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, directory, end]);
}

const TABLE = Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k += 1) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
  return c;
});
function crc(data: Uint8Array): number {
  let c = -1;
  for (const byte of data) c = (c >>> 8) ^ (TABLE[(c ^ byte) & 255] ?? 0);
  return (c ^ -1) >>> 0;
}
