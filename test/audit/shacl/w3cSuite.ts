import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL, fileURLToPath } from 'node:url';
import { Parser, Store, type NamedNode, type Quad, type Term } from 'n3';
import type { ShaclReport } from '../../../src/audit/shacl/validateShapes.js';

/** W3C's data-shapes test suite; absent where the corpus is. */
export const SUITE = join(process.cwd(), '..', 'shared', 'data', 'w3c', 'data-shapes-test-suite', 'tests');

const MF = 'http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#';
const SHT = 'http://www.w3.org/ns/shacl-test#';
const SH = 'http://www.w3.org/ns/shacl#';
const RDF = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#';

export interface SuiteTest {
  /** `core/node/and-001`. */
  readonly name: string;
  readonly data: readonly Quad[];
  readonly shapes: Store;
  /** One line for each expected result, sorted; undefined when a failure is expected. */
  readonly expected: readonly string[] | undefined;
}

/** What a result is compared by. */
export interface ComparedResult {
  readonly focus: Term;
  readonly path?: Term | undefined;
  readonly value?: Term | undefined;
  readonly component: string;
  readonly severity: string;
  readonly shape: Term;
}

const cache = new Map<string, Quad[]>();

function load(file: string): Quad[] {
  const known = cache.get(file);
  if (known !== undefined) return known;
  const quads = new Parser({ baseIRI: pathToFileURL(file).href, blankNodePrefix: '' }).parse(
    readFileSync(file, 'utf8'),
  );
  cache.set(file, quads);
  return quads;
}

/** All tests of a manifest and of those it includes. */
export function suiteTests(manifest: string): SuiteTest[] {
  const graph = new Store(load(manifest));
  const included = graph
    .getObjects(null, `${MF}include`, null)
    .flatMap((file) => suiteTests(fileURLToPath(file.value)));
  const entries = graph.getObjects(null, `${MF}entries`, null).flatMap((head) => listOf(graph, head));
  return [...included, ...entries.map((entry) => suiteTest(graph, entry))];
}

function suiteTest(graph: Store, entry: Term): SuiteTest {
  const one = (node: Term, iri: string): Term => graph.getObjects(node as NamedNode, iri, null)[0] as Term;
  const action = one(entry, `${MF}action`);
  const result = one(entry, `${MF}result`);
  const shapes = new Store(load(fileURLToPath(one(action, `${SHT}shapesGraph`).value)));
  return {
    name: entry.value.slice(pathToFileURL(`${SUITE}/`).href.length),
    data: load(fileURLToPath(one(action, `${SHT}dataGraph`).value)),
    shapes,
    expected: result.value === `${SHT}Failure` ? undefined : expectedLines(graph, result),
  };
}

function expectedLines(graph: Store, report: Term): string[] {
  const one = (node: Term, name: string): Term | undefined => graph.getObjects(node as NamedNode, SH + name, null)[0];
  return graph
    .getObjects(report as NamedNode, `${SH}result`, null)
    .map((result) => {
      const path = one(result, 'resultPath');
      const parts = {
        focus: one(result, 'focusNode') as Term,
        value: one(result, 'value'),
        component: one(result, 'sourceConstraintComponent')?.value ?? '',
        severity: one(result, 'resultSeverity')?.value ?? '',
        shape: one(result, 'sourceShape') as Term,
      };
      return line(parts, path === undefined ? '' : pathText(graph, path));
    })
    .sort();
}

/** Labels that n3 gives to blank nodes that have none in the file; they differ from file to file. */
const ANONYMOUS = /^n\d+-\d+$/;

/** The line of a result; blank nodes without a label as one. */
function resultLine(result: ComparedResult, shapes: Store): string {
  return line(result, result.path === undefined ? '' : pathText(shapes, result.path));
}

function line(result: Omit<ComparedResult, 'path'>, path: string): string {
  const { focus, value, component, severity, shape } = result;
  return [text(focus), path, text(value), component, severity, text(shape)].join(' | ');
}

function text(term: Term | undefined): string {
  if (term === undefined) return '';
  if (term.termType === 'BlankNode') return ANONYMOUS.test(term.value) ? '_:' : `_:${term.value}`;
  return term.termType === 'Literal' ? `"${term.value}"@${term.language}^^${term.datatype.value}` : `<${term.value}>`;
}

/** A path as its structure. */
function pathText(graph: Store, node: Term): string {
  if (node.termType !== 'BlankNode') return node.value;
  if (graph.countQuads(node, `${RDF}first`, null, null) > 0)
    return `(${listOf(graph, node)
      .map((n) => pathText(graph, n))
      .join(' ')})`;
  return graph
    .getQuads(node, null, null, null)
    .map((quad) => `[${quad.predicate.value.replace(SH, '')} ${pathText(graph, quad.object)}]`)
    .sort()
    .join('');
}

function listOf(graph: Store, head: Term): Term[] {
  if (head.value === `${RDF}nil`) return [];
  const [first] = graph.getObjects(head as NamedNode, `${RDF}first`, null);
  const [rest] = graph.getObjects(head as NamedNode, `${RDF}rest`, null);
  return [first as Term, ...listOf(graph, rest as Term)];
}

/** The results of a validation in the form of the expected ones, sorted. */
export function resultLines(results: ShaclReport['results'], shapes: Store): string[] {
  return results
    .map(({ focusNode, path, value, sourceConstraintComponent, severity, sourceShape }) =>
      resultLine(
        {
          focus: focusNode as Term,
          path: path as Term | undefined,
          value: value as Term | undefined,
          component: sourceConstraintComponent.value,
          severity,
          shape: sourceShape as Term,
        },
        shapes,
      ),
    )
    .sort();
}

/** Counts the tests of a suite that pass, by the way their shapes go, and prints them at the end. */
export function suiteScore(suite: string, total: number): { pass(ways: readonly string[]): void; print(): void } {
  const passed = new Map<string, number>();
  return {
    pass(ways) {
      const way = ways.find((w) => w !== 'columns') ?? ways[0] ?? 'refused, as expected';
      passed.set(way, (passed.get(way) ?? 0) + 1);
    },
    print() {
      const sum = [...passed.values()].reduce((a, b) => a + b, 0);
      const ways = [...passed].map(([way, count]) => `${way} ${count}`).join(', ');
      console.log(`${suite}: ${sum} of ${total} pass (${ways})`);
    },
  };
}
