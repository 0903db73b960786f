/** Sorted triples of one subject; a subject with very many comes in several blocks that follow each other. */
export interface Block {
  /** `<s>`, the bytes of its UTF-8 read as Latin-1. */
  readonly subject: string;
  /** ` <p> <o>` of each triple, sorted, all different. */
  readonly tails: readonly string[];
}

interface Cursor {
  head: Block;
  readonly rest: Iterator<Block>;
}

/** Merges sorted sequences of blocks into one without duplicates. Blocks whose subject only one sequence has pass through as they are. */
export function* mergedBlocks(sequences: readonly Iterable<Block>[]): Generator<Block> {
  const heap: Cursor[] = [];
  for (const sequence of sequences) {
    const rest = sequence[Symbol.iterator]();
    const head = advance(rest);
    if (head !== undefined) push(heap, { head, rest });
  }
  for (let least = heap[0]; least !== undefined; least = heap[0]) {
    const { subject } = least.head;
    if (heap[1]?.head.subject !== subject && heap[2]?.head.subject !== subject) {
      yield least.head;
      const next = advance(least.rest);
      if (next === undefined) pop(heap);
      else {
        least.head = next;
        sink(heap);
      }
    } else {
      const sharing: Cursor[] = [];
      while (heap[0]?.head.subject === subject) sharing.push(pop(heap));
      yield* mergedTails(subject, sharing);
      for (const cursor of sharing) if (cursor.head.subject !== subject) push(heap, cursor);
    }
  }
}

function push(heap: Cursor[], cursor: Cursor): void {
  let at = heap.length;
  heap.push(cursor);
  while (at > 0) {
    const parent = (at - 1) >> 1;
    const above = heap[parent] as Cursor;
    if (above.head.subject <= cursor.head.subject) break;
    heap[at] = above;
    at = parent;
  }
  heap[at] = cursor;
}

function pop(heap: Cursor[]): Cursor {
  const least = heap[0] as Cursor;
  const last = heap.pop() as Cursor;
  if (heap.length > 0) {
    heap[0] = last;
    sink(heap);
  }
  return least;
}

/** Puts the first cursor where it belongs. */
function sink(heap: Cursor[]): void {
  const cursor = heap[0] as Cursor;
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    const left = heap[child];
    const right = heap[child + 1];
    if (left === undefined) break;
    if (right !== undefined && right.head.subject < left.head.subject) child += 1;
    const below = heap[child] as Cursor;
    if (below.head.subject >= cursor.head.subject) break;
    heap[at] = below;
    at = child;
  }
  heap[at] = cursor;
}

const BLOCK_TRIPLES = 512;

/** Merges the triples of one subject out of several sequences, in blocks. */
function* mergedTails(subject: string, cursors: readonly Cursor[]): Generator<Block> {
  const sources = cursors.map((cursor) => tailsOf(subject, cursor));
  const heads = sources.map(advance);
  let tails: string[] = [];
  for (;;) {
    let least: string | undefined;
    for (const head of heads) if (head !== undefined && (least === undefined || head < least)) least = head;
    if (least === undefined) break;
    for (let i = 0; i < heads.length; i++) {
      const source = sources[i];
      if (heads[i] === least && source !== undefined) heads[i] = advance(source);
    }
    tails.push(least);
    if (tails.length >= BLOCK_TRIPLES) {
      yield { subject, tails };
      tails = [];
    }
  }
  if (tails.length > 0) yield { subject, tails };
}

/** The tails of one subject; afterwards the cursor stands at its next subject, or still at this one when its sequence is at its end. */
function* tailsOf(subject: string, cursor: Cursor): Generator<string> {
  while (cursor.head.subject === subject) {
    yield* cursor.head.tails;
    const next = advance(cursor.rest);
    if (next === undefined) return;
    cursor.head = next;
  }
}

function advance<T>(iterator: Iterator<T>): T | undefined {
  const { done, value } = iterator.next();
  return done ? undefined : value;
}
