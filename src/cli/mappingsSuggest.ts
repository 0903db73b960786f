import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import type { Command } from 'commander';
import type { Config } from '../config.js';
import { OmegraphError } from '../errors.js';
import { openRecord } from '../graph/record.js';
import { type MapContext, mapRecord } from '../map/mapRecord.js';
import { pairsOfLines } from '../map/pairsOfLines.js';
import { pairsOfRecord } from '../map/pairsOfRecord.js';
import { emptyReview, mergedReview, readReview, type ReviewTable, subjectOf, writeReview } from '../map/reviewTable.js';
import { candidatesFrom, suggestMappings } from '../map/suggestMappings.js';
import { type Unmapped, type UnmappedTally, unmappedTally } from '../map/unmappedTally.js';
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
  severalPaths,
  wholeNumber,
} from './command.js';
import { exportSource, type SourceOptions } from './exportSource.js';
import { mapContext } from './mapContext.js';
import { online } from './online.js';
import { software } from './software.js';
import { columns } from './terminal.js';
import { siteTerms } from './terms.js';
import { writeWhole } from './writeWhole.js';

interface Options extends CommonOptions, SourceOptions {
  readonly output?: string;
  readonly limit?: number;
  readonly candidates?: number;
  readonly online?: boolean;
}

/** Folder of a site's own tables when the configuration names none. */
export const OWN_MAPPINGS = 'our-mappings';

/** The table to review: in the site's own folder, which is the last one. */
export function reviewFile(config: Config): string {
  return join(resolve(config.mappings?.at(-1) ?? OWN_MAPPINGS), 'review', 'suggested.sssom.tsv');
}

/** `omegraph mappings suggest`: what the tables do not know yet, with candidates, as a table to review. */
export function suggestCommand(runtime: Runtime): Command {
  return command<Options>(runtime, {
    name: 'suggest',
    summary: 'list the keys and values that no table knows, with candidates, as an SSSOM table to review',
    example: 'omegraph mappings suggest\nomegraph mappings suggest --source ./my-study --output to-review.sssom.tsv',
    options: (c) =>
      c
        .option('--output <file>', 'table to review (default: review/suggested.sssom.tsv in your own mappings)', path)
        .option('--source <path>', 'look at files or a server, as `export` does, instead of the record', severalPaths)
        .option('--url <address>', 'omero-web: address of OMERO.web, with its prefix if it has one')
        .option('--data <folder>', 'data folder with the record', path)
        .option(
          '--limit <number>',
          'most keys, and most values, that are listed (default: 100)',
          wholeNumber(1, 10_000),
        )
        .option('--candidates <number>', 'candidates for each of them (default: 5)', wholeNumber(1, 20))
        .option(
          '--online',
          'ask the terminology service too (terms.ols in the configuration): the values that are listed leave this machine',
        ),
    action: (_args, options, context) => suggest(options, context),
  });
}

async function suggest(options: Options, context: Context): Promise<ExitCode> {
  const { config, terminal, signal } = context;
  const file = resolve(options.output ?? reviewFile(config));
  const before = await readReviewIfAny(file);
  const map = await mapContext(config);
  const tally = unmappedTally(map);
  await (options.source === undefined
    ? tallyRecord(options, context, tally)
    : tallySource(options, context, map, tally));
  const accepted = new Set(before?.rows.filter((r) => r.decision === 'accepted').map(subjectOf));
  const isOpen = ({ subject, of }: Unmapped): boolean => !accepted.has(subjectOf({ subject, field: of?.field }));
  const limit = options.limit ?? 100;
  const most = tally.most(limit + accepted.size);
  const keys = most.keys.filter(isOpen).slice(0, limit);
  const values = most.values.filter(isOpen).slice(0, limit);
  const terms = map.terms ?? (await siteTerms(config));
  const table = before ?? emptyReview(`${config.base.replace(/\/+$/, '')}/mappings/suggested`);
  const service = options.online ? online(context, 'values') : undefined;
  terminal.progress('looking for candidates');
  const { rows, prefixes } = await suggestMappings([...keys, ...values], {
    mappings: map.mappings,
    terms,
    valueCandidates: service === undefined ? candidatesFrom(terms) : service.candidates(candidatesFrom(terms)),
    candidates: options.candidates ?? 5,
    version: software().version,
    rejected: rejectedIn(table),
    signal,
  });
  service?.report();
  const merged = mergedReview(table, rows, prefixes);
  await mkdir(dirname(file), { recursive: true });
  await writeWhole(file, writeReview(merged));
  if (context.json) {
    terminal.print(
      JSON.stringify(
        {
          file,
          keys,
          values,
          decided: merged.rows.filter((r) => r.decision !== 'open').length,
          isPartial: tally.isPartial,
        },
        null,
        2,
      ),
    );
    return EXIT.done;
  }
  const best = new Map(rows.flatMap(([first]) => (first ? [[subjectOf(first), first] as const] : [])));
  const line = (u: Unmapped): readonly (string | number)[] => {
    const first = best.get(subjectOf({ subject: u.subject, field: u.of?.field }));
    const score = first?.cells.get('similarity_score');
    const guess = score === undefined ? 'nothing like it' : `${first?.cells.get('object_label') ?? ''} (${score})`;
    return [u.objects, u.containers.length, u.of ? u.of.kind : 'key', u.subject, guess];
  };
  if (keys.length + values.length > 0)
    terminal.print(
      columns([['objects', 'containers', 'kind', 'text', 'best candidate'], ...[...keys, ...values].map(line)]),
    );
  terminal.say(
    `\n${counted(keys.length, 'key')} and ${counted(values.length, 'value')} to review in ${relative('', file) || file}.`,
  );
  if (tally.isPartial) terminal.say('There are very many different texts: counts of rare ones may be too low.');
  sayNext(file, config, context);
  return EXIT.done;
}

/** What to do with the table: only a folder that the configuration names is read. */
function sayNext(file: string, config: Config, { terminal }: Context): void {
  const folders = (config.mappings ?? []).map((f) => resolve(f));
  terminal.say(
    'Write accepted or rejected into its column "review", or run `omegraph serve --review`. Accepted rows are used by the next export.',
  );
  if (folders.includes(dirname(dirname(file)))) return;
  const own = relative('', dirname(dirname(file)));
  if (/[\\/]review$/.test(dirname(file)))
    terminal.say(`Name your tables in omegraph.yaml, so that they are used: mappings: [${own || '.'}]`);
  else terminal.say('To use it, put it into review/ in a folder that "mappings" in omegraph.yaml names.');
}

/** The table of an earlier run; undefined when there is none. @throws OmegraphError (mapping) when it is malformed */
export async function readReviewIfAny(file: string): Promise<ReviewTable | undefined> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    const remedy = 'name another file with --output, or make it readable';
    throw new OmegraphError('input', { where: file, wrong: 'the file cannot be read', found: code, remedy }, { cause });
  }
  return readReview(text, file);
}

function rejectedIn(
  table: ReviewTable,
): (field: Parameters<typeof subjectOf>[0]['field'], subject: string) => ReadonlySet<string> {
  const objects = new Map<string, Set<string>>();
  for (const row of table.rows) {
    if (row.decision !== 'rejected') continue;
    const of = objects.get(subjectOf(row)) ?? new Set<string>();
    objects.set(subjectOf(row), of.add(row.object));
  }
  const none: ReadonlySet<string> = new Set();
  return (field, subject) => objects.get(subjectOf({ field, subject })) ?? none;
}

async function tallyRecord(
  options: Options,
  { config, terminal, signal }: Context,
  tally: UnmappedTally,
): Promise<void> {
  const record = await openRecord(options.data ?? config.data);
  for (const { container, label } of record.manifest.containers) {
    terminal.progress(`looking at ${container}`);
    for await (const annotation of pairsOfLines(() => record.lines(container))) {
      signal.throwIfAborted();
      tally.add(annotation, [label || container]);
    }
  }
}

async function tallySource(options: Options, context: Context, map: MapContext, tally: UnmappedTally): Promise<void> {
  const source = await exportSource(options, context);
  const seen = { signal: context.signal, onFinding: () => undefined };
  for await (const record of source.records(objectRefs([]), seen)) {
    context.signal.throwIfAborted();
    const has = record.kind === 'annotated' || record.annotations.some((a) => a.type === 'MapAnnotation');
    if (!has) continue;
    for (const annotation of pairsOfRecord(record, mapRecord(record, map).quads))
      tally.add(annotation, record.containers);
  }
}
