/** Elements, numbers and the data blocks of the report page. It makes elements and sets texts, never markup. */
export const SCRIPT_BASICS = String.raw`
const h = (name, attributes, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (typeof value === 'function') made.addEventListener(key, value);
    else if (key === 'grow') made.style.width = value + '%';
    else made.setAttribute(key, value === true ? '' : String(value));
  }
  made.append(...children.flat(Infinity).filter((c) => c !== undefined && c !== null && c !== false));
  return made;
};
const byId = (id) => document.getElementById(id);
const fill = (place, ...children) => {
  place.replaceChildren(...children.flat(Infinity).filter((c) => c !== undefined && c !== null && c !== false));
};
const hidden = (text) => h('span', { class: 'visually-hidden' }, text);

const grouped = (n) => String(n).replace(/\B(?=(\d{3})+$)/g, '\u202f');
const counted = (n, noun) => grouped(n) + '\u00a0' + noun + (n === 1 ? '' : 's');
const percentNumber = (share) => {
  const rounded = Math.round(share * 100);
  return share > 0 && share < 1 ? Math.min(99, Math.max(1, rounded)) : rounded;
};
const percent = (share) => (share === null || share === undefined ? '–' : percentNumber(share) + '\u202f%');
const levelOf = (share) =>
  share === null || share === undefined ? 'none' : share >= 1 ? 5 : share >= 0.75 ? 4 : share >= 0.5 ? 3 : share >= 0.25 ? 2 : share > 0 ? 1 : 0;

const unpacked = async (text) => {
  const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).json();
};

/* The places of STATUSES in counts. */
const FILLED = 0, INHERITED = 1, FREE = 2, MISSING = 3, INVALID = 4, WAIVED = 5, NOT_APPLICABLE = 6, NOT_AUDITED = 7;
const STATUS = [
  { letter: 'f', word: 'filled', plural: 'stated on the object itself' },
  { letter: 'i', word: 'inherited', plural: 'inherited from what contains the object' },
  { letter: 'g', word: 'free text', plural: 'free text where an ontology term is wanted' },
  { letter: 'm', word: 'missing', plural: 'missing' },
  { letter: 'x', word: 'invalid', plural: 'a placeholder such as "TBD", or malformed' },
  { letter: 'w', word: 'waived', plural: 'waived with a reason' },
  { letter: '-', word: 'not applicable', plural: 'not asked here, as the module is not used' },
  { letter: '?', word: 'not audited', plural: 'not audited' },
];
const STATUS_OF = Object.fromEntries(STATUS.map((s, i) => [s.letter, i]));
const NAMES = { violation: 'violation', warning: 'warning', info: 'hint' };
const SIGNS = { violation: '■', warning: '▲', info: '○' };
const GRAVITY = { violation: 0, warning: 1, info: 2 };
const severity = (name, many) => h('span', { class: 'severity ' + name }, h('span', { 'aria-hidden': 'true' }, SIGNS[name] + ' '), NAMES[name] + (many ? 's' : ''));

const stated = (n) => n[FILLED] + n[INHERITED] + n[FREE];
const expected = (n) => stated(n) + n[MISSING] + n[INVALID];
const shareOf = (n) => (n && expected(n) > 0 ? stated(n) / expected(n) : null);

/* Types that OMERO.web's main page shows. */
const omeroLink = (ref) => {
  const found = /^(Project|Dataset|Image|Screen|Plate|Well):(\d+)$/.exec(ref);
  if (!found || !/^https?:\/\//i.test(S.web || '')) return undefined;
  return S.web.replace(/\/+$/, '') + '/webclient/?show=' + found[1].toLowerCase() + '-' + found[2];
};
const pageLink = (ref) =>
  page.dataset.pages === undefined || !ref.includes(':') ? undefined : page.dataset.pages + '/' + ref.replace(':', '\n').split('\n').map(encodeURIComponent).join('/');
const outside = (ref) => {
  const href = omeroLink(ref);
  return href && h('a', { class: 'out', href, target: '_blank', rel: 'noopener noreferrer', title: ref + ' in OMERO.web' }, h('span', { 'aria-hidden': 'true' }, '↗'), hidden('open ' + ref + ' in OMERO.web'));
};
/* Ids that a file was given are hashes and tell a reader nothing. */
const tellsMore = (ref, label) => /:\d+$/.test(ref) && ref !== label;
/* An object by name, with its id and where to see it. */
const named = (ref, label, more) => {
  const href = pageLink(ref);
  const name = label || ref;
  return h('span', { class: 'named' }, href ? h('a', { href }, h('bdi', {}, name)) : h('bdi', {}, name), more && [' ', more], omeroLink(ref) && [' ', outside(ref)]);
};

const bar = (share) =>
  h('span', { class: 'bar', 'aria-hidden': 'true' }, share === null || share === undefined ? undefined : h('i', { grow: Math.max(share * 100, share > 0 ? 1.5 : 0) }));
const complete = (share) => h('span', { class: 'complete' }, bar(share), h('span', { class: 'figure' }, percent(share)));
const table = (name, head, rows, kind) =>
  h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': name },
    h('table', { class: kind || '' }, h('caption', { class: 'visually-hidden' }, name),
      h('thead', {}, h('tr', {}, head.map((c) => (typeof c === 'string' ? h('th', { scope: 'col' }, c) : c)))), h('tbody', {}, rows)));
const number = (n, unit) => h('td', { class: 'number' + (n === 0 ? ' soft' : '') }, grouped(n), unit);
`;
