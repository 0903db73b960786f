import { escapeHtml, paragraphs } from './html.js';
import type { CrateFile } from './roCrate.js';
import { LICENSES, type StudyDescription } from './studyDescription.js';
import { affiliationsOf, contentText, studySummary } from './studySummary.js';

const STYLE =
  'body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b}' +
  'table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.3rem .8rem .3rem 0;' +
  'border-bottom:1px solid #ddd}th{font-weight:600}code{word-break:break-all}a{color:#0b5394}';

/** The crate as one static HTML page (RO-Crate 1.2, ro-crate-preview.html): no scripts, nothing loaded from elsewhere. */
export function roCratePreview(study: StudyDescription, files: readonly CrateFile[]): string {
  const summary = studySummary(study);
  const title = study.title ?? study.container;
  const rows: readonly (readonly [string, readonly string[]])[] = [
    ['Authors', study.authors.map((author) => person(study, author))],
    ['Licence', study.license === undefined ? [] : [link(LICENSES[study.license].url, LICENSES[study.license].name)]],
    ['Published', study.releaseDate === undefined ? [] : [escapeHtml(study.releaseDate)]],
    ['Keywords', study.keywords.length === 0 ? [] : [escapeHtml(study.keywords.join(', '))]],
    ['Organism', summary.organisms.map((o) => term(o.taxonIri, o.scientificName))],
    ['Imaging method', summary.methods.map((m) => term(m.iri, m.label))],
    ['Instrument', summary.instruments.map(escapeHtml)],
    ['Content', [contentText(summary)]],
    ['Funding', study.funding.grants.map((grant) => escapeHtml([grant.agency, grant.id].filter(Boolean).join(', ')))],
    ['Publications', study.publications.map(publication)],
    ['Links', study.links.map((l) => link(l.url, l.description ?? l.url))],
  ];
  const head = rows.filter(([, values]) => values.length > 0);
  return [
    '<!DOCTYPE html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escapeHtml(title)}</title>`,
    `<style>${STYLE}</style>`,
    '</head>',
    '<body>',
    `<h1>${escapeHtml(title)}</h1>`,
    paragraphs(study.description ?? ''),
    '<table>',
    ...head.map(([name, values]) => `<tr><th scope="row">${name}</th><td>${values.join('<br>')}</td></tr>`),
    '</table>',
    '<h2>Study components</h2>',
    '<table>',
    '<tr><th scope="col">Name</th><th scope="col">Files</th><th scope="col">Description</th></tr>',
    ...study.studyComponents.map(
      (c) =>
        `<tr><td>${escapeHtml(c.name)}</td><td>${c.files.length}</td><td>${escapeHtml(c.description ?? '')}</td></tr>`,
    ),
    '</table>',
    '<h2>Files</h2>',
    '<table>',
    '<tr><th scope="col">Name</th><th scope="col">Bytes</th><th scope="col">Content</th></tr>',
    ...files.map(
      (f) =>
        `<tr><td>${link(f.path.split('/').map(encodeURIComponent).join('/'), f.path)}</td><td>${f.bytes}</td><td>${escapeHtml(f.description)}</td></tr>`,
    ),
    '</table>',
    '<p>The same as JSON-LD: <a href="ro-crate-metadata.json">ro-crate-metadata.json</a></p>',
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function person(study: StudyDescription, author: StudyDescription['authors'][number]): string {
  const name =
    author.orcid === undefined ? escapeHtml(author.name) : link(`https://orcid.org/${author.orcid}`, author.name);
  const at = affiliationsOf(study, author).map((o) => o.name);
  return at.length === 0 ? name : `${name} (${escapeHtml(at.join('; '))})`;
}

function publication(p: StudyDescription['publications'][number]): string {
  const text = [p.authors, p.title, p.year].filter((part) => part !== undefined).join('. ');
  return p.doi === undefined ? escapeHtml(text) : `${escapeHtml(text)} ${link(`https://doi.org/${p.doi}`, p.doi)}`;
}

function term(iri: string | undefined, label: string): string {
  return iri === undefined ? escapeHtml(label) : link(iri, label);
}

/** Only addresses that a browser may open become links. */
function link(href: string, text: string): string {
  const isRelative = !/^[A-Za-z][A-Za-z0-9+.-]*:/.test(href);
  return isRelative || /^https?:/.test(href)
    ? `<a href="${escapeHtml(href)}">${escapeHtml(text)}</a>`
    : escapeHtml(text);
}
