import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { OmegraphError } from '../errors.js';
import { parseAccession } from './accession.js';
import { foldTerm } from './foldTerm.js';

/** A term as a terminology service knows it. */
export interface OlsTerm {
  readonly curie: string;
  readonly iri: string;
  readonly label: string;
  /** Prefix of its ontology. */
  readonly ontology: string;
  /** How alike text and label are, 0…1: the service's own scores cannot be compared. */
  readonly score: number;
}

export interface OlsOptions {
  /** Address before `/api`: `https://www.ebi.ac.uk/ols4`. */
  readonly base: string;
  /** Folder of the answers that are kept. */
  readonly cache: string;
  readonly userAgent: string;
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds that an answer may take; 10 000 when left out. */
  readonly timeout?: number;
  /** Milliseconds between two questions, at least; 250 when left out. */
  readonly pause?: number;
  /** Days that an answer is taken for current; 30 when left out. */
  readonly days?: number;
  /** Waits so many milliseconds; replaced in tests. */
  wait?(ms: number): Promise<void>;
  now?(): number;
}

/** What a client did. */
export interface OlsReport {
  asked: number;
  fromCache: number;
  /** Questions without an answer. */
  unanswered: number;
  /** Answers that are older than they should be, because the service did not answer. */
  stale: number;
  /** Why the service did not answer, the last time. */
  trouble: string | undefined;
}

/** One terminology service; questions go out one after another. */
export interface OlsClient {
  readonly base: string;
  readonly report: Readonly<OlsReport>;
  /** Terms for a text among ontologies (all when none is named); undefined when the service does not answer. */
  search(text: string, ontologies: readonly string[], limit: number): Promise<readonly OlsTerm[] | undefined>;
}

const RETRIES = 3;
/** After so many questions in a row without an answer the service is left alone. */
const GIVE_UP = 3;
const LONGEST_WAIT = 30_000;
const MOST_BYTES = 5_000_000;
const DAY = 86_400_000;

/**
 * A client for services with the OLS4 interface (`GET /api/search`): EBI, TIB, ZB MED. It keeps answers on disk, asks a few
 * times a second at most, waits as long as the service asks for, and gives up on one that is away.
 * @throws OmegraphError (config) when the base is no address
 */
export function olsClient(options: OlsOptions): OlsClient {
  const { cache, signal, timeout = 10_000, pause = 250, days = 30 } = options;
  const wait = options.wait ?? ((ms: number) => sleep(ms, undefined, signal && { signal }));
  const now = options.now ?? Date.now;
  const base = checkedBase(options.base);
  const report: OlsReport = { asked: 0, fromCache: 0, unanswered: 0, stale: 0, trouble: undefined };
  let inARow = 0;
  let next = 0;
  let queue: Promise<unknown> = Promise.resolve();

  const answerOf = async (url: string): Promise<string | undefined> => {
    for (let attempt = 0; attempt <= RETRIES; attempt++) {
      signal?.throwIfAborted();
      const early = next - now();
      if (early > 0) await wait(early);
      next = now() + pause;
      report.asked += 1;
      const answer = await ask(url, { timeout, signal, userAgent: options.userAgent });
      if (typeof answer === 'string') return answer;
      report.trouble = answer.wrong;
      if (!answer.again || attempt === RETRIES) return undefined;
      await wait(Math.min(LONGEST_WAIT, answer.after ?? 1000 * 2 ** attempt));
    }
    return undefined;
  };

  const search = async (text: string, ontologies: readonly string[], limit: number) => {
    const url = `${base}/api/search?${new URLSearchParams({
      q: text,
      ...(ontologies.length > 0 && { ontology: ontologies.map((o) => o.toLowerCase()).join(',') }),
      type: 'class',
      obsoletes: 'false',
      local: 'true',
      fieldList: 'iri,label,short_form,obo_id,ontology_prefix',
      rows: String(limit),
      format: 'json',
    }).toString()}`;
    const file = join(cache, `${createHash('sha256').update(url).digest('hex').slice(0, 32)}.json`);
    const kept = await keptAnswer(file, url);
    if (kept !== undefined && now() - kept.at < days * DAY) {
      report.fromCache += 1;
      return termsOf(kept.answer, text, limit);
    }
    const fresh = inARow >= GIVE_UP ? undefined : await answerOf(url);
    const terms = fresh === undefined ? undefined : termsOf(fresh, text, limit);
    if (fresh !== undefined && terms !== undefined) {
      inARow = 0;
      await keep(cache, file, JSON.stringify({ url, at: now(), answer: fresh }));
      return terms;
    }
    if (fresh !== undefined) report.trouble = 'the answer is not one of OLS';
    inARow += 1;
    if (kept === undefined) report.unanswered += 1;
    else report.stale += 1;
    return kept && termsOf(kept.answer, text, limit);
  };

  return {
    base,
    report,
    search(text, ontologies, limit) {
      const found = queue.then(() => search(text, ontologies, limit));
      queue = found.catch(() => undefined);
      return found;
    },
  };
}

function checkedBase(base: string): string {
  const bare = base.replace(/\/+$/, '').replace(/\/api(?:\/v2)?$/, '');
  if (URL.canParse(bare) && /^https?:$/.test(new URL(bare).protocol) && !/[?#]/.test(bare)) return bare;
  throw new OmegraphError('config', {
    where: 'terms.ols',
    wrong: 'this is no address of a terminology service',
    found: base,
    remedy: 'write one such as https://www.ebi.ac.uk/ols4',
  });
}

interface Failure {
  readonly wrong: string;
  readonly again: boolean;
  /** Milliseconds that the service asks to wait. */
  readonly after?: number | undefined;
}

async function ask(
  url: string,
  { timeout, signal, userAgent }: { timeout: number; signal: AbortSignal | undefined; userAgent: string },
): Promise<string | Failure> {
  const late = AbortSignal.timeout(timeout);
  try {
    const response = await fetch(url, {
      headers: { Accept: 'application/json', 'User-Agent': userAgent },
      signal: signal === undefined ? late : AbortSignal.any([late, signal]),
    });
    if (!response.ok) {
      await response.body?.cancel();
      const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
      const again = response.status === 429 || response.status >= 500;
      return { wrong: `HTTP ${response.status}`, again, after: seconds >= 0 ? seconds * 1000 : undefined };
    }
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    const reader = response.body?.getReader();
    for (let part = await reader?.read(); part?.done === false; part = await reader?.read()) {
      bytes += part.value.byteLength;
      if (bytes > MOST_BYTES) {
        await reader?.cancel();
        return { wrong: 'the answer is too large', again: false };
      }
      chunks.push(part.value);
    }
    return Buffer.concat(chunks, bytes).toString('utf8');
  } catch (error) {
    if (signal?.aborted === true) throw error;
    if (late.aborted) return { wrong: `no answer within ${timeout / 1000} s`, again: true };
    const { cause, message } = error as Error;
    return {
      wrong: cause instanceof Error ? cause.message || String((cause as NodeJS.ErrnoException).code) : message,
      again: true,
    };
  }
}

/** The terms of an answer (`response.docs`, as Solr writes it); undefined when it is none. */
function termsOf(answer: string, text: string, limit: number): readonly OlsTerm[] | undefined {
  let json: unknown;
  try {
    json = JSON.parse(answer);
  } catch {
    return undefined;
  }
  const docs = (json as { response?: { docs?: unknown } } | null)?.response?.docs;
  if (!Array.isArray(docs)) return undefined;
  const found = new Map<string, OlsTerm>();
  for (const doc of docs as readonly Readonly<Record<string, unknown>>[]) {
    const { iri, label, obo_id: oboId, short_form: shortForm } = doc;
    if (typeof iri !== 'string' || typeof label !== 'string' || !/^https?:\/\/[^\s<>"{}|\\^`]+$/.test(iri)) continue;
    const named = typeof oboId === 'string' ? oboId : String(shortForm ?? '').replace('_', ':');
    const curie = parseAccession(iri)?.curie ?? named;
    const [, ontology = '', local = ''] = /^([A-Za-z][\w.-]*):(\S+)$/.exec(curie) ?? [];
    // The stem of the prefix is what stands before the local part.
    if (local === '' || !iri.endsWith(local) || found.has(iri)) continue;
    found.set(iri, { curie, iri, label, ontology, score: likeness(text, label) });
  }
  return [...found.values()].sort((a, b) => b.score - a.score).slice(0, limit);
}

/** Share of three-letter parts that two texts have in common (Dice's coefficient), 1 for the same folded text. */
function likeness(a: string, b: string): number {
  const [x, y] = [parts(a), parts(b)];
  const common = [...x].filter((p) => y.has(p)).length;
  return x.size + y.size === 0 ? 0 : (2 * common) / (x.size + y.size);
}

function parts(text: string): ReadonlySet<string> {
  const padded = `  ${foldTerm(text)} `;
  return new Set(Array.from({ length: padded.length - 2 }, (_, i) => padded.slice(i, i + 3)));
}

async function keptAnswer(file: string, url: string): Promise<{ at: number; answer: string } | undefined> {
  try {
    const kept = JSON.parse(await readFile(file, 'utf8')) as { url?: unknown; at?: unknown; answer?: unknown };
    if (kept.url !== url || typeof kept.at !== 'number' || typeof kept.answer !== 'string') return undefined;
    return { at: kept.at, answer: kept.answer };
  } catch {
    // A cache that cannot be read is as good as none.
    return undefined;
  }
}

async function keep(folder: string, file: string, text: string): Promise<void> {
  const draft = `${file}.${process.pid}.tmp`;
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(draft, text);
    await rename(draft, file);
  } catch {
    // Then it is asked again the next time.
  }
}
