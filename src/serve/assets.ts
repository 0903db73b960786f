import type { Express } from 'express';
import { PAGE_SCRIPT } from '../audit/reports/page/pageScript.js';
import { PAGE_STYLE } from '../audit/reports/page/pageStyle.js';
import { QUERY_SCRIPT } from './queryScript.js';
import { STYLE } from './style.js';

/** The style and the script of the pages; nothing is fetched from anywhere else. */
export function assetRoutes(app: Express): void {
  const asset = (path: string, type: string, content: string): void => {
    app.get(path, (_request, response) => {
      response.set('Cache-Control', 'public, max-age=300').type(type).send(content);
    });
  };
  asset('/assets/style.css', 'css', STYLE);
  asset('/assets/query.js', 'text/javascript', QUERY_SCRIPT);
  asset('/assets/audit.css', 'css', PAGE_STYLE);
  asset('/assets/audit.js', 'text/javascript', PAGE_SCRIPT);
}
