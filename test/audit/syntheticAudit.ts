import {
  STATUS_LETTERS,
  type AuditedObject,
  type AuditReport,
  type AuditResult,
  type ContainerReport,
  type ObjectLabel,
  type PartReport,
  type ResultGroup,
  type SharedScope,
  type Status,
  type StoredAudit,
} from '../../src/audit/model.js';
import { Tally } from './syntheticTally.js';
import { CHANNEL_SHAPE, FIELDS, MODULES, OPTIONAL_MODULES, SHAPE_INFOS, USUAL, WANTS_TERM } from './syntheticFields.js';

export interface SyntheticOptions {
  readonly containers?: number;
  /** Datasets or plates of each container. */
  readonly datasets?: number;
  /** Images of all containers together. */
  readonly images?: number;
  readonly seed?: number;
  /** Put into labels, values and messages. */
  readonly hostile?: string;
  readonly web?: string | undefined;
  /** Containers that could not be read, beside the others. */
  readonly unread?: number;
}

const BASE = 'https://omero.example.org';
const GROUPS = ['Cell Division Lab', 'Neural Circuits', 'Plant Imaging', 'Light Microscopy Core', 'Virus Entry'];
const OWNERS = ['Aiko Tanaka', 'Bruno Silva', 'Chiara Conti', 'Dov Levin', 'Emeka Obi', 'Freya Lund', 'Goran Petrov'];
const TOPICS = [
  'Spindle assembly in HeLa cells',
  'Kinetochore siRNA pilot',
  'Dendritic spines after learning',
  'Root hair growth under salt stress',
  'CLEM of endosomes',
  'Nuclear pore maps',
  'Zebrafish heart light sheet',
  'Interphase chromatin, STED',
  'Virus uptake time lapse',
  'Objective and PSF checks',
];
const PLACEHOLDERS = ['TBD', 'unknown', 'n/a', '-'];
const MIN_COUNT = 'http://www.w3.org/ns/shacl#MinCountConstraintComponent';
const PATTERN = 'http://www.w3.org/ns/shacl#PatternConstraintComponent';
const CLASS = 'http://www.w3.org/ns/shacl#ClassConstraintComponent';

/** The same number between 0 and 1 for the same numbers. */
function chance(...numbers: readonly number[]): number {
  let hash = 2166136261;
  for (const n of numbers) hash = Math.imul(hash ^ (hash >>> 13) ^ n, 16777619);
  hash = Math.imul(hash ^ (hash >>> 15), 2246822507);
  return ((hash ^ (hash >>> 13)) >>> 0) / 4294967296;
}

const idOf = (ref: string): number => Number(ref.slice(ref.indexOf(':') + 1));

/** Number of the shape that asks something of a field. */
const SHAPE_OF = new Map(SHAPE_INFOS.map((s, i) => [`${s.field} ${s.aspect}`, i]));

interface Made {
  readonly number: number;
  readonly container: string;
  readonly label: string;
  readonly group: string;
  readonly owner: string;
  readonly parts: readonly ObjectLabel[];
  readonly partType: 'Dataset' | 'Plate';
  readonly images: number;
  readonly firstImage: number;
}

/** A finished audit of made-up studies, the same for the same options; its rows are made when they are read. */
export function syntheticAudit(options: SyntheticOptions = {}): StoredAudit {
  const { containers = 6, datasets = 4, images = 240, seed = 1, hostile = '', unread = 1 } = options;
  const object = (ref: string, label: string): ObjectLabel => ({
    node: `${BASE}/${ref.replace(':', '/')}`,
    ref,
    label: label + hostile,
  });
  const made = Array.from({ length: containers }, (_, i): Made => {
    const screen = i % 4 === 1;
    const partType = screen ? 'Plate' : 'Dataset';
    const firstImage = Math.round((images * i) / containers);
    return {
      number: i,
      container: `${screen ? 'Screen' : 'Project'}:${i * 7 + 51}`,
      label: `${TOPICS[i % TOPICS.length] ?? ''}${i < TOPICS.length ? '' : ` ${Math.floor(i / TOPICS.length) + 1}`}${hostile}`,
      group: (GROUPS[Math.floor(chance(seed, 1, i) * GROUPS.length)] ?? '') + hostile,
      owner: (OWNERS[Math.floor(chance(seed, 2, i) * OWNERS.length)] ?? '') + hostile,
      partType,
      parts: Array.from({ length: datasets }, (_, d) =>
        object(`${partType}:${i * 100 + d + 1}`, screen ? `plate ${d + 1}` : `2024-0${(d % 9) + 1} replicate ${d + 1}`),
      ),
      images: Math.round((images * (i + 1)) / containers) - firstImage,
      firstImage,
    };
  });

  const statusOf = (m: Made, type: string, part: number, id: number, field: number): Status | undefined => {
    const info = FIELDS[field];
    if (info === undefined || !info.askedOf.includes(type)) return undefined;
    const usual = USUAL[field] ?? 0;
    const quality = 0.35 + chance(seed, 3, m.number) * 0.65;
    if (usual === 1) return 'filled';
    if (OPTIONAL_MODULES.includes(info.module) && chance(seed, 4, m.number, MODULES.indexOf(info.module)) > 0.3)
      return 'notApplicable';
    if (m.label.startsWith('Objective') && info.module === 'Biosample' && info.severity === 'violation')
      return 'waived';
    const term = WANTS_TERM[field] === true && chance(seed, 5, m.number, field) > 0.6;
    const level = chance(seed, 6, m.number, field) / quality;
    if (level < usual * 0.7) return term ? 'notGrounded' : type === 'Image' ? 'inherited' : 'filled';
    const inPart = chance(seed, 7, m.number, part, field) / quality;
    if (inPart < usual * 0.5) return term ? 'notGrounded' : type === 'Image' ? 'inherited' : 'filled';
    const own = chance(seed, 8, m.number, id, field) / quality;
    if (own < usual * 0.4) return term ? 'notGrounded' : 'filled';
    return own > 1.2 && chance(seed, 9, m.number, id, field) < 0.15 ? 'invalid' : 'missing';
  };

  function* objectsOf(m: Made): Generator<AuditedObject> {
    const one = (o: ObjectLabel, type: string, part: number, id: number): AuditedObject => ({
      ...o,
      container: m.container,
      type,
      partOf: type === 'Image' ? [m.parts[part]?.ref ?? ''] : [],
      group: m.group,
      owner: m.owner,
      statuses: FIELDS.map((_, f) => {
        const status = statusOf(m, type, part, id, f);
        return status === undefined ? ' ' : STATUS_LETTERS[status];
      }).join(''),
    });
    const type = m.container.split(':')[0] ?? '';
    yield one(object(m.container, m.label.slice(0, m.label.length - hostile.length)), type, -1, -1);
    for (const [d, part] of m.parts.entries()) yield one(part, m.partType, d, -d - 2);
    for (let i = 0; i < m.images; i++) {
      const id = m.firstImage + i + 1;
      const part = Math.floor((i * m.parts.length) / m.images);
      yield one(object(`Image:${1000 + id}`, `cell_${String(i + 1).padStart(4, '0')}.ome.tiff`), 'Image', part, id);
    }
  }

  function* resultsOf(m: Made): Generator<AuditResult> {
    for (const o of objectsOf(m)) {
      const self = { node: o.node, ref: o.ref, label: o.label };
      const common = {
        container: m.container,
        focus: self,
        image: o.type === 'Image' ? self : undefined,
        partOf: m.parts.filter((p) => o.partOf.includes(p.ref)),
      };
      for (const [field, letter] of [...o.statuses].entries()) {
        const aspect =
          letter === 'm' || letter === 'w'
            ? 'presence'
            : letter === 'x'
              ? 'validity'
              : letter === 'g'
                ? 'grounding'
                : undefined;
        const shape = SHAPE_OF.get(`${field} ${aspect}`) ?? -1;
        const info = SHAPE_INFOS[shape];
        if (info === undefined) continue;
        const placeholder = PLACEHOLDERS[Math.floor(chance(10, idOf(o.ref), field) * PLACEHOLDERS.length)];
        yield {
          ...common,
          shape,
          severity: info.severity,
          message: info.message + hostile,
          value:
            aspect === 'presence'
              ? undefined
              : JSON.stringify((aspect === 'validity' ? placeholder : `free ${info.label}`) + hostile),
          component: aspect === 'presence' ? MIN_COUNT : aspect === 'validity' ? PATTERN : CLASS,
          waived: letter === 'w',
        };
      }
      if (o.type === 'Image' && chance(seed, 11, idOf(o.ref)) < 0.01) {
        const channel = object(`Channel:${o.ref.slice(6)}:1`, 'DAPI');
        const { severity, message } = CHANNEL_SHAPE;
        const component = 'http://www.w3.org/ns/shacl#SPARQLConstraintComponent';
        yield { ...common, focus: channel, shape: SHAPE_INFOS.length, severity, message, component, waived: false };
      }
    }
  }

  const containerReports = made.map((m): ContainerReport => {
    const whole = new Tally();
    const parts = m.parts.map(() => new Tally());
    const partIndex = new Map(m.parts.map((p, i) => [p.ref, i]));
    for (const o of objectsOf(m)) {
      whole.add(o);
      parts[partIndex.get(o.type === 'Image' ? (o.partOf[0] ?? '') : o.ref) ?? -1]?.add(o);
    }
    const groups = new Map<number, { group: ResultGroup; count: number; waived: number; examples: ObjectLabel[] }>();
    for (const r of resultsOf(m)) {
      for (const t of [whole, parts[partIndex.get(r.partOf[0]?.ref ?? r.focus.ref) ?? -1]]) t?.result(r);
      let g = groups.get(r.shape);
      if (g === undefined) {
        const group = { shape: r.shape, severity: r.severity, message: r.message, count: 0, waived: 0, examples: [] };
        groups.set(r.shape, (g = { group, count: 0, waived: 0, examples: [] }));
      }
      g.count += r.waived ? 0 : 1;
      g.waived += r.waived ? 1 : 0;
      if (g.examples.length < 10)
        g.examples.push({ ...r.focus, ...(r.image !== r.focus && { image: r.image?.label }) });
    }
    return {
      ...whole.scope(),
      container: m.container,
      label: m.label,
      graph: `${BASE}/graph/${m.container.replace(':', '/')}`,
      group: m.group,
      owner: m.owner,
      triples: m.images * 74,
      conforms: whole.conforms,
      parts: m.parts.map((p, i) => ({ ...p, type: m.partType, ...(parts[i] as Tally).scope() }) satisfies PartReport),
      groups: [...groups.values()].map(({ group, count, waived, examples }) => ({ ...group, count, waived, examples })),
    };
  });
  const notAudited = Array.from({ length: unread }, (_, i) => ({
    container: `Project:${900 + i}`,
    label: `Archive of 2016${hostile}`,
    images: 12,
    reason: `Project-${900 + i}.nq:17: the line is no N-Quad ("<https")${hostile}; export the container again`,
  }));
  const server = Tally.sum(containerReports).scope(notAudited.reduce((n, c) => n + c.images, 0));
  const shared = (key: 'group' | 'owner'): SharedScope[] =>
    [...new Set(containerReports.map((c) => c[key] ?? ''))].sort().map((label, i) => {
      const ref = `${key === 'group' ? 'ExperimenterGroup' : 'Experimenter'}:${i + 3}`;
      const all = containerReports.filter((c) => c[key] === label);
      return { ...Tally.sum(all).scope(), label, ref, node: `${BASE}/${ref.replace(':', '/')}` };
    });
  const report: AuditReport = {
    format: 'omegraph-audit',
    version: 2,
    software: 'omegraph 0.1.0',
    profile: { name: 'rembi', label: 'REMBI', iri: 'https://w3id.org/omegraph/shapes/rembi#profile' },
    auditedAt: '2026-03-01T12:00:00.000Z',
    base: BASE,
    web: 'web' in options ? options.web : BASE,
    partial: notAudited.length > 0,
    conforms: containerReports.every((c) => c.conforms),
    triples: containerReports.reduce((n, c) => n + c.triples, 0),
    modules: MODULES,
    fields: FIELDS,
    shapes: [...SHAPE_INFOS, CHANNEL_SHAPE],
    server,
    groups: shared('group'),
    owners: shared('owner'),
    containers: containerReports,
    notAudited,
    shapeWarnings: [
      {
        shape: 'https://example.org/site-shapes#taxon',
        kind: 'no-target',
        message: `shape taxon: no object of the record is of its target class ("schema:Taxon"); correct sh:targetClass${hostile}`,
      },
    ],
    waivers: [
      {
        about: 'https://w3id.org/omegraph/rembi#biosampleIdentity',
        on: 'Screen:114',
        reason: `Beads and slides, there is no sample${hostile}`,
        until: '2026-12-31',
        expired: false,
        used: containerReports.reduce((n, c) => n + c.waived, 0),
      },
      {
        about: 'https://w3id.org/omegraph/rembi#organism',
        on: 'group: Plant Imaging',
        reason: 'Until the species list is agreed',
        until: '2025-06-30',
        expired: true,
        used: 0,
      },
    ],
  };
  const pick = (container?: string): Made[] => made.filter((m) => container === undefined || m.container === container);
  return {
    report,
    async *results(container) {
      for (const m of pick(container)) yield* resultsOf(m);
    },
    async *objects(container) {
      for (const m of pick(container)) yield* objectsOf(m);
    },
  };
}
