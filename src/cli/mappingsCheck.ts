import type { Command } from 'commander';
import { checkTables } from '../map/checkTables.js';
import { counted } from '../words.js';
import { type CommonOptions, command, EXIT, type Runtime } from './command.js';
import { SHIPPED_MAPPINGS } from './mapContext.js';
import { siteTerms } from './terms.js';

interface Options extends CommonOptions {
  readonly strict?: boolean;
}

/** `omegraph mappings check`: every fault of every table, for people and for continuous integration. */
export function checkCommand(runtime: Runtime): Command {
  return command<Options>(runtime, {
    name: 'check',
    summary: 'read all tables and report every fault with file and line; exit code 2 when there is an error',
    example: 'omegraph mappings check --strict --json',
    options: (c) => c.option('--strict', 'exit with code 3 when there are warnings'),
    action: async (_args, options, { config, json, terminal }) => {
      const folders = [SHIPPED_MAPPINGS, ...(config.mappings ?? [])];
      const { files, rows, faults } = await checkTables(folders, await siteTerms(config));
      const errors = faults.filter((f) => f.severity === 'error').length;
      const warnings = faults.length - errors;
      if (json) terminal.print(JSON.stringify({ ok: errors === 0, files, rows, errors, warnings, faults }, null, 2));
      else {
        for (const { severity, message } of faults) terminal.print(`${severity}: ${message}`);
        const what =
          faults.length === 0 ? 'no fault found' : `${counted(errors, 'error')}, ${counted(warnings, 'warning')}`;
        terminal.print(`${counted(files, 'table')}, ${counted(rows, 'row')}: ${what}.`);
      }
      if (errors > 0) return EXIT.wrong;
      return warnings > 0 && options.strict ? EXIT.below : EXIT.done;
    },
  });
}
