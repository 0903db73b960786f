import { counted, grouped } from '../words.js';
import { type Html, html } from './html.js';
import type { Links } from './links.js';
import { page } from './page.js';
import type { ReviewCandidate, ReviewDesk, ReviewSubject } from './reviewDesk.js';

/** What of the table is shown. */
export interface ReviewView {
  readonly show: 'open' | 'decided';
  readonly kind: 'key' | 'value' | undefined;
  /** From 1. */
  readonly page: number;
  readonly reviewer: string;
  /** What could not be done, in a sentence. */
  readonly notice?: string | undefined;
}

const A_PAGE = 20;

/** The address of a view. */
export function reviewAddress(links: Links, view: ReviewView, anchor = ''): string {
  const query = new URLSearchParams({
    show: view.show,
    ...(view.kind && { kind: view.kind }),
    ...(view.page > 1 && { page: String(view.page) }),
    ...(view.reviewer !== '' && { reviewer: view.reviewer }),
  });
  return `${links.page('/review')}?${query.toString()}${anchor === '' ? '' : `#${anchor}`}`;
}

/** The subjects of a view on its page, and how many there are. */
export function subjectsOf(
  all: readonly ReviewSubject[],
  view: ReviewView,
): { readonly shown: readonly ReviewSubject[]; readonly count: number; readonly pages: number; readonly page: number } {
  const fitting = all.filter((s) => s.state === view.show && (view.kind === undefined || s.kind === view.kind));
  const pages = Math.max(1, Math.ceil(fitting.length / A_PAGE));
  const at = Math.min(Math.max(1, view.page), pages);
  return { shown: fitting.slice((at - 1) * A_PAGE, at * A_PAGE), count: fitting.length, pages, page: at };
}

/** The page on which people decide about suggested mappings: forms only, no script. */
export function reviewPage(
  links: Links,
  desk: ReviewDesk,
  all: readonly ReviewSubject[],
  view: ReviewView,
  token: string,
): string {
  const { shown, pages, page: at } = subjectsOf(all, view);
  const decided = all.filter((s) => s.state === 'decided').length;
  const here = { ...view, page: at };
  const tab = (label: string, to: Partial<ReviewView>, isHere: boolean, n: number): Html =>
    html`<a href="${reviewAddress(links, { ...here, page: 1, ...to })}"${isHere && html` aria-current="true"`}>${label} <span class="soft">${grouped(n)}</span></a>\n`;
  const of = (show: ReviewView['show'], kind?: ReviewView['kind']): number =>
    all.filter((s) => s.state === show && (kind === undefined || s.kind === kind)).length;
  const body = html`
<h1>Review suggested mappings</h1>
<p class="lead"><progress max="${Math.max(1, all.length)}" value="${decided}" aria-label="Decided"></progress> ${grouped(decided)} of ${counted(all.length, 'text')} decided. Each decision is written to <code>${desk.file}</code> at once; accepted rows are used by the next export.</p>
${view.notice !== undefined && html`<p class="notice" role="alert">${view.notice}</p>`}
<form class="reviewer" method="get" action="${links.page('/review')}">
<input type="hidden" name="show" value="${view.show}">${view.kind && html`<input type="hidden" name="kind" value="${view.kind}">`}
<label for="reviewer">Your name, kept with your decisions (may stay empty)</label> <input id="reviewer" name="reviewer" value="${view.reviewer}" maxlength="100" autocomplete="name"> <button type="submit">Use this name</button>
</form>
<nav class="tabs" aria-label="What to show">
${tab('To decide', { show: 'open', kind: undefined }, view.show === 'open' && view.kind === undefined, of('open'))}${tab('Keys', { show: 'open', kind: 'key' }, view.show === 'open' && view.kind === 'key', of('open', 'key'))}${tab('Values', { show: 'open', kind: 'value' }, view.show === 'open' && view.kind === 'value', of('open', 'value'))}${tab('Decided', { show: 'decided', kind: undefined }, view.show === 'decided', of('decided'))}</nav>
${shown.length === 0 && html`<p>${all.length === 0 ? 'The table has no rows: run omegraph mappings suggest.' : view.show === 'open' ? 'Nothing is left to decide here.' : 'Nothing is decided yet.'}</p>`}
${shown.map((s, i) => subjectCard(links, desk, s, here, token, shown[i + 1]?.id ?? shown[i - 1]?.id ?? ''))}
${pages > 1 && html`<nav class="pager" aria-label="Pages">${at > 1 && html`<a href="${reviewAddress(links, { ...here, page: at - 1 })}">Previous</a>`}<span>Page ${at} of ${pages}</span>${at < pages && html`<a href="${reviewAddress(links, { ...here, page: at + 1 })}">Next</a>`}</nav>`}`;
  return page(links, { title: 'Review', section: '/review', body });
}

function subjectCard(
  links: Links,
  desk: ReviewDesk,
  subject: ReviewSubject,
  view: ReviewView,
  token: string,
  next: string,
): Html {
  const { id, text, kind, field, objects, where, candidates, state } = subject;
  const offered = candidates.filter((c) => !c.isNone && (state === 'open' || c.decision !== 'open'));
  const none = candidates.find((c) => c.isNone);
  // Two forms: Enter in the field for another term must not press the first candidate's button.
  const hidden = Object.entries({
    ...{ token, id, next, show: view.show, kind: view.kind ?? '', page: view.page, reviewer: view.reviewer },
  }).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`);
  const rows = offered.map((c) => candidateRow(c, state));
  return html`<section class="review" id="s-${id}" aria-labelledby="t-${id}">
<h2 id="t-${id}"><bdi>${text}</bdi></h2>
<p class="about"><span class="chip">${kind === 'key' ? 'key' : `value of ${field ?? 'a field'}`}</span>${objects !== undefined && html`<span class="chip">${counted(objects, 'object')}</span>`}<span class="soft">${where}</span></p>
<form method="post" action="${links.page('/review')}">${hidden}
${
  offered.length > 0
    ? html`<div class="scroll"><table class="candidates"><thead><tr><th scope="col">Candidate</th><th scope="col">Likeness</th><th scope="col">Why</th><th scope="col">Decision</th></tr></thead><tbody>
${rows}</tbody></table></div>`
    : state === 'open' && html`<p class="hint">Nothing in the tables and ontologies is like it.</p>`
}
<div class="bar">${
    state === 'open'
      ? html`<button type="submit" name="act" value="none">${kind === 'key' ? 'No field of REMBI' : 'There is no term'}</button>${
          offered.some((c) => c.decision === 'open') &&
          html` <button type="submit" name="act" value="reject-all">Reject all</button>`
        }`
      : html`${none?.decision === 'accepted' && html`<span class="decided">${kind === 'key' ? 'No field of REMBI' : 'There is no term'}</span>`}<span class="spacer"></span><button type="submit" name="act" value="reopen">Decide again</button>`
  }</div>
</form>
${state === 'open' && html`<form class="bar other" method="post" action="${links.page('/review')}">${hidden}${otherObject(desk, subject)}</form>`}
</section>\n`;
}

function candidateRow(
  { object, label, score, because, decision }: ReviewCandidate,
  state: ReviewSubject['state'],
): Html {
  const buttons = html`<button type="submit" class="primary" name="act" value="accept ${object}">Accept</button> <button type="submit" name="act" value="reject ${object}">Reject</button>`;
  const said = decision === 'accepted' ? '✓ accepted' : decision === 'rejected' ? '✗ rejected' : '';
  return html`<tr class="${decision}"><td><strong>${label}</strong> <span class="iri">${object}</span></td><td>${score !== undefined && html`<meter min="0" max="1" value="${score}" aria-label="Likeness"></meter> ${score.toFixed(2)}`}</td><td class="soft">${because}</td><td class="act">${decision === 'open' && state === 'open' ? buttons : html`<span class="said">${said}</span>`}</td></tr>\n`;
}

function otherObject(desk: ReviewDesk, { id, kind }: ReviewSubject): Html {
  if (kind === 'value')
    return html`<label for="o-${id}">Another term</label> <input id="o-${id}" name="object" size="18" placeholder="UBERON:0000955" maxlength="100"> <button type="submit" name="act" value="other">Accept this term</button>`;
  return html`<label for="o-${id}">Another field</label> <select id="o-${id}" name="object"><option value="">choose …</option>${desk.fields.map((f) => html`<option value="${f.object}">${f.label}</option>`)}</select> <button type="submit" name="act" value="other">Accept this field</button>`;
}
