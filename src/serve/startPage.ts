import type { AuditReport } from '../audit/model.js';
import { counted, grouped, percent } from '../words.js';
import { completenessBars } from './auditPage.js';
import { type Html, html } from './html.js';
import { link, page } from './page.js';
import type { ServeContext } from './serveContext.js';

/** Types that a reader asks for first, in this order; others follow by number. */
const FIRST = [
  'Project',
  'Dataset',
  'Screen',
  'Plate',
  'Well',
  'Image',
  'Channel',
  'ROI',
  'Instrument',
  'MapAnnotation',
];
const TILES = 10;

/** The start page: what is in the graph, how complete it is, how to ask it. */
export function startPage(context: ServeContext, report: AuditReport | 'running' | undefined): string {
  const { links, manifest, publicBase } = context;
  const { containers } = manifest;
  const triples = [...containers, manifest.provenance, manifest.description].reduce(
    (sum, f) => sum + (f?.quads ?? 0),
    0,
  );
  const body = html`
<h1>Microscopy metadata as a graph</h1>
<p class="lead">${counted(containers.length, 'container')}, ${counted(triples, 'triple')}, from ${manifest.source}</p>
<ul class="tiles">${tiles(context).map(([type, n]) => html`<li><strong>${grouped(n)}</strong>${typeName(type, n)}</li>`)}</ul>
<h2>Containers</h2>
${containerTable(context, report)}
${completeness(context, report)}
<h2>Ask the graph</h2>
<p>In the browser on the <a href="${links.page('/sparql')}">query page</a>, with ${counted(context.queries.length, 'example')} to begin with. From programs over the SPARQL 1.1 Protocol:</p>
<pre tabindex="0">curl ${publicBase}/sparql -H 'Accept: text/csv' --data-urlencode \\
  'query=SELECT ?name { ?image a &lt;https://ld.openmicroscopy.org/core/Image&gt; ; &lt;http://www.w3.org/2000/01/rdf-schema#label&gt; ?name } LIMIT 10'</pre>
<p class="hint">Every object has a page and, at the same address, Turtle (<code>.ttl</code>), JSON-LD (<code>.jsonld</code>) and N-Triples (<code>.nt</code>).</p>`;
  return page(links, { title: 'Data', section: '/', body });
}

function tiles({ manifest }: ServeContext): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const c of manifest.containers)
    for (const [type, n] of Object.entries(c.counts)) counts.set(type, (counts.get(type) ?? 0) + n);
  const rank = (type: string): number => (FIRST.includes(type) ? FIRST.indexOf(type) : FIRST.length);
  return [...counts].sort(([a, n], [b, m]) => rank(a) - rank(b) || m - n).slice(0, TILES);
}

const PLURALS: Readonly<Record<string, string>> = { MapAnnotation: 'key-value annotations' };
const SINGULARS: Readonly<Record<string, string>> = { MapAnnotation: 'key-value annotation' };

function typeName(type: string, n: number): string {
  const words = /^[A-Z]+$/.test(type) ? type : type.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  if (n === 1) return SINGULARS[type] ?? words;
  return PLURALS[type] ?? (words.endsWith('s') ? words : `${words}s`);
}

function containerTable({ links, manifest }: ServeContext, report: AuditReport | 'running' | undefined): Html {
  const audited = report !== 'running' ? report : undefined;
  const rows = manifest.containers.map((c) => {
    const iri = c.container.includes(':')
      ? `${manifest.base.replace(/\/+$/, '')}/${c.container.replace(':', '/')}`
      : c.graph;
    const complete = audited?.containers.find((a) => a.container === c.container)?.completeness;
    return html`<tr><td>${link(links, iri, c.label ?? c.container)}</td><td class="soft">${c.container.replace(/:.*/, '')}</td><td class="number">${grouped(c.counts.Image ?? 0)}</td><td class="number">${grouped(c.quads)}</td>${audited && html`<td class="number">${typeof complete === 'number' ? percent(complete) : '–'}</td>`}<td class="soft">${c.exportedAt.slice(0, 16).replace('T', ' ')}</td></tr>\n`;
  });
  return html`<div class="scroll"><table><thead><tr><th scope="col">Name</th><th scope="col">Type</th><th scope="col" class="number">Images</th><th scope="col" class="number">Triples</th>${audited && html`<th scope="col" class="number">REMBI</th>`}<th scope="col">Exported (UTC)</th></tr></thead><tbody>
${rows}</tbody></table></div>`;
}

function completeness({ links }: ServeContext, report: AuditReport | 'running' | undefined): Html | undefined {
  if (report === undefined) return undefined;
  if (report === 'running') return html`<h2>Completeness</h2><p>The audit is running; reload the page in a while.</p>`;
  return html`<h2>Completeness</h2>
${completenessBars(report)}
<p><a href="${links.page('/audit')}">Audit: what is missing where</a></p>`;
}
