/** What to fix first, of what is chosen: by gravity, then by how many objects are concerned. */
export const SCRIPT_FIXES = String.raw`
const FIRST_FIXES = 8;
let allFixes = false;

const ASPECT_STATUS = { presence: MISSING, validity: INVALID, grounding: FREE };
/* How much the completeness of a scope grows when a field is stated (or stated well) everywhere in it. */
const gainOf = (scope, shape) => {
  const field = S.shapes[shape].field;
  const status = ASPECT_STATUS[S.shapes[shape].aspect];
  if (field === undefined || status === FREE || S.fields[field].severity === 'info') return 0;
  const asked = S.fields.filter((f, i) => f.severity !== 'info' && expected(scope.counts[i]) > 0).length;
  const counts = scope.counts[field];
  return expected(counts) === 0 ? 0 : counts[status] / expected(counts) / asked;
};

const fixesOf = (scope) => {
  const within = new Set(scope.containers);
  let fixes;
  if (scope.kind === 'part') {
    fixes = S.shapes.flatMap((s, shape) => {
      const count = s.field === undefined ? 0 : scope.counts.counts[s.field][ASPECT_STATUS[s.aspect]];
      const first = S.shapes.findIndex((o) => o.field === s.field && o.aspect === s.aspect) === shape;
      return count > 0 && first ? [{ shape, severity: s.severity, message: s.message, count, containers: [], examples: [] }] : [];
    });
  } else if (scope.kind === 'container') {
    fixes = scope.data.groups.filter((g) => g.count > 0).map((g) => ({ ...g, containers: [] }));
  } else {
    fixes = S.fixes.flatMap((f) => {
      const containers = f.containers.filter(([c]) => within.has(c));
      const count = containers.reduce((n, c) => n + c[1], 0);
      return count > 0 ? [{ ...f, containers, count, examples: scope.kind === 'all' ? f.examples : [] }] : [];
    });
  }
  return fixes.map((f) => ({ ...f, gain: gainOf(scope.counts, f.shape) })).sort((a, b) => GRAVITY[a.severity] - GRAVITY[b.severity] || b.count - a.count);
};

const points = (gain) => (gain < 0.0005 ? '' : '+' + (gain * 100).toFixed(1));

const fixRow = (fix, withWhere) => {
  const { shape, severity: grave, message, count, gain, containers, examples } = fix;
  const info = S.shapes[shape];
  const field = info.field === undefined ? undefined : S.fields[info.field];
  const filter = field
    ? { field: String(info.field), module: undefined, shape: undefined, status: STATUS[ASPECT_STATUS[info.aspect]].letter, severity: 'all' }
    : { field: undefined, module: undefined, shape: String(shape), status: undefined, severity: 'all' };
  const where = containers.slice(0, 3).map(([c, n]) => h('li', {}, h('a', { href: address({ container: S.containers[c].container, part: undefined, page: undefined }) }, h('bdi', {}, S.containers[c].label || S.containers[c].container)), h('span', { class: 'soft' }, ' ' + grouped(n))));
  return h('tr', {},
    h('td', { class: 'grave' }, severity(grave)),
    h('td', { class: 'what' }, h('b', {}, field ? field.label : info.label || info.shape), field ? h('span', { class: 'soft' }, ' ' + field.module) : undefined,
      h('p', {}, h('bdi', {}, message)),
      examples.length > 0 && h('p', { class: 'soft example' }, 'For example ', examples.slice(0, 2).map((e, i) => [i > 0 ? ', ' : '', named(e.ref, e.label, e.image !== undefined ? h('span', {}, '(', h('bdi', {}, e.image), ')') : undefined)]))),
    h('td', { class: 'number' }, h('a', { href: address({ ...NO_FILTERS, ...filter }, 'objects'), 'aria-label': 'show the ' + grouped(count) + ' objects' }, grouped(count))),
    h('td', { class: 'number gain' }, points(gain)),
    withWhere && h('td', { class: 'where' }, containers.length > 0 ? h('ul', { class: 'plain' }, where, containers.length > 3 && h('li', { class: 'soft' }, 'and ' + grouped(containers.length - 3) + ' more')) : undefined));
};

const renderFixes = (scope) => {
  const fixes = fixesOf(scope);
  const graver = fixes.filter((f) => f.severity !== 'info');
  const hints = fixes.filter((f) => f.severity === 'info');
  const withWhere = scope.kind !== 'part' && scope.kind !== 'container';
  const head = () => ['Severity', 'What to do', h('th', { scope: 'col', class: 'number' }, 'Objects'), h('th', { scope: 'col', class: 'number', title: 'Percentage points that the completeness grows by when it is done everywhere shown here' }, 'Points'), ...(withWhere ? ['Most of them in'] : [])];
  const shown = allFixes ? graver : graver.slice(0, FIRST_FIXES);
  fill(byId('fixes'),
    h('h2', { id: 'fixes-title' }, 'What to fix first', scope.kind !== 'all' && [' in ', h('bdi', {}, scope.name)]),
    graver.length === 0
      ? h('p', { class: 'fine' }, hints.length === 0 ? 'Nothing: all that is asked is there.' : 'Nothing but hints.')
      : table('What to fix first', head(), shown.map((f) => fixRow(f, withWhere)), 'fixes'),
    graver.length > FIRST_FIXES && h('p', { class: 'more' }, h('button', { type: 'button', 'aria-expanded': String(allFixes), click: () => { allFixes = !allFixes; renderFixes(scope); } }, allFixes ? 'Show the first ' + FIRST_FIXES : 'Show all ' + graver.length)),
    hints.length > 0 && h('details', {}, h('summary', {}, counted(hints.length, 'hint') + ' on optional fields'), table('Hints', head(), hints.map((f) => fixRow(f, withWhere)), 'fixes')),
    graver.length > 0 && h('p', { class: 'soft tip' }, 'A key-value pair on a dataset, project, plate or screen is enough for all images in it. ', h('code', {}, 'omegraph audit --fix-list <folder>'), ' writes these gaps as CSV files that OMERO’s script Import_from_csv takes back.'));
};
`;
