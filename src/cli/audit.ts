import type { Command } from 'commander';
import { Option } from 'commander';
import { auditRecord } from '../audit/auditRecord.js';
import type { AuditReport } from '../audit/auditReport.js';
import { reaches } from '../audit/auditReport.js';
import { loadProfile } from '../audit/loadProfile.js';
import { auditCsv, auditJson, auditTable, auditTurtle } from '../audit/reports.js';
import { OmegraphError } from '../errors.js';
import { openRecord } from '../graph/record.js';
import { clock } from './clock.js';
import { type CommonOptions, type Context, command, EXIT, path, type Runtime } from './command.js';
import { writeWhole } from './writeWhole.js';

const FORMATS = {
  table: auditTable,
  json: auditJson,
  csv: auditCsv,
  turtle: auditTurtle,
} as const satisfies Record<string, (report: AuditReport) => string | Promise<string>>;

interface Options extends CommonOptions {
  readonly data?: string;
  readonly profile?: string;
  readonly format: keyof typeof FORMATS;
  readonly output?: string;
  readonly failOn: 'violation' | 'warning' | 'info' | 'never';
}

/** `omegraph audit`: record → report. */
export function auditCommand(runtime: Runtime): Command {
  return command<Options>(runtime, {
    name: 'audit',
    summary: 'check the record against REMBI shapes and measure how complete it is',
    example: 'omegraph audit\nomegraph audit Project:52 --format csv --output missing.csv --fail-on violation',
    arguments: [{ name: '[containers...]', description: 'containers to audit, such as Project:52; all when left out' }],
    options: (made) =>
      made
        .option('--data <folder>', 'data folder with the record', path)
        .option('--profile <name>', 'profile of shapes: a shipped name or a folder', path)
        .addOption(
          new Option('--format <format>', 'how the report is written').choices(Object.keys(FORMATS)).default('table'),
        )
        .option('--output <file>', 'write the report to a file instead of stdout', path)
        .addOption(
          new Option('--fail-on <severity>', 'exit with code 3 when there is a result this grave')
            .choices(['violation', 'warning', 'info', 'never'])
            .default('never'),
        ),
    action: async (args, options, context) => {
      const folder = options.data ?? context.config.data;
      const report = await runAudit(folder, options.profile, args, context);
      if (report.totals.containers + report.notAudited.length === 0) throw nothingToAudit(folder);
      const text = await FORMATS[context.json ? 'json' : options.format](report);
      if (options.output === undefined) context.terminal.print(text.trimEnd());
      else {
        await writeWhole(options.output, text);
        context.terminal.say(`The report is in ${options.output}.`);
      }
      if (reaches(report, options.failOn)) return EXIT.below;
      return report.notAudited.length > 0 ? EXIT.partial : EXIT.done;
    },
  });
}

const nothingToAudit = (where: string): OmegraphError =>
  new OmegraphError('input', {
    where,
    wrong: 'the record holds no container, so there is nothing to audit',
    remedy: 'export files that hold OME metadata first',
  });

/** Audits the record in a data folder against the configured profile, or the one named. */
export async function runAudit(
  folder: string,
  profile: string | undefined,
  containers: readonly string[],
  context: Context,
): Promise<AuditReport> {
  const [record, shapes] = await Promise.all([openRecord(folder), loadProfile(profile ?? context.config.profile)]);
  return auditRecord(record, shapes, {
    now: clock(context.io),
    signal: context.signal,
    ...(containers.length > 0 && { containers }),
    onProgress: (p: { done: number; total: number; what: string }) =>
      context.terminal.progress(`auditing ${p.done} of ${p.total}: ${p.what}`),
  });
}
