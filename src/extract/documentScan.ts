/** What the bytes of a document tell before it is parsed. */
export interface DocumentScan {
  /** The bytes up to the first image, annotation or ROI: containers come before them (ome.xsd 2016-06, element OME). */
  header(): AsyncIterable<Uint8Array>;
  /** Reads the rest, without parsing; to be called when the header was read. */
  rest(): Promise<RestOfDocument>;
}

export interface RestOfDocument {
  /** A Project, Dataset, Screen or Plate stands behind an image, so the header did not hold all containment. */
  readonly lateContainers: boolean;
  /** Something refers to an annotation behind the place where annotations stand. */
  readonly lateAnnotationRefs: boolean;
}

const ROOT = /<([\w.-]+:)?OME[\s>]/;
const CONTAINERS = ['Project', 'Dataset', 'Screen', 'Plate'];
/** Longer than every name that is looked for. */
const OVERLAP = 40;
const LESS = 60;
const COLON = 58;
const isNameEnd = (byte: number | undefined): boolean => byte === undefined || byte === 62 || byte === 47 || byte <= 32;

/** Letters, digits, `.`, `-`, `_` and all beyond ASCII. */
const isNameCharacter = (byte: number | undefined): boolean =>
  byte !== undefined && (byte > 127 || /[\w.-]/.test(String.fromCharCode(byte)));

/** Splits a document for the first pass. A document that is not in an ASCII-compatible encoding is all header. */
export function scanDocument(bytes: AsyncIterable<Uint8Array>): DocumentScan {
  const chunks = bytes[Symbol.asyncIterator]();
  let stopped: Buffer | undefined;
  let annotationsSeen = false;
  let ascii = true;

  return {
    async *header() {
      let first = true;
      try {
        for (let next = await chunks.next(); !next.done; next = await chunks.next()) {
          const chunk = Buffer.from(next.value.buffer, next.value.byteOffset, next.value.byteLength);
          if (first) {
            ascii = ROOT.test(chunk.toString('latin1', 0, 8192));
            first = false;
          }
          const end = ascii ? headerEnd(chunk) : -1;
          if (end >= 0) {
            stopped = chunk.subarray(end);
            if (end > 0) yield chunk.subarray(0, end);
            return;
          }
          yield chunk;
        }
      } finally {
        if (stopped === undefined) await chunks.return?.();
      }
    },
    async rest() {
      if (stopped === undefined) return { lateContainers: false, lateAnnotationRefs: true };
      let lateContainers = false;
      let lateAnnotationRefs = false;
      let chunk: Buffer | undefined = stopped;
      try {
        for (let tail: Buffer | undefined; chunk !== undefined;) {
          const text: Buffer = tail === undefined ? chunk : Buffer.concat([tail, chunk]);
          lateContainers ||= CONTAINERS.some((name) => findElement(text, name) >= 0);
          let from = 0;
          if (!annotationsSeen) {
            from = text.indexOf('StructuredAnnotations');
            annotationsSeen = from >= 0;
          }
          lateAnnotationRefs ||= annotationsSeen && text.indexOf('AnnotationRef', from) >= 0;
          tail = text.subarray(-OVERLAP);
          const next = lateContainers && lateAnnotationRefs ? undefined : await chunks.next();
          chunk =
            next === undefined || next.done
              ? undefined
              : Buffer.from(next.value.buffer, next.value.byteOffset, next.value.byteLength);
        }
      } finally {
        await chunks.return?.();
      }
      return { lateContainers, lateAnnotationRefs };
    },
  };
}

/** Where the first image, ROI or annotation section begins in a chunk; one cut by the chunk's end is left to the parser. */
function headerEnd(chunk: Buffer): number {
  const places = ['Image', 'StructuredAnnotations', 'ROI'].map((name) => findElement(chunk, name));
  return places.filter((at) => at >= 0).reduce((a, b) => (a < 0 ? b : Math.min(a, b)), -1);
}

/** The place of a start tag with exactly this local name. Names are looked for without `<`, which is in every tag and would slow the search down. */
function findElement(text: Buffer, name: string): number {
  for (let at = text.indexOf(name, 0, 'latin1'); at >= 0; at = text.indexOf(name, at + name.length, 'latin1')) {
    if (!isNameEnd(text[at + name.length])) continue;
    let start = at - 1;
    if (text[start] === COLON) {
      const prefixEnd = start;
      for (start -= 1; start > prefixEnd - OVERLAP && isNameCharacter(text[start]); start -= 1);
    }
    if (text[start] === LESS) return start;
  }
  return -1;
}
