import type { AuditReport } from '../audit/auditReport.js';

const HEADER = ['container', 'object', 'label', 'part of', 'module', 'field', 'severity', 'problem', 'value', 'iri'];

/**
 * The single results of an audit as CSV (RFC 4180) for spreadsheets: a text that a spreadsheet would take for a formula
 * gets an apostrophe before it, numbers do not.
 */
export function auditCsv(report: AuditReport): string {
  const rows = report.results.map((r) => [
    r.container,
    r.focus.ref,
    r.focus.label,
    r.partOf.map((p) => p.label).join(' | '),
    r.module ?? '',
    r.fieldLabel ?? '',
    r.severity,
    r.message,
    r.value ?? '',
    r.focus.node,
  ]);
  return [HEADER, ...rows].map((row) => `${row.map(csvField).join(',')}\r\n`).join('');
}

/** One field: harmless for spreadsheets, quoted where needed. */
export function csvField(text: string): string {
  const formula =
    /^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/.test(text) && !/^[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(text);
  const harmless = formula ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replace(/"/g, '""')}"` : harmless;
}
