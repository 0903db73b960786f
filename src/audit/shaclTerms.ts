import { DataFactory, type NamedNode, type Store, type Term } from 'n3';
import { PREFIXES } from '../rdf/vocabulary.js';

function terms<const Name extends string>(namespace: string, ...names: Name[]): { readonly [K in Name]: NamedNode } {
  return Object.freeze(Object.fromEntries(names.map((n) => [n, DataFactory.namedNode(namespace + n)]))) as {
    readonly [K in Name]: NamedNode;
  };
}

/** Terms of SHACL (https://www.w3.org/TR/shacl/) that the audit reads or writes. */
export const SH = terms(
  PREFIXES.sh,
  'NodeShape',
  'PropertyShape',
  'PropertyGroup',
  'ValidationReport',
  'ValidationResult',
  'Violation',
  'Warning',
  'Info',
  'alternativePath',
  'inversePath',
  'zeroOrMorePath',
  'oneOrMorePath',
  'zeroOrOnePath',
  'path',
  'property',
  'node',
  'not',
  'and',
  'or',
  'xone',
  'qualifiedValueShape',
  'pattern',
  'minCount',
  'maxCount',
  'name',
  'description',
  'message',
  'severity',
  'group',
  'order',
  'deactivated',
  'target',
  'rule',
  'targetClass',
  'targetNode',
  'targetObjectsOf',
  'targetSubjectsOf',
  'conforms',
  'result',
  'focusNode',
  'resultSeverity',
  'resultMessage',
  'sourceShape',
  'sourceConstraintComponent',
  'value',
);

/** Our own terms on shapes, defined in `ontologies/omegraph.ttl`. */
export const OMG = terms(
  PREFIXES.omg,
  'AuditProfile',
  'field',
  'aspect',
  'file',
  'basedOn',
  'takes',
  'judged',
  'contradictedBy',
  'presence',
  'validity',
  'grounding',
  'container',
);

const FIRST = DataFactory.namedNode(`${PREFIXES.rdf}first`);
const REST = DataFactory.namedNode(`${PREFIXES.rdf}rest`);
const NIL = `${PREFIXES.rdf}nil`;

/** The members of an RDF list, or undefined when the node heads none; @throws Error when the list is broken or circular. */
export function rdfList(graph: Store, head: Term): Term[] | undefined {
  if (head.value === NIL) return [];
  if (graph.countQuads(head as NamedNode, FIRST, null, null) === 0) return undefined;
  const members: Term[] = [];
  const seen = new Set<string>();
  for (let node: Term = head; node.value !== NIL;) {
    const [first, ...moreFirst] = graph.getObjects(node as NamedNode, FIRST, null);
    const [rest, ...moreRest] = graph.getObjects(node as NamedNode, REST, null);
    if (first === undefined || rest === undefined || moreFirst.length + moreRest.length > 0 || seen.has(node.value)) {
      throw new Error('a list is broken: each member has one rdf:first and one rdf:rest');
    }
    seen.add(node.value);
    members.push(first);
    node = rest;
  }
  return members;
}
