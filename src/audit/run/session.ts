import type { ContainerGraph } from '../../graph/columns/containerGraph.js';
import { withTriples } from '../../graph/columns/containerGraphOf.js';
import { readContainerGraph } from '../../graph/columns/readContainerGraph.js';
import { sentence } from '../../errors.js';
import { openTermIndex, type TermIndex } from '../../terms/termIndex.js';
import { ontologyFacts, ontologyQuestions } from '../ontologyFacts.js';
import type { Profile } from '../profile.js';
import type { ShapeWarning } from '../model.js';
import { compileShapes } from '../shacl/compileShapes.js';
import { unknownTerms } from '../unknownTerms.js';
import {
  auditContainer,
  type AuditedContainer,
  type ContainerOptions,
  type ContainerOutcome,
  type RowSinks,
} from './auditContainer.js';
import { type AuditPlan, auditPlan } from './plan.js';

/** Where the ontologies come from: index files, or an index that is open. */
export type Terms = TermIndex | readonly string[];

export interface SessionOptions {
  /** Without it nothing is known of ontology terms but what the graph says. */
  readonly terms?: Terms | undefined;
  readonly engine?: Engine | undefined;
}

/** What finds results: our passes over columns (and SPARQL where a shape needs it), or shacl-engine, to compare with. */
export type Engine = 'columns' | 'reference';

/** A profile made ready in one thread, for any number of containers. */
export interface AuditSession {
  readonly plan: AuditPlan;
  /** What there is to say of the shapes, whatever they are asked of. */
  warnings(): Promise<readonly ShapeWarning[]>;
  /** Reads a container's file and audits it. @throws OmegraphError when it cannot be read or audited to its end */
  auditFile(
    file: { readonly path: string; readonly bytes?: number | undefined },
    about: AuditedContainer,
    sinks: RowSinks,
    options?: SessionRunOptions,
  ): Promise<ContainerOutcome>;
  auditGraph(
    graph: ContainerGraph,
    about: AuditedContainer,
    sinks: RowSinks,
    options?: SessionRunOptions,
  ): Promise<ContainerOutcome>;
}

export interface SessionRunOptions extends ContainerOptions {
  readonly signal?: AbortSignal | undefined;
}

/** Compiles a profile and opens the ontologies. @throws OmegraphError (shapes) when a shape is ill-formed; (input) when an index file is damaged */
export async function auditSession(profile: Profile, options: SessionOptions = {}): Promise<AuditSession> {
  const odd: ShapeWarning[] = [];
  const compiled = compileShapes(profile.graph, {
    odd(shape, wrong, found) {
      const remedy = 'correct the shape; until then this part of it asks for nothing';
      odd.push({ shape, kind: 'unknown-term', message: sentence({ where: shape, wrong, found, remedy }) });
    },
  });
  const byReference = options.engine === 'reference';
  const planned = auditPlan(profile, compiled);
  const plan = byReference ? ofReference(planned) : planned;
  const terms = await opened(options.terms);
  const named = new Set(
    profile.graph.getObjects(null, null, null).flatMap((o) => (o.termType === 'NamedNode' ? o.value : [])),
  );
  const questions = terms && ontologyQuestions(plan.predicates, named);
  const predicates = plan.predicates && new Set([...plan.predicates, ...(questions?.predicates ?? [])]);

  async function auditGraph(
    graph: ContainerGraph,
    about: AuditedContainer,
    sinks: RowSinks,
    containerOptions?: SessionRunOptions,
  ): Promise<ContainerOutcome> {
    const facts = terms === undefined ? [] : ontologyFacts(graph, terms, questions);
    const whole = facts.length === 0 ? graph : withTriples(graph, facts);
    const bound = byReference
      ? // the other engine is loaded only where it is asked for
        await (
          await import('./referenceBound.js')
        ).referenceBound(whole, profile.graph, compiled, containerOptions?.signal)
      : compiled.bind(whole);
    const outcome = await auditContainer(bound, about, plan, sinks, containerOptions);
    // what was derived was not read
    return { ...outcome, report: { ...outcome.report, triples: graph.read } };
  }
  return {
    plan,
    warnings: async () => [...odd, ...(await unknownTerms(profile.graph, terms))],
    auditGraph,
    async auditFile({ path, bytes }, about, sinks, runOptions = {}) {
      const graph = await readContainerGraph(path, { predicates, bytes, signal: runOptions.signal });
      return auditGraph(graph, about, sinks, runOptions);
    },
  };
}

function ofReference(plan: AuditPlan): AuditPlan {
  const reason = 'the reference engine was asked for';
  return {
    ...plan,
    shapes: plan.shapes.map((shape) => ({ ...shape, way: 'reference', reason })),
    // it may look at anything
    predicates: undefined,
  };
}

async function opened(terms: Terms | undefined): Promise<TermIndex | undefined> {
  if (terms === undefined || !Array.isArray(terms)) return terms as TermIndex | undefined;
  return terms.length === 0 ? undefined : openTermIndex(terms as readonly string[]);
}
