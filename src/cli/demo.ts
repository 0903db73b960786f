import { mkdir, rm } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { parseConfig } from '../config.js';
import { isOmegraphError } from '../errors.js';
import { runAudit } from './audit.js';
import { runBundle } from './bundle.js';
import { type Context, EXIT, type ExitCode } from './command.js';
import { runExport } from './export.js';
import { serveUntilStopped } from './serve.js';
import { columns, counted, grouped, type Io, terminal } from './terminal.js';

const QUICKSTART = fileURLToPath(new URL('../../examples/quickstart', import.meta.url));

/** The whole path on the shipped study, as `npm run demo` runs it: export → audit → bundle → serve. */
export async function demo(args: readonly string[], io: Io, signal: AbortSignal): Promise<ExitCode> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      'no-serve': { type: 'boolean' },
      out: { type: 'string' },
      port: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    io.stdout.write('npm run demo -- [--no-serve] [--port 8080] [--out omegraph-demo]\n');
    return EXIT.done;
  }
  const out = resolve(values.out ?? 'omegraph-demo');
  const port = Number(values.port ?? 8080);
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

  await mkdir(out, { recursive: true });
  print('1. Export: examples/quickstart → knowledge graph');
  const summary = await runExport([], { source: [QUICKSTART], data: config.data }, context);
  const { containers } = summary.manifest;
  print(
    indented(
      columns(
        containers.map((c) => [
          c.container.replace(/:.*/, ''),
          c.label ?? '',
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
  const report = await runAudit(config.data, undefined, [], context);
  print(
    indented(
      columns([
        ['', ...report.containers.map((c) => c.container.replace(/:.*/, ''))],
        ...(report.containers[0]?.modules ?? []).map((m) => [
          m.module,
          ...report.containers.map((c) => percent(c.modules.find((x) => x.module === m.module)?.completeness ?? null)),
        ]),
      ]),
    ),
  );
  const { violation, warning, info } = report.totals.results;
  print(
    `   ${grouped(violation)} violations, ${grouped(warning)} warnings, ${grouped(info)} hints over ${counted(report.totals.images, 'image')}`,
  );

  print('\n3. Bundle: what the archives get');
  const project =
    containers.find((c) => c.container.startsWith('Project:'))?.container ?? containers[0]?.container ?? 'orphans';
  for (const archive of ['bioimage-archive', 'zenodo'] as const) {
    const folder = join(out, archive);
    await rm(folder, { recursive: true, force: true });
    const bundle = await runBundle(
      archive,
      project,
      {
        data: config.data,
        study: join(QUICKSTART, 'study.yaml'),
        out: folder,
        draft: true,
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
  print(`   audit     npx omegraph audit --data ${here(config.data)} --format csv --output missing.csv`);
  print('   yours     npx omegraph export --source <your folder>');
  if (values['no-serve']) return EXIT.done;
  print('');
  return serveUntilStopped({ data: config.data }, context);
}

const percent = (share: number | null): string => (share === null ? '–' : `${Math.round(share * 100)} %`);
const indented = (text: string): string => text.replace(/^/gm, '   ');

const controller = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => controller.abort());
try {
  process.exitCode = await demo(process.argv.slice(2), process, controller.signal);
} catch (error) {
  process.stderr.write(
    `omegraph demo: ${isOmegraphError(error) ? error.message : String((error as Error)?.stack ?? error)}\n`,
  );
  process.exitCode = isOmegraphError(error) ? EXIT.wrong : EXIT.crash;
}
