import { OmegraphError } from '../errors.js';
import type { AuditReport, AuditResult } from './auditReport.js';

/** Columns of the CSV, in their order. */
const COLUMNS = {
  container: (r) => r.container,
  dataset: (r) => r.partOf.map((p) => p.label).join('; '),
  image: (r) => r.image?.label ?? '',
  object: (r) => r.focus.ref,
  module: (r) => r.module ?? '',
  field: (r) => r.fieldLabel ?? '',
  severity: (r) => r.severity,
  problem: (r) => ({ presence: 'missing', validity: 'invalid', grounding: 'not an ontology term' })[r.aspect],
  value: (r) => r.value ?? '',
  message: (r) => r.message,
  iri: (r) => r.focus.node,
} as const satisfies Record<string, (result: AuditResult) => string>;

/**
 * One row for each result (RFC 4180: CRLF, quotes doubled), for spreadsheets: a cell that a spreadsheet would take for a
 * formula begins with an apostrophe, so the file is for reading and not for feeding back.
 * @throws OmegraphError (limit) when the report left results out; write rows with `csvRow` as they are found instead
 */
export function auditCsv(report: AuditReport): string {
  if (report.resultsOmitted > 0) {
    throw new OmegraphError('limit', {
      where: 'CSV of the audit',
      wrong: `${report.resultsOmitted} results are counted but not listed in this report`,
      remedy: 'audit fewer containers at a time by naming them',
    });
  }
  return csvHeader() + report.results.map(csvRow).join('');
}

/** The header row. */
export function csvHeader(): string {
  return `${Object.keys(COLUMNS).join(',')}\r\n`;
}

/** The row of one result. */
export function csvRow(result: AuditResult): string {
  return `${Object.values(COLUMNS)
    .map((column) => cell(column(result)))
    .join(',')}\r\n`;
}

/** Starts of formulas (OWASP CSV injection), their full-width forms, and what spreadsheets strip before them. */
const FORMULA = /^[\s\u0000-\u001f\u200b\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/;
const NUMBER = /^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

function cell(text: string): string {
  const safe = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
