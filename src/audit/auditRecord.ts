import type { Store } from 'n3';
import { isOmegraphError, OmegraphError } from '../errors.js';
import type { Manifest } from '../graph/manifest.js';
import { auditDataset } from './auditDataset.js';
import type { AuditReport, AuditResult, ContainerReport, NotAudited, SeverityCounts } from './auditReport.js';
import { completeness, sumModules } from './completeness.js';
import type { Profile } from './profile.js';
import { shapeValidator } from './shapeValidator.js';

/** What the audit needs of a record: its manifest, and one container's graph at a time. */
export interface AuditableRecord {
  readonly manifest: Pick<Manifest, 'base' | 'containers'>;
  dataset(container: string): Promise<Store>;
}

export interface AuditOptions {
  readonly signal?: AbortSignal | undefined;
  /** Containers to audit (`Project:52`); all when left out. */
  readonly containers?: readonly string[] | undefined;
  /** Results listed in the report; those beyond are counted in `resultsOmitted`. */
  readonly resultLimit?: number | undefined;
  onProgress?(progress: { readonly done: number; readonly total: number; readonly what: string }): void;
  /** Receives every single result as it is found, also those beyond `resultLimit`. */
  onResult?(result: AuditResult): void;
  /** The clock. */
  now?(): Date;
}

/** Enough for 10 000 images with twenty gaps each, in about 100 MB. */
const RESULT_LIMIT = 200_000;

/**
 * Audits a record container by container, so that memory is bounded by the largest. A container that cannot be read is
 * listed in `notAudited` and the rest goes on.
 * @throws OmegraphError (input) when a named container is not in the record; the signal's reason when it fires
 */
export async function auditRecord(
  record: AuditableRecord,
  profile: Profile,
  options: AuditOptions = {},
): Promise<AuditReport> {
  const entries = chosen(record, options.containers);
  const validator = shapeValidator(profile);
  const containers: ContainerReport[] = [];
  const notAudited: NotAudited[] = [];
  const results: AuditResult[] = [];
  const used = new Set<string>();
  let found = 0;
  for (const [done, entry] of entries.entries()) {
    options.signal?.throwIfAborted();
    const { container, label, graph } = entry;
    options.onProgress?.({ done, total: entries.length, what: label ?? container });
    let store: Store;
    try {
      store = await record.dataset(container);
    } catch (error) {
      if (!isOmegraphError(error) || error.tag === 'interrupted') throw error;
      notAudited.push({ container, label, images: entry.counts.Image ?? 0, reason: error.message });
      continue;
    }
    containers.push(
      await auditDataset(store, { container, label, graph }, profile, {
        signal: options.signal,
        validator,
        onShapeUsed: (shape) => used.add(shape),
        onResult: (result) => {
          found += 1;
          if (results.length < (options.resultLimit ?? RESULT_LIMIT)) results.push(result);
          options.onResult?.(result);
        },
      }),
    );
  }
  options.onProgress?.({ done: entries.length, total: entries.length, what: 'done' });
  const modules = sumModules(
    profile,
    containers.map((c) => c.modules),
  );
  return {
    format: 'omegraph-audit',
    version: 1,
    profile: { name: profile.name, label: profile.label, iri: profile.iri },
    auditedAt: (options.now?.() ?? new Date()).toISOString(),
    base: record.manifest.base,
    containers,
    totals: {
      containers: containers.length,
      images: sum(containers, (c) => c.images),
      triples: sum(containers, (c) => c.triples),
      conforms: containers.every((c) => c.conforms),
      completeness: completeness(modules.flatMap((m) => m.fields)),
      results: sumSeverities(containers),
      modules,
    },
    notAudited,
    idleShapes: profile.shapes
      .filter((s) => !used.has(s.node.value))
      .map((s) => ({
        shape: s.node.value,
        reason: `the record holds nothing that it looks at (${targetNames(s.targets)})`,
      })),
    results,
    resultsOmitted: found - results.length,
  };
}

function chosen(record: AuditableRecord, names: readonly string[] | undefined): Manifest['containers'] {
  const { containers } = record.manifest;
  if (names === undefined) return containers;
  const unknown = names.find((name) => !containers.some((c) => c.container === name));
  if (unknown !== undefined) {
    const known = containers.map((c) => c.container);
    throw new OmegraphError('input', {
      where: 'containers',
      wrong: 'the record holds no such container',
      found: unknown,
      remedy: `name one of: ${known.slice(0, 10).join(', ')}${known.length > 10 ? ` and ${known.length - 10} more` : ''}`,
    });
  }
  return containers.filter((c) => names.includes(c.container));
}

function sum<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((total, item) => total + value(item), 0);
}

function sumSeverities(containers: readonly ContainerReport[]): SeverityCounts {
  return {
    violation: sum(containers, (c) => c.results.violation),
    warning: sum(containers, (c) => c.results.warning),
    info: sum(containers, (c) => c.results.info),
  };
}

function targetNames(targets: Profile['shapes'][number]['targets']): string {
  return Object.values(targets)
    .flat()
    .map((t) => t.value.replace(/^.*[#/]/, ''))
    .join(', ');
}
