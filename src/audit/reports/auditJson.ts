import type { StoredAudit } from '../model.js';

const CHUNK = 64 * 1024;

/**
 * The report as JSON (RFC 8259) with all its results under `results`, one a line; `shapes/audit-report.schema.json`
 * describes it.
 */
export async function* auditJson({ report, results }: StoredAudit): AsyncGenerator<string> {
  let chunk = `${JSON.stringify(report, null, 2).slice(0, -2)},\n  "results": [`;
  let separator = '\n';
  for await (const result of results()) {
    chunk += `${separator}    ${JSON.stringify(result)}`;
    separator = ',\n';
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = '';
  }
  yield `${chunk}${separator === '\n' ? '' : '\n  '}]\n}\n`;
}
