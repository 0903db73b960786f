import type { AuditResult, StoredAudit } from '../../../src/audit/model.js';
import type { ReportOptions, ReportWriter } from '../../../src/audit/reports/report.js';

/** All that a writer writes. */
export async function written(write: ReportWriter, audit: StoredAudit, options?: ReportOptions): Promise<string> {
  return joined(write(audit, options));
}

export async function joined(chunks: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const chunk of chunks) text += chunk;
  return text;
}

export async function all<T>(rows: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const row of rows) found.push(row);
  return found;
}

/** An audit whose results are others. */
export function withResults(audit: StoredAudit, results: readonly AuditResult[]): StoredAudit {
  return {
    ...audit,
    async *results() {
      yield* results;
    },
  };
}

/** A reader of RFC 4180, written for these tests. */
export function readCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  let cell = '';
  let quoted = false;
  for (let i = 0; i < text.length; i += 1) {
    const c = text[i];
    if (quoted) {
      if (c !== '"') cell += c;
      else if (text[i + 1] === '"') {
        cell += c;
        i += 1;
      } else quoted = false;
    } else if (c === '"') quoted = true;
    else if (c === ',' || (c === '\r' && text[i + 1] === '\n')) {
      rows.at(-1)?.push(cell);
      cell = '';
      if (c === '\r') {
        rows.push([]);
        i += 1;
      }
    } else cell += c;
  }
  return rows.slice(0, -1);
}
