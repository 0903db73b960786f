/** Why an answer is missing or no use, as far as waiting may help. */
export type TroubleKind = 'unreachable' | 'busy' | 'gateway' | 'heavy' | 'silent' | 'cut' | 'huge' | 'failed';

/** Something that may pass; said in words. */
export interface Trouble {
  readonly kind: TroubleKind;
  readonly status: number;
  readonly wrong: string;
  readonly found?: string | undefined;
  readonly remedy: string;
  /** What the server asks to wait, in milliseconds. */
  readonly retryAfter?: number | undefined;
}

/** Whether the session is being opened, where people wait for an answer, or runs overnight. */
export type Phase = 'opening' | 'running';

/**
 * How often a request is made again. Few times where each try costs the server a worker for a minute (`heavy`,
 * `silent`) or where it is the object (`failed`); many where the server is only restarting.
 */
const RETRIES: Readonly<Record<TroubleKind, number>> = {
  unreachable: 9,
  busy: 9,
  gateway: 5,
  cut: 4,
  heavy: 1,
  silent: 1,
  failed: 1,
  huge: 0,
};

/** Retries for a kind of trouble; at most one while the session is being opened, but for a server that is busy. */
export function retriesOf(kind: TroubleKind, phase: Phase): number {
  return phase === 'running' || kind === 'busy' ? RETRIES[kind] : Math.min(1, RETRIES[kind]);
}

const FIRST_WAIT = 1000;
const LONGEST_WAIT = 60_000;
/** Longest wait that a server may ask for, in milliseconds. */
export const LONGEST_RETRY_AFTER = 600_000;

/** Milliseconds before try `attempt` + 1: doubling from a second to a minute, of which a random half. */
export function backoff(attempt: number, random: () => number): number {
  const whole = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** attempt);
  return Math.round(whole / 2 + (whole / 2) * random());
}

/** Milliseconds that `Retry-After` asks for (RFC 9110 section 10.2.3: seconds or a date), bounded; none if it says nothing. */
export function retryAfter(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  const text = header.trim();
  const asked = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
  return Number.isNaN(asked) ? undefined : Math.min(LONGEST_RETRY_AFTER, Math.max(0, asked));
}
