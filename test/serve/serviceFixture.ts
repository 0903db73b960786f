import { request as httpRequest } from 'node:http';
import type { AuditedObject, AuditReport, FieldCounts, Scope, StoredAudit } from '../../src/audit/model.js';
import { memoryAudit } from '../../src/audit/stored/storedAudit.js';
import type { GraphStore } from '../../src/graph/graphStore.js';
import { openStore, type StoreSource } from '../../src/graph/oxigraphStore.js';
import { createService, type Service, type ServiceOptions } from '../../src/serve/service.js';
import { BASE, studyRecord } from '../graph/storeFixture.js';

export interface Served extends Service {
  readonly store: GraphStore;
}

/** Serves a record on a free port; `close` ends the store too. */
export async function serve(source?: StoreSource, options: Partial<ServiceOptions> = {}): Promise<Served> {
  const record = source ?? (await studyRecord());
  const store = await openStore(record);
  const service = await createService({ store, record, host: '127.0.0.1', port: 0, deadlineMs: 20_000, ...options });
  return {
    store,
    url: service.url,
    close: async () => {
      await service.close();
      await store.close();
    },
  };
}

/** A request as it is written, without what fetch adds or forbids. */
export function raw(
  url: string,
  options: { method?: string; headers?: Record<string, string>; body?: string | Buffer } = {},
): Promise<{ status: number; headers: Record<string, string | string[] | undefined>; body: string }> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      url,
      { method: options.method ?? 'GET', headers: options.headers ?? {} },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (c: Buffer) => chunks.push(c));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks).toString('utf8'),
          }),
        );
      },
    );
    request.on('error', reject);
    request.end(options.body);
  });
}

/** Filled, inherited, …: objects by status in the order of `STATUSES`. */
const counts = (filled: number, inherited: number, missing: number): FieldCounts => [
  filled,
  inherited,
  0,
  missing,
  0,
  0,
  0,
  0,
];

function scope(images: number, organism: FieldCounts): Scope {
  const [filled = 0, inherited = 0, , missing = 0] = organism;
  const asked = filled + inherited + missing;
  const completeness = asked === 0 ? null : (filled + inherited) / asked;
  return {
    images,
    imagesNotAudited: 0,
    completeness,
    moduleCompleteness: [completeness, null],
    counts: [organism],
    results: { violation: missing, warning: 0, info: 0 },
    waived: 0,
  };
}

/** An audit of the study, with one finding whose label is `name`. */
export function auditOf(
  name = 'cell_03',
  change: (report: AuditReport) => AuditReport = (report) => report,
): StoredAudit {
  const focus = { node: `${BASE}/Image/11`, ref: 'Image:11', label: name };
  const dataset = { node: `${BASE}/Dataset/102`, ref: 'Dataset:102', label: 'Nocodazole 100 nM' };
  const field = 'https://w3id.org/omegraph/rembi#organism';
  const message = 'The image has no organism; add the key "Organism" to it, its dataset or its project';
  const study = scope(3, counts(0, 2, 1));
  const report: AuditReport = {
    format: 'omegraph-audit',
    version: 2,
    software: 'omegraph 0.1.0',
    profile: { name: 'rembi', label: 'REMBI', iri: 'https://w3id.org/omegraph/shapes#rembi' },
    auditedAt: '2026-01-02T03:04:05Z',
    base: BASE,
    partial: true,
    conforms: false,
    triples: 90,
    modules: ['Biosample', 'Image correlation'],
    fields: [
      {
        field,
        label: 'Organism',
        description: 'The species the sample comes from.',
        module: 'Biosample',
        severity: 'violation',
        askedOf: ['Image'],
      },
    ],
    shapes: [
      {
        shape: 'https://w3id.org/omegraph/shapes#organism',
        label: 'Organism',
        description: '',
        message,
        severity: 'violation',
        aspect: 'presence',
        module: 'Biosample',
        field: 0,
        way: 'columns',
      },
    ],
    server: { ...study, images: 4, imagesNotAudited: 1 },
    groups: [],
    owners: [],
    containers: [
      {
        ...study,
        container: 'Project:52',
        label: 'Mitotic spindle study',
        graph: `${BASE}/graph/Project/52`,
        triples: 90,
        conforms: false,
        parts: [{ ...dataset, type: 'Dataset', ...scope(1, counts(0, 0, 1)) }],
        groups: [{ shape: 0, severity: 'violation', message, count: 1, waived: 0, examples: [focus] }],
      },
    ],
    notAudited: [{ container: 'Screen:3', label: 'siRNA pilot', images: 1, reason: 'not asked for' }],
    shapeWarnings: [],
    waivers: [],
  };
  const component = 'http://www.w3.org/ns/shacl#MinCountConstraintComponent';
  const within = { container: 'Project:52', type: 'Image', group: undefined, owner: undefined };
  const image = (id: number, label: string): AuditedObject => ({
    ...within,
    node: `${BASE}/Image/${id}`,
    ref: `Image:${id}`,
    label,
    partOf: [id === 11 ? 'Dataset:102' : 'Dataset:101'],
    statuses: id === 11 ? 'm' : 'i',
  });
  return memoryAudit(change(report), {
    results: [
      {
        container: 'Project:52',
        focus,
        image: focus,
        partOf: [dataset],
        shape: 0,
        severity: 'violation',
        message,
        component,
        waived: false,
      },
    ],
    objects: [image(9, 'cell_01'), image(10, 'cell_02'), image(11, name)],
  });
}
