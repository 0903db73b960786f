/** What else a reader should know, and the start of the script. */
export const SCRIPT_NOTES = String.raw`
const WAYS = { columns: 'over the columns', sparql: 'by SPARQL on the embedded store', reference: 'by the reference engine' };

const fieldRows = (scope) => S.fields.map((f, i) => {
  const n = scope.counts.counts[i];
  return h('tr', {}, h('td', { class: 'soft' }, f.module), h('td', {}, h('span', { title: f.description }, f.label)), h('td', { class: 'soft' }, f.askedOf.join(', ')), h('td', {}, severity(f.severity)),
    [FILLED, INHERITED, FREE, MISSING, INVALID, WAIVED, NOT_APPLICABLE, NOT_AUDITED].map((s) => number(n[s])));
});

const renderNotes = (scope) => {
  const right = (text) => h('th', { scope: 'col', class: 'number' }, text);
  const about = (iri) => (S.fields.find((f) => f.field === iri) || S.shapes.find((s) => s.shape === iri) || { label: iri }).label;
  const note = (id, open, title, ...content) => h('details', { id, open }, h('summary', {}, h('h3', {}, title)), content);
  const elsewhere = S.shapes.filter((s) => s.way !== 'columns');
  const opened = new Set([...byId('notes').querySelectorAll('details[open]')].map((d) => d.id));
  fill(byId('notes'),
    h('h2', { id: 'notes-title' }, 'About this audit'),
    S.notAudited.length > 0 && note('not-audited', true, counted(S.notAudited.length, 'container') + ' not audited',
      table('Not audited', ['Container', right('Images'), 'Why'], S.notAudited.map((n) => h('tr', {}, h('td', {}, named(n.container, n.label || n.container, h('span', { class: 'soft' }, n.container))), number(n.images), h('td', { class: 'long' }, h('bdi', {}, n.reason)))))),
    S.waivers.length > 0 && note('waivers', opened.has('waivers'), counted(S.waivers.length, 'waiver') + ', ' + counted(S.server.waived, 'result') + ' waived',
      table('Waivers', ['About', 'On', 'Reason', 'Until', right('Results')], S.waivers.map((w) => h('tr', {}, h('td', {}, about(w.about)), h('td', {}, h('bdi', {}, w.on)), h('td', { class: 'long' }, h('bdi', {}, w.reason)), h('td', {}, w.until || '–', w.expired && h('b', {}, ' expired')), number(w.used))))),
    S.shapeWarnings.length > 0 && note('shape-warnings', opened.has('shape-warnings'), counted(S.shapeWarnings.length, 'remark') + ' on the shapes themselves',
      h('ul', {}, S.shapeWarnings.map((w) => h('li', {}, h('bdi', {}, w.message), h('br'), h('span', { class: 'soft iri' }, w.shape))))),
    (S.trend || []).length > 1 && note('trend', opened.has('trend'), 'Trend over ' + counted(S.trend.length, 'audit'),
      table('Trend', ['Audited', right('Complete'), right('Violations'), right('Warnings'), right('Hints'), right('Images')], S.trend.map((p) => h('tr', {}, h('td', {}, p.auditedAt.slice(0, 16).replace('T', ' '), p.partial && h('span', { class: 'soft' }, ' partial')), h('td', { class: 'number' }, percent(p.completeness)), number(p.results.violation), number(p.results.warning), number(p.results.info), number(p.images)))),
      S.groupTrends.length > 1 && table('Trend of groups', ['Group', ...S.trend.map((p) => right(p.auditedAt.slice(0, 10)))], S.groupTrends.map((g) => h('tr', {}, h('td', {}, h('bdi', {}, g.label)), g.series.map((share) => h('td', { class: 'number' }, percent(share))))))),
    note('fields', opened.has('fields'), 'All fields, counted' + (scope.kind === 'all' ? '' : ' in ' + scope.name),
      table('All fields', ['Module', 'Field', 'Asked of', 'When missing', ...STATUS.map((s) => right(s.word))], fieldRows(scope))),
    note('shapes', opened.has('shapes'), counted(S.shapes.length, 'shape') + ' of the profile ' + S.profile.label + (elsewhere.length > 0 ? ', ' + elsewhere.length + ' not run over the columns' : ''),
      table('Shapes', ['Shape', 'Severity', 'Run', 'What it says'], S.shapes.map((s) => h('tr', {}, h('td', {}, s.label || s.shape, h('br'), h('span', { class: 'soft iri' }, s.shape)), h('td', {}, severity(s.severity)), h('td', {}, WAYS[s.way], s.reason && h('span', { class: 'soft' }, ': ' + s.reason)), h('td', { class: 'long' }, s.message))))),
    note('how', opened.has('how'), 'How this is computed',
      h('dl', {}, STATUS.flatMap((s, i) => [h('dt', {}, h('i', { class: 'key s-' + i, 'aria-hidden': 'true' }), s.word), h('dd', {}, s.plural)])),
      h('p', {}, 'An image has what is stated on itself or on anything that contains it: well, plate, dataset, screen, project. The completeness of a field is the share of objects that state it (filled, inherited, free text) among those it is asked of; waived and not applicable ones do not count. The completeness of a dataset, container, group or module is the mean over its fields; optional fields are a bonus and do not count. 100 % means all, 0 % means none.'),
      h('p', { class: 'soft' }, 'Written by ' + S.software + ' from ' + grouped(S.triples) + ' triples with the profile ', h('span', { class: 'iri' }, S.profile.iri), '.')));
};

let before = '';
const refresh = async () => {
  state = readState();
  let scope;
  try {
    scope = await scopeNow();
  } catch (error) {
    fill(byId('gaps'), h('p', { class: 'notice' }, 'This part of the report cannot be read: ' + error.message));
    return;
  }
  const now = ['by', 'cols', 'sort', 'group', 'owner', 'container', 'part'].map((k) => state[k]).join('\n');
  if (now !== before) {
    const focused = document.activeElement && document.activeElement.name ? [document.activeElement.name, document.activeElement.value] : undefined;
    if (before.split('\n').slice(3).join() !== now.split('\n').slice(3).join()) { rowsShown = ROWS; allFixes = false; }
    renderMap(scope);
    renderFixes(scope);
    renderNotes(scope);
    if (focused) { const again = document.querySelector('#gaps input[name="' + focused[0] + '"][value="' + focused[1] + '"]'); if (again) again.focus(); }
  }
  before = now;
  if (!byId('filters').contains(document.activeElement) || document.activeElement.tagName !== 'INPUT') renderFilters();
  const list = renderObjects(scope).catch((error) => fill(byId('list'), h('p', { class: 'notice' }, 'The images cannot be listed: ' + error.message)));
  if (state.show) {
    const target = byId(state.show);
    history.replaceState(null, '', address({}));
    if (target) { target.scrollIntoView({ block: 'start' }); target.focus({ preventScroll: true }); }
  }
  await list;
  document.documentElement.dataset.ready = 'yes';
};
`;
