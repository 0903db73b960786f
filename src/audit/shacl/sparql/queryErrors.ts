import { OmegraphError } from '../../../errors.js';
import { engineMessage } from '../../../graph/engineMessage.js';

/** Passes on what a run gives; the engine's complaints name the shape. @throws OmegraphError */
export function* guardedRun<T>(fault: (wrong: string, found?: string) => never, run: () => Iterable<T>): Generator<T> {
  try {
    yield* run();
  } catch (error) {
    if (error instanceof OmegraphError || !(error instanceof Error) || error.name !== 'Error') throw error;
    fault(`its query cannot be run: ${engineMessage(error.message).wrong}`);
  }
}
