/** Stops a run when nothing works any more. */
export interface CircuitBreaker {
  /** A request worked. */
  worked(): void;
  /** A request failed for a reason that is not its own; the answer says whether enough have. */
  failed(): boolean;
  /** A request failed as single objects do; the answer says whether too many have, with none between that worked. */
  refused(): boolean;
}

/** A breaker that opens after `limit` failures in a row, or ten times as many refusals. */
export function circuitBreaker(limit = 10): CircuitBreaker {
  let failures = 0;
  let refusals = 0;
  return {
    worked() {
      failures = 0;
      refusals = 0;
    },
    failed: () => (failures += 1) >= limit,
    refused: () => (refusals += 1) >= limit * 10,
  };
}
