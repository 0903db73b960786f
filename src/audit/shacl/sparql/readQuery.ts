import type { Store, Term } from 'n3';
import { OmegraphError } from '../../../errors.js';
import { engineMessage } from '../../../graph/engineMessage.js';
import { checkQuery } from '../../../graph/sparqlGate.js';
import { sparqlTokens } from '../../../graph/sparqlTokens.js';
import { queryFault } from '../../../graph/syncStore.js';
import { objectsOf, sh } from '../shapesGraph.js';
import { type Prebinding, PrebindingFault, prebind, type PreboundQuery } from './prebinding.js';
import { prologue } from './prefixes.js';

export type QueryProperty = 'select' | 'ask' | 'construct';
type Fault = (wrong: string, found?: string) => never;

/**
 * The query at a node of a shapes graph with the prefixes it uses, checked as far as it can be before there are data: its
 * form, its syntax, its functions. @throws what `fault` throws
 */
export function readQuery(graph: Store, node: Term, property: QueryProperty, fault: Fault): string {
  const [text, ...more] = objectsOf(graph, node, sh(property));
  if (text === undefined || more.length > 0)
    return fault(`it has ${more.length === 0 ? 'no' : 'several'} sh:${property}`, more[0]?.value);
  if (text.termType !== 'Literal') return fault(`sh:${property} is not a text`, text.value);
  try {
    const { form } = checkQuery(text.value);
    if (form !== property) fault(`sh:${property} is a ${form.toUpperCase()} query`, text.value);
  } catch (error) {
    if (error instanceof OmegraphError && error.tag !== 'shapes') {
      fault(`sh:${property}: ${error.message.replace(/^query: |; [^;]*$/g, '')}`);
    }
    throw error;
  }
  return prologue(graph, node, sparqlTokens(text.value), fault) + text.value;
}

/** The same with pre-bound variables. @throws what `fault` throws */
export function readPrebound(
  graph: Store,
  node: Term,
  property: QueryProperty,
  prebinding: Prebinding,
  fault: Fault,
): PreboundQuery {
  const query = readQuery(graph, node, property, fault);
  try {
    const prebound = prebind(query, prebinding);
    checkSyntax(prebound.sparql, property, fault);
    return prebound;
  } catch (error) {
    if (error instanceof PrebindingFault) fault(error.message, error.found);
    throw error;
  }
}

/** @throws what `fault` throws when the engine cannot run a query */
export function checkSyntax(sparql: string, property: QueryProperty, fault: Fault): void {
  const message = queryFault(sparql);
  if (message !== undefined) fault(`sh:${property}: ${engineMessage(message).wrong}`, sparql.trim());
}
