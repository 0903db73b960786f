import { join, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { OmegraphError, oneLine } from '../errors.js';
import { makeFolder } from '../graph/makeFolder.js';
import { type GraphRecord, openRecord } from '../graph/record.js';
import { CARRIERS, type Carrier, carriedKeyValues } from '../map/carriedKeyValues.js';
import { type KeyValueCsv, keyValueCsv } from '../map/keyValueCsv.js';
import { counted } from '../words.js';
import {
  type CommonOptions,
  type Context,
  command,
  EXIT,
  type ExitCode,
  path,
  type Runtime,
  several,
} from './command.js';
import { writeWhole } from './writeWhole.js';

interface Options extends CommonOptions {
  readonly type?: Carrier;
  readonly namespace?: string[];
  readonly tags?: boolean;
  readonly separator?: ',' | ';' | 'tab';
  readonly out?: string;
  readonly data?: string;
}

/** `omegraph key-values`: record → CSV that omero-scripts import. */
export function keyValuesCommand(runtime: Runtime): Command {
  return command<Options>(runtime, {
    name: 'key-values',
    summary: 'write the key-values of a container as CSV that Import_from_csv of omero-scripts takes back',
    example: [
      'omegraph key-values Project:52 --out key-values',
      'omegraph key-values Project:52 --type Image > images.Image.csv',
    ].join('\n'),
    arguments: [{ name: '[container]', description: 'container of the record, such as Project:52; all when left out' }],
    options: (made) =>
      made
        .addOption(new Option('--type <type>', 'only objects of this type, to standard output').choices([...CARRIERS]))
        .option('--namespace <namespace>', 'only key-values of this namespace; may be repeated', several)
        .option('--tags', 'write tags too, as columns TAG')
        .addOption(new Option('--separator <character>', 'between the cells').choices([',', ';', 'tab']).default(','))
        .option(
          '--out <folder>',
          'folder for the files, one for each type of objects (default: the working folder)',
          path,
        )
        .option('--data <folder>', 'data folder with the record', path),
    action: ([container], options, context) => writeKeyValues(container, options, context),
  });
}

async function writeKeyValues(container: string | undefined, options: Options, context: Context): Promise<ExitCode> {
  const record = await openRecord(resolve(options.data ?? context.config.data));
  const names = container === undefined ? record.manifest.containers.map((entry) => entry.container) : [container];
  const toStdout = options.type !== undefined && options.out === undefined;
  if (toStdout && names.length > 1) {
    throw new OmegraphError('input', {
      where: 'key-values',
      wrong: 'the record has several containers, and standard output takes one table',
      found: names.slice(0, 8).join(', '),
      remedy: 'name one of them, or a folder with --out',
    });
  }
  const folder = resolve(options.out ?? '.');
  if (!toStdout) await makeFolder(folder);
  const written: object[] = [];
  for (const name of names) {
    context.signal.throwIfAborted();
    context.terminal.progress(`reading ${name}`);
    for (const { type, csv } of await tablesOf(record, name, options, context)) {
      const file = join(folder, `${name.replace(/[^A-Za-z0-9._]/g, '-')}.${type}.csv`);
      if (!toStdout) await writeWhole(file, chunks(csv));
      else if (!context.json) for (const row of csv.rows()) context.io.stdout.write(row);
      sayWritten(toStdout ? `${name}, ${type}` : file, csv, context);
      const { objects, pairs, losses } = csv;
      written.push({ container: name, type, ...(!toStdout && { file }), objects, pairs, losses });
    }
  }
  if (context.json) context.terminal.print(JSON.stringify({ files: written }, null, 2));
  else if (written.length === 0)
    context.terminal.say('No object with an id of a server has key-values; nothing was written.');
  return EXIT.done;
}

async function tablesOf(
  record: GraphRecord,
  container: string,
  options: Options,
  { terminal }: Context,
): Promise<{ readonly type: Carrier; readonly csv: KeyValueCsv }[]> {
  const { objects, without } = await carriedKeyValues(record.lines(container), record.iris);
  if (without.serverId > 0)
    terminal.say(
      `${container}: ${counted(without.serverId, 'object')} with key-values came from files and have no id in OMERO.`,
    );
  if (without.type > 0)
    terminal.say(
      `${container}: ${counted(without.type, 'object')} with key-values are of types that omero-scripts do not know.`,
    );
  const { separator, namespace: namespaces, tags } = options;
  return CARRIERS.filter((type) => objects.has(type) && (options.type === undefined || options.type === type))
    .map((type) => ({
      type,
      csv: keyValueCsv(objects.get(type) ?? [], {
        separator: separator === 'tab' ? '\t' : separator,
        namespaces,
        tags,
      }),
    }))
    .filter(({ csv }) => csv.objects > 0);
}

async function* chunks({ rows }: KeyValueCsv): AsyncGenerator<string> {
  yield* rows();
}

/** What was written, and what the format has no place for. */
function sayWritten(where: string, { objects, pairs, losses }: KeyValueCsv, { terminal }: Context): void {
  terminal.say(`${where}: ${counted(pairs, 'pair')} of ${counted(objects, 'object')}`);
  for (const { what, count, example } of losses)
    terminal.say(`  ${what} (${count === 1 ? 'once' : `${count} times`}, as "${oneLine(example, 60)}")`);
}
