/** Sorted triples of one subject; a subject with very many comes in several blocks that follow each other. */
export interface Block {
  /** `<s>`, the bytes of its UTF-8 read as Latin-1. */
  readonly subject: string;
  /** ` <p> <o>` of each triple, sorted, all different. */
  readonly tails: readonly string[];
}

interface Cursor {
  head: Block | undefined;
  readonly rest: Iterator<Block>;
}

/** Merges sorted sequences of blocks into one without duplicates. Blocks whose subject only one sequence has pass through as they are. */
export function* mergedBlocks(sequences: readonly Iterable<Block>[]): Generator<Block> {
  let cursors = sequences.map((sequence): Cursor => {
    const rest = sequence[Symbol.iterator]();
    return { head: advance(rest), rest };
  });
  for (;;) {
    if (cursors.some((c) => c.head === undefined)) cursors = cursors.filter((c) => c.head !== undefined);
    let least: Cursor | undefined;
    let shared = false;
    for (const cursor of cursors) {
      const subject = cursor.head?.subject ?? '';
      const best = least?.head?.subject;
      if (best === undefined || subject < best) {
        least = cursor;
        shared = false;
      } else if (subject === best) shared = true;
    }
    if (least?.head === undefined) return;
    const { subject } = least.head;
    if (shared) {
      yield* mergedTails(
        subject,
        cursors.filter((c) => c.head?.subject === subject),
      );
    } else {
      yield least.head;
      least.head = advance(least.rest);
    }
  }
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

function* tailsOf(subject: string, cursor: Cursor): Generator<string> {
  while (cursor.head?.subject === subject) {
    yield* cursor.head.tails;
    cursor.head = advance(cursor.rest);
  }
}

function advance<T>(iterator: Iterator<T>): T | undefined {
  const { done, value } = iterator.next();
  return done ? undefined : value;
}
