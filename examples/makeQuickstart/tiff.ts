/** How a TIFF file is laid out: byte order, and 64-bit offsets for BigTIFF. */
export interface TiffLayout {
  readonly bigEndian: boolean;
  readonly bigTiff: boolean;
}

const ASCII = 2;
const SHORT = 3;
const LONG = 4;
const LONG8 = 16;

/**
 * A TIFF 6.0 or BigTIFF file of 16-bit grey planes, one strip and one IFD a plane, with `description` in the first
 * IFD's ImageDescription as UTF-8 (OME-TIFF specification, "OME-XML metadata").
 */
export function tiff(
  planes: readonly Uint16Array[],
  size: { x: number; y: number },
  description: string,
  { bigEndian, bigTiff }: TiffLayout,
): Uint8Array {
  const parts: Uint8Array[] = [];
  let offset = 0;
  const push = (bytes: Uint8Array): number => {
    const at = offset;
    const padded = new Uint8Array(Math.ceil(bytes.length / 8) * 8);
    padded.set(bytes);
    parts.push(padded);
    offset += padded.length;
    return at;
  };
  const bytes = (length: number, write: (view: DataView) => void): Uint8Array => {
    const array = new Uint8Array(length);
    write(new DataView(array.buffer));
    return array;
  };
  const address = (view: DataView, at: number, value: number): void =>
    bigTiff ? view.setBigUint64(at, BigInt(value), !bigEndian) : view.setUint32(at, value, !bigEndian);

  const text = (value: string): Uint8Array => new Uint8Array([...new TextEncoder().encode(value), 0]);
  const headerSize = bigTiff ? 16 : 8;
  const header = new Uint8Array(headerSize);
  push(header);
  const texts = { description: text(description), software: text('omegraph examples/makeQuickstart.ts') };
  const descriptionAt = push(texts.description);
  const softwareAt = push(texts.software);
  const strips = planes.map((plane) =>
    push(
      bytes(plane.length * 2, (view) => {
        for (const [i, value] of plane.entries()) view.setUint16(i * 2, value, !bigEndian);
      }),
    ),
  );

  const entrySize = bigTiff ? 20 : 12;
  const countSize = bigTiff ? 8 : 2;
  const tagsOf = (plane: number): [tag: number, type: number, count: number, value: number][] => [
    [256, SHORT, 1, size.x],
    [257, SHORT, 1, size.y],
    [258, SHORT, 1, 16],
    [259, SHORT, 1, 1],
    [262, SHORT, 1, 1],
    ...(plane === 0
      ? [[270, ASCII, texts.description.length, descriptionAt] satisfies [number, number, number, number]]
      : []),
    [273, bigTiff ? LONG8 : LONG, 1, strips[plane] ?? 0],
    [277, SHORT, 1, 1],
    [278, SHORT, 1, size.y],
    [279, bigTiff ? LONG8 : LONG, 1, size.x * size.y * 2],
    [305, ASCII, texts.software.length, softwareAt],
    [339, SHORT, 1, 1],
  ];
  const ifdLength = (plane: number): number => countSize + tagsOf(plane).length * entrySize + (bigTiff ? 8 : 4);
  const firstIfd = offset;
  for (let plane = 0; plane < planes.length; plane += 1) {
    const tags = tagsOf(plane);
    const length = ifdLength(plane);
    const next = plane + 1 < planes.length ? offset + Math.ceil(length / 8) * 8 : 0;
    push(
      bytes(length, (view) => {
        if (bigTiff) view.setBigUint64(0, BigInt(tags.length), !bigEndian);
        else view.setUint16(0, tags.length, !bigEndian);
        tags.forEach(([tag, type, count, value], i) => {
          const at = countSize + i * entrySize;
          view.setUint16(at, tag, !bigEndian);
          view.setUint16(at + 2, type, !bigEndian);
          address(view, at + 4, count);
          const valueAt = at + (bigTiff ? 12 : 8);
          if (type === SHORT) view.setUint16(valueAt, value, !bigEndian);
          else address(view, valueAt, value);
        });
        address(view, length - (bigTiff ? 8 : 4), next);
      }),
    );
  }

  const view = new DataView(header.buffer);
  view.setUint16(0, bigEndian ? 0x4d4d : 0x4949);
  view.setUint16(2, bigTiff ? 43 : 42, !bigEndian);
  if (bigTiff) view.setUint16(4, 8, !bigEndian);
  address(view, bigTiff ? 8 : 4, firstIfd);
  // header was copied when it was pushed, so the finished one replaces it
  parts[0] = header;
  const file = new Uint8Array(offset);
  let at = 0;
  for (const part of parts) {
    file.set(part, at);
    at += part.length;
  }
  return file;
}
