/** Bytes that are written one after another. */
export interface Blob {
  readonly length: number;
  byte(value: number): void;
  /** A varint: seven bits a byte, low ones first. */
  number(value: number): void;
  raw(bytes: Uint8Array): void;
  bytes(): Uint8Array;
}

/** An empty blob that doubles when it is full. */
export function growingBlob(): Blob {
  let buffer = new Uint8Array(1 << 16);
  let length = 0;
  const room = (bytes: number): void => {
    if (length + bytes <= buffer.length) return;
    const larger = new Uint8Array(Math.max(buffer.length * 2, length + bytes));
    larger.set(buffer.subarray(0, length));
    buffer = larger;
  };
  const blob: Blob = {
    get length() {
      return length;
    },
    byte(value) {
      room(1);
      buffer[length++] = value;
    },
    number(value) {
      let rest = value;
      while (rest > 0x7f) {
        blob.byte((rest & 0x7f) | 0x80);
        rest >>>= 7;
      }
      blob.byte(rest);
    },
    raw(bytes) {
      room(bytes.length);
      buffer.set(bytes, length);
      length += bytes.length;
    },
    bytes: () => buffer.subarray(0, length),
  };
  return blob;
}
