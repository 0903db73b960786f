import type { Request, Response } from 'express';
import type { GraphFormat, ResultFormat } from '../graph/graphStore.js';
import { checkQuery, type QueryForm } from '../graph/sparqlGate.js';
import { graphText } from './graphText.js';
import { GRAPH_OFFERS, HTML_OFFER, negotiate, type Offer, offerNamed, RESULT_OFFERS } from './negotiate.js';
import { HttpProblem } from './problem.js';
import { abortSignalOf, notModified, sendAs } from './requests.js';
import type { ServeContext } from './serveContext.js';

/** A query operation (SPARQL 1.1 Protocol section 2.1). */
export interface QueryOperation {
  readonly query: string;
  readonly defaultGraphs: readonly string[];
  readonly namedGraphs: readonly string[];
  /** Value of `format=`, which stands above Accept. */
  readonly format: string | undefined;
}

const FORM = 'application/x-www-form-urlencoded';
const DIRECT = 'application/sparql-query';

/**
 * Reads the query operation off a request: GET, POST with a form, or POST of the query itself. Undefined for a GET without
 * a query. @throws HttpProblem when it is none, or an update
 */
export function readOperation(request: Request): QueryOperation | undefined {
  const params = new URLSearchParams(request.url.split('?').slice(1).join('?'));
  if (request.method === 'POST') {
    const type = request.headers['content-type'];
    const [media = '', ...parameters] = (type ?? '')
      .toLowerCase()
      .split(';')
      .map((p) => p.trim());
    if (media === 'application/sparql-update') throw readOnly();
    if (media !== FORM && media !== DIRECT) {
      const found = type === undefined ? 'no Content-Type' : `"${type}"`;
      throw new HttpProblem(415, 'media-type', `The query was sent with ${found}; send it as ${DIRECT} or ${FORM}`);
    }
    const charset =
      parameters
        .find((p) => p.startsWith('charset='))
        ?.slice(8)
        .replace(/"/g, '') ?? 'utf-8';
    if (charset !== 'utf-8') throw new HttpProblem(415, 'charset', `The query is in "${charset}"; send it in UTF-8`);
    const body = decodeUtf8(request.body);
    if (media === DIRECT) {
      if (params.has('query')) throw several();
      params.set('query', body);
    } else for (const [name, value] of new URLSearchParams(body)) params.append(name, value);
  }
  if (params.has('update') || params.has('using-graph-uri') || params.has('using-named-graph-uri')) throw readOnly();
  const [query, ...more] = params.getAll('query');
  if (more.length > 0) throw several();
  if (query === undefined) {
    if (request.method === 'POST')
      throw new HttpProblem(400, 'no-query', 'There is no query; send it as the parameter "query"');
    return undefined;
  }
  return {
    query,
    defaultGraphs: params.getAll('default-graph-uri'),
    namedGraphs: params.getAll('named-graph-uri'),
    format: params.get('format') ?? undefined,
  };
}

const several = (): HttpProblem =>
  new HttpProblem(400, 'several-queries', 'There is more than one query; send them one at a time');
const readOnly = (): HttpProblem =>
  new HttpProblem(403, 'update', 'The graph is read only; change the data at its source and export again');

function decodeUtf8(body: unknown): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.isBuffer(body) ? body : Buffer.alloc(0));
  } catch {
    throw new HttpProblem(400, 'charset', 'The query is not in UTF-8; send it in UTF-8');
  }
}

/** Whether a request for a query should be answered by the query page, as a browser's address line asks. */
export function wantsPage(request: Request, operation: QueryOperation | undefined): boolean {
  if (request.method === 'POST' || operation?.format !== undefined) return false;
  const offers: readonly Offer[] = operation
    ? [...RESULT_OFFERS, ...GRAPH_OFFERS, HTML_OFFER]
    : [...GRAPH_OFFERS, HTML_OFFER];
  return negotiate(request.headers.accept, offers)?.type === 'text/html';
}

/** Answers a query operation. @throws QueryRefusal, HttpProblem */
export async function answerQuery(
  context: ServeContext,
  operation: QueryOperation,
  request: Request,
  response: Response,
): Promise<void> {
  const { query, defaultGraphs, namedGraphs, format } = operation;
  const { store, deadlineMs } = context;
  const form = checkQuery(query);
  const offer = chooseFormat(form, format, request.headers.accept);
  response.vary('Accept').set('Cache-Control', 'no-store');
  const parts = [store.version(), offer.type, query, ...defaultGraphs, '', ...namedGraphs];
  if (!form.isVolatile && notModified(request, response, ...parts)) return;
  const signal = abortSignalOf(response);
  const inFormat = async (format: ResultFormat | GraphFormat): Promise<string> =>
    (await store.query(query, { format, deadlineMs, signal, defaultGraphs, namedGraphs })).body;
  const body = isGraphFormat(offer.type) ? await graphText(offer.type, inFormat) : await inFormat(offer.type);
  if (offer.name === 'csv' || offer.name === 'tsv') response.attachment(`results.${offer.name}`);
  sendAs(response, offer.type, body);
}

const isGraphFormat = (type: string): type is GraphFormat => GRAPH_OFFERS.some((o) => o.type === type);

function chooseFormat({ form }: QueryForm, format: string | undefined, accept: string | undefined) {
  const offers = form === 'select' || form === 'ask' ? RESULT_OFFERS : GRAPH_OFFERS;
  const offer = format === undefined ? negotiate(accept, offers) : offerNamed(format, offers);
  if (offer) return offer;
  throw new HttpProblem(
    406,
    'format',
    `There is no ${form.toUpperCase()} answer in "${format ?? accept}"; ask for one of ${offers.map((o) => o.type).join(', ')}`,
    { Vary: 'Accept' },
  );
}
