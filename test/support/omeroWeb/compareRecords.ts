import type { OmeRecord } from '../../../src/ome/model.js';
import type { Truth } from './truth.js';
import { factsOf, isHarmless } from './truthFacts.js';

/** What a stream of records says otherwise than the truth: facts that are missing (`-`) and that are not so (`+`). */
export async function compareWithRecords(
  records: AsyncIterable<OmeRecord>,
  truth: Truth,
  limit = 40,
): Promise<string[]> {
  const said = new Set<string>();
  for await (const record of records) for (const line of factsOf(record)) said.add(line);
  return differences(said, truth, limit);
}

/** The differences of a set of facts to the truth, sorted; of more than the limit only the number. */
export function differences(said: ReadonlySet<string>, truth: Truth, limit = 40): string[] {
  const left = new Set(said);
  const missing = new Set<string>();
  for (const line of truth.facts()) {
    left.delete(line);
    if (!said.has(line)) missing.add(line);
  }
  const wrong = [...left].filter((line) => !isHarmless(line));
  const found = [...[...missing].map((line) => `- ${line}`), ...wrong.map((line) => `+ ${line}`)];
  found.sort((a, b) => (a.slice(2) < b.slice(2) ? -1 : 1));
  return found.length <= limit ? found : [...found.slice(0, limit), `… and ${found.length - limit} more`];
}
