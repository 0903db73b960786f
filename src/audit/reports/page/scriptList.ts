/** The list of objects: what is looked for, a page of it, and all of it as CSV. */
export const SCRIPT_LIST = String.raw`
const select = (label, key, options, chosen) =>
  h('label', { class: 'field' }, h('span', {}, label), h('select', { change: (e) => go({ [key]: e.target.value || undefined, page: undefined, ...(key === 'module' && { field: undefined }), ...(key === 'field' && { module: undefined, shape: undefined }) }) },
    options.map((o) => (o.options ? h('optgroup', { label: o.label }, o.options.map((p) => option(p, chosen))) : option(o, chosen)))));
const option = ([value, text], chosen) => h('option', { value, selected: value === (chosen || '') }, text);

const renderFilters = () => {
  const typed = h('input', { type: 'search', value: state.q || '', placeholder: 'name or Image:1461', autocomplete: 'off', input: () => {
    clearTimeout(typed.timer);
    typed.timer = setTimeout(() => go({ q: typed.value || undefined, page: undefined, list: typed.value ? '1' : state.list }, true), 250);
  } });
  const shape = state.shape === undefined ? undefined : S.shapes[Number(state.shape)];
  fill(byId('filters'),
    h('label', { class: 'field' }, h('span', {}, 'Name or id'), typed),
    select('Module', 'module', [['', 'all modules'], ...S.modules.map((m, i) => [String(i), m])], state.field === undefined ? state.module : ''),
    select('Field', 'field', [['', shape ? 'rule: ' + (shape.label || shape.shape) : 'all fields'], ...S.modules.map((m) => ({ label: m, options: S.fields.flatMap((f, i) => (f.module === m ? [[String(i), f.label]] : [])) }))], state.field),
    select('Status', 'status', [['open', 'anything open'], ...STATUS.filter((s) => s.letter !== '?').map((s) => [s.letter, s.word]), ['any', 'any status']], state.status),
    select('Severity', 'severity', [['graver', 'violations and warnings'], ['violation', 'violations'], ['warning', 'warnings'], ['info', 'hints'], ['all', 'all']], state.severity),
    FILTERS.some((k) => state[k] !== DEFAULTS[k]) && h('a', { class: 'reset', href: address(NO_FILTERS) }, 'Reset'));
};

const renderObjects = async (scope) => {
  const mine = ++search;
  const filter = filterNow();
  const place = byId('list');
  const listed = scope.containers.filter((i) => !(S.unlisted || []).includes(i));
  const images = listed.reduce((n, i) => n + S.containers[i].images, 0);
  byId('objects-title').replaceChildren('Images', ...(scope.kind === 'all' ? [] : [' in ', h('bdi', {}, scope.name)]));
  if (listed.length === 0) {
    fill(place, h('p', { class: 'notice calm' }, scope.containers.length === 0 ? 'There is nothing here.' : 'There are more images here than a page can hold; ask for the CSV report of this container.'));
    return;
  }
  const asked = scope.kind === 'container' || scope.kind === 'part' || state.list || ['field', 'module', 'shape', 'q'].some((k) => state[k] !== undefined) || state.status !== DEFAULTS.status || images <= AUTOMATIC;
  const tooMany = page.dataset.at !== undefined && images > 200000;
  if (!asked || tooMany) {
    fill(place, h('p', {}, tooMany ? 'Choose a group, owner or container above; its images are listed here.' : h('button', { type: 'button', class: 'primary', click: () => go({ list: '1' }) }, 'List the images with gaps'), h('span', { class: 'soft' }, ' ' + counted(images, 'image') + ' in ' + counted(listed.length, 'container'))));
    return;
  }
  const found = [];
  let total = 0;
  place.setAttribute('aria-busy', 'true');
  const likely = listed.filter((i) => filter.container(S.containers[i]));
  for (const [done, index] of likely.entries()) {
    if (done % 8 === 7) byId('looking').textContent = 'Looking through ' + (done + 1) + ' of ' + counted(likely.length, 'container') + ' …';
    const data = await dataOf(index);
    if (mine !== search) return;
    const matches = data.rows ? matchesIn(data, filter, scope.kind === 'part' ? state.part : undefined, scope.isTheirs) : [];
    total += matches.length;
    if (matches.length > 0) found.push({ data, matches });
  }
  place.removeAttribute('aria-busy');
  const pages = Math.max(1, Math.ceil(total / PAGE));
  const shown = Math.min(pages, Math.max(1, Number(state.page) || 1));
  let skip = (shown - 1) * PAGE;
  const rows = [];
  for (const { data, matches } of found) {
    const here = matches.slice(skip, skip + PAGE - rows.length);
    skip = Math.max(0, skip - matches.length);
    rows.push(...here.map((i) => ({ object: objectAt(data, i), data })));
    if (rows.length >= PAGE) break;
  }
  const first = (shown - 1) * PAGE + 1;
  byId('looking').textContent = total === 0 ? 'No object matches.' : counted(total, 'object') + (total === 1 ? ' matches' : ' match') + (pages > 1 ? '; ' + grouped(first) + ' to ' + grouped(first + rows.length - 1) + ' are shown' : '');
  const turn = (to, text, name) => (to < 1 || to > pages ? h('span', { class: 'soft', 'aria-hidden': 'true' }, text) : h('a', { href: address({ page: String(to) }), 'data-page': name, rel: name }, text));
  const pager = pages > 1 && h('nav', { class: 'pager', 'aria-label': 'Pages' }, turn(shown - 1, '‹ Previous', 'prev'), h('span', {}, 'Page ' + grouped(shown) + ' of ' + grouped(pages)), turn(shown + 1, 'Next ›', 'next'));
  const web = rows.map((r) => /^Image:(\d+)$/.exec(r.object.ref)).filter(Boolean).map((m) => 'image-' + m[1]);
  fill(place,
    total > 0 && h('div', { class: 'actions' },
      h('button', { type: 'button', click: () => download(found, total) }, 'Download as CSV'),
      omeroLink('Image:1') && web.length > 1 && h('a', { class: 'button', target: '_blank', rel: 'noopener noreferrer', href: S.web.replace(/\/+$/, '') + '/webclient/?show=' + web.join('|') }, 'Select these ' + web.length + ' images in OMERO.web ↗')),
    rows.length > 0 && table('Objects', ['Object', 'Complete', h('th', { scope: 'col', class: 'strip-cell' }, 'Fields'), 'Open'], rows.map((r) => objectRows(r.object, r.data, scope)), 'objects'),
    pager,
    rows.length > 0 && h('ul', { class: 'legend strip-legend' }, STATUS.map((s, i) => (i === NOT_AUDITED ? undefined : h('li', {}, h('i', { class: 'key s-' + i, 'aria-hidden': 'true' }), s.word)))));
};

const csvCell = (text) => {
  const safe = /^\s*[=+\-@]|^[\t\r\n]/.test(text) && !/^-?\d+$/.test(text) ? "'" + text : text;
  return /[",\r\n]/.test(safe) ? '"' + safe.replace(/"/g, '""') + '"' : safe;
};
const download = (found, total) => {
  const head = ['object', 'name', 'container', 'dataset', 'group', 'owner', 'complete', 'missing', 'invalid', 'free text'];
  const lines = [head.join(',')];
  for (const { data, matches } of found) {
    for (const i of matches) {
      const o = objectAt(data, i);
      const of = (status) => S.fields.filter((f, n) => STATUS_OF[o.word[n]] === status).map((f) => f.label).join('; ');
      lines.push([o.ref, o.label, o.container.container, o.parts.map((p) => p.label).join('; '), ...o.person, o.asked === 0 ? '' : String(percentNumber(o.there / o.asked)), of(MISSING), of(INVALID), of(FREE)].map(csvCell).join(','));
    }
  }
  const url = URL.createObjectURL(new Blob(['\ufeff' + lines.join('\r\n') + '\r\n'], { type: 'text/csv' }));
  h('a', { href: url, download: 'audit-' + total + '-objects.csv' }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60000);
};
`;
