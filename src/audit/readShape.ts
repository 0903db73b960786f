import { DataFactory, type NamedNode, type Store, type Term } from 'n3';
import type { Severity } from '../findings.js';
import { PREFIXES, RDFS } from '../rdf/vocabulary.js';
import type { Aspect } from './model.js';
import type { Answer, ProfileShape, Targets } from './profile.js';
import { readPath, type ShaclPath } from './shaclPath.js';
import { OMG, rdfList, SH } from './shaclTerms.js';
import { localName } from './localName.js';

const IS_PART_OF = `${PREFIXES.dcterms}isPartOf`;
const SEVERITIES: Readonly<Record<string, Severity>> = {
  [SH.Violation.value]: 'violation',
  [SH.Warning.value]: 'warning',
  [SH.Info.value]: 'info',
};
const ASPECTS: Readonly<Record<string, Aspect>> = {
  [OMG.presence.value]: 'presence',
  [OMG.validity.value]: 'validity',
  [OMG.grounding.value]: 'grounding',
};
/** A path asks for presence when its shape has one of these. */
const PRESENCE = [SH.minCount, DataFactory.namedNode(`${PREFIXES.sh}hasValue`)] as const;

/** Reads a shape that has targets; the graph was checked before (`shapeFaults`). */
export function readShape(graph: Store, node: NamedNode, file: string): ProfileShape {
  const value = (predicate: NamedNode): Term | undefined => graph.getObjects(node, predicate, null)[0];
  const group = value(SH.group);
  const module = group && graph.getObjects(group as NamedNode, RDFS.label, null)[0]?.value;
  const label = value(SH.name)?.value ?? value(RDFS.label)?.value ?? localName(node.value);
  const found = { answers: [] as Answer[], onlyWhen: [] as ShaclPath[] };
  collectAnswers(graph, node, found);
  return {
    node,
    label,
    description: value(SH.description)?.value ?? '',
    message:
      value(SH.message)?.value ?? `${label}: the object does not meet this shape; see the description of the shape.`,
    severity: SEVERITIES[value(SH.severity)?.value ?? ''] ?? 'violation',
    aspect: ASPECTS[value(OMG.aspect)?.value ?? ''] ?? 'presence',
    field: value(OMG.field)?.value,
    module,
    targets: readTargets(graph, node),
    ...found,
    file,
  };
}

/** What a shape looks at; all empty when it has no target of its own. */
function readTargets(graph: Store, node: NamedNode): Targets {
  const nodes = (predicate: NamedNode): NamedNode[] => graph.getObjects(node, predicate, null) as NamedNode[];
  return {
    classes: nodes(SH.targetClass),
    nodes: nodes(SH.targetNode),
    subjectsOf: nodes(SH.targetSubjectsOf),
    objectsOf: nodes(SH.targetObjectsOf),
  };
}

/** Reads the paths that answer a presence shape, and the paths that must be stated for it to ask at all (`sh:maxCount 0` within `sh:or`). */
function collectAnswers(
  graph: Store,
  shape: Term,
  found: { answers: Answer[]; onlyWhen: ShaclPath[] },
  withinOr = false,
): void {
  const at = shape as NamedNode;
  const path = graph.getObjects(at, SH.path, null)[0];
  if (path !== undefined) {
    if (withinOr && graph.getObjects(at, SH.maxCount, null)[0]?.value === '0')
      found.onlyWhen.push(readPath(graph, path));
    // sh:node asks more than presence, so the path alone is no answer
    else if (
      PRESENCE.some((p) => graph.countQuads(at, p, null, null) > 0) &&
      graph.countQuads(at, SH.node, null, null) === 0
    ) {
      found.answers.push(answerOf(readPath(graph, path)));
    }
    return;
  }
  for (const list of graph.getObjects(at, SH.or, null)) {
    for (const member of rdfList(graph, list) ?? []) collectAnswers(graph, member, found, true);
  }
  for (const list of graph.getObjects(at, SH.and, null)) {
    for (const member of rdfList(graph, list) ?? []) collectAnswers(graph, member, found);
  }
}

/** Splits `isPartOf* / x` into the object's own `x` and the inherited one; `isPartOf / x` is always inherited. */
function answerOf(path: ShaclPath): Answer {
  const first = path.kind === 'sequence' ? path.steps[0] : undefined;
  if (path.kind !== 'sequence' || first === undefined) return { own: path };
  const rest = path.steps.slice(1);
  const own: ShaclPath = rest.length === 1 && rest[0] !== undefined ? rest[0] : { kind: 'sequence', steps: rest };
  const inner = first.kind === 'zeroOrMore' || first.kind === 'oneOrMore' ? first.path : first;
  if (inner.kind !== 'predicate' || inner.predicate.value !== IS_PART_OF) return { own: path };
  return first.kind === 'zeroOrMore' ? { own, inherited: path } : { inherited: path };
}
