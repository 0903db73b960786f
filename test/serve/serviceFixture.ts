import { request as httpRequest } from 'node:http';
import type { AuditReport, ModuleReport } from '../../src/audit/auditReport.js';
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

const organism = (applicable: number, filled: number, inherited: number): ModuleReport => ({
  module: 'Biosample',
  completeness: applicable === 0 ? null : (filled + inherited) / applicable,
  fields: [
    {
      field: 'https://w3id.org/omegraph/rembi#organism',
      label: 'Organism',
      severity: 'violation',
      focusType: 'Image',
      applicable,
      filled,
      inherited,
      missing: applicable - filled - inherited,
      invalid: 0,
      notGrounded: 0,
    },
  ],
});
const nothing: ModuleReport = { module: 'Image correlation', completeness: null, fields: [] };

/** The report of an audit of the study, with one finding whose label is `name`. */
export function reportOf(name = 'cell_03'): AuditReport {
  const focus = { node: `${BASE}/Image/11`, ref: 'Image:11', label: name };
  const dataset = { node: `${BASE}/Dataset/102`, ref: 'Dataset:102', label: 'Nocodazole 100 nM' };
  const results = { violation: 1, warning: 0, info: 0 };
  const shape = 'https://w3id.org/omegraph/shapes#organism';
  const message = 'The image has no organism; add the key "Organism" to it, its dataset or its project';
  const found = {
    shape,
    module: 'Biosample',
    field: 'https://w3id.org/omegraph/rembi#organism',
    fieldLabel: 'Organism',
    aspect: 'presence',
    severity: 'violation',
    message,
  } as const;
  return {
    format: 'omegraph-audit',
    version: 1,
    profile: { name: 'rembi', label: 'REMBI', iri: 'https://w3id.org/omegraph/shapes#rembi' },
    auditedAt: '2026-01-02T03:04:05Z',
    base: BASE,
    containers: [
      {
        container: 'Project:52',
        label: 'Mitotic spindle study',
        graph: `${BASE}/graph/Project/52`,
        images: 3,
        triples: 90,
        conforms: false,
        completeness: 2 / 3,
        modules: [organism(3, 0, 2), nothing],
        parts: [
          { ...dataset, type: 'Dataset', images: 1, completeness: 0, results, modules: [organism(1, 0, 0), nothing] },
        ],
        results,
        groups: [{ ...found, count: 1, examples: [focus] }],
      },
    ],
    totals: {
      containers: 1,
      images: 3,
      triples: 90,
      conforms: false,
      completeness: 2 / 3,
      results,
      modules: [organism(3, 0, 2), nothing],
    },
    notAudited: [{ container: 'Screen:3', label: 'siRNA pilot', images: 1, reason: 'not asked for' }],
    idleShapes: [],
    results: [
      {
        ...found,
        container: 'Project:52',
        focus,
        partOf: [dataset],
        component: 'http://www.w3.org/ns/shacl#MinCountConstraintComponent',
      },
    ],
    resultsOmitted: 0,
  };
}
