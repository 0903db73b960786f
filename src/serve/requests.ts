import type { Response } from 'express';

/** A signal that fires when the client goes before it has its answer. */
export function abortSignalOf(response: Response): AbortSignal {
  const controller = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) controller.abort();
  });
  return controller.signal;
}
