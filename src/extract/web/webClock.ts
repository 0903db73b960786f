import type { StopSign } from './stopSign.js';

/** Time and chance as the session sees them; tests give their own. */
export interface WebClock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Between 0 and 1. */
  random(): number;
  /** @throws the stop sign's reason as soon as it goes up. */
  pause(milliseconds: number, stop: StopSign): Promise<void>;
  /** Does something again and again without keeping the process alive; the answer ends it. */
  every(milliseconds: number, work: () => void): () => void;
}

/** The clock on the wall. */
export const realClock: WebClock = {
  now: () => Date.now(),
  random: () => Math.random(),
  pause: (milliseconds, stop) =>
    new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => {
        takeBack();
        resolve();
      }, milliseconds);
      const takeBack = stop.onStop((reason) => {
        clearTimeout(timer);
        reject(reason as Error);
      });
    }),
  every(milliseconds, work) {
    const timer = setInterval(work, milliseconds).unref();
    return () => clearInterval(timer);
  },
};
