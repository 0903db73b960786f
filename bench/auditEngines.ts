import { createHash } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { DataFactory, Parser, type Quad, Store, StreamParser } from 'n3';
import ShaclValidator from 'rdf-validate-shacl';
import { Validator } from 'shacl-engine';
import { compileShapes } from '../src/audit/shacl/compileShapes.js';
import { validateShapes } from '../src/audit/shacl/validateShapes.js';
import { readContainerGraph } from '../src/graph/columns/readContainerGraph.js';

/** One reading and validating of a file; times in ms, memory in KiB. */
export interface Round {
  readonly read: number;
  readonly validate: number;
  /** CPU time of both, of all threads. */
  readonly cpu: number;
  readonly triples: number;
  readonly results: number;
  /** Largest resident memory of the process so far. */
  readonly peak: number;
  /** Hash of focus nodes and components in order; engines that do not say leave it out. */
  readonly found?: string;
}

/** Validates files against one shapes graph. */
export type Engine = (file: string) => Promise<Round>;

/** What an engine found: pairs of focus node and component. */
type Found = readonly (readonly [focus: string, component: string])[];

/** Our compiled shapes over columns of the predicates they look at. */
export function ours(shapesFile: string): Engine {
  const shapes = compileShapes(shapesOf(shapesFile));
  return async (file) => {
    const start = begin();
    const graph = await readContainerGraph(file, { predicates: shapes.predicates });
    const read = performance.now();
    const { results } = await validateShapes(graph, shapes);
    const found = results.map((r) => [r.focusNode.value, r.sourceConstraintComponent.value] as const);
    return roundOf(start, read, graph.read, found);
  };
}

/** shacl-engine on an n3 store. */
export function shaclEngine(shapesFile: string): Engine {
  const validator = new Validator(shapesOf(shapesFile), { factory: DataFactory });
  return async (file) => {
    const start = begin();
    const dataset = await storeOf(file);
    const read = performance.now();
    const { results } = await validator.validate({ dataset } as never, undefined as never);
    const found = results.map((r) => [r.focusNode.term?.value ?? '', r.constraintComponent.value] as const);
    return roundOf(start, read, dataset.size, found);
  };
}

/** rdf-validate-shacl on an n3 store. */
export function rdfValidateShacl(shapesFile: string): Engine {
  const validator = new ShaclValidator(shapesOf(shapesFile) as never);
  return async (file) => {
    const start = begin();
    const dataset = await storeOf(file);
    const read = performance.now();
    const { results } = await validator.validate(dataset as never);
    const found = results.map((r) => [r.focusNode?.value ?? '', r.sourceConstraintComponent?.value ?? ''] as const);
    return roundOf(start, read, dataset.size, found);
  };
}

interface Start {
  readonly wall: number;
  readonly cpu: NodeJS.CpuUsage;
}

const begin = (): Start => ({ cpu: process.cpuUsage(), wall: performance.now() });

function roundOf(start: Start, read: number, triples: number, found: Found): Round {
  const validate = performance.now() - read;
  const { user, system } = process.cpuUsage(start.cpu);
  const hash = createHash('sha256');
  for (const line of found.map((pair) => pair.join(' ')).sort()) hash.update(`${line}\n`);
  return {
    read: read - start.wall,
    validate,
    cpu: (user + system) / 1000,
    triples,
    results: found.length,
    peak: process.resourceUsage().maxRSS,
    found: hash.digest('hex'),
  };
}

function shapesOf(file: string): Store {
  return new Store(new Parser().parse(readFileSync(file, 'utf8')));
}

/** A file in an n3 store, all in the default graph, read as n3 reads streams. */
async function storeOf(file: string): Promise<Store> {
  const store = new Store();
  const quads = createReadStream(file).pipe(new StreamParser({ format: 'N-Quads' }));
  for await (const quad of quads) {
    const { subject, predicate, object } = quad as Quad;
    store.addQuad(subject, predicate, object);
  }
  return store;
}
