import type { Express, Response } from 'express';
import type { AuditReport } from '../audit/auditReport.js';
import { auditCsv, auditJson } from '../audit/reports.js';
import { auditPage } from './auditPage.js';
import { HttpProblem } from './problem.js';
import { sendAs } from './requests.js';
import type { ServeContext } from './serveContext.js';

/** `/audit` as a page, with its twins `/audit.json` and `/audit.csv`. */
export function auditRoutes(app: Express, context: ServeContext): void {
  const route = (path: string, send: (report: AuditReport, response: Response) => void): void => {
    app.get(path, async (_request, response) => {
      if (!context.audit)
        throw new HttpProblem(404, 'not-found', 'The service was started without an audit; start it with one');
      const report = await context.audit();
      response.set('Cache-Control', 'no-cache');
      send(report, response);
    });
  };
  route('/audit', (report, response) => sendAs(response, 'text/html', auditPage(context, report)));
  route('/audit.json', (report, response) => sendAs(response, 'application/json', auditJson(report)));
  route('/audit.csv', (report, response) => {
    if (report.resultsOmitted > 0) {
      throw new HttpProblem(
        501,
        'too-large',
        `CSV of the audit: ${report.resultsOmitted} of its results are counted but not listed, and a CSV must not be cut; see /audit, or run \`omegraph audit --format csv\` for single containers`,
      );
    }
    sendAs(response.attachment('audit.csv'), 'text/csv', auditCsv(report));
  });
}
