import type { Express } from 'express';
import type { AuditReport, StoredAudit } from '../audit/model.js';
import { descriptionQuery } from './entityData.js';
import { GRAPH_OFFERS, HTML_OFFER, negotiate } from './negotiate.js';
import { HttpProblem } from './problem.js';
import { abortSignalOf, sendAs } from './requests.js';
import { construct, type ServeContext } from './serveContext.js';
import { startPage } from './startPage.js';

/** How long the start page waits for an audit that runs for the first time. */
const PATIENCE_MS = 1500;

/** `/`: what the graph holds, as a page; as RDF the description of the dataset. */
export function startRoutes(app: Express, context: ServeContext): void {
  app.get('/', async (request, response) => {
    const offer = negotiate<string>(request.headers.accept, [HTML_OFFER, ...GRAPH_OFFERS]);
    if (!offer)
      throw new HttpProblem(406, 'format', 'There is no such format of this; ask for text/html or text/turtle', {
        Vary: 'Accept',
      });
    response.vary('Accept').set('Cache-Control', 'no-cache');
    const graph = GRAPH_OFFERS.find((o) => o.type === offer.type);
    const body = graph
      ? await construct(context, descriptionQuery(`${context.links.base}/`), graph.type, abortSignalOf(response))
      : startPage(context, await soon(context.audit?.()));
    sendAs(response, offer.type, body);
  });
}

/** The report when it is there soon; 'running' when it is not, undefined when there is none. */
async function soon(audit: Promise<StoredAudit> | undefined): Promise<AuditReport | 'running' | undefined> {
  if (!audit) return undefined;
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<'running'>((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS, 'running');
  });
  return Promise.race([audit.then(({ report }) => report).catch(() => undefined), patience]).finally(() =>
    clearTimeout(timer),
  );
}
