/** Does work on items, up to `width` at a time, and gives the results in the order of the items. */
export async function* ahead<T, R>(
  items: Iterable<T>,
  width: number,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const iterator = items[Symbol.iterator]();
  const running: Promise<R>[] = [];
  const start = (): void => {
    const next = iterator.next();
    if (next.done === true) return;
    const promise = work(next.value);
    // Whoever waits for it hears of it; until then it is not lost.
    promise.catch(() => undefined);
    running.push(promise);
  };
  for (let i = 0; i < width; i += 1) start();
  for (let first = running.shift(); first !== undefined; first = running.shift()) {
    const result = await first;
    start();
    yield result;
  }
}
