import { Command } from 'commander';
import { explainKeyValue } from '../map/explain.js';
import { mappingStatistics } from '../map/mappingStatistics.js';
import { type CommonOptions, command, EXIT, type Runtime } from './command.js';
import { mapContext } from './mapContext.js';
import { checkCommand } from './mappingsCheck.js';
import { coverageCommand } from './mappingsCoverage.js';
import { suggestCommand } from './mappingsSuggest.js';
import { columns } from './terminal.js';

/** `omegraph mappings`: look at the SSSOM tables, and extend them. */
export function mappingsCommand(runtime: Runtime): Command {
  const made = new Command('mappings').description(
    'explain, suggest, check and measure how keys and values are mapped',
  );
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
        const { mappings, terms } = await mapContext(context.config);
        const explained = explainKeyValue(key, value, options.namespace, mappings, terms);
        context.terminal.print(context.json ? JSON.stringify(explained, null, 2) : explained.text);
        return EXIT.done;
      },
    }),
  );
  made.addCommand(suggestCommand(runtime));
  made.addCommand(checkCommand(runtime));
  made.addCommand(coverageCommand(runtime));
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
