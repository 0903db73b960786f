import type { Store, Term } from 'n3';
import { OmegraphError } from '../../../errors.js';
import { engineMessage } from '../../../graph/engineMessage.js';
import { checkQuery } from '../../../graph/sparqlGate.js';
import { sparqlTokens } from '../../../graph/sparqlTokens.js';
import { queryFault } from '../../../graph/syncStore.js';
import { objectsOf, sh } from '../shapesGraph.js';
import { prebind, type Prebinding, type PreboundQuery } from './prebinding.js';
import { PrebindingFault } from './queryStructure.js';
import { prologue } from './prefixes.js';

export type QueryProperty = 'select' | 'ask' | 'construct';
type Fault = (wrong: string, found?: string) => never;

/**
 * The query at a node of a shapes graph with the prefixes it uses, checked as far as it can be before there are data: its
 * form, its syntax, its functions; `path` is what `$PATH` stands for in it. @throws what `fault` throws
 */
export function readQuery(graph: Store, node: Term, property: QueryProperty, fault: Fault, path?: string): string {
  const [text, ...more] = objectsOf(graph, node, sh(property));
  if (text === undefined || more.length > 0) {
    return fault(`it has ${more.length === 0 ? 'no' : 'several'} sh:${property}`, more[0]?.value);
  }
  if (text.termType !== 'Literal') return fault(`sh:${property} is not a text`, text.value);
  try {
    const { form } = checkQuery(text.value);
    if (form !== property) fault(`sh:${property} is of another form`, form.toUpperCase());
  } catch (error) {
    if (error instanceof OmegraphError && error.tag !== 'shapes') {
      fault(`sh:${property}: ${error.message.replace(/^query: |; [^;]*$/g, '')}`);
    }
    throw error;
  }
  const prefixes = prologue(graph, node, sparqlTokens(text.value), fault);
  const message = queryFault(`${prefixes}\n${path === undefined ? text.value : withPath(text.value, path)}`);
  if (message !== undefined) {
    // The line of the prefixes is ours.
    const placed = message.replace(/^error at (\d+)/, (_, line) => `error at ${Number(line) - 1}`);
    fault(`sh:${property}: ${engineMessage(placed).wrong}`, text.value.trim());
  }
  return `${prefixes}\n${text.value}`;
}

/** The same with pre-bound variables. @throws what `fault` throws */
export function readPrebound(
  graph: Store,
  node: Term,
  property: QueryProperty,
  prebinding: Prebinding,
  fault: Fault,
): PreboundQuery {
  const query = readQuery(graph, node, property, fault, prebinding.path);
  try {
    const prebound = prebind(query, prebinding);
    const message = queryFault(prebound.sparql);
    if (message !== undefined) fault(`sh:${property} cannot be run with its values: ${engineMessage(message).wrong}`);
    return prebound;
  } catch (error) {
    if (error instanceof PrebindingFault) fault(error.message, error.found);
    throw error;
  }
}

const withPath = (query: string, path: string): string =>
  sparqlTokens(query)
    .filter(({ text }) => /^[?$]PATH$/.test(text))
    .reduceRight((all, { at, text }) => `${all.slice(0, at)}(${path})${all.slice(at + text.length)}`, query);
