/** Images and other objects of what is chosen: filters, pages of fifty, and each one's fields when it is opened. */
export const SCRIPT_OBJECTS = String.raw`
const PAGE = 50;
const AUTOMATIC = 3000;
let search = 0;

const GRAVE = { graver: ['violation', 'warning'], violation: ['violation'], warning: ['warning'], info: ['info'], all: ['violation', 'warning', 'info'] };
/* How grave a status of a field is: as the gravest shape that says so; free text may be a hint where missing is a violation. */
const GRAVE_OF = S.fields.map((f, i) => STATUS.map((_, status) => {
  const own = S.shapes.filter((s) => s.field === i && ASPECT_STATUS[s.aspect] === status).map((s) => s.severity);
  return own.sort((a, b) => GRAVITY[a] - GRAVITY[b])[0] || f.severity;
}));

const LETTERS = { open: 'mxg', any: 'figmxw-?' };

/* The filter of the state, as a question to statuses and to results that statuses do not tell. */
const filterNow = () => {
  const field = state.field === undefined ? undefined : Number(state.field);
  const module = state.module === undefined ? undefined : S.modules[Number(state.module)];
  const graves = GRAVE[state.severity] || GRAVE.graver;
  const letters = LETTERS[state.status] || (STATUS_OF[state.status] === undefined ? LETTERS.open : state.status);
  const fields = S.fields.map((f, i) => (field === undefined || field === i) && (module === undefined || module === f.module));
  const isGrave = (i, letter) => graves.includes(GRAVE_OF[i][STATUS_OF[letter]]);
  const shape = state.shape === undefined ? undefined : Number(state.shape);
  const known = new Map();
  const text = (state.q || '').toLowerCase().trim();
  return {
    text,
    fields,
    everything: state.status === 'any' && field === undefined && module === undefined && shape === undefined,
    statuses(word) {
      let answer = known.get(word);
      if (answer === undefined) {
        answer = shape === undefined && fields.some((wanted, i) => wanted && word[i] !== ' ' && word[i] !== undefined && letters.includes(word[i]) && isGrave(i, word[i]));
        known.set(word, answer);
      }
      return answer;
    },
    result(number) {
      const s = S.shapes[number];
      if (shape !== undefined) return number === shape;
      return s.field === undefined && field === undefined && letters.includes('m') && letters.length > 1 && (module === undefined || s.module === module) && graves.includes(s.severity);
    },
    /* Whether any object of a container can match, from its counts alone. */
    container(c) {
      if (shape !== undefined || this.everything) return true;
      return fields.some((wanted, i) => wanted && [...letters].some((l) => c.counts[i][STATUS_OF[l]] > 0 && isGrave(i, l))) || (field === undefined && S.shapes.some((s) => s.field === undefined));
    },
  };
};

/* Numbers of the objects of a container that match. */
const matchesIn = (data, filter, part, isTheirs) => {
  const { refs, labels, parts, statuses, statusTable, person, people } = data.rows;
  const theirs = isTheirs && people.map(isTheirs);
  const partAt = part === undefined ? -1 : data.parts.findIndex((p) => p.ref === part);
  const found = [];
  for (let i = 0; i < refs.length; i++) {
    if (theirs && !theirs[person[i]]) continue;
    if (partAt >= 0 && !parts[i].includes(partAt) && refs[i] !== part) continue;
    if (!filter.everything && !filter.statuses(statusTable[statuses[i]] || '') && !(data.told.get(i) || []).some((r) => filter.result(r[1]))) continue;
    if (filter.text !== '' && !labels[i].toLowerCase().includes(filter.text) && !refs[i].toLowerCase().includes(filter.text)) continue;
    found.push(i);
  }
  return found;
};

const objectAt = (data, i) => {
  const { refs, labels, parts, statuses, statusTable, person, people } = data.rows;
  const word = statusTable[statuses[i]] || '';
  let there = 0, asked = 0;
  const open = [];
  S.fields.forEach((f, n) => {
    const status = STATUS_OF[word[n]];
    if (status === undefined) return;
    if (status === MISSING || status === INVALID || status === FREE) open.push(n);
    if (f.severity === 'info') return;
    if (status <= FREE) there += 1;
    if (status <= INVALID) asked += 1;
  });
  const told = data.told.get(i) || [];
  return { ref: refs[i], label: labels[i], parts: parts[i].map((p) => data.parts[p]).filter((p) => p.ref !== refs[i]), word, there, asked, open, told, person: people[person[i]] || ['', ''], container: S.containers[data.index] };
};

const strip = (word) =>
  h('span', { class: 'strip', 'aria-hidden': 'true' }, S.fields.map((f, n) => {
    const status = STATUS_OF[word[n]];
    const first = n > 0 && S.fields[n - 1].module !== f.module ? ' first' : '';
    return h('i', { class: (status === undefined ? 's-none' : 's-' + status) + first, title: f.label + ': ' + (status === undefined ? 'not asked' : STATUS[status].word) });
  }));

/* What is open, what the reader looks for before the rest. */
const openNames = ({ open, told, word }) => {
  const sought = state.field === undefined ? -1 : Number(state.field);
  const fields = open.filter((n) => n === sought || GRAVE_OF[n][STATUS_OF[word[n]]] !== 'info');
  const rules = [...new Set(told.map((r) => r[1]))].filter((n) => S.shapes[n].field === undefined);
  const names = [
    ...fields.map((n) => ({ name: S.fields[n].label, first: n === sought })),
    ...rules.map((n) => ({ name: S.shapes[n].label || S.shapes[n].shape, first: state.shape === String(n) })),
  ].sort((a, b) => b.first - a.first);
  if (names.length === 0) return h('span', { class: 'soft' }, open.length > 0 ? counted(open.length, 'hint') : 'nothing');
  return [names.slice(0, 3).map((n, i) => [i > 0 ? ', ' : '', n.first ? h('b', {}, n.name) : n.name]), names.length > 3 && h('span', { class: 'soft' }, ' and ' + (names.length - 3) + ' more')];
};

const details = (object, data) => {
  const valuesOf = (field) => object.told.filter((r) => S.shapes[r[1]].field === field && r[2] >= 0).map((r) => data.rows.values[r[2]]).filter((v) => !v.startsWith(S.base));
  const rows = S.fields.flatMap((f, n) => {
    const status = STATUS_OF[object.word[n]];
    if (status === undefined) return [];
    const aspect = Object.keys(ASPECT_STATUS).find((a) => ASPECT_STATUS[a] === status);
    const shape = aspect && (S.shapes.find((s, i) => s.field === n && s.aspect === aspect && object.told.some((r) => r[1] === i)) || S.shapes.find((s) => s.field === n && s.aspect === aspect));
    const values = [...new Set(valuesOf(n))];
    return [h('tr', { class: aspect ? 'open' : '' }, h('td', { class: 'soft' }, f.module), h('td', {}, f.label), h('td', {}, h('i', { class: 'key s-' + status, 'aria-hidden': 'true' }), STATUS[status].word),
      h('td', {}, values.length > 0 && h('q', {}, h('bdi', {}, values.join('; '))), values.length > 0 && ' ', aspect && [severity(shape ? shape.severity : f.severity), ' ', shape ? shape.message : '']))];
  });
  const rules = object.told.filter((r) => S.shapes[r[1]].field === undefined).map((r) => {
    const s = S.shapes[r[1]];
    return h('li', {}, severity(s.severity), ' ', h('b', {}, s.label || s.shape), r[3] >= 0 && [' on ', h('bdi', {}, data.rows.about[r[3]])], r[2] >= 0 && !data.rows.values[r[2]].startsWith(S.base) && [' ', h('q', {}, h('bdi', {}, data.rows.values[r[2]]))], '. ', s.message);
  });
  const people = object.person.filter(Boolean);
  return h('div', { class: 'details' }, people.length > 0 && h('p', { class: 'soft' }, 'Group and owner: ', h('bdi', {}, people.join(', '))), rules.length > 0 && h('ul', {}, rules), rows.length > 0 && h('table', { class: 'fields' }, h('caption', { class: 'visually-hidden' }, 'Fields of ' + object.ref),
    h('thead', {}, h('tr', {}, ['Module', 'Field', 'Status', 'What to do'].map((t) => h('th', { scope: 'col' }, t)))), h('tbody', {}, rows)));
};

const objectRows = (object, data, scope) => {
  const id = 'details-' + data.index + '-' + object.ref.replace(/\W/g, '-');
  const under = h('tr', { class: 'under', hidden: true, id }, h('td', { colspan: '5' }));
  const toggle = h('button', { type: 'button', class: 'toggle', 'aria-expanded': 'false', 'aria-controls': id, click: () => {
    const open = under.hidden;
    under.hidden = !open;
    toggle.setAttribute('aria-expanded', String(open));
    if (open && !under.firstChild.firstChild) under.firstChild.append(details(object, data));
  } }, h('span', { 'aria-hidden': 'true' }, '›'), hidden('fields of ' + (object.label || object.ref)));
  const inside = [scope.kind !== 'part' && object.parts.map((p) => p.label || p.ref).join(', '), scope.kind !== 'part' && scope.kind !== 'container' && (object.container.label || object.container.container)].filter(Boolean);
  return [h('tr', {}, h('td', { class: 'object' }, toggle, named(object.ref, object.label, !tellsMore(object.ref, object.label) ? undefined : h('span', { class: 'soft ref' }, object.ref)), inside.length > 0 && h('span', { class: 'soft inside' }, h('bdi', {}, inside.join(' · ')))),
    h('td', {}, complete(object.asked === 0 ? null : object.there / object.asked)), h('td', { class: 'strip-cell' }, strip(object.word)), h('td', {}, openNames(object))), under];
};
`;
