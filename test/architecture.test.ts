import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const SRC = resolve('src');

/** Who may import whom; a file at the top of src/ is a room of its own. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  rdf: [],
  ome: [],
  terms: ['rdf'],
  extract: ['ome'],
  map: ['ome', 'rdf', 'terms'],
  graph: ['rdf'],
  audit: ['graph', 'rdf', 'terms'],
  bundle: ['graph', 'rdf'],
  serve: ['audit', 'bundle', 'graph', 'rdf'],
  errors: [],
  findings: [],
  findingTally: [],
  yamlDocument: [],
  words: [],
  config: ['configSchema', 'extract'],
  configSchema: ['extract'],
  pipeline: ['extract', 'map', 'graph', 'ome', 'rdf'],
  index: ['*'],
  cli: ['*'],
};
const IMPORTABLE_BY_ALL = ['errors', 'findings', 'findingTally', 'words', 'yamlDocument'];
const PIPELINE_USERS = ['cli', 'index'];

/** The one room behind which each third-party library lives. */
const DOORS: Readonly<Record<string, readonly string[]>> = {
  oxigraph: ['graph'],
  jsonld: ['rdf'],

  saxes: ['ome', 'rdf'],
  'shacl-engine': ['audit'],
  express: ['serve'],
  pg: ['extract'],
  'tough-cookie': ['extract'],
  yauzl: ['extract'],
  'tar-stream': ['extract'],
  archiver: ['bundle'],
  commander: ['cli'],
  yaml: ['yamlDocument', 'map', 'bundle'],
  ajv: ['yamlDocument', 'graph', 'bundle', 'audit'],
};

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((f) => f.endsWith('.ts'));
const roomOf = (path: string): string => (path.split(sep)[0] ?? '').replace(/\.ts$/, '');

/** Every module a file names: static, type-only, dynamic and worker URLs. */
function importsOf(file: string): string[] {
  const text = readFileSync(join(SRC, file), 'utf8');
  const workers = [...text.matchAll(/new URL\('(\.[^']+\.js)'/g)].map((m) => m[1] ?? '');
  return [...ts.preProcessFile(text, true, true).importedFiles.map((i) => i.fileName), ...workers];
}

const edges = files.flatMap((file) => importsOf(file).map((to) => ({ file, to })));

describe('the house', () => {
  it('has only rooms whose imports are ruled', () => {
    expect([...new Set(files.map(roomOf))].filter((room) => !(room in MAY_IMPORT))).toEqual([]);
  });

  it('lets each room import only what stands left of it', () => {
    const broken = edges
      .filter(({ to }) => to.startsWith('.'))
      .map(({ file, to }) => ({
        file,
        from: roomOf(file),
        to: roomOf(relative(SRC, resolve(SRC, file, '..', to)).replace(/\.js$/, '.ts')),
      }))
      .filter(({ from, to }) => {
        if (to === '..' || to === from || IMPORTABLE_BY_ALL.includes(to)) return false;
        if (to === 'pipeline') return !PIPELINE_USERS.includes(from);
        const allowed = MAY_IMPORT[from] ?? [];
        return !allowed.includes('*') && !allowed.includes(to);
      });
    expect(broken).toEqual([]);
  });

  it('keeps each third-party library behind its one door', () => {
    const broken = edges.filter(({ file, to }) => {
      const name = to.startsWith('@') ? to.split('/').slice(0, 2).join('/') : (to.split('/')[0] ?? '');
      const doors = DOORS[name];
      return doors !== undefined && !doors.includes(roomOf(file));
    });
    expect(broken).toEqual([]);
  });

  it('uses the n3 parser and writer only behind rdf/', () => {
    const broken = files
      .filter((f) => roomOf(f) !== 'rdf')
      .filter((f) => {
        const text = readFileSync(join(SRC, f), 'utf8');
        return [...text.matchAll(/import\s+(?!type)\{([^}]*)\}\s+from 'n3'/g)].some((m) =>
          /\b(Parser|Writer|StreamParser|StreamWriter)\b/.test(m[1] ?? ''),
        );
      });
    expect(broken).toEqual([]);
  });

  it('has no default exports, no enums and no any', () => {
    const broken = files.filter((f) =>
      /^export default |\benum [A-Z]|: any\b|<any>|as any\b/m.test(readFileSync(join(SRC, f), 'utf8')),
    );
    expect(broken).toEqual([]);
  });

  it('has no blank nodes made in code', () => {
    // These give back blank nodes of graphs that others made, by their labels.
    const allowed = ['graph/columns/termTable.ts', 'graph/syncStore.ts', 'audit/shacl/sparql/dataStore.ts'];
    const broken = files.filter(
      (f) => /\bblankNode\(/.test(readFileSync(join(SRC, f), 'utf8')) && !allowed.includes(f.split(sep).join('/')),
    );
    expect(broken).toEqual([]);
  });

  it('has no module past 300 lines, but those with a written reason', () => {
    const allowed = ['ome/schema.ts', 'ome/model.ts', 'findings.ts'];
    const long = files.filter(
      (f) => readFileSync(join(SRC, f), 'utf8').split('\n').length > 301 && !allowed.includes(f.split(sep).join('/')),
    );
    expect(long).toEqual([]);
  });
});
