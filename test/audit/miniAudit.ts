import type { Store } from 'n3';
import {
  type AuditedObject,
  type AuditReport,
  type AuditResult,
  type ContainerReport,
  type FieldInfo,
  type Scope,
  type ShapeInfo,
  STATUS_LETTERS,
  STATUSES,
  type StoredAudit,
} from '../../src/audit/model.js';
import type { GraphRecord } from '../../src/graph/record.js';
import { PREFIXES } from '../../src/rdf/vocabulary.js';

export interface MiniField {
  readonly field: string;
  readonly severity?: FieldInfo['severity'];
  readonly askedOf?: string;
  /** Whether its values have to be terms. */
  readonly terms?: boolean;
}

const iri = (field: string) => (field.includes(':') ? field : PREFIXES.rembi + field);

/**
 * An audit by the plainest means, to have statuses for fix lists: a field is stated on the object or on what contains it,
 * "TBD" is invalid, a value without a term is not grounded. `override` gives other statuses by reference and field.
 */
export async function miniAudit(
  record: GraphRecord,
  fields: readonly MiniField[],
  override: Readonly<Record<string, string>> = {},
): Promise<StoredAudit> {
  const objects: AuditedObject[] = [];
  const results: AuditResult[] = [];
  const containers: ContainerReport[] = [];
  for (const { container, label } of record.manifest.containers) {
    const store = await record.dataset(container);
    const own: AuditedObject[] = [];
    for (const type of ['Project', 'Screen', 'Dataset', 'Image']) {
      for (const { value: node } of store.getSubjects(`${PREFIXES.rdf}type`, PREFIXES.core + type, null)) {
        const ref = `${type}:${decodeURIComponent(node.split('/').at(-1) ?? '')}`;
        const about = { node, ref, label: store.getObjects(node, `${PREFIXES.rdfs}label`, null)[0]?.value ?? '' };
        const chain = chainOf(store, node);
        const statuses = fields.map((field, n) => {
          if ((field.askedOf ?? 'Image') !== type) return ' ';
          const letter = override[`${ref} ${field.field}`] ?? letterOf(store, chain, field);
          const values = letter === 'x' && letterOf(store, chain, field) === 'x' ? ['TBD'] : [''];
          if (letter === 'x' || letter === 'g' || letter === 'm')
            for (const value of values)
              results.push({
                ...{ container, focus: about, partOf: [], component: '', severity: 'warning', waived: false },
                shape: 3 * n + 'mxg'.indexOf(letter),
                message: `${field.field} ${letter}`,
                ...(value !== '' && { value: `"${value}"` }),
              });
          return letter;
        });
        own.push({ container, ...about, type, partOf: [], statuses: statuses.join('') });
      }
    }
    objects.push(...own);
    containers.push({
      ...scopeOf(fields, own),
      ...{ container, label: label ?? container, triples: store.size, conforms: false, parts: [], groups: [] },
    });
  }
  const infos = fields.map(({ field, severity = 'violation', askedOf = 'Image' }): FieldInfo => ({
    ...{ field: iri(field), label: field, description: `About ${field}.`, module: 'm', severity, askedOf: [askedOf] },
  }));
  const report: AuditReport = {
    ...{ format: 'omegraph-audit', version: 2, software: 'test 1', auditedAt: '2026-01-02T03:04:05Z', partial: false },
    profile: { name: 'mini', label: 'Mini', iri: 'https://example.org/mini' },
    ...{ base: record.manifest.base, conforms: false, triples: 0, modules: ['m'], fields: infos, containers },
    shapes: infos.flatMap(({ label, severity }, field) =>
      (['presence', 'validity', 'grounding'] as const).map((aspect): ShapeInfo => ({
        ...{ shape: `s${field}${aspect}`, label, description: '', message: `Say ${label}.`, severity, aspect, field },
        way: 'columns',
      })),
    ),
    server: scopeOf(fields, objects),
    ...{ groups: [], owners: [], notAudited: [], shapeWarnings: [], waivers: [] },
  };
  async function* within<T extends { readonly container: string }>(rows: readonly T[], container?: string) {
    yield* rows.filter((row) => container === undefined || row.container === container);
  }
  return { report, results: (c) => within(results, c), objects: (c) => within(objects, c) };
}

function chainOf(store: Store, node: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(node)) return seen;
  seen.add(node);
  for (const whole of store.getObjects(node, `${PREFIXES.dcterms}isPartOf`, null)) chainOf(store, whole.value, seen);
  return seen;
}

const valuesOf = (store: Store, chain: ReadonlySet<string>, predicate: string): string[] =>
  [...chain].flatMap((node) => store.getObjects(node, predicate, null).map(({ value }) => value));

const TERMS: Readonly<Record<string, string>> = {
  organism: `${PREFIXES.schema}taxonomicRange`,
  imagingMethod: `${PREFIXES.dwciri}measurementMethod`,
};

function letterOf(store: Store, chain: ReadonlySet<string>, { field, terms }: MiniField): string {
  const values = valuesOf(store, chain, iri(field));
  if (values.length === 0) return 'm';
  if (values.includes('TBD')) return 'x';
  if (terms === true && valuesOf(store, chain, TERMS[field] ?? `${PREFIXES.schema}about`).length === 0) return 'g';
  return 'f';
}

function scopeOf(fields: readonly MiniField[], objects: readonly AuditedObject[]): Scope {
  return {
    ...{ images: objects.length, imagesNotAudited: 0, completeness: null, moduleCompleteness: [], waived: 0 },
    counts: fields.map((_, n) =>
      STATUSES.map((status) => objects.filter(({ statuses }) => statuses[n] === STATUS_LETTERS[status]).length),
    ),
    results: { violation: 0, warning: 0, info: 0 },
  };
}
