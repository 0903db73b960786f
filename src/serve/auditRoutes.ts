import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Express, Request, Response } from 'express';
import type { StoredAudit } from '../audit/model.js';
import { ROWS_IN_PAGE } from '../audit/reports/auditHtml.js';
import { containerData, pageSummary } from '../audit/reports/page/pageData.js';
import { REPORT_FORMATS } from '../audit/reports/reportFormats.js';
import { auditPage } from './auditPage.js';
import { HttpProblem } from './problem.js';
import { sendChunks } from './requests.js';
import type { ServeContext } from './serveContext.js';

const zipped = promisify(gzip);

/** `/audit` as a page, what its script asks for under `/audit/`, and its twins `/audit.json` and `/audit.csv`. */
export function auditRoutes(app: Express, context: ServeContext): void {
  const route = (
    path: string,
    send: (audit: StoredAudit, request: Request, response: Response) => Promise<void>,
  ): void => {
    app.get(path, async (request, response) => {
      if (!context.audit)
        throw new HttpProblem(404, 'not-found', 'The service was started without an audit; start it with one');
      const audit = await context.audit();
      response.set('Cache-Control', 'no-cache');
      await send(audit, request, response);
    });
  };
  route('/audit', async ({ report }, _request, response) => {
    response.type('html').send(auditPage(context, report));
  });
  route('/audit/summary.json', ({ report }, request, response) => {
    return sendJson(request, response, { ...pageSummary(report), unlisted: tooLarge(report) });
  });
  route('/audit/containers/:number.json', async (audit, request, response) => {
    const index = Number(request.params.number);
    const container = audit.report.containers[index];
    if (container === undefined) throw new HttpProblem(404, 'not-found', 'The audit has no such container');
    await sendJson(request, response, await containerData(audit, index, container.images <= ROWS_IN_PAGE));
  });
  route('/audit.json', (audit, _request, response) => {
    return sendChunks(response, 'application/json', REPORT_FORMATS.json.write(audit));
  });
  route('/audit.csv', (audit, _request, response) => {
    return sendChunks(response.attachment('audit.csv'), 'text/csv', REPORT_FORMATS.csv.write(audit));
  });
}

/** Numbers of the containers with more images than a page can hold. */
function tooLarge({ containers }: StoredAudit['report']): readonly number[] {
  return [...containers.keys()].filter((i) => (containers[i]?.images ?? 0) > ROWS_IN_PAGE);
}

/** Rows of many images are ten times smaller when packed. */
async function sendJson(request: Request, response: Response, body: object): Promise<void> {
  const text = JSON.stringify(body);
  response.vary('Accept-Encoding').setHeader('Content-Type', 'application/json');
  if (request.acceptsEncodings('gzip') !== 'gzip') response.send(Buffer.from(text));
  else response.set('Content-Encoding', 'gzip').send(await zipped(text));
}
