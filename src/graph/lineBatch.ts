import type { Quad } from '@rdfjs/types';
import { nquadsWriter } from '../rdf/nquads.js';
import type { SorterClient } from './sorterClient.js';
import type { SorterBlock } from './sorterWorker.js';

/** Turns quads into lines and hands them to the sorter in batches. */
export interface LineBatch {
  add(container: number, quads: Iterable<Quad>): void | Promise<void>;
  /** Adds a line that is already written, `<s> <p> <o>`. */
  addLine(container: number, line: string): void | Promise<void>;
  flush(): void | Promise<void>;
}

/** A batch over one sorter; `size` is how many characters wait on this side. */
export function lineBatch(sorter: SorterClient, size: number): LineBatch {
  const writer = nquadsWriter();
  let texts = new Map<number, string>();
  let waiting = 0;
  const flush = (): void | Promise<void> => {
    if (waiting === 0) return undefined;
    const blocks: SorterBlock[] = [];
    const parts: Buffer[] = [];
    let end = 0;
    for (const [container, text] of texts) {
      const part = Buffer.from(text);
      end += part.length;
      parts.push(part);
      blocks.push({ container, end });
    }
    texts = new Map();
    waiting = 0;
    return sorter.add(blocks, transferable(parts));
  };
  const put = (container: number, text: string): void | Promise<void> => {
    texts.set(container, (texts.get(container) ?? '') + text);
    waiting += text.length;
    return waiting > size ? flush() : undefined;
  };
  return {
    flush,
    add: (container, quads) => {
      let text = '';
      for (const quad of quads) text += `${writer.triple(quad)}\n`;
      return put(container, text);
    },
    addLine: (container, line) => put(container, `${line}\n`),
  };
}

/** One array that owns its memory; small buffers share a pool that must not be transferred. */
function transferable(parts: readonly Buffer[]): Uint8Array {
  const [only] = parts;
  if (only !== undefined && parts.length === 1 && only.buffer.byteLength === only.length) return only;
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
