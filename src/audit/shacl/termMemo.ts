import type { TermId, TermTable } from '../../graph/columns/containerGraph.js';
import type { NodeTest } from './registry.js';

/** A test whose answer is kept for each term; terms added to the table after the first question are tested each time. */
export function termMemo(terms: TermTable, test: NodeTest): NodeTest {
  let answers: Uint8Array | undefined;
  return (id: TermId) => {
    answers ??= new Uint8Array(terms.size);
    const known = answers[id];
    if (known === undefined) return test(id);
    if (known !== 0) return known === 1;
    const answer = test(id);
    answers[id] = answer ? 1 : 2;
    return answer;
  };
}
