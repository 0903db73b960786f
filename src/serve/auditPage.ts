import type { AuditReport } from '../audit/model.js';
import { pageBody } from '../audit/reports/page/pageBody.js';
import { percent } from '../words.js';
import { type Html, html } from './html.js';
import { page } from './page.js';
import type { ServeContext } from './serveContext.js';

/** The audit as a page: the same as the HTML report, which asks the service for its data. */
export function auditPage({ links }: ServeContext, report: AuditReport): string {
  const body = html`<p class="formats"><a href="${links.page('/audit.csv')}">CSV</a><a href="${links.page('/audit.json')}">JSON</a></p>
<div class="audit" data-at="${links.page('/audit')}" data-pages="${links.prefix}">
${{ html: pageBody(report) }}</div>
<noscript>${completenessBars(report)}</noscript>`;
  return page(links, {
    title: 'Audit',
    section: '/audit',
    body,
    script: '/assets/audit.js',
    style: '/assets/audit.css',
  });
}

/** Completeness of each module as a row of number and bar, for the start page. */
export function completenessBars({ modules, server }: AuditReport): Html {
  const row = (module: string, share: number | null): Html =>
    html`<tr><th scope="row">${module}</th><td>${
      share === null
        ? html`<span class="soft">– nothing asked here</span>`
        : html`<meter min="0" max="1" value="${share}" aria-label="${module}"></meter> ${percent(share)}`
    }</td></tr>\n`;
  return html`<table class="facts">${modules.map((m, i) => row(m, server.moduleCompleteness[i] ?? null))}</table>`;
}
