import { languageTag } from './nquads.js';
import { type PrefixedNames, prefixedNames } from './prefixedNames.js';
import type { GraphStatements, ObjectTerm, SubjectStatements } from './sortedStatements.js';
import { PREFIXES } from './vocabulary.js';

/** JSON-LD 1.1 of sorted statements: one context of prefixes, one flat `@graph`, every value with its type, so that nothing is rewritten. */
export function* jsonLd(
  statements: readonly GraphStatements[],
  prefixes: Readonly<Record<string, string>>,
): Generator<string> {
  const names = prefixedNames(withoutSchemes(prefixes, statements));
  const body: string[] = [];
  for (const { graph, subjects } of statements) {
    if (graph === undefined) {
      for (const subject of subjects) body.push(indented(node(subject, names), '    '));
    } else {
      const inner = subjects.map((subject) => indented(node(subject, names), '        '));
      body.push(
        `    {\n      "@id": ${JSON.stringify(graph)},\n      "@graph": [\n${inner.join(',\n')}\n      ]\n    }`,
      );
    }
  }
  const context = Object.fromEntries(
    names.used().map(([prefix, namespace]) => [
      prefix,
      // Only namespaces that end so are prefixes by themselves (JSON-LD 1.1 section 4.1.5).
      /[:/?#[\]@]$/.test(namespace) ? namespace : { '@id': namespace, '@prefix': true },
    ]),
  );
  yield `{\n  "@context": ${indented(context, '  ').trimStart()},\n  "@graph": [`;
  for (const [i, text] of body.entries()) yield `${i === 0 ? '\n' : ',\n'}${text}`;
  yield '\n  ]\n}\n';
}

/** A prefix that is also the scheme of an IRI in the data would make that IRI a compact one. */
function withoutSchemes(
  prefixes: Readonly<Record<string, string>>,
  statements: readonly GraphStatements[],
): Record<string, string> {
  const schemes = new Set<string>();
  const see = (iri: string): void => void schemes.add(iri.slice(0, iri.indexOf(':')));
  for (const { graph, subjects } of statements) {
    if (graph !== undefined) see(graph);
    for (const { subject, properties } of subjects) {
      see(subject);
      for (const { property, objects } of properties) {
        see(property);
        for (const object of objects) see('iri' in object ? object.iri : object.datatype);
      }
    }
  }
  return Object.fromEntries(Object.entries(prefixes).filter(([prefix]) => !schemes.has(prefix)));
}

function node({ subject, properties }: SubjectStatements, names: PrefixedNames): Record<string, unknown> {
  const made: Record<string, unknown> = { '@id': subject };
  for (const { property, objects } of properties) {
    const values: unknown[] = [];
    const types: string[] = [];
    for (const object of objects) {
      if (property === `${PREFIXES.rdf}type` && 'iri' in object) types.push(names.short(object.iri) ?? object.iri);
      else values.push(value(object, names));
    }
    if (types.length > 0) made['@type'] = types;
    if (values.length > 0) made[names.short(property) ?? property] = values;
  }
  return made;
}

function value(object: ObjectTerm, names: PrefixedNames): unknown {
  if ('iri' in object) return { '@id': object.iri };
  const { text, language, datatype } = object;
  if (language !== '') return { '@value': text, '@language': languageTag(language) };
  return datatype === `${PREFIXES.xsd}string` ? text : { '@value': text, '@type': names.short(datatype) ?? datatype };
}

/** Indented JSON; by its line feeds only, because texts may hold other line separators. */
function indented(made: unknown, by: string): string {
  return by + JSON.stringify(made, null, 2).replaceAll('\n', `\n${by}`);
}
