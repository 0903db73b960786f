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
/** Longer than every name that is looked for. */
const OVERLAP = 40;
const isNameEnd = (byte: number | undefined): boolean => byte === undefined || byte === 62 || byte === 47 || byte <= 32;

/** Splits a document for the first pass. A document that is not in an ASCII-compatible encoding is all header. */
export function scanDocument(bytes: AsyncIterable<Uint8Array>): DocumentScan {
  const chunks = bytes[Symbol.asyncIterator]();
  let prefix: string | undefined;
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
            const root = ROOT.exec(chunk.toString('latin1', 0, 8192));
            ascii = root !== null;
            prefix = root?.[1] ?? '';
            first = false;
          }
          const end = ascii ? headerEnd(chunk, prefix ?? '') : -1;
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
      const names = ['Project', 'Dataset', 'Screen', 'Plate'].map((name) => `<${prefix}${name}`);
      let lateContainers = false;
      let lateAnnotationRefs = false;
      let chunk: Buffer | undefined = stopped;
      try {
        for (let tail: Buffer | undefined; chunk !== undefined;) {
          const text: Buffer = tail === undefined ? chunk : Buffer.concat([tail, chunk]);
          lateContainers ||= names.some((name) => hasElement(text, name));
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

/** Where the first image, ROI or annotation section begins in a chunk. One that is cut by the chunk's end is found in the rest of the parse. */
function headerEnd(chunk: Buffer, prefix: string): number {
  const places = [`<${prefix}Image`, `<${prefix}StructuredAnnotations`, `<${prefix}ROI`].map((name) =>
    findElement(chunk, name),
  );
  return places.filter((at) => at >= 0).reduce((a, b) => (a < 0 ? b : Math.min(a, b)), -1);
}

const hasElement = (text: Buffer, start: string): boolean => findElement(text, start) >= 0;

/** The place of a start tag with exactly this name. */
function findElement(text: Buffer, start: string): number {
  for (let at = text.indexOf(start); at >= 0; at = text.indexOf(start, at + start.length)) {
    if (isNameEnd(text[at + start.length])) return at;
  }
  return -1;
}
