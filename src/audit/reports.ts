import type { AuditReport } from './auditReport.js';

export { auditCsv } from './auditCsv.js';
export { auditTable } from './auditTable.js';
export { auditTurtle } from './auditTurtle.js';

/** The report as JSON (RFC 8259), with a line feed at its end. */
export function auditJson(report: AuditReport): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}
