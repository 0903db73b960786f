import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach } from 'vitest';
import type { WebClock } from '../../../src/extract/web/webClock.js';
import { openWebSession, type WebSession, type WebSessionOptions } from '../../../src/extract/web/webSession.js';
import { GOLDEN_PASSWORD, goldenStore } from '../../support/omeroWeb/goldenStore.js';
import { type OmeroWebOptions, type OmeroWebServer, startOmeroWeb } from '../../support/omeroWeb/server.js';

export const ADA = { username: 'ada', password: GOLDEN_PASSWORD };
export const USER_AGENT = 'omegraph/0.0.0 (+https://example.org/omegraph)';

/** A clock on which pauses pass at once; it keeps what was waited. */
export interface TestClock extends WebClock {
  readonly pauses: number[];
  /** Lets time pass, and does what is done again and again. */
  pass(milliseconds: number): void;
}

export function testClock(): TestClock {
  const start = Date.now();
  const pauses: number[] = [];
  const repeated = new Set<() => void>();
  let passed = 0;
  return {
    pauses,
    now: () => start + passed,
    random: () => 0.5,
    async pause(milliseconds, stop) {
      stop.check();
      pauses.push(milliseconds);
      passed += milliseconds;
      // Lets the others run, and a signal fire.
      await new Promise((resolve) => setImmediate(resolve));
      stop.check();
    },
    every(_milliseconds, work) {
      repeated.add(work);
      return () => repeated.delete(work);
    },
    pass(milliseconds) {
      passed += milliseconds;
      for (const work of repeated) work();
    },
  };
}

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** Does something once the test has ended. */
export const closeAfter = (close: () => unknown): void => void closing.push(close);

/** A stand-in OMERO.web with the golden study, until the test ends. */
export async function golden(options: OmeroWebOptions = {}): Promise<OmeroWebServer> {
  const server = await startOmeroWeb(goldenStore(), options);
  closing.push(() => server.close());
  return server;
}

/** Ada's session on a clock of its own, until the test ends. */
export async function open(
  options: Partial<WebSessionOptions> & { url: string },
  clock: WebClock = testClock(),
): Promise<WebSession> {
  const session = await openWebSession({ credentials: ADA, userAgent: USER_AGENT, ...options }, clock);
  closing.push(() => session.close());
  return session;
}

/** Some web server, until the test ends; its base address. */
export async function someServer(handle: RequestListener): Promise<string> {
  const server = createServer(handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

/** What a promise fails with. */
export async function failure(work: Promise<unknown>): Promise<Error> {
  try {
    await work;
  } catch (error) {
    return error as Error;
  }
  throw new Error('it did not fail');
}
