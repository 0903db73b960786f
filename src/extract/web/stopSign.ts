/** A signal that many may wait on while only one listener hangs on it. */
export interface StopSign {
  readonly isUp: boolean;
  /** @throws the signal's reason once it has fired. */
  check(): void;
  /** Runs `halt` with the reason when the signal fires, at once if it has; the answer takes it back. */
  onStop(halt: (reason: unknown) => void): () => void;
  /** Lets go of the signal. */
  release(): void;
}

/** The stop sign of a run; without a signal it never goes up. */
export function stopSign(signal?: AbortSignal): StopSign {
  const halts = new Set<(reason: unknown) => void>();
  const listener = (): void => {
    for (const halt of [...halts]) halt(signal?.reason);
    halts.clear();
  };
  signal?.addEventListener('abort', listener, { once: true });
  return {
    get isUp() {
      return signal?.aborted === true;
    },
    check: () => signal?.throwIfAborted(),
    onStop(halt) {
      if (signal?.aborted) halt(signal.reason);
      else halts.add(halt);
      return () => halts.delete(halt);
    },
    release: () => signal?.removeEventListener('abort', listener),
  };
}
