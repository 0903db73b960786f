import { isUtf8 } from 'node:buffer';
import { type Hopeless, connectTrouble } from './connectTrouble.js';
import type { Trouble } from './patience.js';
import type { StopSign } from './stopSign.js';
import type { WebClock } from './webClock.js';

/** One HTTP request. */
export interface WebRequest {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** Form-encoded; the request is a POST when it is there. */
  readonly body?: string | undefined;
}

/** One HTTP answer, whole. */
export interface WebAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Whether the bytes were UTF-8; else characters are lost in `text`. */
  readonly isUtf8: boolean;
  readonly bytes: number;
  /** From sending to the last byte. */
  readonly seconds: number;
}

/** How long and how much an answer may take. */
export interface ExchangeLimits {
  readonly timeoutSeconds: number;
  readonly maxBytes: number;
  readonly stop: StopSign;
  readonly clock: WebClock;
}

/** A slow answer may trickle for so many timeouts in all. */
const TRICKLE = 10;

/**
 * Sends one request and reads its whole answer; redirects are not followed.
 * @returns the answer, or what kept it away.
 * @throws the stop sign's reason when it goes up.
 */
export async function exchange(request: WebRequest, limits: ExchangeLimits): Promise<WebAnswer | Trouble | Hopeless> {
  const { timeoutSeconds, maxBytes, stop, clock } = limits;
  stop.check();
  const started = clock.now();
  const halt = new AbortController();
  const takeBack = stop.onStop((reason) => halt.abort(reason));
  let isLate = false;
  let isHuge = false;
  const late = (): void => {
    isLate = true;
    halt.abort();
  };
  const timer = setTimeout(late, timeoutSeconds * 1000);
  const whole = setTimeout(late, timeoutSeconds * 1000 * TRICKLE);
  try {
    const response = await fetch(request.url, {
      method: request.body === undefined ? 'GET' : 'POST',
      headers: request.headers,
      redirect: 'manual',
      signal: halt.signal,
      ...(request.body !== undefined && { body: request.body }),
    });
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    timer.refresh();
    const reader = response.body?.getReader();
    for (let part = await reader?.read(); part?.done === false; part = await reader?.read()) {
      bytes += part.value.byteLength;
      if (bytes > maxBytes) {
        isHuge = true;
        throw new RangeError('huge');
      }
      chunks.push(part.value);
      timer.refresh();
    }
    const body = Buffer.concat(chunks, bytes);
    return {
      status: response.status,
      headers: response.headers,
      text: body.toString('utf8'),
      isUtf8: isUtf8(body),
      bytes,
      seconds: (clock.now() - started) / 1000,
    };
  } catch (error) {
    // Whatever is still on its way is not waited for.
    halt.abort();
    stop.check();
    if (isHuge) return huge(maxBytes);
    return isLate ? silent(timeoutSeconds) : connectTrouble(error, request.url);
  } finally {
    clearTimeout(timer);
    clearTimeout(whole);
    takeBack();
  }
}

function silent(seconds: number): Trouble {
  return {
    kind: 'silent',
    status: 504,
    wrong: `no whole answer came in time (${seconds} s)`,
    remedy: 'try again when the server is less busy, or raise the timeout',
  };
}

function huge(bytes: number): Trouble {
  return {
    kind: 'huge',
    status: 502,
    wrong: `the answer is larger than ${Math.round(bytes / 2 ** 20)} MB, which no page of metadata is`,
    remedy: 'check that the address is that of OMERO.web; if it is, tell us',
  };
}
