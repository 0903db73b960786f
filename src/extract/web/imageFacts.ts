import { type Finding, finding } from '../../findings.js';
import { asArray, asObject, asText, type Json } from '../json.js';
import { digitsOf } from './decodeContext.js';
import { webDate } from './wallClock.js';
import { WebFailure } from './webFailure.js';
import type { Query, WebSession } from './webSession.js';

/** What only the webclient tells of an image. */
export interface ImageFacts {
  /** Id. */
  readonly fileset?: string | undefined;
  readonly importDate?: string | undefined;
}

/** A list of the webclient that is read beside another list of the same images. */
export interface FactList {
  /** The facts of images, each told once; those that the list does not know are left out. */
  take(ids: readonly string[]): Promise<ReadonlyMap<string, ImageFacts>>;
  /** Images of the list that were never taken. */
  rest(): Promise<readonly string[]>;
}

/**
 * Fileset and import date of the images of a dataset (`id`) or of the orphaned ones. Both lists go by name, so that pages of one
 * size go hand in hand; what comes early waits. A list that cannot be read is a finding, and the images go without.
 */
export function factList(
  session: Pick<WebSession, 'get'>,
  query: Query,
  focus: string,
  say: (finding: Finding) => void,
): FactList {
  const waiting = new Map<string, ImageFacts>();
  const told = new Set<string>();
  let page = 1;
  let size: number | undefined;
  let ended = false;
  let misses = 0;
  let said = false;
  const ask = async (at: number, limit: number): Promise<number> => {
    try {
      const answer = await session.get('webclient/api/images/', [
        ...query,
        ['date', 'true'],
        ['page', at],
        ['limit', limit],
      ]);
      misses = 0;
      const rows = asArray(asObject(answer)?.images) ?? [];
      for (const json of rows) note(json);
      return rows.length;
    } catch (error) {
      if (!(error instanceof WebFailure)) throw error;
      misses += 1;
      if (limit === 1 || error.status < 500 || misses >= PATIENCE) {
        if (!said) say(finding('web-list-unreadable', focus, { detail: error.message }));
        said = true;
        if (limit > 1) ended = true;
        return limit;
      }
      // A page can only be divided into pages of one size.
      const parts = smallestDivisor(limit);
      let found = 0;
      for (let i = 1; i <= parts && !ended; i += 1) {
        const many = await ask((at - 1) * parts + i, limit / parts);
        found += many;
        if (many < limit / parts) break;
      }
      return found;
    }
  };
  const note = (json: Json): void => {
    const row = asObject(json);
    const id = digitsOf(row?.id);
    if (row === undefined || id === undefined || told.has(id)) return;
    waiting.set(id, { fileset: digitsOf(row.filesetId), importDate: webDate(asText(row.date) ?? '') });
  };
  const more = async (limit: number): Promise<void> => {
    size ??= limit;
    if ((await ask(page, size)) < size) ended = true;
    page += 1;
  };
  return {
    async take(ids) {
      while (!ended && ids.some((id) => !waiting.has(id) && !told.has(id))) await more(Math.max(ids.length, 200));
      const found = new Map<string, ImageFacts>();
      for (const id of ids) {
        const facts = waiting.get(id);
        if (facts !== undefined) found.set(id, facts);
        waiting.delete(id);
        told.add(id);
      }
      return found;
    },
    async rest() {
      while (!ended) await more(200);
      return [...waiting.keys()];
    },
  };
}

/** Failures in a row after which the list is given up. */
const PATIENCE = 10;

function smallestDivisor(number: number): number {
  for (let divisor = 2; divisor * divisor <= number; divisor += 1) if (number % divisor === 0) return divisor;
  return number;
}
