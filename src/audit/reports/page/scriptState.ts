/** What the reader looks at: kept in the address after `#`, so that going back and sending a link work. */
export const SCRIPT_STATE = String.raw`
const DEFAULTS = { by: S.groups.length > 1 ? 'groups' : 'containers', cols: innerWidth < 1000 ? 'modules' : 'fields', sort: 'gaps', status: 'open', severity: 'graver', page: '1' };
const KEYS = ['by', 'cols', 'sort', 'group', 'owner', 'container', 'part', 'module', 'field', 'shape', 'status', 'severity', 'q', 'list', 'page'];
const FILTERS = ['module', 'field', 'shape', 'status', 'severity', 'q', 'list', 'page'];
let state = {};

const readState = () => {
  const given = new URLSearchParams(location.hash.slice(1));
  const next = { ...DEFAULTS };
  for (const key of KEYS) if (given.has(key)) next[key] = given.get(key);
  if (!['groups', 'owners', 'containers'].includes(next.by)) next.by = DEFAULTS.by;
  if (!['fields', 'modules'].includes(next.cols)) next.cols = DEFAULTS.cols;
  next.show = given.get('show') || undefined;
  return next;
};
/* Address of the present state with some of it changed; undefined takes a part out. */
const address = (change, show) => {
  const next = new URLSearchParams();
  for (const key of KEYS) {
    const value = key in change ? change[key] : state[key];
    if (value !== undefined && value !== '' && value !== DEFAULTS[key]) next.set(key, value);
  }
  if (show) next.set('show', show);
  return '#' + (next.toString() || 'all');
};
const NO_FILTERS = Object.fromEntries(FILTERS.map((key) => [key, undefined]));
const go = (change, quietly) => {
  const next = address(change);
  if (quietly) {
    history.replaceState(null, '', next);
    refresh();
  } else location.hash = next;
};

const CONTAINERS = new Map(S.containers.map((c, i) => [c.container, i]));
const loaded = new Map();
/* Parts, results and rows of a container, unpacked when first asked for. */
const dataOf = (index) => {
  let data = loaded.get(index);
  if (data === undefined) {
    const block = byId('audit-container-' + index);
    data = block ? unpacked(block.textContent) : json(page.dataset.at + '/containers/' + index + '.json');
    loaded.set(index, data);
    data.then((d) => prepare(d, index), () => loaded.delete(index));
  }
  return data;
};
const prepare = (data, index) => {
  data.index = index;
  if (!data.rows) return;
  data.told = new Map();
  for (const result of data.rows.results) {
    const list = data.told.get(result[0]);
    if (list) list.push(result);
    else data.told.set(result[0], [result]);
  }
};

/* What the reader has chosen: its counts, its name, and what it consists of. */
const scopeNow = async () => {
  const { by, group, owner, container, part } = state;
  const index = container === undefined ? undefined : CONTAINERS.get(container);
  const all = [...S.containers.keys()];
  const asRow = (i) => ({ ...S.containers[i], index: i, name: S.containers[i].label || S.containers[i].container, ref: S.containers[i].container, into: { container: S.containers[i].container, part: undefined } });
  if (index !== undefined) {
    const data = await dataOf(index);
    const parts = data.parts.map((p) => ({ ...p, name: p.label || p.ref, into: { part: p.ref } }));
    const chosen = part === undefined ? undefined : parts.find((p) => p.ref === part);
    if (chosen) return { counts: chosen, name: chosen.name, kind: 'part', children: [], containers: [index], data };
    return { counts: asRow(index), name: asRow(index).name, kind: 'container', children: parts, childKind: (parts[0] || {}).type === 'Plate' ? 'Plate' : 'Dataset', containers: [index], data };
  }
  const shared = group !== undefined ? S.groups.find((g) => g.label === group) : owner !== undefined ? S.owners.find((o) => o.label === owner) : undefined;
  if (shared) {
    const key = group !== undefined ? 'group' : 'owner';
    /* What states no group is told under a label of its own, without an IRI. */
    const isOf = (label) => label === shared.label || (shared.node === undefined && !label);
    const own = all.filter((i) => isOf(S.containers[i][key]));
    /* Objects may be of another group or owner than their container: then all containers are looked through. */
    const whole = own.length > 0 && own.reduce((n, i) => n + S.containers[i].images, 0) === shared.images;
    return { counts: shared, name: shared.label, kind: key, children: own.map(asRow), childKind: 'Container', containers: whole ? own : all, isTheirs: (person) => isOf(person[key === 'group' ? 0 : 1]) };
  }
  const children =
    by === 'containers'
      ? all.map(asRow)
      : S[by].map((s) => ({ ...s, name: s.label || 'not stated', into: { [by === 'groups' ? 'group' : 'owner']: s.label } }));
  return { counts: S.server, name: 'Everything', kind: 'all', children, childKind: by === 'containers' ? 'Container' : by === 'groups' ? 'Group' : 'Owner', containers: all };
};
`;
