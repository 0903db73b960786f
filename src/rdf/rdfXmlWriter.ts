import { OmegraphError } from '../errors.js';
import { languageTag } from './nquads.js';
import { type PrefixedNames, prefixedNames } from './prefixedNames.js';
import type { GraphStatements, ObjectTerm, SubjectStatements } from './sortedStatements.js';
import { PREFIXES } from './vocabulary.js';

/** Names that RDF/XML takes for something else than a property (RDF 1.1 XML Syntax section 5.1). */
const NO_PROPERTIES = [
  'RDF',
  'ID',
  'about',
  'parseType',
  'resource',
  'nodeID',
  'datatype',
  'Description',
  'li',
  'aboutEach',
  'aboutEachPrefix',
  'bagID',
];

/**
 * RDF/XML (RDF 1.1 XML Syntax) of sorted statements, flat. XML 1.0 cannot hold most control characters: they become U+FFFD.
 * @throws OmegraphError when a property cannot be written as an XML element
 */
export function* rdfXml(
  statements: readonly GraphStatements[],
  prefixes: Readonly<Record<string, string>>,
): Generator<string> {
  const all = { ...generatedPrefixes(statements, prefixes), rdf: PREFIXES.rdf };
  const names = prefixedNames(all);
  const body = statements.flatMap(({ subjects }) => subjects.map((subject) => description(subject, names)));
  const declared = new Map([...names.used(), ['rdf', PREFIXES.rdf] as const]);
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF';
  for (const [prefix, namespace] of [...declared].sort(([a], [b]) => (a < b ? -1 : 1))) {
    yield `\n    xmlns:${prefix}="${attribute(namespace)}"`;
  }
  yield '>\n';
  yield* body;
  yield '</rdf:RDF>\n';
}

function description({ subject, properties }: SubjectStatements, names: PrefixedNames): string {
  let text = `  <rdf:Description rdf:about="${attribute(subject)}">\n`;
  for (const { property, objects } of properties) {
    const name = names.short(property);
    if (name === undefined) throw notAnElement(property);
    for (const object of objects) text += `    ${element(name, object)}\n`;
  }
  return `${text}  </rdf:Description>\n`;
}

function element(name: string, object: ObjectTerm): string {
  if ('iri' in object) return `<${name} rdf:resource="${attribute(object.iri)}"/>`;
  const { text, language, datatype } = object;
  const about =
    language !== ''
      ? ` xml:lang="${languageTag(language)}"`
      : datatype === `${PREFIXES.xsd}string`
        ? ''
        : ` rdf:datatype="${attribute(datatype)}"`;
  return `<${name}${about}>${content(text)}</${name}>`;
}

/** `ns1`, `ns2` … for the namespaces of properties that have no prefix. */
function generatedPrefixes(
  statements: readonly GraphStatements[],
  prefixes: Readonly<Record<string, string>>,
): Record<string, string> {
  const made: Record<string, string> = Object.fromEntries(
    Object.entries(prefixes).filter(([prefix]) => !/^xml/i.test(prefix)),
  );
  const known = new Set(Object.values(made));
  let n = 0;
  for (const { subjects } of statements) {
    for (const { properties } of subjects) {
      for (const { property } of properties) {
        const [, namespace = '', local = ''] = /^(.*[^A-Za-z0-9_.-])([A-Za-z0-9_.-]*)$/su.exec(property) ?? [];
        if (namespace === PREFIXES.rdf && NO_PROPERTIES.includes(local)) throw notAnElement(property);
        if (namespace === '' || known.has(namespace)) continue;
        do n += 1;
        while (Object.hasOwn(made, `ns${n}`));
        made[`ns${n}`] = namespace;
        known.add(namespace);
      }
    }
  }
  return made;
}

function notAnElement(property: string): OmegraphError {
  return new OmegraphError('input', {
    where: 'RDF/XML',
    wrong: 'a property cannot be written as an XML element',
    found: property,
    remedy: 'choose Turtle, N-Triples or JSON-LD instead',
  });
}

const NO_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function content(text: string): string {
  return text
    .replace(NO_XML, '\ufffd')
    .replace(/[&<>]/g, (c) => ENTITIES[c] ?? c)
    .replaceAll('\r', '&#xD;');
}

function attribute(text: string): string {
  return content(text)
    .replaceAll('"', '&quot;')
    .replace(/[\t\n]/g, (c) => `&#x${c.charCodeAt(0).toString(16).toUpperCase()};`);
}
