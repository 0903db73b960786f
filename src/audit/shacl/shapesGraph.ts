import type { NamedNode, Store, Term } from 'n3';
import { OmegraphError } from '../../errors.js';
import { PREFIXES } from '../../rdf/vocabulary.js';
import { termKey } from '../termKey.js';

/** IRI of a property of SHACL by its local name. */
export const sh = (name: string): string => PREFIXES.sh + name;

/** Objects of a property at a node of a shapes graph, each once. */
export function objectsOf(graph: Store, node: Term, iri: string): Term[] {
  return node.termType === 'Literal' ? [] : graph.getObjects(node as NamedNode, iri, null);
}

/** The nearest named node that leads to a blank node: how a message names a shape. `known` keeps what was found, by `termKey`. */
export function namedAbove(graph: Store, node: Term, known?: Map<string, string>): string {
  let front: readonly Term[] = [node];
  const seen = new Set<string>();
  let name: string | undefined;
  let chain = true;
  while (front.length > 0 && name === undefined) {
    name = front.find((term) => term.termType === 'NamedNode')?.value ?? known?.get(termKey(front[0] as Term));
    chain &&= front.length === 1;
    for (const term of front) seen.add(termKey(term));
    front = front
      .flatMap((term) => graph.getSubjects(null, term as NamedNode, null))
      .filter((term) => !seen.has(termKey(term)));
  }
  name ??= 'an unnamed shape';
  if (chain) for (const key of seen) known?.set(key, name);
  return name;
}

/** The error of a clause of a shape that cannot be meant. */
export function shapesFault(shape: string, wrong: string, found?: string): OmegraphError {
  return new OmegraphError('shapes', { where: `shape <${shape}>`, wrong, found, remedy: 'mend the shapes graph' });
}

/** Whether a term is `"true"^^xsd:boolean` (or `"1"`); undefined when it is no boolean. */
export function booleanOf(term: Term): boolean | undefined {
  if (term.termType !== 'Literal' || term.datatype.value !== `${PREFIXES.xsd}boolean`) return undefined;
  return term.value === 'true' || term.value === '1'
    ? true
    : term.value === 'false' || term.value === '0'
      ? false
      : undefined;
}
