import { extname } from 'node:path';
import type { Command } from 'commander';
import { InvalidArgumentError, Option } from 'commander';
import { loadProfile } from '../audit/loadProfile.js';
import type { AuditReport, StoredAudit } from '../audit/model.js';
import { verdict } from '../audit/reports/auditTable.js';
import { type FailOn, fails } from '../audit/reports/report.js';
import { REPORT_FORMATS, type ReportFormatName } from '../audit/reports/reportFormats.js';
import { auditRecord } from '../audit/run/auditRecord.js';
import type { Engine } from '../audit/run/session.js';
import { auditFolder, keepAudits } from '../audit/stored/snapshots.js';
import { isDay } from '../audit/waivers.js';
import { OmegraphError } from '../errors.js';
import { openRecord } from '../graph/record.js';
import { counted } from '../words.js';
import { diffCommand, listCommand, sayTrend, trendOf } from './auditHistory.js';
import { clock } from './clock.js';
import {
  type CommonOptions,
  type Context,
  command,
  EXIT,
  type ExitCode,
  path,
  type Runtime,
  severalPaths,
  wholeNumber,
} from './command.js';
import { writeFixLists } from './fixList.js';
import { printChunks } from './printChunks.js';
import { software } from './software.js';
import { siteTermFiles } from './terms.js';
import { writeWhole } from './writeWhole.js';

interface Options extends CommonOptions {
  readonly data?: string;
  readonly profile?: string;
  readonly shapes?: string[];
  readonly format?: ReportFormatName;
  readonly output?: string[];
  readonly fixList?: string;
  readonly optional?: boolean;
  readonly since?: string;
  readonly failOn: FailOn;
  readonly minCompleteness?: number;
  readonly workers?: number;
  readonly deadline?: number;
  readonly engine?: Engine;
  readonly keep: boolean;
}

/** `omegraph audit`: record → report, fix list, and a snapshot to compare with. */
export function auditCommand(runtime: Runtime): Command {
  const made = command<Options>(runtime, {
    name: 'audit',
    summary: 'check the record against REMBI shapes, measure how complete it is, and list what to fix',
    example: [
      'omegraph audit',
      'omegraph audit --output audit.html --output audit.csv',
      'omegraph audit Project:52 --fix-list to-fix',
      'omegraph audit --profile bioimage-archive --fail-on violation --min-completeness 80',
    ].join('\n'),
    arguments: [{ name: '[containers...]', description: 'containers to audit, such as Project:52; all when left out' }],
    options: (c) =>
      c
        .option('--data <folder>', 'data folder with the record', path)
        .option(
          '--profile <name>',
          'profile of shapes: rembi-minimum, rembi, bioimage-archive, zenodo, gide, or a folder or Turtle file',
          path,
        )
        .option(
          '--shapes <file>',
          'Turtle file with your own rules on top of the profile; may be repeated',
          severalPaths,
        )
        .addOption(
          new Option(
            '--format <format>',
            'what is written to stdout, or to a file of a name that tells no format',
          ).choices(Object.keys(REPORT_FORMATS)),
        )
        .option(
          '--output <file>',
          `write the report to a file, in the format of its name (${EXTENSIONS}); may be repeated`,
          severalPaths,
        )
        .option(
          '--fix-list <folder>',
          'write CSV files to fill in, as Import_from_csv of omero-scripts takes them',
          path,
        )
        .option('--optional', 'ask for optional fields too in the fix list')
        .option('--since <day>', 'compare with the first audit kept since that day, such as 2027-01-31', day)
        .addOption(
          new Option('--fail-on <severity>', 'exit with code 3 when there is a result this grave')
            .choices(['violation', 'warning', 'info', 'never'])
            .default('never'),
        )
        .option('--min-completeness <percent>', 'exit with code 3 when the record is less complete', percentage)
        .option(
          '--workers <number>',
          'containers audited at the same time (default: processor cores)',
          wholeNumber(0, 64),
        )
        .option(
          '--deadline <seconds>',
          'a container that takes longer is given up and reported as not audited (default: 3600)',
          wholeNumber(1, 86400),
        )
        .addOption(
          new Option('--engine <engine>', 'what validates: passes over columns, or shacl-engine to compare with (slow)')
            .choices(['columns', 'reference'])
            .default('columns'),
        )
        .option('--no-keep', 'do not keep the audit in the data folder'),
    action: (args, options, context) => audit(args, options, context),
  });
  // So that the options of `audit diff` are its own.
  made.enablePositionalOptions();
  return made.addCommand(diffCommand(runtime)).addCommand(listCommand(runtime));
}

const SEVERITIES = ['violation', 'warning', 'info'] as const;
const EXTENSIONS = Object.values(REPORT_FORMATS)
  .map(({ extension }) => extension)
  .filter((extension, i, all) => all.indexOf(extension) === i)
  .join(', ');

async function audit(containers: readonly string[], options: Options, context: Context): Promise<ExitCode> {
  const { terminal } = context;
  const folder = options.data ?? context.config.data;
  const files = (options.output ?? []).map((file) => ({ file, format: formatOf(file, options.format) }));
  if (context.json && options.since !== undefined) throw sinceAndJson(options.since);
  const { audit: found, record } = await runAudit(folder, containers, options, context);
  const { report } = found;
  if (report.containers.length + report.notAudited.length === 0) throw nothingToAudit(folder);
  const printed = context.json ? 'json' : (options.format ?? (files.length === 0 ? 'table' : undefined));
  // only the page shows it, and it takes reading the reports of earlier audits
  const isOnPage = printed === 'html' || files.some(({ format }) => format === 'html');
  const trend = isOnPage ? await trendOf(folder, found, context) : undefined;
  const failOn = options.failOn === 'never' ? undefined : options.failOn;
  const write = (format: ReportFormatName): AsyncIterable<string> =>
    stoppable(REPORT_FORMATS[format].write(found, { failOn, trend }), context.signal);
  for (const { file, format } of files) {
    await writeWhole(file, write(format));
    terminal.say(`The report is in ${file}.`);
  }
  if (printed !== undefined && (context.json || files.every(({ format }) => format !== printed)))
    await printChunks(write(printed), context);
  else terminal.say(verdict(report));
  if (options.fixList !== undefined) {
    const lists = await writeFixLists(found, record, options.fixList, context, { info: options.optional });
    const open = lists.reduce((sum, list) => sum + (list.open ?? 0), 0);
    terminal.say(
      lists.length === 0
        ? 'There is nothing to fix, so no fix list was written.'
        : `The fix list is in ${options.fixList}: ${counted(lists.length, 'file')}, ${counted(open, 'cell')} to fill in.`,
    );
  }
  if (options.since !== undefined) await sayTrend(folder, found, options.since, context);
  return exitCode(report, options, context);
}

/** Audits the record in a data folder as configured, and keeps the audit there unless told not to. */
export async function runAudit(
  folder: string,
  containers: readonly string[],
  options: Partial<Pick<Options, 'profile' | 'shapes' | 'workers' | 'deadline' | 'engine' | 'keep'>>,
  context: Context,
): Promise<{ readonly audit: StoredAudit; readonly record: Awaited<ReturnType<typeof openRecord>> }> {
  const { config, signal, terminal } = context;
  const { shapes = [], severity, waivers, keep } = config.audit;
  const [record, profile] = await Promise.all([
    openRecord(folder),
    loadProfile(options.profile ?? config.profile, { shapes: [...shapes, ...(options.shapes ?? [])], severity }),
  ]);
  const now = clock(context.io);
  const { name, version } = software();
  const kept = options.keep === true && keep > 0;
  const audit = await auditRecord(record, profile, {
    now,
    signal,
    waivers,
    terms: await siteTermFiles(config),
    software: `${name} ${version}`,
    web: config.web ?? config.omero.url,
    workers: options.workers,
    deadlineSeconds: options.deadline,
    engine: options.engine,
    ...(containers.length > 0 && { containers }),
    ...(kept && { folder: await auditFolder(folder, now()) }),
    onProgress: ({ done, total, what }) => terminal.progress(`auditing ${done} of ${total}: ${what}`),
  });
  if (kept) await keepAudits(folder, keep);
  return { audit, record };
}

/** The format of a file: the one asked for where its name may be one of that, else what its name says; the longest ending counts. */
function formatOf(file: string, asked: ReportFormatName | undefined): ReportFormatName {
  const formats = Object.entries(REPORT_FORMATS) as [ReportFormatName, (typeof REPORT_FORMATS)[ReportFormatName]][];
  const name = file.toLowerCase();
  if (asked !== undefined && extname(name) === extname(`report${REPORT_FORMATS[asked].extension}`)) return asked;
  const [found] = formats
    .filter(([, { extension }]) => name.endsWith(extension))
    .sort(([, a], [, b]) => b.extension.length - a.extension.length);
  const format = found?.[0] ?? asked;
  if (format !== undefined) return format;
  throw new OmegraphError('input', {
    where: '--output',
    wrong: 'the name of the file does not tell a format',
    found: file,
    remedy: `let it end in ${EXTENSIONS}, or name a format with --format`,
  });
}

/** The same chunks, until somebody stops the run. */
async function* stoppable(chunks: AsyncIterable<string>, signal: AbortSignal): AsyncGenerator<string> {
  for await (const chunk of chunks) {
    signal.throwIfAborted();
    yield chunk;
  }
}

function exitCode(report: AuditReport, { failOn, minCompleteness }: Options, { terminal }: Context): ExitCode {
  const share = report.server.completeness;
  const tooLittle = minCompleteness !== undefined && share !== null && share * 100 < minCompleteness;
  if (tooLittle) terminal.say(`The record is ${Math.floor(share * 100)} % complete; ${minCompleteness} % is wanted.`);
  const tooGrave = SEVERITIES.some((severity) => report.server.results[severity] > 0 && fails(severity, failOn));
  if (tooLittle || tooGrave) return EXIT.below;
  return report.partial ? EXIT.partial : EXIT.done;
}

function percentage(text: string): number {
  const n = Number(text.replace(/\s*%$/, ''));
  if (text.trim() === '' || !(n >= 0 && n <= 100)) throw new InvalidArgumentError('write a number from 0 to 100.');
  return n;
}

function day(text: string): string {
  if (!isDay(text.slice(0, 10)) || Number.isNaN(Date.parse(text)))
    throw new InvalidArgumentError('write a day, such as 2027-01-31.');
  return text;
}

const sinceAndJson = (since: string): OmegraphError =>
  new OmegraphError('input', {
    where: '--since',
    wrong: 'the comparison is not part of the JSON report',
    remedy: `audit first, then run \`omegraph audit diff ${since} last --json\``,
  });

const nothingToAudit = (where: string): OmegraphError =>
  new OmegraphError('input', {
    where,
    wrong: 'the record holds no container, so there is nothing to audit',
    remedy: 'export files that hold OME metadata first',
  });
