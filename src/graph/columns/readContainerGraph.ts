import { OmegraphError } from '../../errors.js';
import { nquadsReader } from '../../rdf/nquadsReader.js';
import { lineBlocks } from '../record.js';
import type { ContainerGraph, TermId } from './containerGraph.js';
import { graphOfPairs, type GrowingPairs, growingPairs } from './graphBuilder.js';
import { createTermTable } from './termTable.js';

export interface ReadContainerGraphOptions {
  /** IRIs of the predicates wanted; all when absent. */
  readonly predicates?: ReadonlySet<string> | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Reads an N-Quads file of a record into columns. @throws OmegraphError when it cannot be read or a line is not N-Quads; the signal's reason when aborted */
export async function readContainerGraph(
  file: string,
  { predicates, signal }: ReadContainerGraphOptions = {},
): Promise<ContainerGraph> {
  const terms = createTermTable();
  const pairs = new Map<TermId, GrowingPairs>();
  const reader = nquadsReader();
  let number = 0;
  for await (const block of lineBlocks(file)) {
    signal?.throwIfAborted();
    for (const line of block) {
      number += 1;
      const quad = reader.quad(line);
      if (quad === undefined) {
        throw new OmegraphError('input', {
          where: `${file}:${number}`,
          wrong: 'the line is not an N-Quad of a record',
          found: line,
          remedy: 'restore the file from a backup, or export again',
        });
      }
      if (predicates?.has(quad.predicate.value) === false) continue;
      const predicate = terms.add(quad.predicate);
      let list = pairs.get(predicate);
      if (list === undefined) pairs.set(predicate, (list = growingPairs()));
      list.add(terms.add(quad.subject), terms.add(quad.object));
    }
  }
  return graphOfPairs(terms, number, pairs);
}
