import { type Command, Option } from 'commander';
import type { AuditReport, StoredAudit } from '../audit/model.js';
import { csvLine } from '../audit/reports/auditCsv.js';
import { diffTable, trendTable } from '../audit/reports/diffTable.js';
import { auditChanges } from '../audit/stored/auditChanges.js';
import { type AuditTrend, auditTrend } from '../audit/stored/auditTrend.js';
import { diffAudits } from '../audit/stored/diffAudits.js';
import { findAudit, type KeptAudit, listAudits, openAudit, readReport } from '../audit/stored/snapshots.js';
import { isOmegraphError, OmegraphError } from '../errors.js';
import { counted, percent } from '../words.js';
import { type CommonOptions, type Context, command, EXIT, path, type Runtime } from './command.js';
import { printChunks } from './printChunks.js';
import { columns } from './terminal.js';

/** Points of a line that still tell something on a page. */
const MOST_POINTS = 60;

interface Options extends CommonOptions {
  readonly data?: string;
  readonly format: 'table' | 'json' | 'csv';
}

/** `omegraph audit diff`: two kept audits → what was fixed, is new, is still open. */
export function diffCommand(runtime: Runtime): Command {
  return command<Options>(runtime, {
    name: 'diff',
    summary: 'compare two audits that were kept: what was fixed, is new, is still open',
    example: 'omegraph audit diff previous last\nomegraph audit diff 2027-01-31 last --format csv',
    arguments: [
      { name: '[before]', description: 'name of an audit, a day, `previous` (default), or a folder' },
      { name: '[after]', description: 'the same; `last` by default' },
    ],
    options: (made) =>
      made
        .option('--data <folder>', 'data folder with the record', path)
        .addOption(
          new Option('--format <format>', 'a summary, the same as JSON, or one row for each result that changed')
            .choices(['table', 'json', 'csv'])
            .default('table'),
        ),
    action: async ([before = 'previous', after = 'last'], options, context) => {
      const folder = options.data ?? context.config.data;
      const to = await openAudit((await kept(folder, after)).folder);
      const from = await openAudit((await kept(folder, before, to.report)).folder);
      if (options.format === 'csv' && !context.json) await printChunks(changes(from, to), context);
      else {
        const diff = await diffAudits(from, to);
        const json = context.json || options.format === 'json';
        context.terminal.print(json ? JSON.stringify(diff, null, 2) : diffTable(diff).trimEnd());
      }
      return EXIT.done;
    },
  });
}

/** `omegraph audit list`: the audits that were kept. */
export function listCommand(runtime: Runtime): Command {
  return command<CommonOptions & { readonly data?: string }>(runtime, {
    name: 'list',
    summary: 'list the audits that were kept, with their completeness',
    example: 'omegraph audit list',
    options: (made) => made.option('--data <folder>', 'data folder with the record', path),
    action: async (_args, options, context) => {
      const audits = await listAudits(options.data ?? context.config.data);
      if (context.json) context.terminal.print(JSON.stringify(audits, null, 2));
      else if (audits.length === 0) context.terminal.print('No audit was kept yet; run `omegraph audit`.');
      else context.terminal.print(columns(audits.map(row)));
      return EXIT.done;
    },
  });
}

/** Says how completeness moved since a day, and what changed since the first audit of that time. */
export async function sayTrend(folder: string, now: StoredAudit, since: string, context: Context): Promise<void> {
  const earlier = await earlierAudits(folder, now.report, since);
  const first = await firstReadable(earlier);
  if (first === undefined) {
    context.terminal.say(`No audit against ${now.report.profile.label} was kept since ${since}.`);
    return;
  }
  const trend = await auditTrend(reports(earlier), now.report);
  const diff = await diffAudits(first, now);
  context.terminal.print(`\n${trendTable(trend)}\n${diffTable(diff)}`.trimEnd());
}

/**
 * How completeness moved over the last audits against the same profile; undefined when this is the first. What cannot be read is told
 * and left out.
 */
export async function trendOf(
  folder: string,
  { report }: StoredAudit,
  { terminal }: Context,
): Promise<AuditTrend | undefined> {
  const earlier = (await earlierAudits(folder, report)).slice(-MOST_POINTS);
  if (earlier.length === 0) return undefined;
  return auditTrend(
    reports(earlier, (problem) => terminal.complain(problem)),
    report,
  );
}

/** Audits of the same containers of the same record against the same profile that were kept before this one, the oldest first. */
async function earlierAudits(
  folder: string,
  { profile, base, asked, auditedAt }: AuditReport,
  since = '',
): Promise<KeptAudit[]> {
  return (await listAudits(folder)).filter(
    ({ summary }) =>
      summary !== undefined &&
      summary.profile.iri === profile.iri &&
      summary.base === base &&
      String(summary.asked) === String(asked) &&
      summary.auditedAt >= since &&
      summary.auditedAt < auditedAt,
  );
}

/** Reports of audits; one that is damaged must not keep today's from being told. */
async function* reports(
  audits: readonly KeptAudit[],
  onProblem?: (problem: string) => void,
): AsyncGenerator<AuditReport> {
  for (const { folder } of audits) {
    const report = await readReport(folder).catch((error: unknown) => {
      if (!isOmegraphError(error)) throw error;
      onProblem?.(error.message);
    });
    if (report !== undefined) yield report;
  }
}

async function firstReadable(audits: readonly KeptAudit[]): Promise<StoredAudit | undefined> {
  for (const { folder } of audits) {
    const audit = await openAudit(folder).catch((error: unknown) => {
      if (!isOmegraphError(error)) throw error;
    });
    if (audit !== undefined) return audit;
  }
  return undefined;
}

/** The audit that a word means; `previous` is the last one before another, against the same profile. */
async function kept(data: string, word: string, than?: AuditReport): Promise<KeptAudit> {
  if (word !== 'previous') return findAudit(data, word);
  const found = than === undefined ? (await listAudits(data)).at(-2) : (await earlierAudits(data, than)).at(-1);
  if (found !== undefined) return found;
  throw new OmegraphError('input', {
    where: data,
    wrong: 'there is no earlier audit of the same containers against the same profile to compare with',
    found: than?.profile.label,
    remedy: 'audit again after something has changed; every audit is kept, and `omegraph audit list` names them',
  });
}

async function* changes(from: StoredAudit, to: StoredAudit): AsyncGenerator<string> {
  yield csvLine(['change', 'container', 'object', 'label', 'severity', 'rule', 'message']);
  for await (const { change, result, shape } of auditChanges(from, to)) {
    const { container, focus, severity, message } = result;
    yield csvLine([change, container, focus.ref, focus.label, severity, shape.label, message]);
  }
}

function row({ name, summary, problem }: KeptAudit): (string | number)[] {
  if (summary === undefined) return [name, problem ?? ''];
  const { profile, completeness, images, results, asked, partial } = summary;
  const { violation, warning } = results;
  return [
    name,
    profile.label,
    percent(completeness),
    counted(images, 'image'),
    counted(violation, 'violation'),
    counted(warning, 'warning'),
    asked?.join(' ') ?? '',
    partial ? 'not all audited' : '',
  ];
}
