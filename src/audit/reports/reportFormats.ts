import { auditCsv } from './auditCsv.js';
import { auditDqv } from './auditDqv.js';
import { auditGithub } from './auditGithub.js';
import { auditHtml } from './auditHtml.js';
import { auditJson } from './auditJson.js';
import { auditJUnit } from './auditJUnit.js';
import { auditTable } from './auditTable.js';
import { auditTurtle } from './auditTurtle.js';
import type { ReportWriter } from './report.js';

interface ReportFormat {
  readonly write: ReportWriter;
  readonly mediaType: string;
  /** How the names of its files end, with the dot. */
  readonly extension: string;
  /** What it is for, as a part of a sentence. */
  readonly purpose: string;
}

/** Every form that an audit can be written in. */
export const REPORT_FORMATS = {
  table: { write: auditTable, mediaType: 'text/plain', extension: '.txt', purpose: 'a summary for the terminal' },
  html: {
    write: auditHtml,
    mediaType: 'text/html',
    extension: '.html',
    purpose: 'one page to look at, with a heat map down to single images',
  },
  json: {
    write: auditJson,
    mediaType: 'application/json',
    extension: '.json',
    purpose: 'the report with all results, for programs',
  },
  csv: { write: auditCsv, mediaType: 'text/csv', extension: '.csv', purpose: 'one row a result, for spreadsheets' },
  turtle: {
    write: auditTurtle,
    mediaType: 'text/turtle',
    extension: '.ttl',
    purpose: 'a SHACL validation report',
  },
  dqv: {
    write: auditDqv,
    mediaType: 'text/turtle',
    extension: '.dqv.ttl',
    purpose: 'measures in the Data Quality Vocabulary',
  },
  junit: {
    write: auditJUnit,
    mediaType: 'application/xml',
    extension: '.junit.xml',
    purpose: 'JUnit XML, for continuous integration',
  },
  github: {
    write: auditGithub,
    mediaType: 'text/plain',
    extension: '.txt',
    purpose: 'annotations for GitHub Actions',
  },
} as const satisfies Record<string, ReportFormat>;

export type ReportFormatName = keyof typeof REPORT_FORMATS;
