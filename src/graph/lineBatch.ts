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
  const encoder = new TextEncoder();
  let texts = new Map<number, string>();
  let waiting = 0;
  const flush = (): void | Promise<void> => {
    if (waiting === 0) return undefined;
    const blocks: SorterBlock[] = [];
    const lines = sorter.buffer(3 * waiting);
    let end = 0;
    for (const [container, text] of texts) {
      end += encoder.encodeInto(text, lines.subarray(end)).written;
      blocks.push({ container, end });
    }
    texts = new Map();
    waiting = 0;
    return sorter.add(blocks, lines);
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
