import { basename, join, resolve } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { oneLine } from '../errors.js';
import { PARTS, type Part } from '../extract/web/parts.js';
import { type Finding, findingSentence } from '../findings.js';
import { findingTally } from '../findingTally.js';
import { makeFolder } from '../graph/makeFolder.js';
import { openRecord } from '../graph/record.js';
import { type ExportSummary, exportRecord } from '../pipeline.js';
import { FORMAT_NAMES, FORMATS, type FormatName } from '../rdf/formats.js';
import { serialize } from '../rdf/serialize.js';
import { counted } from '../words.js';
import {
  type CommonOptions,
  type Context,
  command,
  EXIT,
  type ExitCode,
  objectRefs,
  path,
  type Runtime,
  several,
  severalPaths,
  wholeNumber,
} from './command.js';
import { exportSource, isOmeroWeb, type SourceOptions } from './exportSource.js';
import { mapContext } from './mapContext.js';
import { reportPlan } from './planReport.js';
import { clock } from './clock.js';
import { software } from './software.js';
import { columns } from './terminal.js';
import { writeWhole } from './writeWhole.js';

interface Options extends CommonOptions, SourceOptions {
  readonly base?: string;
  readonly also?: FormatName[];
  readonly dryRun?: boolean;
}

/** `omegraph export`: source → record. */
export function exportCommand(runtime: Runtime): Command {
  return command<Options>(runtime, {
    name: 'export',
    summary: 'read metadata and write the knowledge graph into the data folder',
    example: [
      'omegraph export --source ./my-study',
      'omegraph export --source plate.ome.tif --source pack.zip Project:52 Image:7,8',
      'omegraph export --source omero-web --url https://omero.example.org --dry-run Project:52',
      'omegraph export --source ./my-study --key-values images.csv',
    ].join('\n'),
    arguments: [{ name: '[objects...]', description: 'what to export, as Type:id; everything when left out' }],
    options: (made) =>
      made
        .option(
          '--source <path>',
          'file or folder of OME-XML, OME-TIFF, OME-Zarr or a transfer pack, may be repeated; or omero-web',
          severalPaths,
        )
        .option('--url <address>', 'omero-web: address of OMERO.web, with its prefix if it has one')
        .addOption(partOption('--with', 'read this too'))
        .addOption(partOption('--without', 'do not read this'))
        .option('--max-requests <number>', 'omero-web: stop, resumable, after so many requests', wholeNumber(1, 1e9))
        .option('--restart', 'omero-web: forget what an interrupted export has saved, and read everything afresh')
        .option(
          '--key-values <file>',
          'add the key-values of a CSV file to the objects that it names; write Well=file.csv where its ids and names are of wells, Dataset:7=file.csv for a sheet about one object; may be repeated',
          severalPaths,
        )
        .option('--split-key-values <characters>', 'split cells of these files into several values, such as at ";"')
        .option('--replace-key-values', 'leave out what the objects have in the same namespaces')
        .option('--dry-run', 'list what would be read and published, by group, and what it costs; write nothing')
        .option('--data <folder>', 'data folder for the record', path)
        .option('--base <iri>', 'IRI under which objects are named')
        .addOption(
          new Option(
            '--also <format>',
            `write each container as ${FORMAT_NAMES.filter((name) => name !== 'nquads').join(', ')} too, into formats/ in the data folder; may be repeated`,
          ).argParser(formatNames),
        ),
    action: async (args, options, context) => {
      if (options.dryRun) return dryRun(args, options, context);
      const summary = await runExport(args, options, context);
      await writeAlso(options.data ?? context.config.data, options.also ?? [], summary, context);
      if (context.json) context.terminal.print(JSON.stringify(exportJson(summary), null, 2));
      else reportExport(summary, options.data ?? context.config.data, context);
      return summary.totals.violation > 0 ? EXIT.partial : EXIT.done;
    },
  });
}

const partOption = (flag: string, what: string): Option =>
  new Option(`${flag} <part>`, `omero-web: ${what}: ${PARTS.join(', ')}; may be repeated`).argParser(partNames);

/** Runs an export with the configuration and options given. */
export async function runExport(args: readonly string[], options: Options, context: Context): Promise<ExportSummary> {
  const { config, terminal, signal } = context;
  const source = await exportSource(options, context);
  // The server's own pages are what objects are linked to, unless the configuration names others.
  const web = config.web ?? (isOmeroWeb(options, config) ? (options.url ?? config.omero.url) : undefined);
  return exportRecord({
    source,
    roots: objectRefs(args),
    folder: resolve(options.data ?? config.data),
    map: await mapContext({ ...config, ...(web !== undefined && { web }) }, options.base ?? config.base),
    software: software(),
    signal,
    now: clock(context.io),
    onProgress: (done, total, what) => terminal.progress(`reading ${done} of ${total}: ${what}`),
  });
}

/** Says what an export would do. */
async function dryRun(args: readonly string[], options: Options, context: Context): Promise<ExitCode> {
  const { terminal, signal } = context;
  const source = await exportSource(options, context);
  const tally = findingTally();
  const plan = await source.plan?.(objectRefs(args), {
    signal,
    onFinding: (f) => tally.add(f),
    onProgress: (p) => terminal.progress(`looking at ${p.what}`),
  });
  if (plan === undefined) throw new Error(`${source.name} cannot plan`);
  if (context.json) terminal.print(JSON.stringify({ source: source.name, ...plan, findings: tally.rows() }, null, 2));
  else {
    reportPlan(plan, context);
    sayFindings(tally.rows(), context);
  }
  return EXIT.done;
}

/** The summary for scripts; documented in docs/cli.md. */
export function exportJson(summary: ExportSummary): object {
  return {
    containers: summary.manifest.containers.map(({ container, label, quads, counts, file }) => ({
      container,
      label,
      quads,
      counts,
      file,
    })),
    records: summary.records,
    findings: summary.findings,
    totals: summary.totals,
  };
}

/** The summary for people: what is in the graph now and what the data lacks. */
export function reportExport(summary: ExportSummary, folder: string, context: Context): void {
  const { terminal } = context;
  const { containers } = summary.manifest;
  terminal.say(`\nIn the graph (${oneLine(folder, 500)}):${containers.length === 0 ? ' nothing' : ''}`);
  if (containers.length > 0)
    terminal.say(
      indented(
        columns(
          containers.map((c) => [
            c.container,
            oneLine(c.label ?? '', 60),
            counted(c.counts.Image ?? 0, 'image'),
            counted(c.quads, 'triple'),
          ]),
        ),
      ),
    );
  sayFindings(summary.findings, context);
}

const SHOWN = 8;

/** The findings, most serious first; a few of each code. */
export function sayFindings(findings: readonly Finding[], context: Context): void {
  const { terminal } = context;
  for (const code of new Set(findings.map((f) => f.code))) {
    const rows = findings.filter((f) => f.code === code);
    terminal.say(`\n${rows[0]?.severity}: ${code} (${counted(rows.length, 'different case')})`);
    for (const f of rows.slice(0, SHOWN)) terminal.say(`  ${findingSentence(f)}`);
    if (rows.length > SHOWN) terminal.say(`  … and ${rows.length - SHOWN} more; --json lists all`);
  }
}

const indented = (text: string): string => text.replace(/^/gm, '  ');

function partNames(value: string, before: Part[] | undefined): Part[] {
  const part = PARTS.find((name) => name === value);
  if (part === undefined) throw new InvalidArgumentError(`Allowed choices are ${PARTS.join(', ')}.`);
  return [...(before ?? []), part];
}

function formatNames(value: string, before: string[] | undefined): string[] {
  if (value === 'nquads' || !(FORMAT_NAMES as readonly string[]).includes(value)) {
    throw new InvalidArgumentError(
      `Allowed choices are ${FORMAT_NAMES.filter((name) => name !== 'nquads').join(', ')}.`,
    );
  }
  return several(value, before);
}

/** Writes the exported containers in further formats beside the record; each file whole or not at all. */
async function writeAlso(
  folder: string,
  formats: readonly FormatName[],
  summary: ExportSummary,
  context: Context,
): Promise<void> {
  if (formats.length === 0) return;
  const record = await openRecord(folder);
  await makeFolder(join(folder, 'formats'));
  for (const { container, file } of summary.manifest.containers) {
    // The file's name without its hash and ending: `Project-52`.
    const name = basename(file).replace(/\.[0-9a-f]+\.nq$/, '');
    for (const format of formats) {
      context.signal.throwIfAborted();
      context.terminal.progress(`writing ${name} as ${FORMATS[format].label}`);
      await writeWhole(
        join(folder, 'formats', `${name}.${FORMATS[format].extensions[0]}`),
        serialize(record.quads(container), format),
      );
    }
  }
}
