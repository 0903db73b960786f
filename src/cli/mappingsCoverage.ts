import { type Command, Option } from 'commander';
import { openRecord } from '../graph/record.js';
import { type Coverage, coverageOf, coverageSum } from '../map/coverage.js';
import { REMBI_FIELDS } from '../rdf/rembi.js';
import { counted, percent } from '../words.js';
import { type CommonOptions, type Context, command, EXIT, type ExitCode, path, type Runtime } from './command.js';
import { mapContext } from './mapContext.js';
import { columns } from './terminal.js';

interface Options extends CommonOptions {
  readonly data?: string;
  readonly format?: 'table' | 'csv' | 'json';
}

interface Counted {
  readonly container: string;
  readonly label: string | undefined;
  readonly coverage: Coverage;
}

/** `omegraph mappings coverage`: how much of what people typed is mapped. */
export function coverageCommand(runtime: Runtime): Command {
  return command<Options>(runtime, {
    name: 'coverage',
    summary: 'measure how many keys, values and images of the record are mapped, for each REMBI field and container',
    example: 'omegraph mappings coverage\nomegraph mappings coverage Project:52 --format csv',
    arguments: [
      { name: '[containers...]', description: 'containers to look at, such as Project:52; all when left out' },
    ],
    options: (c) =>
      c
        .option('--data <folder>', 'data folder with the record', path)
        .addOption(
          new Option('--format <format>', 'how it is written (default: table)').choices(['table', 'csv', 'json']),
        ),
    action: (args, options, context) => measure(args, options, context),
  });
}

async function measure(args: readonly string[], options: Options, context: Context): Promise<ExitCode> {
  const { config, terminal, signal } = context;
  const record = await openRecord(options.data ?? config.data);
  const { mappings } = await mapContext(config);
  const names = args.length > 0 ? args : record.manifest.containers.map((c) => c.container);
  const found: Counted[] = [];
  for (const name of names) {
    signal.throwIfAborted();
    const { container, label } = record.container(name);
    terminal.progress(`looking at ${container}`);
    found.push({ container, label, coverage: await coverageOf(() => record.lines(container), mappings) });
  }
  const total = coverageSum(found.map((f) => f.coverage));
  const format = context.json ? 'json' : (options.format ?? 'table');
  if (format === 'json') terminal.print(JSON.stringify({ containers: found, total }, null, 2));
  else if (format === 'csv') terminal.print(csv(found));
  else terminal.print(tables(found, total));
  return EXIT.done;
}

const share = (part: number, all: number): string => percent(all === 0 ? null : part / all);

function tables(found: readonly Counted[], total: Coverage): string {
  const line = (name: string, { images, pairs, aside, mapped, values, grounded, keys }: Coverage) => [
    name,
    images,
    pairs,
    share(mapped, pairs - aside),
    `${keys.mapped} of ${keys.mapped + keys.unmapped}`,
    share(grounded, values),
  ];
  const containers = columns([
    ['container', 'images', 'pairs', 'pairs mapped', 'keys mapped', 'values with term'],
    ...found.map(({ container, label, coverage }) => line(label || container, coverage)),
    ...(found.length > 1 ? [line('all', total)] : []),
  ]);
  const fields = total.fields.filter((f) => f.pairs > 0 || f.images > 0);
  const rows = fields.map(({ field, pairs, values, grounded, images }) => {
    const { module, label } = REMBI_FIELDS[field];
    return [`${module} / ${label}`, pairs, share(grounded, values), share(images, total.images)];
  });
  const left = total.fields.length - fields.length;
  return [
    containers,
    '',
    columns([['field', 'pairs', 'values with term', 'images'], ...rows]),
    '',
    `${counted(left, 'field')} of REMBI no key is mapped to. Keys that belong to others (accessions, sources), or are known to be no field, are not counted as unmapped.`,
  ].join('\n');
}

const quoted = (text: string): string => {
  // A text that starts like a formula would be run by a spreadsheet.
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

function csv(found: readonly Counted[]): string {
  const head = 'container,label,module,field,pairs,values,values_with_term,images_with_field,images';
  const rows = found.flatMap(({ container, label, coverage }) =>
    coverage.fields.map(({ field, pairs, values, grounded, images }) =>
      [container, label ?? '', REMBI_FIELDS[field].module, field]
        .map(quoted)
        .concat([pairs, values, grounded, images, coverage.images].map(String))
        .join(','),
    ),
  );
  const others = found.flatMap(({ container, label, coverage }) =>
    (['aside', 'unmapped'] as const).map((what) =>
      [container, label ?? '', '', what]
        .map(quoted)
        .concat([String(coverage[what]), '', '', '', String(coverage.images)])
        .join(','),
    ),
  );
  return [head, ...rows, ...others].join('\n');
}
