import type { TermId, TermTable } from '../../graph/columns/containerGraph.js';
import type { NodeTest } from './registry.js';

/** Bits of an id that place it in its page: most tests are asked for few of a graph's terms, so pages are made when needed. */
const PAGE_BITS = 10;
const WITHIN = (1 << PAGE_BITS) - 1;

/** A test whose answer is kept for each term; terms added to the table after the first question are tested each time. */
export function termMemo(terms: TermTable, test: NodeTest): NodeTest {
  let pages: (Uint8Array | undefined)[] | undefined;
  return (id: TermId) => {
    pages ??= new Array<undefined>((terms.size >>> PAGE_BITS) + 1).fill(undefined);
    const number = id >>> PAGE_BITS;
    if (number >= pages.length) return test(id);
    const page = (pages[number] ??= new Uint8Array(WITHIN + 1));
    const known = page[id & WITHIN];
    if (known !== 0) return known === 1;
    const answer = test(id);
    page[id & WITHIN] = answer ? 1 : 2;
    return answer;
  };
}
