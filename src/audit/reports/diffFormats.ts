import type { StoredAudit } from '../model.js';
import { auditChanges } from '../stored/auditChanges.js';
import { diffAudits } from '../stored/diffAudits.js';
import { csvLine } from './auditCsv.js';
import { diffTable } from './diffTable.js';
import { termText } from './termText.js';

/** Writes what changed between two audits as text, in chunks. @throws OmegraphError (input) when they cannot be compared */
export type DiffWriter = (before: StoredAudit, after: StoredAudit) => AsyncIterable<string>;

const CHUNK = 64 * 1024;

async function* table(before: StoredAudit, after: StoredAudit): AsyncGenerator<string> {
  yield diffTable(await diffAudits(before, after));
}

/** The comparison with every change that is not `open` under `changes`, one a line. */
async function* json(before: StoredAudit, after: StoredAudit): AsyncGenerator<string> {
  let chunk = `${JSON.stringify(await diffAudits(before, after), null, 2).slice(0, -2)},\n  "changes": [`;
  let separator = '\n';
  for await (const { change, result, shape } of auditChanges(before, after)) {
    if (change === 'open') continue;
    const { container, focus, image, severity, message, value } = result;
    chunk += `${separator}    ${JSON.stringify({ change, container, focus, image, shape: shape.shape, severity, message, value })}`;
    separator = ',\n';
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = '';
  }
  yield `${chunk}${separator === '\n' ? '' : '\n  '}]\n}\n`;
}

const COLUMNS = [
  'change',
  'container',
  'dataset',
  'image',
  'object',
  'module',
  'rule',
  'severity',
  'value',
  'message',
  'iri',
];

/** One row for each change, those still open included. */
async function* csv(before: StoredAudit, after: StoredAudit): AsyncGenerator<string> {
  let chunk = csvLine(COLUMNS);
  for await (const { change, result: r, shape } of auditChanges(before, after)) {
    chunk += csvLine([
      change,
      r.container,
      r.partOf.map((p) => p.label || p.ref).join('; '),
      r.image?.label ?? '',
      r.focus.ref,
      shape.module ?? '',
      shape.label,
      r.severity,
      r.value === undefined ? '' : termText(r.value),
      r.message,
      r.focus.node,
    ]);
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = '';
  }
  yield chunk;
}

/** Every form that a comparison can be written in. */
export const DIFF_FORMATS = { table, json, csv } as const satisfies Record<string, DiffWriter>;
