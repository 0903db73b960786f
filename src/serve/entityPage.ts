import { REMBI_FIELDS, rembiFieldOf } from '../rdf/rembi.js';
import { PREFIXES } from '../rdf/vocabulary.js';
import { counted, grouped } from '../words.js';
import {
  type Ancestor,
  ancestorsOf,
  type Fact,
  factsOf,
  incomingOf,
  type Listed,
  PAGE_SIZE,
  type Pair,
  type Part,
  pairsOf,
  partsOf,
} from './entityData.js';
import { factValue, iriValue } from './factValue.js';
import { type Html, html } from './html.js';
import { imageFacts } from './imageFacts.js';
import { type Links, localName, shortIri } from './links.js';
import { GRAPH_OFFERS } from './negotiate.js';
import { link, page } from './page.js';
import type { ServeContext } from './serveContext.js';

const RDF_TYPE = `${PREFIXES.rdf}type`;
const LABELS = [`${PREFIXES.rdfs}label`, `${PREFIXES.dcterms}title`, `${PREFIXES.schema}name`, `${PREFIXES.core}key`];
const COMMENT = `${PREFIXES.rdfs}comment`;
/** Shown elsewhere on the page. */
const ELSEWHERE = [RDF_TYPE, LABELS[0], COMMENT, `${PREFIXES.dcterms}isPartOf`, `${PREFIXES.omekg}acquisition_date`];
const HAS_ANNOTATION = `${PREFIXES.core}hasAnnotation`;
/** Its pairs are shown instead. */
const MAP_ANNOTATION = `${PREFIXES.core}MapAnnotation`;
/** Properties whose local name says little to a reader. */
const PREDICATE_NAMES: Readonly<Record<string, string>> = {
  [HAS_ANNOTATION]: 'annotations',
  [`${PREFIXES.omekg}tag_annotation_value`]: 'tags',
  [`${PREFIXES.dc}identifier`]: 'id',
  [`${PREFIXES.schema}taxonomicRange`]: 'taxon',
  [`${PREFIXES.dwciri}measurementMethod`]: 'imaging method (term)',
};
/** Types whose page shows the pairs of what they are part of. */
const INHERITING = ['Image', 'Dataset', 'Plate', 'Well'].map((t) => PREFIXES.core + t);
const FORMATS = ['ttl', 'jsonld', 'nt'];

/** The page of an entity, `path` being where it is shown. */
export async function entityPage(
  context: ServeContext,
  iri: string,
  where: { readonly path: string; readonly page: number; readonly describe: boolean },
  signal: AbortSignal,
): Promise<string> {
  const { links } = context;
  const [facts, ancestors] = await Promise.all([factsOf(context, iri, signal), ancestorsOf(context, iri, signal)]);
  const types = facts.filter((f) => f.predicate === RDF_TYPE).map((f) => f.value.value);
  const isImage = types.includes(`${PREFIXES.core}Image`);
  const [pairs, parts, incoming, glance] = await Promise.all([
    pairsOf(context, iri, types.some((t) => INHERITING.includes(t)) ? ancestors : [], signal),
    partsOf(context, iri, where.page, signal),
    incomingOf(context, iri, 1, signal),
    isImage ? imageFacts(context, iri, signal) : undefined,
  ]);
  const title = titleOf(links, iri, facts);
  const formats = GRAPH_OFFERS.filter((o) => FORMATS.includes(o.name)).map((o) => ({
    name: NAMES[o.name] ?? o.name,
    type: o.type,
    href: links.page(
      where.describe ? `/describe?iri=${encodeURIComponent(iri)}&format=${o.name}` : `${where.path}.${o.name}`,
    ),
  }));
  const body = html`
${breadcrumb(links, ancestors)}
<h1>${title}</h1>
<p class="lead">${types.map((t) => html`<span class="chip" title="${t}">${shortType(t)}</span>`)} <span class="iri">${outward(links, iri)}</span></p>
${facts.filter((f) => f.predicate === COMMENT).map((f) => html`<p class="text">${f.value.value}</p>`)}
<p class="formats">${formats.map((f) => html`<a href="${f.href}" type="${f.type}">${f.name}</a>`)}</p>
${glance}
${pairTable(links, pairs)}
${sections(withoutRepeats(facts, pairs), isImage).map(([name, own]) => factTable(links, name, own))}
${partList(links, parts, where)}
${incomingList(links, incoming)}`;
  return page(links, { title, body, alternates: formats });
}

const NAMES: Readonly<Record<string, string>> = { ttl: 'Turtle', jsonld: 'JSON-LD', nt: 'N-Triples' };

function titleOf(links: Links, iri: string, facts: readonly Fact[]): string {
  for (const predicate of LABELS) {
    const fact = facts.find(
      (f) => f.predicate === predicate && f.value.type === 'literal' && f.value.value.trim() !== '',
    );
    if (fact) return fact.value.value;
  }
  return iri.startsWith(`${links.base}/`) ? iri.slice(links.base.length + 1) : shortIri(iri);
}

const shortType = (iri: string): string =>
  iri.startsWith(PREFIXES.core) ? iri.slice(PREFIXES.core.length) : shortIri(iri);

/** The IRI; a link when it leads out of this service. */
function outward(links: Links, iri: string): Html {
  if (iri.startsWith(`${links.base}/`) || links.href(iri) === undefined) return html`${iri}`;
  return html`<a href="${iri}" rel="noopener noreferrer">${iri}</a>`;
}

function breadcrumb(links: Links, ancestors: readonly Ancestor[]): Html | undefined {
  if (ancestors.length === 0) return undefined;
  const items = ancestors.map(
    (a) => html`<li>${link(links, a.iri, a.label ?? (a.type ? shortType(a.type) : shortIri(a.iri)))}</li>`,
  );
  return html`<nav aria-label="Part of"><ol class="crumbs">${items}</ol></nav>`;
}

/** Without facts that only say again what the heading or the entity's own key-value pairs say. */
function withoutRepeats(facts: readonly Fact[], pairs: readonly Pair[]): readonly Fact[] {
  const own = pairs.filter((p) => !p.holder);
  const headings = facts.filter((f) => f.predicate === LABELS[0] || f.predicate === COMMENT).map((f) => f.value.value);
  const said = new Set([...own.flatMap((p) => [p.value, p.term]), ...headings]);
  return facts.filter((f) => isOme(f.predicate) || !said.has(f.value.value));
}

const isOme = (predicate: string): boolean =>
  predicate.startsWith(PREFIXES.core) || predicate.startsWith(PREFIXES.omekg);

/** Facts in groups: what REMBI and the ontologies say, what OME says, links to other objects, the rest. */
function sections(facts: readonly Fact[], isImage: boolean): readonly (readonly [string, readonly Fact[]])[] {
  const groups = new Map<string, Fact[]>(['Meaning', 'Properties', 'Linked objects', 'More'].map((name) => [name, []]));
  for (const fact of facts) {
    if (ELSEWHERE.includes(fact.predicate) || (isImage && fact.predicate === `${PREFIXES.core}acquisition_date`))
      continue;
    if (fact.predicate === HAS_ANNOTATION && fact.type === MAP_ANNOTATION) continue;
    groups.get(groupOf(fact))?.push(fact);
  }
  return [...groups].filter(([, own]) => own.length > 0);
}

function groupOf({ predicate, value, number }: Fact): string {
  if (
    rembiFieldOf(predicate) ||
    predicate === `${PREFIXES.schema}taxonomicRange` ||
    predicate.startsWith(PREFIXES.dwciri)
  )
    return 'Meaning';
  if (isOme(predicate) && value.type === 'uri' && number === undefined && !value.value.includes('#'))
    return 'Linked objects';
  return isOme(predicate) || predicate.startsWith(PREFIXES.dc) ? 'Properties' : 'More';
}

function factTable(links: Links, name: string, facts: readonly Fact[]): Html {
  const predicates = [...new Set(facts.map((f) => f.predicate))];
  const rows = predicates.map((predicate) => {
    const values = facts.filter((f) => f.predicate === predicate).map((f) => factValue(links, f));
    return html`<tr><th scope="row" title="${predicate}">${predicateName(predicate)}</th><td>${values.map((v, i) => html`${i > 0 && html`<br>`}${v}`)}</td></tr>\n`;
  });
  return html`<h2>${name}</h2>\n<table class="facts">${rows}</table>`;
}

function predicateName(predicate: string): string {
  const field = rembiFieldOf(predicate);
  return field ? REMBI_FIELDS[field].label : (PREDICATE_NAMES[predicate] ?? localName(predicate));
}

function pairTable(links: Links, pairs: readonly Pair[]): Html | undefined {
  if (pairs.length === 0) return undefined;
  const inherited = pairs.some((p) => p.holder);
  const rows = pairs.map(({ key, value, field, term, termLabel, holder, namespace }) => {
    const rembi = field === undefined ? undefined : rembiFieldOf(field);
    return html`<tr><td title="${namespace}">${key === '' ? html`<span class="soft">(empty)</span>` : key}</td><td class="text">${value === '' ? html`<span class="soft">(empty)</span>` : value}</td><td>${rembi ? REMBI_FIELDS[rembi].label : field ? shortIri(field) : html`<span class="soft">not mapped</span>`}</td><td>${term && iriValue(links, term, termLabel)}</td>${inherited && html`<td>${holder && link(links, holder.iri, holder.label ?? shortIri(holder.iri))}</td>`}</tr>\n`;
  });
  return html`<h2>Key-value pairs</h2>
<div class="scroll"><table><thead><tr><th scope="col">Key</th><th scope="col">Value</th><th scope="col">REMBI field</th><th scope="col">Ontology term</th>${inherited && html`<th scope="col">Inherited from</th>`}</tr></thead><tbody>
${rows}</tbody></table></div>`;
}

function partList(
  links: Links,
  { rows, total }: Listed<Part>,
  where: { readonly path: string; readonly page: number },
): Html | undefined {
  if (total === 0) return undefined;
  const pages = Math.ceil(total / PAGE_SIZE);
  const at = (n: number): string => `${links.page(where.path)}${where.path.includes('?') ? '&' : '?'}page=${n}`;
  const pager =
    pages > 1 &&
    html`<nav class="pager" aria-label="Pages of parts">${where.page > 1 && html`<a href="${at(where.page - 1)}" rel="prev">Previous</a>`}<span>Page ${where.page} of ${pages}</span>${where.page < pages && html`<a href="${at(where.page + 1)}" rel="next">Next</a>`}</nav>`;
  return html`<h2>Parts <span class="soft">(${grouped(total)})</span></h2>
<table>${rows.map((p) => html`<tr><td class="soft">${p.type && shortType(p.type)}</td><td>${partLink(links, p)}</td></tr>\n`)}</table>${pager}`;
}

function incomingList(links: Links, { rows, total }: Listed<Part>): Html | undefined {
  if (total === 0) return undefined;
  const more = total > rows.length && html`<p class="hint">The first ${grouped(rows.length)} of ${grouped(total)}.</p>`;
  return html`<details${total <= 20 && html` open`}><summary>${counted(total, 'link')} from elsewhere</summary>
<table>${rows.map((p) => html`<tr><td class="soft">${p.type && shortType(p.type)}</td><td>${partLink(links, p)}</td><td class="soft" title="${p.predicate}">${p.predicate && predicateName(p.predicate)}</td></tr>\n`)}</table>${more}</details>`;
}

function partLink(links: Links, { iri, label }: Part): Html {
  return link(
    links,
    iri,
    label ?? (iri.startsWith(`${links.base}/`) ? iri.slice(links.base.length + 1) : shortIri(iri)),
  );
}
