import { OmegraphError } from '../errors.js';
import type { Io } from './terminal.js';

/** Milliseconds that a JavaScript date can be away from 1970 (ECMA-262, "Time Values and Time Range"). */
const MOST_MS = 8.64e15;

/**
 * The system clock, or the fixed time of `SOURCE_DATE_EPOCH` (seconds since 1970) for reproducible runs.
 * @throws OmegraphError (config) when the variable is no such number.
 */
export function clock({ env }: Io): () => Date {
  const epoch = env.SOURCE_DATE_EPOCH;
  if (epoch === undefined || epoch === '') return () => new Date();
  const ms = Number(epoch) * 1000;
  if (!/^\d+$/.test(epoch) || ms > MOST_MS) {
    throw new OmegraphError('config', {
      where: 'SOURCE_DATE_EPOCH',
      wrong: 'this is not a number of seconds since 1970',
      found: epoch,
      remedy: 'write one such as 1800000000, or unset the variable',
    });
  }
  return () => new Date(ms);
}
