import { setImmediate } from 'node:timers/promises';
import { DataFactory, Store, type Term } from 'n3';
import { Validator } from 'shacl-engine';
import { select } from 'shacl-engine/lib/sparql.js';
import { validations } from 'shacl-engine/sparql.js';
import { OmegraphError } from '../../errors.js';
import { sparqlTokens } from '../../graph/sparqlTokens.js';
import type { ContainerGraph } from '../../graph/columns/containerGraph.js';
import { SH } from '../shaclTerms.js';
import { type CompileOptions, compileShapes } from './compileShapes.js';
import { REFERENCE_PATTERN } from './referencePattern.js';
import { referenceLimits } from './referenceLimits.js';
import { objectsOf, sh, shapesFault } from './shapesGraph.js';
import { prologue } from './sparql/prefixes.js';
import type { ShaclReport, ShaclResult } from './validateShapes.js';

/** A result, and the shape whose targets led to it. */
export interface ReferenceResult extends ShaclResult {
  readonly target: Term;
}

export interface ReferenceReport extends ShaclReport {
  readonly results: readonly ReferenceResult[];
}

/**
 * Validates a graph with shacl-engine, which shares nothing with the passes over columns but the rules that are run before
 * (SHACL Advanced Features section 8). It is slow, and takes much memory.
 * @throws OmegraphError (shapes) for what that engine is known to do wrongly; the signal's reason when it fires
 */
export async function referenceResults(
  graph: ContainerGraph,
  shapes: Store,
  { signal, ...options }: CompileOptions & { readonly signal?: AbortSignal | undefined } = {},
): Promise<ReferenceReport> {
  const [limit] = referenceLimits(shapes);
  if (limit !== undefined) {
    throw new OmegraphError('shapes', {
      where: `shape <${limit.shape}>`,
      wrong: 'the reference engine cannot do this',
      found: limit.wrong,
      remedy: 'leave the choice of the engine out',
    });
  }
  const compiled = compileShapes(shapes, options);
  const dataset = storeOf(shapes.countQuads(null, SH.rule, null, null) > 0 ? compiled.bind(graph).graph : graph);
  const validator = new Validator(shapes, {
    factory: DataFactory,
    validations: new Map([...validations, REFERENCE_PATTERN]),
    targetResolvers: new Map([
      [SH.target, (target: { readonly term?: Term }) => targetNodes(shapes, dataset, target.term as Term)],
    ]),
  });
  const results: ReferenceResult[] = [];
  for (const shape of compiled.targeted) {
    if (shape.deactivated) continue;
    const report = await validator.validate({ dataset }, [{ terms: [shape.node] }]);
    for (const result of report.results) {
      const source = result.shape.ptr.term as Term;
      const [step, ...more] = result.path ?? [];
      const own =
        step?.quantifier === 'one' && step.start === 'subject' && more.length === 0 ? step.predicates[0] : undefined;
      const path = objectsOf(shapes, source, SH.path.value)[0] ?? own;
      const value = result.value?.term;
      results.push({
        focusNode: result.focusNode.term as Term,
        ...(path !== undefined && { path }),
        ...(value !== undefined && { value }),
        sourceShape: source,
        sourceConstraintComponent: result.constraintComponent,
        ...(result.source[0] !== undefined && { sourceConstraint: result.source[0] }),
        severity: result.severity.value,
        messages: result.message,
        target: shape.node,
      } as ReferenceResult);
    }
    await setImmediate();
    signal?.throwIfAborted();
  }
  return { conforms: results.length === 0, results };
}

/** The triples of a container as RDF/JS quads in n3's store. */
function storeOf(graph: ContainerGraph): Store {
  const store = new Store();
  const { terms } = graph;
  for (const predicate of graph.predicates) {
    const column = graph.column(predicate);
    const iri = terms.term(predicate);
    for (let i = 0; i < (column?.length ?? 0); i++) {
      const [subject, object] = [terms.term(column?.subjects[i] as number), terms.term(column?.objects[i] as number)];
      store.addQuad(DataFactory.quad(subject as never, iri as never, object as never));
    }
  }
  return store;
}

/** The nodes of a SPARQL target; the engine's own way leaves the declared prefixes out. */
async function targetNodes(shapes: Store, dataset: Store, target: Term): Promise<Term[]> {
  const query = objectsOf(shapes, target, sh('select'))[0]?.value ?? '';
  const fault = (wrong: string, found?: string): never => {
    throw shapesFault(target.value, wrong, found);
  };
  const prefixes = prologue(shapes, target, sparqlTokens(query), fault);
  const rows = await select({ dataset, factory: DataFactory, query: prefixes + query, bindings: [] });
  return rows.flatMap((row) => row.get('this') ?? []);
}
