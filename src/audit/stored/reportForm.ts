type Thing = Readonly<Record<string, unknown>>;

/** What a kept report or its summary lacks, as `containers[3].counts`; undefined when everything is there that comparing needs. */
export function missingPart(value: Thing, kind: 'report' | 'summary'): string | undefined {
  const common = lacks(value, { profile: 'object', auditedAt: 'string', base: 'string' }, '');
  const profile = common ?? lacks(value['profile'] as Thing, { iri: 'string', label: 'string' }, 'profile.');
  if (profile !== undefined || kind === 'summary') {
    return profile ?? lacks(value, { results: 'object', images: 'number', partial: 'boolean' }, '');
  }
  return (
    lacks(value, { server: 'object', modules: 'list', notAudited: 'list', shapeWarnings: 'list' }, '') ??
    lacks(value['server'] as Thing, SCOPE, 'server.') ??
    each(value, 'fields', { field: 'string', label: 'string' }) ??
    each(value, 'shapes', { shape: 'string', label: 'string', severity: 'string' }) ??
    each(value, 'groups', SCOPE) ??
    each(value, 'owners', SCOPE) ??
    each(value, 'notAudited', { container: 'string' }) ??
    each(value, 'containers', { ...SCOPE, container: 'string', label: 'string', groups: 'list', parts: 'list' })
  );
}

type Form = Readonly<Record<string, 'string' | 'number' | 'boolean' | 'object' | 'list'>>;

const SCOPE: Form = { counts: 'list', moduleCompleteness: 'list', results: 'object', images: 'number' };

function each(value: Thing, key: string, form: Form): string | undefined {
  const list: unknown = value[key];
  if (!Array.isArray(list)) return key;
  for (const [i, member] of list.entries()) {
    const fault = lacks(member, form, `${key}[${i}].`);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function lacks(value: unknown, form: Form, where: string): string | undefined {
  if (typeof value !== 'object' || value === null) return where.slice(0, -1);
  const key = Object.keys(form).find((name) => {
    const found = (value as Thing)[name];
    const kind = Array.isArray(found) ? 'list' : found === null ? 'null' : typeof found;
    return kind !== form[name];
  });
  return key === undefined ? undefined : where + key;
}
