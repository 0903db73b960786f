import { PREFIXES } from '../rdf/vocabulary.js';
import { html } from './html.js';
import { page } from './page.js';
import type { ServeContext } from './serveContext.js';

const SHOWN_PREFIXES = ['core', 'omekg', 'rembi', 'dcterms', 'rdfs', 'schema', 'obo'] as const;

/** What the editor holds before anything was asked. */
const FIRST_QUERY = `${SHOWN_PREFIXES.map((p) => `PREFIX ${p}: <${PREFIXES[p]}>`).join('\n')}

SELECT ?image ?name ?dataset WHERE {
  ?image a core:Image ; rdfs:label ?name .
  OPTIONAL { ?image dcterms:isPartOf ?d . ?d a core:Dataset ; rdfs:label ?dataset }
}
ORDER BY ?name
LIMIT 100
`;

/** The page for asking queries; without its script the form still downloads an answer. */
export function queryPage({ links, queries, deadlineMs }: ServeContext, query: string | undefined): string {
  const action = links.page('/sparql');
  const body = html`
<h1>Query</h1>
<div class="query">
<section aria-label="Query editor">
<form id="query-form" action="${action}" method="get" data-base="${links.base}" data-prefix="${links.prefix}">
<label for="query-text" class="visually-hidden">SPARQL query</label>
<textarea id="query-text" name="query" rows="18" spellcheck="false" autocapitalize="off" autocomplete="off"${query !== undefined && html` data-run="yes"`}>
${query ?? FIRST_QUERY}</textarea>
<div class="bar">
<button type="submit" id="run" class="primary">Run</button> <kbd>Ctrl</kbd>+<kbd>Enter</kbd>
<span class="spacer"></span>
<label for="format">Download as</label>
<select id="format" name="format">
<optgroup label="SELECT, ASK"><option value="csv">CSV</option><option value="tsv">TSV</option><option value="json">JSON</option><option value="xml">XML</option></optgroup>
<optgroup label="CONSTRUCT, DESCRIBE"><option value="ttl">Turtle</option><option value="jsonld">JSON-LD</option><option value="nt">N-Triples</option><option value="rdf">RDF/XML</option></optgroup>
</select>
<button type="submit" id="download">Download</button>
</div>
</form>
<div id="status" role="status" aria-live="polite"></div>
<div id="results" tabindex="-1"></div>
</section>
<aside aria-label="Examples">
<h2>Examples</h2>
<ul class="examples">
${queries.map(
  (q) =>
    html`<li><button type="button" class="example" data-query="${q.text}">${q.title}</button><p>${q.description}</p></li>\n`,
)}</ul>
<p class="hint">Read only. A query may run ${Math.round(deadlineMs / 1000)} seconds. The default graph is the union of all containers; one container alone: <code>GRAPH &lt;…/graph/Project/…&gt;</code>.</p>
</aside>
</div>`;
  return page(links, { title: 'Query', section: '/sparql', body, script: '/assets/query.js' });
}
