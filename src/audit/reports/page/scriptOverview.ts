/** The head of the page: how much of what is asked is there, and by module. */
export const SCRIPT_OVERVIEW = String.raw`
const sumOfCounts = (scope) => {
  const sum = STATUS.map(() => 0);
  S.fields.forEach((f, i) => {
    if (f.severity !== 'info') scope.counts[i].forEach((n, s) => { sum[s] += n; });
  });
  return sum;
};

const stack = (sum) => {
  const shown = [FILLED, INHERITED, FREE, INVALID, MISSING, WAIVED].filter((s) => sum[s] > 0);
  const total = shown.reduce((n, s) => n + sum[s], 0);
  if (total === 0) return undefined;
  return h('figure', { class: 'stack' },
    h('div', { class: 'stack-bar', 'aria-hidden': 'true' }, shown.map((s) => h('i', { class: 's-' + s, grow: (sum[s] / total) * 100 }))),
    h('figcaption', {}, h('ul', { class: 'legend' }, shown.map((s) =>
      h('li', {}, h('i', { class: 'key s-' + s, 'aria-hidden': 'true' }), STATUS[s].word + ' ', h('b', {}, percent(sum[s] / total)), h('span', { class: 'soft' }, ' ' + grouped(sum[s])))))));
};

/* Completeness from audit to audit as a line; the words beside it and the table below say the same. */
const drawn = (name, attributes, ...children) => {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  made.append(...children);
  return made;
};
const trendLine = () => {
  const points = (S.trend || []).filter((p) => p.completeness !== null);
  if (points.length < 2) return undefined;
  const W = 260, H = 46, times = points.map((p) => Date.parse(p.auditedAt));
  const low = Math.min(...points.map((p) => p.completeness)), high = Math.max(...points.map((p) => p.completeness));
  const x = (i) => 4 + ((times[i] - times[0]) / Math.max(1, times[times.length - 1] - times[0])) * (W - 8);
  const y = (i) => H - 6 - ((points[i].completeness - low) / Math.max(0.02, high - low)) * (H - 12);
  const line = points.map((p, i) => x(i).toFixed(1) + ',' + y(i).toFixed(1)).join(' ');
  const first = points[0], last = points[points.length - 1];
  const change = (last.completeness - first.completeness) * 100;
  return h('div', { class: 'trend' },
    drawn('svg', { viewBox: '0 0 ' + W + ' ' + H, width: W, height: H, 'aria-hidden': 'true' }, drawn('polyline', { points: line }), ...points.map((p, i) => drawn('circle', { cx: x(i), cy: y(i), r: i === points.length - 1 ? 4 : 2.5 }))),
    h('p', {}, h('b', {}, Math.abs(change) < 0.05 ? 'As complete' : (change > 0 ? '+' : '') + change.toFixed(1).replace('-', '−') + ' points'), Math.abs(change) < 0.05 ? ' as on ' : ' since ' + first.auditedAt.slice(0, 10) + ': from ' + percent(first.completeness) + ' to ' + percent(last.completeness) + ', ' + grouped(first.results.violation) + ' to ' + counted(last.results.violation, 'violation')));
};

const renderOverview = () => {
  const { results, completeness, images, imagesNotAudited } = S.server;
  const tile = (figure, words, kind) => h('li', { class: kind || '' }, h('b', {}, figure), ' ', words);
  const left = S.notAudited.length;
  byId('lead').textContent = counted(images - imagesNotAudited, 'image') + ' in ' + counted(S.containers.length, 'container') + (S.groups.length > 1 ? ' of ' + counted(S.groups.length, 'group') : '') + ', asked for ' + counted(S.fields.length, 'field') + ' of ' + S.profile.label;
  const unlisted = (S.unlisted || []).length;
  fill(byId('overview'),
    S.partial && h('p', { class: 'notice' }, h('b', {}, 'Partial. '),
      left > 0 ? [counted(left, 'container'), ' with ', counted(imagesNotAudited, 'image'), ' could not be audited: '] : 'Not everything was audited. ',
      S.notAudited.slice(0, 2).map((n) => (n.label || n.container) + ' ').join(', '), h('a', { href: '#notes', 'data-open': 'not-audited' }, 'see why'), '.'),
    unlisted > 0 && h('p', { class: 'notice calm' }, 'The images of ' + counted(unlisted, 'container') + ' are not listed one by one, as there are more than a page can hold; their datasets are. The CSV report lists everything.'),
    h('div', { class: 'overview' },
      h('div', { class: 'total' },
        h('p', { class: 'big' }, percent(completeness), h('span', {}, ' complete')),
        stack(sumOfCounts(S.server)),
        trendLine(),
        h('ul', { class: 'tiles' },
          tile(grouped(images - imagesNotAudited), 'images audited'), tile(grouped(results.violation), severity('violation', results.violation !== 1), 'violation'),
          tile(grouped(results.warning), severity('warning', results.warning !== 1), 'warning'), tile(grouped(results.info), severity('info', results.info !== 1), 'info'),
          S.server.waived > 0 && tile(grouped(S.server.waived), 'waived'))),
      h('div', { class: 'by-module' }, h('h2', {}, 'By module'), h('ul', {}, S.modules.map((m, i) => {
        const share = S.server.moduleCompleteness[i];
        return h('li', {}, h('a', { href: address({ ...NO_FILTERS, module: String(i), group: undefined, owner: undefined, container: undefined, part: undefined }, 'objects') },
          h('span', { class: 'module' }, m), share === null ? h('span', { class: 'soft' }, 'not used') : complete(share)));
      })))));
};
`;
