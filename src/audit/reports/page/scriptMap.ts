/** The heat map: what is chosen, its parts as rows, modules or fields as columns; arrow keys move in it. */
export const SCRIPT_MAP = String.raw`
const ROWS = 25;
let rowsShown = ROWS;

const crumbs = (scope) => {
  const { group, owner, container, part } = state;
  const to = (change, text) => h('a', { href: address({ ...change, page: undefined, list: undefined }) }, text);
  const trail = [scope.kind === 'all' ? 'Everything' : to({ group: undefined, owner: undefined, container: undefined, part: undefined }, 'Everything')];
  const shared = group !== undefined ? group : owner;
  if (shared !== undefined) trail.push(scope.kind === 'group' || scope.kind === 'owner' ? h('bdi', {}, shared || 'not stated') : to({ container: undefined, part: undefined }, h('bdi', {}, shared || 'not stated')));
  if (container !== undefined && scope.data) {
    const c = S.containers[scope.containers[0]];
    const name = h('bdi', {}, c.label || c.container);
    trail.push(scope.kind === 'container' ? named(c.container, c.label || c.container, tellsMore(c.container, c.label) && h('span', { class: 'soft' }, c.container)) : to({ part: undefined }, name));
  }
  if (scope.kind === 'part') trail.push(named(scope.counts.ref, scope.name, tellsMore(part, scope.name) && h('span', { class: 'soft' }, part)));
  return h('nav', { 'aria-label': 'What is shown' }, h('ol', { class: 'crumbs' }, trail.map((t, i) => h('li', i === trail.length - 1 ? { 'aria-current': 'true' } : {}, t))));
};

const choice = (label, key, options) =>
  h('fieldset', { class: 'choice' }, h('legend', {}, label), options.map(([value, text]) =>
    h('label', {}, h('input', { type: 'radio', name: key, value, checked: state[key] === value, change: () => go({ [key]: value }) }), h('span', {}, text))));

const columnsNow = () =>
  state.cols === 'modules'
    ? S.modules.map((name, m) => ({ name, module: m, filter: { module: String(m), field: undefined }, first: true, share: (scope) => scope.moduleCompleteness[m] }))
    : S.fields.map((f, i) => ({
        name: f.label, module: S.modules.indexOf(f.module), field: i, optional: f.severity === 'info', filter: { field: String(i), module: undefined, severity: 'all' },
        wide: S.fields.filter((o) => o.module === f.module).length < 3, first: i === 0 || S.fields[i - 1].module !== f.module, share: (scope) => shareOf(scope.counts[i]), counts: (scope) => scope.counts[i],
      }));

const emptySign = (counts) => (!counts ? '–' : counts[WAIVED] > 0 ? 'w' : counts[NOT_AUDITED] > 0 ? '?' : counts[NOT_APPLICABLE] > 0 ? '–' : '');

const noteOf = (row, column) => {
  const counts = column.counts && column.counts(row);
  const start = [h('b', {}, h('bdi', {}, row.name)), ' · ', column.name, ': '];
  if (!counts) return [...start, percent(column.share(row)), column.share(row) === null ? ' – nothing is asked here' : ' complete'];
  const said = STATUS.map((s, i) => (counts[i] > 0 ? grouped(counts[i]) + ' ' + s.word : undefined)).filter(Boolean);
  return [...start, percent(column.share(row)), ' – ', said.length > 0 ? said.join(', ') : 'not asked of anything here', column.optional ? ' (optional)' : ''];
};

const mapRow = (row, columns, total) => {
  const cell = (column) => {
    const share = column.share(row);
    const counts = column.counts && column.counts(row);
    const text = share === null ? emptySign(counts) : String(percentNumber(share));
    const attributes = { class: 'level-' + levelOf(share) + (column.first ? ' first' : '') + (column.optional ? ' optional' : '') + (text === '' ? ' blank' : '') + (column.wide ? ' wide' : '') };
    const made = h('td', attributes, text === '' ? undefined : h('a', { tabindex: '-1', href: address({ ...NO_FILTERS, ...row.into, ...column.filter, status: share === 1 || share === null ? 'any' : undefined }, 'objects') }, text));
    made.note = () => noteOf(row, column);
    return made;
  };
  const label = row.into && !total
    ? h('a', { tabindex: '-1', href: address({ ...row.into, page: undefined, list: undefined }) }, h('bdi', {}, row.name))
    : h('span', {}, h('bdi', {}, row.name));
  const all = h('td', { class: 'all level-' + levelOf(row.completeness) }, row.completeness === null ? '–' : String(percentNumber(row.completeness)));
  return h('tr', { class: total ? 'total-row' : '' },
    h('th', { scope: 'row' }, label, row.ref && tellsMore(row.ref, row.name) && !total && !/^Experimenter/.test(row.ref) ? h('span', { class: 'soft ref' }, ' ' + row.ref) : undefined),
    h('td', { class: 'count' }, grouped(row.images)), all, columns.map(cell));
};

const SORTS = {
  gaps: (a, b) => (a.completeness === null ? 2 : a.completeness) - (b.completeness === null ? 2 : b.completeness),
  name: (a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }),
  images: (a, b) => b.images - a.images,
};

const renderMap = (scope) => {
  const columns = columnsNow();
  const rows = [...scope.children].sort(SORTS[state.sort] || SORTS.gaps);
  const shown = rows.slice(0, rowsShown);
  const groups = S.modules.map((name, m) => ({ name, span: columns.filter((c) => c.module === m).length })).filter((g) => g.span > 0);
  const fields = state.cols === 'fields';
  const note = h('p', { class: 'cell-note', role: 'status' }, h('span', { class: 'soft' }, 'Point at a cell, or move with the arrow keys, to read its numbers; open it to see the images.'));
  const head = fields
    ? [h('tr', { class: 'module-row' }, h('td', { colspan: '3' }), groups.map((g) => h('th', { scope: 'colgroup', colspan: g.span }, h('span', { title: g.name }, g.name)))),
       h('tr', { class: 'field-row' }, h('th', { scope: 'col' }, scope.childKind || ''), h('th', { scope: 'col', class: 'count' }, 'Images'), h('th', { scope: 'col', class: 'all' }, 'All'),
         columns.map((c) => h('th', { scope: 'col', class: (c.first ? 'first' : '') + (c.optional ? ' optional' : '') }, h('span', { title: S.fields[c.field].description }, c.name))))]
    : [h('tr', {}, h('th', { scope: 'col' }, scope.childKind || ''), h('th', { scope: 'col', class: 'count' }, 'Images'), h('th', { scope: 'col', class: 'all' }, 'All'), columns.map((c) => h('th', { scope: 'col' }, c.name)))];
  const grid = h('table', { class: 'map ' + state.cols }, h('caption', { class: 'visually-hidden' }, 'Share in percent of objects that state what is asked'),
    h('thead', {}, head),
    h('tbody', {}, shown.map((r) => mapRow(r, columns))),
    h('tfoot', {}, mapRow({ ...scope.counts, name: rows.length === 0 ? scope.name : scope.kind === 'all' ? 'Everything' : 'All together', into: {} }, columns, true)));
  moveWithArrows(grid);
  const tell = (event) => {
    const cell = event.target.closest('td');
    if (cell && cell.note) fill(note, cell.note());
  };
  grid.addEventListener('mouseover', tell);
  grid.addEventListener('focusin', tell);
  fill(byId('gaps'),
    h('h2', { id: 'gaps-title' }, 'Where the gaps are'),
    crumbs(scope),
    h('div', { class: 'tools' },
      scope.kind === 'all' && choice('Rows', 'by', [['groups', 'Groups'], ['owners', 'Owners'], ['containers', 'Containers']]),
      choice('Columns', 'cols', [['modules', 'Modules'], ['fields', 'Fields']]),
      rows.length > 1 && choice('Sorted by', 'sort', [['gaps', 'Gaps'], ['name', 'Name'], ['images', 'Images']])),
    h('div', { class: 'scroll map-scroll' }, grid),
    rows.length > rowsShown && h('p', { class: 'more' }, h('button', { type: 'button', click: () => { rowsShown += 100; renderMap(scope); } }, 'Show ' + Math.min(100, rows.length - rowsShown) + ' more'),
      h('span', { class: 'soft' }, ' ' + grouped(rowsShown) + ' of ' + grouped(rows.length) + ' are shown')),
    note,
    h('ul', { class: 'legend scale' }, [[5, 'all'], [4, '75 % or more'], [3, '50 %'], [2, '25 %'], [1, 'less'], [0, 'none']].map(([l, w]) => h('li', {}, h('i', { class: 'key level-' + l, 'aria-hidden': 'true' }), w)),
      h('li', {}, h('i', { class: 'key none', 'aria-hidden': 'true' }, '–'), 'not asked'), S.server.waived > 0 && h('li', {}, h('i', { class: 'key none', 'aria-hidden': 'true' }, 'w'), 'waived'),
      fields && S.fields.some((f) => f.severity === 'info') && h('li', { class: 'optional' }, 'Fields in italics are optional and do not count')));
};

/* One tab stop for the whole grid; arrows, Home and End move in it (WAI-ARIA grid pattern). */
const moveWithArrows = (grid) => {
  const lines = [...grid.querySelectorAll('tbody tr, tfoot tr')].map((tr) => [...tr.children].map((c) => c.querySelector('a')));
  let stop = lines.flat().find(Boolean);
  if (stop) stop.tabIndex = 0;
  grid.addEventListener('focusin', (event) => {
    if (stop && event.target !== stop && event.target.tagName === 'A') { stop.tabIndex = -1; stop = event.target; stop.tabIndex = 0; }
  });
  grid.addEventListener('keydown', (event) => {
    const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0], Home: [0, -999], End: [0, 999] }[event.key];
    const row = lines.findIndex((line) => line.includes(document.activeElement));
    if (!step || row < 0 || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const column = lines[row].indexOf(document.activeElement);
    let r = row + step[0];
    let c = column + (Math.abs(step[1]) > 1 ? 0 : step[1]);
    if (step[1] === -999) c = 0;
    if (step[1] === 999) c = lines[row].length - 1;
    for (; r >= 0 && r < lines.length && c >= 0 && c < lines[r].length; r += step[0], c += Math.sign(step[1]) * (Math.abs(step[1]) > 1 ? -1 : 1)) {
      if (lines[r][c]) { lines[r][c].focus(); return; }
      if (step[0] === 0 && step[1] === 0) return;
    }
  });
};
`;
