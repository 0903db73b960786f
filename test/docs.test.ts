import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { program } from '../src/cli/main.js';
import { CONFIG_SCHEMA } from '../src/configSchema.js';
import { FINDINGS } from '../src/findings.js';

const doc = (name: string): string => readFileSync(name, 'utf8');

/** Compares the generated part of a page (between the two markers) with what the code says now. */
function expectGenerated(file: string, lines: readonly string[]): void {
  const text = doc(file);
  const [before, , after] = text.split(/^<!-- (?:begin|end) generated -->$/m);
  const wanted = `${before}<!-- begin generated -->\n${lines.join('\n')}\n<!-- end generated -->${after}`;
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(file, wanted);
  else expect(text).toBe(wanted);
}

const cell = (text: string): string => text.replaceAll('|', '\\|');

const commands: Command[] = [];
const collect = (command: Command): void => {
  for (const sub of command.commands) {
    commands.push(sub);
    collect(sub);
  }
};
collect(
  program({
    io: { stdout: process.stdout, stderr: process.stderr, env: {} },
    signal: new AbortController().signal,
    exit: () => undefined,
  }),
);
const pathOf = (command: Command): string =>
  command.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name();

interface Node {
  readonly type: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly items?: Node;
}
function configRows(node: Node, path: string): string[] {
  return Object.entries(node.properties ?? {}).flatMap(([key, child]) => {
    const here = path === '' ? key : `${path}.${key}`;
    const shown = child.default === undefined || child.type === 'object' ? '' : `\`${JSON.stringify(child.default)}\``;
    const row = `| \`${here}\` | ${child.type === 'array' ? `list of ${child.items?.type}s` : child.type} | ${shown} | ${cell(child.description ?? '')} |`;
    return [row, ...configRows(child, here)];
  });
}

describe('the documentation', () => {
  it('names every command, argument and option of the command line', () => {
    expectGenerated(
      'docs/cli.md',
      commands
        .filter((c) => c.options.length > 0)
        .flatMap((c) => [
          `### \`${pathOf(c)} ${c.usage().replace('[options] ', '').replace('[options]', '')}\``.replace(/ `$/, '`'),
          '',
          `${c.description()}.`,
          '',
          '| option | meaning |',
          '|---|---|',
          ...c.registeredArguments.map((a) => `| \`${a.name()}\` | ${cell(a.description)} |`),
          ...c.options.map(
            (o) =>
              `| \`${o.flags}\` | ${cell(o.description)}${o.defaultValue === undefined ? '' : ` (default: ${o.defaultValue})`} |`,
          ),
          '',
        ]),
    );
  });

  it('names every configuration key with type and default', () => {
    expectGenerated('docs/configuration.md', [
      '| key | type | default | meaning |',
      '|---|---|---|---|',
      ...configRows(CONFIG_SCHEMA as unknown as Node, ''),
    ]);
  });

  it('names every finding with its severity and remedy', () => {
    expectGenerated('docs/findings.md', [
      '| code | severity | what is wrong | what to do |',
      '|---|---|---|---|',
      ...Object.entries(FINDINGS).map(
        ([code, f]) => `| \`${code}\` | ${f.severity} | ${cell(f.wrong)} | ${cell(f.remedy)} |`,
      ),
    ]);
  });

  it('gives every command an example in its help', () => {
    let help = '';
    for (const c of commands.filter((x) => x.options.length > 0)) {
      help = '';
      c.configureOutput({ writeOut: (text) => (help += text) });
      c.outputHelp();
      expect(help, pathOf(c)).toContain(`Example:\n  omegraph ${pathOf(c).split(' ').slice(1).join(' ')}`);
    }
  });

  it('quotes only command lines that the program accepts', async () => {
    const quoted = [
      'README.md',
      'CONTRIBUTING.md',
      'docs/findings.md',
      'docs/fix-list.md',
      'docs/key-values.md',
      'docs/study-file.md',
    ]
      .flatMap((page) => doc(page).match(/(?<=^|`)omegraph [^`\n]+/gm) ?? [])
      .filter(
        (line) =>
          !line.includes('…') &&
          line !== 'omegraph developers' &&
          line !== 'omegraph bundle' &&
          line !== 'omegraph mappings',
      );
    expect(quoted.length).toBeGreaterThan(8);
    for (const line of quoted) {
      const parsed = program({
        io: { stdout: { write: () => true }, stderr: { write: () => true }, env: {} },
        signal: new AbortController().signal,
        exit: () => undefined,
      });
      const inert = (command: Command): void => {
        if (command.options.length > 0) command.action(() => undefined);
        command.commands.forEach(inert);
      };
      inert(parsed);
      const words = (line.match(/"[^"]*"|\S+/g) ?? []).slice(1).map((w) => w.replace(/^"|"$/g, ''));
      await expect(parsed.parseAsync(words, { from: 'user' }), line).resolves.toBeDefined();
    }
  });

  it('links only to files that exist', () => {
    const pages = ['README.md', 'CONTRIBUTING.md', ...readdirSync('docs').map((f) => `docs/${f}`)].filter((f) =>
      f.endsWith('.md'),
    );
    const broken = pages.flatMap((page) =>
      [...doc(page).matchAll(/\]\((?!https?:|#|mailto:)([^)#]+)/g)]
        .map((m) => new URL(m[1] ?? '', `file://${process.cwd()}/${page}`).pathname)
        .filter((path) => !existsSync(decodeURI(path)))
        .map((path) => `${page}: ${path}`),
    );
    expect(broken).toEqual([]);
  });
});
