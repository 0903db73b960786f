import { Command } from 'commander';
import { explainKeyValue, mappingStatistics } from '../map/explain.js';
import { type CommonOptions, command, EXIT, type Runtime } from './command.js';
import { mapContext } from './mapContext.js';
import { suggestCommand } from './mappingsSuggest.js';
import { columns } from './terminal.js';

/** `omegraph mappings`: look at the SSSOM tables. */
export function mappingsCommand(runtime: Runtime): Command {
  const made = new Command('mappings').description('explain, check and list the tables that map keys and values');
  made.addCommand(
    command<CommonOptions & { readonly namespace?: string }>(runtime, {
      name: 'explain',
      summary: 'say which rule, table and row decide about a key and its value',
      example: 'omegraph mappings explain "Characteristics [Organism]" "H. sapiens"',
      arguments: [
        { name: '<key>', description: 'the key as it was typed' },
        { name: '[value]', description: 'the value as it was typed' },
      ],
      options: (c) => c.option('--namespace <namespace>', 'namespace of the annotation'),
      action: async ([key = '', value = ''], options, context) => {
        const explained = explainKeyValue(key, value, options.namespace, (await mapContext(context.config)).mappings);
        context.terminal.print(context.json ? JSON.stringify(explained, null, 2) : explained.text);
        return EXIT.done;
      },
    }),
  );
  made.addCommand(suggestCommand(runtime));
  made.addCommand(
    command<CommonOptions>(runtime, {
      name: 'check',
      summary: 'read all tables and report the first fault with file and line',
      example: 'omegraph mappings check',
      action: async (_args, _options, context) => {
        const tables = mappingStatistics((await mapContext(context.config)).mappings);
        if (context.json) context.terminal.print(JSON.stringify({ ok: true, tables }, null, 2));
        else
          context.terminal.print(
            `${tables.length} tables, ${tables.reduce((n, t) => n + t.rows, 0)} rows: no fault found.`,
          );
        return EXIT.done;
      },
    }),
  );
  made.addCommand(
    command<CommonOptions>(runtime, {
      name: 'list',
      summary: 'list the tables with the number of rows and their version',
      example: 'omegraph mappings list',
      action: async (_args, _options, context) => {
        const tables = mappingStatistics((await mapContext(context.config)).mappings);
        if (context.json) context.terminal.print(JSON.stringify(tables, null, 2));
        else context.terminal.print(columns(tables.map((t) => [t.rows, t.version ?? '', t.file])));
        return EXIT.done;
      },
    }),
  );
  return made;
}
