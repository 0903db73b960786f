import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** A stand-in server in a process of its own. */
export interface SpawnedOmeroWeb {
  /** Base of the web application, ending in `/`. */
  readonly url: string;
  readonly username: string;
  readonly password: string;
  readonly pid: number;
  /** What the server has seen and used so far. */
  statistics(): Promise<StandInStatistics>;
  /** Method, path and status of each request, without those about the server itself. */
  log(): Promise<readonly { readonly method: string; readonly path: string; readonly status: number }[]>;
  close(): Promise<void>;
}

export interface StandInStatistics {
  readonly requests: number;
  readonly openSessions: number;
  readonly peakConcurrency: number;
  readonly cpuSeconds: number;
  readonly peakMB: number;
}

/**
 * Starts a stand-in server in a process of its own, with the arguments of main.ts; it ends with this process.
 * @throws Error when it does not start
 */
export async function spawnOmeroWeb(args: readonly string[] = []): Promise<SpawnedOmeroWeb> {
  const child = spawn(process.execPath, [await builtMain(), '--until-stdin-ends', ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const lines = createInterface(child.stdout);
  const line = await new Promise<string | undefined>((resolve) => {
    lines.once('line', resolve);
    lines.once('close', () => resolve(undefined));
  });
  if (line === undefined) throw new Error('the stand-in server did not start');
  const started = JSON.parse(line) as Pick<SpawnedOmeroWeb, 'url' | 'username' | 'password'>;
  const ask = async <T>(what: string): Promise<T> =>
    (await fetch(`${started.url}stand-in/${what}/`)).json() as Promise<T>;
  return {
    ...started,
    pid: child.pid ?? 0,
    statistics: () => ask('statistics'),
    log: () => ask('log'),
    close: () => {
      child.kill('SIGKILL');
      return ended;
    },
  };
}

/** main.js: beside this file once it is JavaScript, else out of a folder that is made once for each state of the sources. */
async function builtMain(): Promise<string> {
  const here = new URL('./', import.meta.url);
  if (import.meta.url.endsWith('.js')) return fileURLToPath(new URL('main.js', here));
  const root = new URL('../../../', here);
  const sources = readdirSync(here).filter((name) => name.endsWith('.ts'));
  const texts = sources.map((name) => readFileSync(new URL(name, here), 'utf8'));
  const state = createHash('sha256')
    .update(JSON.stringify([sources, texts]))
    .digest('hex')
    .slice(0, 16);
  const cache = new URL('node_modules/.cache/omeroWeb/', root);
  const folder = new URL(`${state}/`, cache);
  if (!existsSync(folder)) {
    mkdirSync(cache, { recursive: true });
    const { default: ts } = await import('typescript');
    const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext };
    const made = mkdtempSync(fileURLToPath(new URL('made-', cache)));
    const into = pathToFileURL(`${made}/`);
    writeFileSync(new URL('package.json', into), '{"type":"module"}');
    sources.forEach((name, i) => {
      const { outputText } = ts.transpileModule(texts[i] ?? '', { compilerOptions });
      writeFileSync(new URL(name.replace(/\.ts$/, '.js'), into), outputText);
    });
    try {
      renameSync(made, fileURLToPath(folder));
    } catch (error) {
      // Another test was quicker.
      rmSync(made, { recursive: true });
      if (!existsSync(folder)) throw error;
    }
  }
  return fileURLToPath(new URL('main.js', folder));
}
