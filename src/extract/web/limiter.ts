import type { StopSign } from './stopSign.js';

/** Lets a bounded number of works run at the same time, the others wait in line. */
export interface Limiter {
  /** @throws the stop sign's reason for those in line when it goes up; else what the work throws. */
  run<T>(work: () => Promise<T>): Promise<T>;
}

/** A limiter for `atOnce` works. */
export function limiter(atOnce: number, stop: StopSign): Limiter {
  let running = 0;
  const line: (() => void)[] = [];
  const enter = (): Promise<void> => {
    if (running < atOnce) {
      running += 1;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const turn = (): void => {
        takeBack();
        resolve();
      };
      line.push(turn);
      const takeBack = stop.onStop((reason) => {
        const at = line.indexOf(turn);
        if (at >= 0) line.splice(at, 1);
        reject(reason as Error);
      });
    });
  };
  const leave = (): void => {
    const next = line.shift();
    // The place is handed on, so that nobody slips in between.
    if (next !== undefined) next();
    else running -= 1;
  };
  return {
    async run(work) {
      stop.check();
      await enter();
      try {
        stop.check();
        return await work();
      } finally {
        leave();
      }
    },
  };
}
