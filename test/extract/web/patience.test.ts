import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { circuitBreaker } from '../../../src/extract/web/circuitBreaker.js';
import { limiter } from '../../../src/extract/web/limiter.js';
import { backoff, retriesOf, retryAfter } from '../../../src/extract/web/patience.js';
import { secretKeeper } from '../../../src/extract/web/secrets.js';
import { stopSign } from '../../../src/extract/web/stopSign.js';

describe('patience', () => {
  it('doubles from a second to a minute, half of it by chance', () => {
    fc.assert(
      fc.property(fc.nat(40), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, chance) => {
        const whole = Math.min(60_000, 1000 * 2 ** attempt);
        const wait = backoff(attempt, () => chance);
        expect(wait).toBeGreaterThanOrEqual(whole / 2);
        expect(wait).toBeLessThanOrEqual(whole);
      }),
    );
  });

  it.each([
    ['7', 7000],
    [' 0 ', 0],
    ['99999', 600_000],
    ['Sat, 21 Nov 2026 12:00:30 GMT', 30_000],
    ['Sat, 21 Nov 2026 11:00:00 GMT', 0],
    ['Sun, 21 Nov 2027 12:00:00 GMT', 600_000],
    ['soon', undefined],
    ['-5 seconds please', undefined],
    [null, undefined],
  ])('understands Retry-After %j', (header, milliseconds) => {
    expect(retryAfter(header, Date.parse('2026-11-21T12:00:00Z'))).toBe(milliseconds);
  });

  it('tries little where a try costs the server a worker, and where somebody waits', () => {
    expect(retriesOf('heavy', 'running')).toBe(1);
    expect(retriesOf('failed', 'running')).toBe(1);
    expect(retriesOf('unreachable', 'running')).toBeGreaterThan(5);
    expect(retriesOf('unreachable', 'opening')).toBe(1);
  });
});

describe('the circuit breaker', () => {
  it('opens after so many failures in a row, and a success starts the count again', () => {
    const breaker = circuitBreaker(3);
    expect([breaker.failed(), breaker.failed()]).toEqual([false, false]);
    breaker.worked();
    expect([breaker.failed(), breaker.failed(), breaker.failed()]).toEqual([false, false, true]);
  });

  it('bears ten times as many objects that fail', () => {
    const breaker = circuitBreaker(3);
    const opened = Array.from({ length: 30 }, () => breaker.refused());
    expect(opened.indexOf(true)).toBe(29);
  });
});

describe('the limiter', () => {
  it('lets never more than so many work, in the order of asking', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 5 }), fc.array(fc.nat(3), { maxLength: 20 }), async (most, works) => {
        const turns = limiter(most, stopSign());
        const begun: number[] = [];
        let [now, peak] = [0, 0];
        const results = await Promise.allSettled(
          works.map((ticks, index) =>
            turns.run(async () => {
              begun.push(index);
              peak = Math.max(peak, (now += 1));
              for (let t = 0; t < ticks + 5; t += 1) await Promise.resolve();
              now -= 1;
              if (ticks === 3) throw new Error('failed');
              return index;
            }),
          ),
        );
        expect(begun).toEqual(works.map((_, index) => index));
        expect(peak).toBe(Math.min(most, works.length));
        expect(results.map((r) => r.status)).toEqual(works.map((t) => (t === 3 ? 'rejected' : 'fulfilled')));
      }),
    );
  });

  it('lets go of those in line when the run is stopped, with one listener on the signal', async () => {
    const controller = new AbortController();
    const turns = limiter(1, stopSign(controller.signal));
    turns.run(() => new Promise<void>(() => undefined)).catch(() => undefined);
    const line = Array.from({ length: 100 }, () => turns.run(async () => 'done'));
    controller.abort(new Error('stopped'));
    const ends = await Promise.allSettled(line);
    expect(ends.every((end) => end.status === 'rejected' && (end.reason as Error).message === 'stopped')).toBe(true);
    await expect(turns.run(async () => 'late')).rejects.toThrow('stopped');
  });
});

describe('secrets', () => {
  it('are hidden in every form that a server may echo', () => {
    const secrets = secretKeeper(() => ['cookie-value']);
    const password = `pä ss&"<>'+/=`;
    secrets.add(password);
    const forms = [
      password,
      encodeURIComponent(password),
      new URLSearchParams({ p: password }).toString(),
      JSON.stringify({ password }),
      'pä ss&amp;&quot;&lt;&gt;&#x27;+/=',
      Buffer.from(password).toString('base64'),
      'session cookie-value',
    ];
    for (const form of forms) {
      expect(secrets.clean(`before ${form} after`)).toMatch(/^before .*\[hidden\].* after$/);
      expect(secrets.clean(form)).not.toMatch(/ss&|ss%26|cookie-value/);
    }
  });

  it('are not told by blanking a short one letter by letter', () => {
    const secrets = secretKeeper(() => []);
    secrets.add('e');
    expect(secrets.clean('the server says no')).toBe('[hidden]');
    expect(secrets.clean('nothing to us')).toBe('nothing to us');
  });

  it('keep the password however many tokens come', () => {
    const secrets = secretKeeper(() => []);
    secrets.add('the password');
    for (let i = 0; i < 200; i += 1) secrets.add(`token-number-${i}`);
    expect(secrets.clean('the password, token-number-199')).toBe('[hidden], [hidden]');
  });
});
