import { type Html, type HtmlPart, html } from './html.js';
import type { Links } from './links.js';

/** What a page is made of. */
export interface Page {
  readonly title: string;
  /** Path of the section that the navigation marks. */
  readonly section?: '/' | '/sparql' | '/audit' | '/review';
  readonly body: HtmlPart;
  /** The same thing in other formats: address and media type. */
  readonly alternates?: readonly { readonly href: string; readonly type: string }[];
  /** Script of the service that the page runs. */
  readonly script?: string;
  /** Style of the service that the page needs beside the common one. */
  readonly style?: string;
}

const SECTIONS = [
  ['/', 'Data'],
  ['/sparql', 'Query'],
  ['/audit', 'Audit'],
] as const;

/** A whole document in the one style of the service. */
export function page(links: Links, { title, section, body, alternates = [], script, style }: Page): string {
  const document: Html = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · omegraph</title>
<link rel="stylesheet" href="${links.page('/assets/style.css')}">
${style && html`<link rel="stylesheet" href="${links.page(style)}">\n`}<link rel="icon" href="data:,">
${alternates.map((a) => html`<link rel="alternate" type="${a.type}" href="${a.href}">\n`)}${script && html`<script src="${links.page(script)}" defer></script>\n`}</head>
<body>
<a class="skip" href="#main">Skip to content</a>
<header class="top">
<a class="brand" href="${links.page('/')}">omegraph</a>
<nav aria-label="Main">
${[...SECTIONS, ...(links.review ? ([['/review', 'Review']] as const) : [])].map(([path, label]) => html`<a href="${links.page(path)}"${section === path && html` aria-current="page"`}>${label}</a>\n`)}</nav>
</header>
<main id="main">
${body}
</main>
</body>
</html>
`;
  return document.html;
}

/** A link on a page, or the text alone when the IRI leads nowhere a browser should go. */
export function link(links: Links, iri: string, text: HtmlPart, title?: string): Html {
  const href = links.href(iri);
  if (href === undefined) return html`<span title="${title ?? iri}">${text}</span>`;
  return html`<a href="${href}" title="${title ?? iri}">${text}</a>`;
}
