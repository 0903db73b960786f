import { rm } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { REPORT_FORMATS } from '../audit/reports/reportFormats.js';
import { parseConfig } from '../config.js';
import { OmegraphError, oneLine } from '../errors.js';
import { readManifestIfAny } from '../graph/record.js';
import { tryAddress } from '../serve/service.js';
import { counted, grouped, percent } from '../words.js';
import { runAudit } from './audit.js';
import { runBundle } from './bundle.js';
import { type Context, EXIT, type ExitCode, wholeNumber } from './command.js';
import { runExport } from './export.js';
import { answered, runProcess } from './main.js';
import { serveUntilStopped } from './serve.js';
import { columns, type Io, terminal } from './terminal.js';
import { writeWhole } from './writeWhole.js';

const QUICKSTART = fileURLToPath(new URL('../../examples/quickstart', import.meta.url));

/** The whole path on the shipped study, as `npm run demo` runs it: export → audit → bundle → serve. */
export async function demo(args: readonly string[], io: Io, signal: AbortSignal): Promise<ExitCode> {
  const values = options(args);
  if (values.help) {
    io.stdout.write(`${USAGE}\n`);
    return EXIT.done;
  }
  const out = resolve(values.out ?? 'omegraph-demo');
  const { port } = values;
  const config = { ...parseConfig('', 'demo'), base: `http://localhost:${port}`, data: join(out, 'data') };
  const context: Context = {
    config: { ...config, serve: { ...config.serve, port } },
    terminal: terminal(io, {}),
    signal,
    json: false,
    io,
  };
  const print = context.terminal.print;
  const here = (path: string): string => relative(process.cwd(), path) || '.';

  if (!values['no-serve']) await tryAddress(context.config.serve.host, port);
  await removeRecord(config.data);
  print('1. Export: examples/quickstart → knowledge graph');
  const summary = await runExport([], { source: [QUICKSTART], data: config.data }, context);
  const { containers } = summary.manifest;
  print(
    indented(
      columns(
        containers.map((c) => [
          c.container.replace(/:.*/, ''),
          oneLine(c.label ?? '', 60),
          counted(c.counts.Image ?? 0, 'image'),
          counted(c.quads, 'triple'),
        ]),
      ),
    ),
  );
  const unmapped = summary.findings.filter((f) => f.code === 'key-unmapped');
  print(
    `   ${counted(unmapped.length, 'key')} without a mapping: ${unmapped
      .slice(0, 6)
      .map((f) => `"${f.focus}"`)
      .join(', ')}${unmapped.length > 6 ? ' …' : ''}`,
  );

  print('\n2. Audit: how complete is each REMBI module?');
  const { audit } = await runAudit(config.data, [], { keep: true }, context);
  const { report } = audit;
  print(
    indented(
      columns([
        ['', ...report.containers.map((c) => c.container.replace(/:.*/, ''))],
        ...report.modules.map((module, m) => [
          module,
          ...report.containers.map((c) => percent(c.moduleCompleteness[m] ?? null)),
        ]),
      ]),
    ),
  );
  const { violation, warning, info } = report.server.results;
  print(
    `   ${grouped(violation)} violations, ${grouped(warning)} warnings, ${grouped(info)} hints over ${counted(report.server.images, 'image')}`,
  );
  await writeWhole(join(out, 'audit.html'), REPORT_FORMATS.html.write(audit));
  print(`   the whole report is ${here(join(out, 'audit.html'))}`);

  print('\n3. Bundle: what the archives get');
  const project =
    containers.find((c) => c.container.startsWith('Project:'))?.container ?? containers[0]?.container ?? 'orphans';
  for (const archive of ['bioimage-archive', 'zenodo'] as const) {
    const folder = join(out, archive);
    const bundle = await runBundle(
      archive,
      project,
      {
        data: config.data,
        study: join(QUICKSTART, 'study.yaml'),
        out: folder,
        draft: true,
        force: true,
        withFiles: archive === 'zenodo',
        sourceRoot: QUICKSTART,
      },
      context,
    );
    print(
      `   ${archive}: ${counted(bundle.files.length, 'file')} in ${here(folder)}${bundle.blocking.length > 0 ? `; ${counted(bundle.blocking.length, 'thing')} left to fill in (see its README.md)` : ', complete'}`,
    );
  }

  print('\nNext:');
  print(
    `   look at   ${here(join(out, 'data'))} (the graph), ${here(join(out, 'bioimage-archive'))}, ${here(join(out, 'zenodo'))}`,
  );
  print(`   audit     npx omegraph audit --data ${here(config.data)} --fix-list to-fix`);
  print('   yours     npx omegraph export --source <your folder>');
  if (values['no-serve']) return EXIT.done;
  print('');
  return serveUntilStopped({ data: config.data }, context);
}

const USAGE = 'npm run demo -- [--no-serve] [--port 8080] [--out omegraph-demo]';

function options(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        'no-serve': { type: 'boolean' },
        out: { type: 'string' },
        port: { type: 'string' },
        help: { type: 'boolean' },
      },
    });
    return { ...values, port: wholeNumber(1, 65535)(values.port ?? '8080') };
  } catch (cause) {
    const found = oneLine((cause as Error).message.split('. ')[0] ?? '');
    throw new OmegraphError('input', { where: 'demo', wrong: 'an option is wrong', found, remedy: `write ${USAGE}` });
  }
}

/** Each demo begins without the record of the one before, whose base has another port perhaps; nothing else is removed. */
async function removeRecord(folder: string): Promise<void> {
  if ((await readManifestIfAny(folder)) !== undefined) await rm(folder, { recursive: true });
}

const indented = (text: string): string => text.replace(/^/gm, '   ');

if (/[\\/]demo\.js$/.test(process.argv[1] ?? '')) {
  await runProcess((signal) => answered(() => demo(process.argv.slice(2), process, signal), process, signal));
}
