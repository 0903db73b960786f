import type { ContainerGraph } from '../../graph/columns/containerGraph.js';
import { withTriples } from '../../graph/columns/containerGraphOf.js';
import { readContainerGraph } from '../../graph/columns/readContainerGraph.js';
import { openTermIndex, type TermIndex } from '../../terms/termIndex.js';
import { ontologyFacts, ontologyQuestions } from '../ontologyFacts.js';
import type { Profile } from '../profile.js';
import { compileShapes } from '../shacl/compileShapes.js';
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
}

/** A profile made ready in one thread, for any number of containers. */
export interface AuditSession {
  readonly plan: AuditPlan;
  readonly terms: TermIndex | undefined;
  /** Reads a container's file and audits it. @throws OmegraphError when it cannot be read or audited to its end */
  auditFile(
    file: { readonly path: string; readonly bytes?: number | undefined },
    about: AuditedContainer,
    sinks: RowSinks,
    options?: ContainerOptions & { readonly signal?: AbortSignal | undefined },
  ): Promise<ContainerOutcome>;
  auditGraph(
    graph: ContainerGraph,
    about: AuditedContainer,
    sinks: RowSinks,
    options?: ContainerOptions,
  ): Promise<ContainerOutcome>;
}

/** Compiles a profile and opens the ontologies. @throws OmegraphError (shapes) when a shape is ill-formed; (input) when an index file is damaged */
export async function auditSession(profile: Profile, options: SessionOptions = {}): Promise<AuditSession> {
  const compiled = compileShapes(profile.graph);
  const plan = auditPlan(profile, compiled);
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
    containerOptions?: ContainerOptions,
  ): Promise<ContainerOutcome> {
    const facts = terms === undefined ? [] : ontologyFacts(graph, terms, questions);
    const bound = compiled.bind(facts.length === 0 ? graph : withTriples(graph, facts));
    const outcome = await auditContainer(bound, about, plan, sinks, containerOptions);
    // what was derived was not read
    return { ...outcome, report: { ...outcome.report, triples: graph.read } };
  }
  return {
    plan,
    terms,
    auditGraph,
    async auditFile({ path, bytes }, about, sinks, { signal, ...containerOptions } = {}) {
      const graph = await readContainerGraph(path, { predicates, bytes, signal });
      return auditGraph(graph, about, sinks, containerOptions);
    },
  };
}

async function opened(terms: Terms | undefined): Promise<TermIndex | undefined> {
  if (terms === undefined || !Array.isArray(terms)) return terms as TermIndex | undefined;
  return terms.length === 0 ? undefined : openTermIndex(terms as readonly string[]);
}
