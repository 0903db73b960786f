/** Bytes that are not text in the encoding; `readable` is the text before them. */
export class EncodingFault extends Error {
  override readonly name = 'EncodingFault';
  constructor(
    readonly readable: string,
    readonly encoding: string,
  ) {
    super(`bytes that are not ${encoding}`);
  }
}

export interface XmlDecoder {
  /** The text of the next bytes. @throws {EncodingFault} */
  decode(bytes: Uint8Array): string;
  /** What is left at the end. @throws {EncodingFault} */
  end(): string;
}

/** What the decoder repairs and says; the index is the place in the text that `decode` returns next. */
export interface DecoderReport {
  /** The declaration names another encoding than the bytes are in. */
  onMismatch(detail: string): void;
  onReplaced(count: number, index: number, text: string): void;
}

const SNIFF = 512;
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;
const FORBIDDEN_ALL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/**
 * XML bytes as text: encoding by byte order mark, else by the XML declaration, else UTF-8 (XML 1.0 section 4.3.3 and
 * appendix F). Characters that XML forbids (section 2.2) and surrogates encoded on their own become U+FFFD.
 */
export function xmlDecoder(report: DecoderReport): XmlDecoder {
  let head: Uint8Array | undefined = new Uint8Array(0);
  let encoding = 'utf-8';
  let decoder = new TextDecoder('utf-8', { fatal: true });
  let previous = new Uint8Array(0);

  const clean = (text: string): string => {
    const index = text.search(FORBIDDEN);
    if (index < 0) return text;
    report.onReplaced(text.match(FORBIDDEN_ALL)?.length ?? 0, index, text);
    return text.replace(FORBIDDEN_ALL, '\ufffd');
  };
  const sniff = (bytes: Uint8Array): void => {
    const found = encodingOf(bytes);
    encoding = found.encoding;
    decoder = new TextDecoder(encoding, { fatal: true });
    if (found.mismatch !== undefined) report.onMismatch(found.mismatch);
  };
  const strict = (bytes: Uint8Array, last: boolean): string => {
    try {
      const text = decoder.decode(bytes, { stream: !last });
      previous = bytes.slice(Math.max(0, bytes.length - 4));
      return clean(text);
    } catch {
      const all = Buffer.concat([encoding === 'utf-8' ? openEnd(previous) : new Uint8Array(0), bytes]);
      const { bytes: repaired, count } = withoutSurrogates(all);
      decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
      try {
        if (encoding !== 'utf-8' || count === 0) throw new EncodingFault('', encoding);
        const text = decoder.decode(repaired, { stream: !last });
        previous = bytes.slice(Math.max(0, bytes.length - 4));
        report.onReplaced(count, text.indexOf('\ufffd'), text);
        return clean(text);
      } catch {
        const lenient = new TextDecoder(encoding, { ignoreBOM: true }).decode(repaired);
        const end = lenient.indexOf('\ufffd');
        throw new EncodingFault(clean(end < 0 ? lenient : lenient.slice(0, end)), encoding);
      }
    }
  };
  return {
    decode(bytes) {
      if (head === undefined) return strict(bytes, false);
      head = head.length === 0 ? bytes : Buffer.concat([head, bytes]);
      if (head.length < SNIFF) {
        if (head === bytes) head = bytes.slice();
        return '';
      }
      const first = head;
      head = undefined;
      sniff(first);
      return strict(first, false);
    },
    end() {
      const first = head ?? new Uint8Array(0);
      if (head !== undefined) sniff(head);
      head = undefined;
      return strict(first, true);
    },
  };
}

function encodingOf(bytes: Uint8Array): { encoding: string; mismatch?: string } {
  const [a, b, c, d] = bytes;
  let actual: string | undefined;
  if (a === 0xef && b === 0xbb && c === 0xbf) actual = 'utf-8';
  else if (a === 0xff && b === 0xfe) actual = 'utf-16le';
  else if (a === 0xfe && b === 0xff) actual = 'utf-16be';
  else if (a === 0x3c && b === 0 && d === 0) actual = 'utf-16le';
  else if (a === 0 && b === 0x3c && c === 0) actual = 'utf-16be';
  const start = new TextDecoder(actual ?? 'latin1').decode(bytes.subarray(0, SNIFF));
  const named = /^\ufeff?<\?xml\s[^>]*?\bencoding\s*=\s*["']([A-Za-z][\w.-]*)["']/.exec(start)?.[1];
  if (named === undefined) return { encoding: actual ?? 'utf-8' };
  let declared: string | undefined;
  try {
    declared = new TextDecoder(named).encoding;
  } catch {
    declared = undefined;
  }
  const family = (name: string): string => (name.startsWith('utf-16') ? 'utf-16' : name);
  if (actual !== undefined) {
    return declared !== undefined && family(declared) === family(actual)
      ? { encoding: actual }
      : { encoding: actual, mismatch: `declared ${named}, found ${actual}` };
  }
  if (declared === undefined)
    return { encoding: 'utf-8', mismatch: `declared ${named}, which is not known; read as utf-8` };
  // The declaration could be read byte by byte, so these bytes cannot be UTF-16.
  if (family(declared) === 'utf-16') return { encoding: 'utf-8', mismatch: `declared ${named}, found utf-8` };
  return /^(us-)?ascii$/i.test(named) ? { encoding: 'utf-8' } : { encoding: declared };
}

/** The bytes of a UTF-8 sequence that has begun but not ended. */
function openEnd(bytes: Uint8Array): Uint8Array {
  for (let i = bytes.length - 1; i >= Math.max(0, bytes.length - 3); i -= 1) {
    const byte = bytes[i] ?? 0;
    if (byte < 0x80) break;
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return i + length > bytes.length ? bytes.slice(i) : new Uint8Array(0);
    }
  }
  return new Uint8Array(0);
}

/** UTF-8 with each surrogate that was encoded on its own (ED A0..BF xx) as U+FFFD, which is as long. */
function withoutSurrogates(bytes: Uint8Array): { bytes: Uint8Array; count: number } {
  const repaired = Uint8Array.from(bytes);
  let count = 0;
  for (let i = repaired.indexOf(0xed); i >= 0 && i + 2 < repaired.length; i = repaired.indexOf(0xed, i + 1)) {
    const second = repaired[i + 1] ?? 0;
    if (second < 0xa0 || second > 0xbf || (repaired[i + 2] ?? 0) >> 6 !== 2) continue;
    repaired.set([0xef, 0xbf, 0xbd], i);
    count += 1;
  }
  return { bytes: repaired, count };
}
