import type { Express, Request, Response } from 'express';
import { safeIri } from '../rdf/iris.js';
import { descriptionQuery, isKnown } from './entityData.js';
import { entityPage } from './entityPage.js';
import { GRAPH_OFFERS, HTML_OFFER, negotiate, type Offer, offerNamed } from './negotiate.js';
import { HttpProblem } from './problem.js';
import { abortSignalOf, notModified, sendAs } from './requests.js';
import { construct, type ServeContext } from './serveContext.js';

const OFFERS: readonly Offer[] = [HTML_OFFER, ...GRAPH_OFFERS];

/** A page, and Turtle, JSON-LD, N-Triples and more, for every IRI of the graph: its own path under the base, or `/describe?iri=`. */
export function entityRoutes(app: Express, context: ServeContext): void {
  app.get('/describe', async (request, response) => {
    const iri = typeof request.query.iri === 'string' ? request.query.iri : '';
    if (iri === '' || safeIri(iri) !== iri) {
      throw new HttpProblem(
        400,
        'iri',
        `"${iri}" is no IRI; write the whole IRI after /describe?iri=, percent-encoded`,
      );
    }
    if (!(await isKnown(context, iri, abortSignalOf(response)))) throw notFound(iri);
    const format = typeof request.query.format === 'string' ? request.query.format : undefined;
    await answer(context, iri, { offer: chosen(request, format), describe: true }, request, response);
  });
  app.get('/{*path}', async (request, response) => {
    const found = await findEntity(context, request.path, abortSignalOf(response));
    if (!found) throw notFound(context.links.base + request.path);
    const offer = chosen(request, found.suffix);
    await answer(context, found.iri, { offer, describe: false }, request, response);
  });
}

const notFound = (iri: string): HttpProblem =>
  new HttpProblem(
    404,
    'not-found',
    `The graph says nothing of <${safeIri(iri)}>; look at the start page for what it holds`,
  );

/** The entity that a path names; a suffix such as `.ttl` is one only where no entity has it in its name. */
async function findEntity(
  context: ServeContext,
  path: string,
  signal: AbortSignal,
): Promise<{ iri: string; suffix?: string } | undefined> {
  const [, stem, suffix] = /^(.+)\.([a-z]+)$/.exec(path) ?? [];
  const asSuffix = stem !== undefined && suffix !== undefined && offerNamed(suffix, OFFERS)?.name === suffix;
  for (const candidate of asSuffix ? [{ path }, { path: stem, suffix }] : [{ path }]) {
    for (const iri of context.links.irisOf(candidate.path)) {
      if (await isKnown(context, iri, signal))
        return { iri, ...('suffix' in candidate && { suffix: candidate.suffix }) };
    }
  }
  return undefined;
}

function chosen(request: Request, name: string | undefined): Offer {
  const offer = name === undefined ? negotiate(request.headers.accept, OFFERS) : offerNamed(name, OFFERS);
  if (offer) return offer;
  const asked = name ?? request.headers.accept;
  throw new HttpProblem(
    406,
    'format',
    `There is no "${asked}" of this; ask for one of ${OFFERS.map((o) => o.type).join(', ')}`,
    { Vary: 'Accept' },
  );
}

async function answer(
  context: ServeContext,
  iri: string,
  { offer, describe }: { readonly offer: Offer; readonly describe: boolean },
  request: Request,
  response: Response,
): Promise<void> {
  const { links, store } = context;
  const signal = abortSignalOf(response);
  response.vary('Accept');
  if (notModified(request, response, store.version(), offer.type, request.url)) return;
  const path = describe
    ? `/describe?iri=${encodeURIComponent(iri)}`
    : (links.href(iri)?.slice(links.prefix.length) ?? request.path);
  const number = Math.floor(Number(request.query.page));
  const page = Number.isSafeInteger(number) && number >= 1 && number <= 1_000_000 ? number : 1;
  const graph = GRAPH_OFFERS.find((o) => o.type === offer.type);
  const body = graph
    ? await construct(context, descriptionQuery(iri), graph.type, signal)
    : await entityPage(context, iri, { path, page, describe }, signal);
  sendAs(response, offer.type, body);
}
