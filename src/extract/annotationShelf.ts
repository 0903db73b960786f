import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Annotation } from '../ome/model.js';
import { links, type RefCodes } from './linkIndex.js';

/** Annotations that something further down in the document may still refer to. */
export interface AnnotationShelf {
  put(key: string, annotation: Annotation): void;
  /** The annotation, which is then known to be in use. */
  take(key: string): Annotation | undefined;
  /** Those that were never taken. */
  untaken(): Iterable<Annotation>;
  close(): void;
}

/** Characters of annotations that stay in memory; what comes later goes to a temporary file. */
const IN_MEMORY = 16 * 1024 * 1024;

/** An empty shelf whose memory does not grow with the number of annotations beyond some MB and 84 bytes each. */
export function annotationShelf(codes: RefCodes): AnnotationShelf {
  const near: Annotation[] = [];
  const index = links();
  let characters = 0;
  let spill: { readonly folder: string; readonly file: number; end: number } | undefined;

  const read = (place: number, length: number): Annotation | undefined => {
    if (length === 0) return near[place];
    if (spill === undefined) return undefined;
    const buffer = Buffer.alloc(length);
    readSync(spill.file, buffer, 0, length, place);
    return JSON.parse(buffer.toString('utf8')) as Annotation;
  };
  const get = (key: number): Annotation | undefined => {
    let found: Annotation | undefined;
    index.each(key, (place, length) => {
      found ??= read(place, length);
    });
    return found;
  };
  return {
    put(key, annotation) {
      const code = codes.code(key);
      if (characters < IN_MEMORY) {
        characters += sizeOf(annotation);
        index.add(code, near.push(annotation) - 1);
        return;
      }
      if (spill === undefined) {
        const folder = mkdtempSync(join(tmpdir(), 'omegraph-'));
        spill = { folder, file: openSync(join(folder, 'annotations'), 'wx+', 0o600), end: 0 };
      }
      const bytes = Buffer.from(JSON.stringify(annotation), 'utf8');
      writeSync(spill.file, bytes, 0, bytes.length, spill.end);
      index.add(code, spill.end, bytes.length);
      spill.end += bytes.length;
    },
    take(key) {
      const code = codes.known(key);
      if (code === undefined) return undefined;
      index.use(code);
      return get(code);
    },
    *untaken() {
      for (const key of index.unused()) {
        const annotation = get(key);
        if (annotation !== undefined) yield annotation;
      }
    },
    close() {
      if (spill === undefined) return;
      closeSync(spill.file);
      rmSync(spill.folder, { recursive: true, force: true });
      spill = undefined;
    },
  };
}

/** About how many characters an annotation holds, with what an object costs. */
function sizeOf(annotation: Annotation): number {
  const text = 'value' in annotation ? annotation.value : '';
  const own =
    typeof text === 'string'
      ? text.length
      : Array.isArray(text)
        ? text.reduce((n, [k, v]) => n + k.length + v.length + 64, 0)
        : 0;
  return 200 + own;
}
