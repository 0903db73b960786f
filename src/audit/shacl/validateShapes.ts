import { setImmediate } from 'node:timers/promises';
import type { Term } from '@rdfjs/types';
import { NO_TERM, type ContainerGraph } from '../../graph/columns/containerGraph.js';
import type { BoundShapes, CompiledShapes, Emit } from './compiledShapes.js';

/** One validation result in the terms of RDF (SHACL section 3.6.2). */
export interface ShaclResult {
  readonly focusNode: Term;
  /** The predicate, or the node of the path in the shapes graph. */
  readonly path?: Term | undefined;
  readonly value?: Term | undefined;
  readonly sourceShape: Term;
  readonly sourceConstraintComponent: Term;
  readonly sourceConstraint?: Term | undefined;
  /** IRI of the severity. */
  readonly severity: string;
  readonly messages: readonly Term[];
  /** Message of a SPARQL constraint, its variables filled in. */
  readonly message?: string | undefined;
}

/** What validation found (SHACL section 3.6). */
export interface ShaclReport {
  readonly conforms: boolean;
  readonly results: readonly ShaclResult[];
}

/** Focus nodes between two looks at the event loop. */
const BATCH = 20_000;

/** Validates a graph against all shapes with targets; gives way to other work between batches. @throws the signal's reason when it fires */
export async function validateShapes(
  graph: ContainerGraph,
  shapes: CompiledShapes,
  { signal }: { signal?: AbortSignal | undefined } = {},
): Promise<ShaclReport> {
  const bound = shapes.bind(graph);
  const results: ShaclResult[] = [];
  const emit = resultWriter(bound, results);
  for (const shape of shapes.targeted) {
    const focus = bound.focusNodes(shape);
    for (let start = 0; start < focus.length; start += BATCH) {
      bound.validate(shape, focus.subarray(start, start + BATCH), emit);
      await setImmediate();
      signal?.throwIfAborted();
    }
  }
  return { conforms: results.length === 0, results };
}

function resultWriter({ graph: { terms } }: BoundShapes, results: ShaclResult[]): Emit {
  return (focus, { shape, component, source }, value, extra) => {
    const path = extra?.path ?? shape.pathNode;
    results.push({
      focusNode: terms.term(focus),
      ...(path !== undefined && { path: path as Term }),
      ...(value !== NO_TERM && { value: terms.term(value) }),
      sourceShape: shape.node as Term,
      sourceConstraintComponent: component,
      ...(source !== undefined && { sourceConstraint: source as Term }),
      severity: shape.severityIri,
      messages: shape.messages as readonly Term[],
      ...(extra?.message !== undefined && { message: extra.message }),
    });
  };
}
