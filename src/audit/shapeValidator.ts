import { setImmediate } from 'node:timers/promises';
import { DataFactory, type NamedNode, type Term } from 'n3';
import { Validator } from 'shacl-engine';
import { OmegraphError } from '../errors.js';
import type { Severity } from '../findings.js';
import { shapeFaults } from './checkShapes.js';
import type { ContainerGraph } from './containerGraph.js';
import type { Profile, ProfileShape } from './profile.js';
import { SH } from './shaclTerms.js';

/** One validation result as SHACL defines it (section 3.6.2), before it is placed in a report. */
export interface ShapeResult {
  readonly focus: string;
  /** The shape that failed: the one asked for, or a named one within it. */
  readonly shape: string;
  readonly severity: Severity;
  readonly message: string;
  readonly component: string;
  readonly value?: string | undefined;
}

/** Validates focus nodes against one shape at a time. */
export interface ShapeValidator {
  /** Results of a shape on these nodes; gives way to other work between batches. @throws the signal's reason when it fires */
  validate(
    graph: ContainerGraph,
    shape: ProfileShape,
    nodes: readonly NamedNode[],
    signal?: AbortSignal,
  ): AsyncIterable<readonly ShapeResult[]>;
}

/** Focus nodes between two looks at the event loop; the engine remembers every node of a batch. */
const BATCH = 200;

const SEVERITIES: Readonly<Record<string, Severity>> = {
  [SH.Violation.value]: 'violation',
  [SH.Warning.value]: 'warning',
  [SH.Info.value]: 'info',
};

/** The validator of a profile, on shacl-engine; shapes are compiled once and used for every container. */
export function shapeValidator(profile: Profile): ShapeValidator {
  const [fault] = shapeFaults(profile.graph);
  if (fault !== undefined) {
    const remedy = 'correct the shape; the rules are those of https://www.w3.org/TR/shacl/';
    throw new OmegraphError('shapes', { where: fault.shape, wrong: fault.wrong, found: fault.found, remedy });
  }
  const validator = new Validator(profile.graph, { factory: DataFactory });
  return {
    async *validate(graph, shape, nodes, signal) {
      for (let start = 0; start < nodes.length; start += BATCH) {
        const terms = nodes.slice(start, start + BATCH);
        const { results } = await validator.validate({ dataset: graph, terms }, [{ terms: [shape.node] }]);
        yield results.map((result) => {
          const source = result.shape.ptr.term;
          const named = source !== undefined && source.termType === 'NamedNode' ? source.value : shape.node.value;
          return {
            focus: result.focusNode.term?.value ?? '',
            shape: named,
            severity: SEVERITIES[result.severity.value] ?? 'violation',
            message: named === shape.node.value ? shape.message : (result.message[0]?.value ?? shape.message),
            component: result.constraintComponent.value,
            value: literalText(result.value?.term),
          };
        });
        await setImmediate();
        signal?.throwIfAborted();
      }
    },
  };
}

/** A value worth showing: node shapes report the focus node itself as the value. */
function literalText(term: Term | undefined): string | undefined {
  return term?.termType === 'Literal' ? term.value : undefined;
}
