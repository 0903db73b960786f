import { createHash } from 'node:crypto';
import type { AuditReport, StoredAudit } from '../model.js';
import { containerData, pageSummary, visibleText } from './page/pageData.js';
import { packed } from './page/packed.js';
import { pageBody } from './page/pageBody.js';
import { PAGE_SCRIPT } from './page/pageScript.js';
import { PAGE_STYLE } from './page/pageStyle.js';
import type { ReportOptions } from './report.js';
import { xml } from './xmlText.js';

/** Objects that one file lists; containers beyond are told per dataset. */
export const ROWS_IN_PAGE = 200_000;

const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/**
 * The audit as one HTML file that asks nothing of the network (its Content-Security-Policy forbids it): heat map, what to
 * fix first, and every image of at most `rows` objects; of containers beyond that it tells datasets only, and says so.
 */
export async function* auditHtml(audit: StoredAudit, options: ReportOptions = {}): AsyncGenerator<string> {
  const { report } = audit;
  const listed = listedContainers(report, options.rows ?? ROWS_IN_PAGE);
  yield `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${hash(PAGE_STYLE)}; script-src ${hash(PAGE_SCRIPT)}; img-src data:; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="${xml(report.software)}">
<title>${xml(visibleText(`${report.profile.label} audit`))} · ${xml(report.auditedAt.slice(0, 10))}</title>
<link rel="icon" href="data:,">
<style>${PAGE_STYLE}</style>
</head>
<body class="alone">
<a class="skip" href="#gaps">Skip to the gaps</a>
<main class="audit">
${pageBody(report)}
</main>
${dataScript('audit-summary', await packed({ ...pageSummary(report, options.trend), unlisted: unlisted(report, listed) }))}`;
  for (const index of report.containers.keys()) {
    yield dataScript(`audit-container-${index}`, await packed(await containerData(audit, index, listed.has(index))));
  }
  yield `<script>${PAGE_SCRIPT}</script>\n</body>\n</html>\n`;
}

/** A data block: the browser neither runs nor parses it (HTML section 4.12.1). */
function dataScript(id: string, data: string): string {
  return `<script type="application/octet-stream" id="${id}">${data}</script>\n`;
}

/** Numbers of the containers whose objects fit into the page together, in the order of the report. */
function listedContainers({ containers }: AuditReport, rows: number): ReadonlySet<number> {
  const listed = new Set<number>();
  let left = rows;
  for (const [index, { images, parts }] of containers.entries()) {
    const objects = images + parts.length + 1;
    if (objects > left) continue;
    left -= objects;
    listed.add(index);
  }
  return listed;
}

/** Numbers of the containers whose images are not listed. */
function unlisted({ containers }: AuditReport, listed: ReadonlySet<number>): readonly number[] {
  return [...containers.keys()].filter((index) => !listed.has(index));
}
