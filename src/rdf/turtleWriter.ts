import { languageTag, quoted } from './nquads.js';
import { type PrefixedNames, prefixedNames } from './prefixedNames.js';
import type { GraphStatements, ObjectTerm, SubjectStatements } from './sortedStatements.js';
import { PREFIXES } from './vocabulary.js';

/** Turtle (RDF 1.1 Turtle) or TriG of sorted statements; numbers and booleans in their short form where that is the same literal. */
export function* turtle(
  statements: readonly GraphStatements[],
  prefixes: Readonly<Record<string, string>>,
): Generator<string> {
  const names = prefixedNames(prefixes);
  const body: string[] = [];
  for (const { graph, subjects } of statements) {
    if (graph === undefined) {
      for (const subject of subjects) body.push(`\n${block(subject, names, '')}`);
    } else {
      body.push(`\n${name(graph, names)} {\n`);
      for (const subject of subjects) body.push(block(subject, names, '  '));
      body.push('}\n');
    }
  }
  for (const [prefix, namespace] of names.used()) yield `@prefix ${prefix}: <${namespace}> .\n`;
  yield* body;
}

function block({ subject, properties }: SubjectStatements, names: PrefixedNames, indent: string): string {
  const lines = properties.map(({ property, objects }) => {
    const verb = property === `${PREFIXES.rdf}type` ? 'a' : name(property, names);
    return `${indent}  ${verb} ${objects.map((o) => objectText(o, names)).join(`,\n${indent}    `)}`;
  });
  return `${indent}${name(subject, names)}\n${lines.join(' ;\n')} .\n`;
}

function name(iri: string, names: PrefixedNames): string {
  return names.short(iri) ?? `<${iri}>`;
}

/** Lexical forms that Turtle reads as these datatypes without quotes (Turtle section 2.5.2). */
const SHORT: Readonly<Record<string, RegExp>> = {
  [`${PREFIXES.xsd}integer`]: /^[+-]?[0-9]+$/,
  [`${PREFIXES.xsd}decimal`]: /^[+-]?[0-9]*\.[0-9]+$/,
  [`${PREFIXES.xsd}double`]: /^[+-]?(?:[0-9]+\.[0-9]*|\.?[0-9]+)[eE][+-]?[0-9]+$/,
  [`${PREFIXES.xsd}boolean`]: /^(?:true|false)$/,
};

function objectText(object: ObjectTerm, names: PrefixedNames): string {
  if ('iri' in object) return name(object.iri, names);
  const { text, language, datatype } = object;
  if (language !== '') return `${quoted(text)}@${languageTag(language)}`;
  if (datatype === `${PREFIXES.xsd}string`) return quoted(text);
  return SHORT[datatype]?.test(text) ? text : `${quoted(text)}^^${name(datatype, names)}`;
}
