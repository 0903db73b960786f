// Runs a benchmark of this folder against the built library: `node bench/run.js nquads [arguments]`.
// Benchmarks are TypeScript over ../src; here they are transpiled and pointed at ../dist, so that what is measured is what is shipped.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import ts from 'typescript';

const root = new URL('../', import.meta.url);
const [asked = '', ...rest] = process.argv.slice(2);
const name = asked.replaceAll(/-([a-z])/g, (_, letter) => letter.toUpperCase());
const source = new URL(`bench/${name}.ts`, root);
if (!/^[A-Za-z]+$/.test(name) || !existsSync(source)) {
  console.error(`bench/run.js: there is no such benchmark ("${asked}"); name a file of bench/ without its ending`);
  process.exit(2);
}
const tsc = fileURLToPath(new URL('node_modules/typescript/bin/tsc', root));
if (!process.env.BENCH_NO_BUILD)
  execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' });
const folder = new URL('node_modules/.cache/bench/', root);
// The stand-in OMERO.web keeps its place beside the benchmarks, so that its relative imports hold.
for (const [from, to] of [
  ['bench/', ''],
  ['test/support/omeroWeb/', '../test/support/omeroWeb/'],
]) {
  const into = new URL(to, folder);
  mkdirSync(into, { recursive: true });
  writeFileSync(new URL('package.json', into), '{"type":"module"}');
  for (const file of readdirSync(new URL(from, root)).filter((f) => f.endsWith('.ts'))) {
    const text = readFileSync(new URL(from + file, root), 'utf8').replaceAll(
      /'(?:\.\.\/)+src\//g,
      `'${new URL('dist/', root).href}`,
    );
    const { outputText } = ts.transpileModule(text, {
      compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
    });
    writeFileSync(new URL(file.replace(/\.ts$/, '.js'), into), outputText);
  }
}
const built = fileURLToPath(new URL(`${name}.js`, folder));
process.argv = [process.argv[0] ?? '', built, ...rest];
await import(pathToFileURL(built).href);
