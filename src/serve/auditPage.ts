import type { AuditReport, ContainerReport, FieldReport, ModuleReport, ResultGroup } from '../audit/auditReport.js';
import type { Severity } from '../findings.js';
import { type Html, html } from './html.js';
import type { Links } from './links.js';
import { counted, grouped, link, page } from './page.js';
import type { ServeContext } from './serveContext.js';

/** The audit as a page: completeness by container and module, what is missing, and where. */
export function auditPage({ links }: ServeContext, report: AuditReport): string {
  const { totals } = report;
  const { violation, warning, info } = totals.results;
  const body = html`
<h1>Audit: ${report.profile.label}</h1>
<p class="lead">${counted(totals.images, 'image')} in ${counted(totals.containers, 'container')}: ${counted(violation, 'violation')}, ${counted(warning, 'warning')}, ${counted(info, 'hint')}. Audited ${report.auditedAt.slice(0, 16).replace('T', ' ')} UTC.
<span class="formats"><a href="${links.page('/audit.csv')}">CSV</a><a href="${links.page('/audit.json')}">JSON</a></span></p>
${notAudited(report)}
<h2>Completeness</h2>
${matrix(links, report)}
<p class="hint">Share of objects that have each expected field, on the object itself or on what it is part of. – means that nothing of the module is asked here.</p>
<h2>What to fix first</h2>
${findings(links, report.containers)}
<h2>Fields</h2>
${report.totals.modules.map((m) => fieldTable(m))}
${idle(report)}`;
  return page(links, { title: 'Audit', section: '/audit', body });
}

/** A cell of the matrix: the number, on one of five blues that also differ in lightness. */
function cell(share: number | null | undefined): Html {
  if (share === null || share === undefined) return html`<td class="none">–</td>`;
  const level = share >= 1 ? 4 : share >= 0.66 ? 3 : share >= 0.33 ? 2 : share > 0 ? 1 : 0;
  return html`<td class="level${level}">${percent(share)}</td>`;
}

/** A share in percent; 100 % means all and 0 % means none. */
export function percent(share: number): string {
  const rounded = Math.round(share * 100);
  return `${share > 0 && share < 1 ? Math.min(99, Math.max(1, rounded)) : rounded} %`;
}

function matrix(links: Links, { containers, totals }: AuditReport): Html {
  const names = totals.modules.map((m) => m.module);
  const cells = (modules: readonly ModuleReport[]) =>
    names.map((n) => cell(modules.find((m) => m.module === n)?.completeness));
  const rows = containers.map(
    (
      c,
    ) => html`<tr><th scope="row">${containerLink(links, c)}</th><td class="count">${grouped(c.images)}</td>${cells(c.modules)}${cell(c.completeness)}</tr>
${c.parts.map(
  (p) =>
    html`<tr class="part"><th scope="row">${link(links, p.node, p.label || p.ref)}</th><td class="count">${grouped(p.images)}</td>${cells(p.modules)}${cell(p.completeness)}</tr>\n`,
)}`,
  );
  return html`<div class="scroll"><table class="matrix"><thead><tr><th scope="col">Container</th><th scope="col">Images</th>${names.map((n) => html`<th scope="col">${n}</th>`)}<th scope="col">All</th></tr></thead><tbody>
${rows}</tbody>${
    containers.length > 1 &&
    html`<tfoot><tr><th scope="row">All containers</th><td class="count">${grouped(totals.images)}</td>${cells(totals.modules)}${cell(totals.completeness)}</tr></tfoot>`
  }</table></div>`;
}

function containerLink(links: Links, { container, label, graph }: ContainerReport): Html {
  const iri = container.includes(':') ? `${links.base}/${container.replace(':', '/')}` : graph;
  const name = label || container;
  return iri === undefined ? html`${name}` : link(links, iri, name);
}

const GRAVITY: Readonly<Record<Severity, number>> = { violation: 0, warning: 1, info: 2 };
const SEVERITY_NAMES: Readonly<Record<Severity, string>> = { violation: 'violation', warning: 'warning', info: 'hint' };
/** A sign before the word, so that the severity is not told by colour alone. */
const SIGNS: Readonly<Record<Severity, string>> = { violation: '■', warning: '▲', info: '○' };

function findings(links: Links, containers: readonly ContainerReport[]): Html {
  const groups = containers
    .flatMap((c) => c.groups.map((g) => ({ container: c, group: g })))
    .sort((a, b) => GRAVITY[a.group.severity] - GRAVITY[b.group.severity] || b.group.count - a.group.count);
  if (groups.length === 0) return html`<p>Nothing: every shape is satisfied.</p>`;
  const graver = groups.filter(({ group }) => group.severity !== 'info');
  const hints = groups.filter(({ group }) => group.severity === 'info');
  return html`${graver.length > 0 && findingTable(links, graver)}${
    hints.length > 0 &&
    html`<details${graver.length === 0 && html` open`}><summary>${counted(hints.length, 'kind')} of hints</summary>${findingTable(links, hints)}</details>`
  }`;
}

function findingTable(
  links: Links,
  rows: readonly { readonly container: ContainerReport; readonly group: ResultGroup }[],
): Html {
  return html`<div class="scroll"><table><thead><tr><th scope="col">Severity</th><th scope="col" class="number">Objects</th><th scope="col">What to do</th><th scope="col">For example</th><th scope="col">In</th></tr></thead><tbody>
${rows.map(
  ({ container, group }) =>
    html`<tr><td class="severity ${group.severity}">${SIGNS[group.severity]} ${SEVERITY_NAMES[group.severity]}</td><td class="number">${grouped(group.count)}</td><td>${group.message}${group.fieldLabel && html`<br><span class="soft">${group.module} › ${group.fieldLabel}</span>`}</td><td>${group.examples.slice(0, 3).map((e, i) => html`${i > 0 && ', '}${link(links, e.node, e.label || e.ref)}${e.image && html` <span class="soft">(${e.image})</span>`}`)}</td><td>${containerLink(links, container)}</td></tr>\n`,
)}</tbody></table></div>`;
}

function fieldTable({ module, fields }: ModuleReport): Html | undefined {
  const asked = fields.filter((f) => f.applicable > 0);
  if (asked.length === 0) return undefined;
  const number = (n: number): Html =>
    html`<td class="number">${n === 0 ? html`<span class="soft">0</span>` : grouped(n)}</td>`;
  const row = (f: FieldReport): Html =>
    html`<tr><td>${f.label}</td><td class="soft">${f.focusType}</td><td>${SEVERITY_NAMES[f.severity]}</td>${number(f.applicable)}${number(f.filled)}${number(f.inherited)}${number(f.missing)}${number(f.invalid)}${number(f.notGrounded)}</tr>\n`;
  return html`<h3>${module}</h3>
<div class="scroll"><table><thead><tr><th scope="col">Field</th><th scope="col">Asked of</th><th scope="col">When missing</th><th scope="col" class="number">Objects</th><th scope="col" class="number">Filled</th><th scope="col" class="number">Inherited</th><th scope="col" class="number">Missing</th><th scope="col" class="number">Invalid</th><th scope="col" class="number">No term</th></tr></thead><tbody>
${asked.map(row)}</tbody></table></div>`;
}

function notAudited({ notAudited: left, resultsOmitted }: AuditReport): Html {
  return html`${left.length > 0 && html`<p class="notice">Not audited: ${left.map((n, i) => html`${i > 0 && '; '}${n.label ?? n.container} (${n.reason})`)}</p>`}${
    resultsOmitted > 0 &&
    html`<p class="hint">${grouped(resultsOmitted)} further results are counted here but not listed in CSV and JSON.</p>`
  }`;
}

function idle({ idleShapes }: AuditReport): Html | undefined {
  if (idleShapes.length === 0) return undefined;
  return html`<details><summary>${counted(idleShapes.length, 'rule')} found nothing to look at</summary><ul>${idleShapes.map((s) => html`<li><span class="iri">${s.shape}</span> ${s.reason}</li>`)}</ul></details>`;
}

/** Completeness of each module as a row of number and bar, for the start page. */
export function completenessBars(modules: readonly ModuleReport[]): Html {
  return html`<table class="facts">${modules.map(
    (m) =>
      html`<tr><th scope="row">${m.module}</th><td>${
        m.completeness === null
          ? html`<span class="soft">– nothing asked here</span>`
          : html`<meter min="0" max="1" value="${m.completeness}" aria-label="${m.module}"></meter> ${percent(m.completeness)}`
      }</td></tr>\n`,
  )}</table>`;
}
