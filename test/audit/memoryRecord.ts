import type { AuditableRecord } from '../../src/audit/auditRecord.js';
import { OmegraphError } from '../../src/errors.js';
import { BASE, graphOf } from './studyGraph.js';

/** A record of graphs in memory. */
export function recordOf(graphs: Readonly<Record<string, string>>, broken: readonly string[] = []): AuditableRecord {
  const names = [...Object.keys(graphs), ...broken];
  return {
    manifest: {
      base: BASE,
      containers: names.map((container) => ({
        container,
        label: `label of ${container}`,
        graph: `${BASE}/graph/${container.replace(':', '/')}`,
        counts: { Image: 7 },
        exportedAt: '2026-01-01T00:00:00Z',
        file: `${container}.nq`,
        sha256: '',
        bytes: 0,
        quads: 0,
      })),
    },
    dataset: async (container) => {
      const turtle = graphs[container];
      if (turtle !== undefined) return graphOf(turtle);
      throw new OmegraphError('input', { where: `${container}.nq`, wrong: 'the file is gone', remedy: 'export again' });
    },
  };
}
