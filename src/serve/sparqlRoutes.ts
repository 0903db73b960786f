import type { Express, Request, Response } from 'express';
import { sparql } from '../graph/sparqlText.js';
import { GRAPH_OFFERS, negotiate } from './negotiate.js';
import { HttpProblem } from './problem.js';
import { queryPage } from './queryPage.js';
import { abortSignalOf, sendAs } from './requests.js';
import { ask, construct, type ServeContext } from './serveContext.js';
import { serviceDescription } from './serviceDescription.js';
import { answerQuery, readOperation, wantsPage } from './sparqlProtocol.js';

/** `/sparql`: the SPARQL Protocol, the query page, the service description; and `/healthz`. */
export function sparqlRoutes(app: Express, context: ServeContext): void {
  app.get('/sparql', (request, response) => answer(context, request, response));
  app.post('/sparql', (request, response) => answer(context, request, response));
  app.all('/sparql', (request) => {
    throw new HttpProblem(405, 'method', `${request.method} is no way to ask a query; use GET or POST`, {
      Allow: 'GET, HEAD, POST, OPTIONS',
    });
  });
  app.get('/healthz', async (_request, response) => {
    await ask(context, sparql`ASK {}`);
    response
      .set('Cache-Control', 'no-store')
      .json({ status: 'ok', quads: await context.store.size(), version: context.store.version() });
  });
}

async function answer(context: ServeContext, request: Request, response: Response): Promise<void> {
  const operation = readOperation(request);
  if (wantsPage(request, operation)) {
    sendAs(response.vary('Accept'), 'text/html', queryPage(context, operation?.query));
  } else if (operation) {
    await answerQuery(context, operation, request, response);
  } else {
    const offer = negotiate(request.headers.accept, GRAPH_OFFERS);
    if (!offer)
      throw new HttpProblem(406, 'format', 'The description of the service is RDF; ask for text/turtle', {
        Vary: 'Accept',
      });
    const body = await construct(context, serviceDescription(context), offer.type, abortSignalOf(response));
    sendAs(response.vary('Accept'), offer.type, body);
  }
}
