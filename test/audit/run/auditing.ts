import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { profileOf } from '../../../src/audit/loadProfile.js';
import type { AuditedObject, AuditReport, AuditResult, FieldCounts, Status } from '../../../src/audit/model.js';
import { STATUSES } from '../../../src/audit/model.js';
import { loadProfile, type Profile } from '../../../src/audit/profile.js';
import { type AuditableRecord, validate, type ValidateOptions } from '../../../src/audit/run/auditRecord.js';
import { containerGraphOf } from '../../../src/graph/columns/containerGraphOf.js';
import { nquadsWriter } from '../../../src/rdf/nquads.js';
import { PREFIXES } from '../../../src/rdf/vocabulary.js';
import { BASE, graphOf } from '../studyGraph.js';
import { turtle } from '../turtle.js';

export const rembi = await loadProfile('rembi');

/** An audit with its rows in arrays. */
export interface Audited {
  readonly report: AuditReport;
  readonly results: readonly AuditResult[];
  readonly objects: readonly AuditedObject[];
}

export async function all<T>(rows: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const row of rows) found.push(row);
  return found;
}

/** Audits a Turtle snippet as the container Project:1. */
export async function audit(
  snippet: string,
  profile: Profile = rembi,
  options: ValidateOptions = {},
): Promise<Audited> {
  const graph = containerGraphOf(graphOf(snippet));
  const stored = await validate(graph, profile, { base: BASE, container: { container: 'Project:1' }, ...options });
  return { report: stored.report, results: await all(stored.results()), objects: await all(stored.objects()) };
}

/** Objects by status of one field, by its local name; statuses that nothing has are left out. */
export function counts(
  report: AuditReport,
  scope: { readonly counts: readonly FieldCounts[] },
  name: string,
): Partial<Record<Status, number>> {
  const at = report.fields.findIndex((f) => f.field === PREFIXES.rembi + name);
  if (at < 0) throw new Error(name);
  return Object.fromEntries(
    STATUSES.flatMap((s, i) => ((scope.counts[at]?.[i] ?? 0) > 0 ? [[s, scope.counts[at]?.[i]]] : [])),
  );
}

/** The letter of a field in the row of an object. */
export function letter({ report, objects }: Audited, ref: string, name: string): string | undefined {
  const at = report.fields.findIndex((f) => f.field === PREFIXES.rembi + name);
  return objects.find((o) => o.ref === ref)?.statuses[at];
}

/** A profile of one Turtle snippet with the usual prefixes. */
export function site(snippet: string): Profile {
  const head = ['sh', 'core', 'rdfs', 'rembi', 'omg', 'dcterms'] as const;
  const prefixes = head.map((p) => `@prefix ${p}: <${PREFIXES[p]}> .`).join(' ');
  return profileOf('site', [
    { file: 'site.ttl', quads: turtle(`${prefixes} @prefix ex: <http://e.org/> . ${snippet}`) },
  ]);
}

/** A record of Turtle snippets in files; those named in `missing` are in the manifest only. */
export function recordOf(graphs: Readonly<Record<string, string>>, missing: readonly string[] = []): AuditableRecord {
  const folder = mkdtempSync(join(tmpdir(), 'omegraph-audit-'));
  const containers = [...Object.keys(graphs), ...missing].map((container) => {
    const graph = `${BASE}/graph/${container.replace(':', '/')}`;
    const file = `${container.replace(':', '-')}.nq`;
    const snippet = graphs[container];
    const store = snippet === undefined ? undefined : graphOf(snippet);
    const writer = nquadsWriter();
    const lines = [...(store ?? [])].map((q) => `${writer.triple(q)} <${graph}> .\n`).sort();
    const text = lines.join('');
    if (store !== undefined) writeFileSync(join(folder, file), text);
    return {
      ...{ container, label: `label of ${container}`, graph, file, sha256: '', quads: lines.length },
      ...{ bytes: Buffer.byteLength(text), counts: { Image: 7, Project: 1 }, exportedAt: '2026-01-01T00:00:00Z' },
    };
  });
  const manifest = { format: 'omegraph-record', version: 1, base: BASE, software: '', source: '', containers } as const;
  return { manifest, path: ({ file }) => join(folder, file) };
}
