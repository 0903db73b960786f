import type { AuditReport, AuditResult, StoredAudit } from '../model.js';
import { omeroLink } from './omeroLink.js';
import { termText } from './termText.js';

const PROBLEMS = { presence: 'missing', validity: 'invalid', grounding: 'not an ontology term' } as const;

type Cell = (result: AuditResult, report: AuditReport) => string;

/** Columns of the CSV, in their order. */
const COLUMNS = {
  container: (r) => r.container,
  dataset: (r) => r.partOf.map((p) => p.label || p.ref).join('; '),
  image: (r) => r.image?.label ?? '',
  object: (r) => r.focus.ref,
  module: (r, report) => report.shapes[r.shape]?.module ?? '',
  field: (r, report) => fieldLabel(r, report),
  severity: (r) => r.severity,
  problem: (r, { shapes }) => {
    const aspect = shapes[r.shape]?.aspect;
    return aspect === undefined ? '' : PROBLEMS[aspect];
  },
  value: (r) => r.says ?? (r.value === undefined ? '' : termText(r.value)),
  message: (r) => r.message,
  waived: (r) => (r.waived ? 'yes' : ''),
  iri: (r) => r.focus.node,
  omero: (r, { web }) => omeroLink(web, r.image?.ref ?? r.focus.ref) ?? '',
} as const satisfies Record<string, Cell>;

/** Label of the field that a result is about, else of its shape. */
function fieldLabel({ shape }: AuditResult, { shapes, fields }: AuditReport): string {
  const info = shapes[shape];
  return (info?.field === undefined ? info?.label : fields[info.field]?.label) ?? '';
}

const CHUNK = 64 * 1024;

/**
 * One row for each result (RFC 4180: CRLF, quotes doubled), for spreadsheets: a cell that a spreadsheet would take for a
 * formula begins with an apostrophe, so the file is for reading and not for feeding back.
 */
export async function* auditCsv({ report, results }: StoredAudit): AsyncGenerator<string> {
  let chunk = `${Object.keys(COLUMNS).join(',')}\r\n`;
  for await (const result of results()) {
    chunk += csvRow(result, report);
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = '';
  }
  yield chunk;
}

/** The row of one result. */
export function csvRow(result: AuditResult, report: AuditReport): string {
  return csvLine(Object.values<Cell>(COLUMNS).map((column) => column(result, report)));
}

/** A line of CSV (RFC 4180) in which no cell is a formula to a spreadsheet. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

/** Starts of formulas (OWASP CSV injection), their full-width forms, and what spreadsheets strip before them. */
const FORMULA = /^[\s\u0000-\u001f\u200b\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/;
const NUMBER = /^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

function csvCell(text: string): string {
  const safe = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
