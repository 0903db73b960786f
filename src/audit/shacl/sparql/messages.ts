import type { Store, Term } from 'n3';
import { objectsOf, sh } from '../shapesGraph.js';

/** A value for a variable of a message. */
export type MessageValue = (variable: string) => string | undefined;

/** The text of sh:message at a node of a shapes graph: the English or untagged one where there are several. */
export function messageAt(graph: Store, node: Term): string | undefined {
  const messages = objectsOf(graph, node, sh('message')).filter((term) => term.termType === 'Literal');
  return (messages.find((m) => /^(?:en\b.*)?$/i.test(m.language)) ?? messages[0])?.value;
}

/** A message with its `{?variable}` and `{$variable}` filled in (SHACL section 5.3.2); those without a value stay as they are. */
export function fillMessage(message: string, value: MessageValue): string {
  return message.replace(/\{[?$](\w+)\}/g, (whole, name: string) => value(name) ?? whole);
}
