import type { Store, Term } from 'n3';
import { PREFIXES } from '../../../rdf/vocabulary.js';
import type { SparqlToken } from '../../../graph/sparqlTokens.js';
import { termKey } from '../../termKey.js';
import { objectsOf, sh } from '../shapesGraph.js';
import { iriText } from './iriText.js';

/** Prefixes that published shapes use without declaring them, because other engines know them. */
const COMMON: Readonly<Record<string, string | undefined>> = {
  ...Object.fromEntries(
    (['rdf', 'rdfs', 'owl', 'xsd', 'sh', 'skos', 'dcterms', 'dcat', 'foaf', 'prov'] as const).map((p) => [
      p,
      PREFIXES[p],
    ]),
  ),
  prof: 'http://www.w3.org/ns/dx/prof/',
};

type Fault = (wrong: string, found?: string) => never;

/** PREFIX lines, on one line of text, for the prefixes that a query uses and does not declare itself (SHACL section 5.2.1). */
export function prologue(graph: Store, node: Term, tokens: readonly SparqlToken[], fault: Fault): string {
  const declared = declarations(graph, node, fault);
  const own = new Set(tokens.filter((_, i) => isWord(tokens[i - 1], 'PREFIX')).map((t) => prefixOf(t)));
  const used = new Set(tokens.map(prefixOf).filter((prefix) => prefix !== undefined && !own.has(prefix)));
  return [...used]
    .map((prefix) => {
      const namespace = declared.get(prefix as string) ?? COMMON[prefix as string];
      if (namespace === undefined)
        return fault('the query uses a prefix that its sh:prefixes do not declare', `${prefix}:`);
      if (!/^[A-Za-z][A-Za-z0-9+.-]*:/.test(namespace))
        fault('the namespace of a prefix is no absolute IRI', namespace);
      try {
        return `PREFIX ${prefix}: ${iriText(namespace)} `;
      } catch {
        return fault('the namespace of a prefix is no IRI', namespace);
      }
    })
    .join('');
}

const isWord = (token: SparqlToken | undefined, word: string): boolean =>
  token?.kind === 'word' && token.text.toUpperCase() === word;

function prefixOf({ kind, text }: SparqlToken): string | undefined {
  if (kind !== 'name' || /^(?:[?$@]|_:)/.test(text)) return undefined;
  return text.slice(0, text.indexOf(':'));
}

/** Every sh:declare of the values of sh:prefixes and of what they import (owl:imports within the shapes graph). */
function declarations(graph: Store, node: Term, fault: Fault): Map<string, string> {
  const declared = new Map<string, string>();
  const seen = new Set<string>();
  const open = objectsOf(graph, node, sh('prefixes'));
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (seen.has(termKey(at))) continue;
    seen.add(termKey(at));
    open.push(...objectsOf(graph, at, `${PREFIXES.owl}imports`));
    for (const declaration of objectsOf(graph, at, sh('declare'))) {
      const [prefix] = objectsOf(graph, declaration, sh('prefix'));
      const [namespace] = objectsOf(graph, declaration, sh('namespace'));
      if (prefix === undefined || namespace === undefined)
        return fault('sh:declare without sh:prefix and sh:namespace');
      const other = declared.get(prefix.value);
      if (other !== undefined && other !== namespace.value) {
        fault('sh:prefixes declare a prefix twice', `${prefix.value}: <${other}> and <${namespace.value}>`);
      }
      declared.set(prefix.value, namespace.value);
    }
  }
  return declared;
}
