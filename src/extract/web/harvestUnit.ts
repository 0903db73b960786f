import type { HarvestLine, HarvestOptions, RetryTask } from './harvestLine.js';
import type { ServerMap } from './serverMap.js';
import type { Unit } from './units.js';
import type { WebSession } from './webSession.js';

/**
 * Reads one unit. What the server fails at although other requests go through is a `failed` line.
 * @throws OmegraphError when the server is broken; the signal's reason when it fires
 */
export async function* harvestUnit(
  _session: WebSession,
  _map: ServerMap,
  _unit: Unit,
  _options: HarvestOptions,
): AsyncGenerator<HarvestLine> {
  throw new Error('to be written');
}

/** Does failed work once more; what still fails is the finding `object-unreadable`. */
export async function* retryFailed(
  _session: WebSession,
  _map: ServerMap,
  _task: RetryTask,
  _options: HarvestOptions,
): AsyncGenerator<HarvestLine> {
  throw new Error('to be written');
}
