import { safeIri, safeSegment } from '../../rdf/iris.js';
import { nquadsIri, quoted } from '../../rdf/nquads.js';
import type { AuditReport } from '../model.js';

/** Namespaces that reports are written with, and their prefixes. */
const PREFIXES = {
  sh: 'http://www.w3.org/ns/shacl#',
  omg: 'https://w3id.org/omegraph/ontology#',
  dcterms: 'http://purl.org/dc/terms/',
  prov: 'http://www.w3.org/ns/prov#',
  dqv: 'http://www.w3.org/ns/dqv#',
  ldqd: 'http://www.w3.org/2016/05/ldqd#',
  skos: 'http://www.w3.org/2004/02/skos/core#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
} as const;

/** `@prefix` lines (Turtle section 2.4). */
export function prefixLines(...names: readonly (keyof typeof PREFIXES)[]): string {
  return names.map((name) => `@prefix ${name}: <${PREFIXES[name]}> .\n`).join('');
}

/** IRI under which a report and all its parts are: `{base}/audit/{time}`. */
export function reportIri({ base, auditedAt }: AuditReport): string {
  return safeIri(`${base.replace(/\/+$/, '')}/audit/${safeSegment(auditedAt)}`);
}

/** An IRI in angle brackets; one that is relative (the name of a blank node) is put under `root`. */
export function iri(text: string, root: string): string {
  return /^[A-Za-z][A-Za-z0-9+.-]*:/.test(text) ? nquadsIri(text) : nquadsIri(`${root}/shape/${safeSegment(text)}`);
}

/** A subject with its predicates and objects (Turtle section 2.2); what is undefined is left out. */
export function block(subject: string, facts: readonly (readonly [string, string | undefined])[]): string {
  const told = facts.flatMap(([predicate, object]) => (object === undefined ? [] : `${predicate} ${object}`));
  return `${subject} ${told.join(' ;\n  ')} .\n`;
}

/** A text as a literal. */
export function text(value: string): string {
  return quoted(value);
}

/** A value of an XML Schema datatype. */
export function typed(
  value: string | number | boolean,
  datatype: 'boolean' | 'dateTime' | 'double' | 'integer',
): string {
  return `${quoted(String(value))}^^xsd:${datatype}`;
}
