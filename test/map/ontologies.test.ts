import { readdirSync, readFileSync } from 'node:fs';
import { Parser, type Quad } from 'n3';
import { describe, expect, it } from 'vitest';
import { mapRecord } from '../../src/map/mapRecord.js';
import { mappingRowQuads } from '../../src/map/provenance.js';
import { REMBI_FIELDS, REMBI_MODULES } from '../../src/rdf/rembi.js';
import { PREFIXES, RDF, RDFS } from '../../src/rdf/vocabulary.js';
import { ANNOTATION_RECORDS, annotatedRecord, OBJECT_RECORDS } from './handMadeRecords.js';
import { context } from './mapContext.js';

const read = (file: string): Quad[] => new Parser().parse(readFileSync(file, 'utf8'));
const ontologies = ['rembi', 'omegraph', 'omegraph-audit'].flatMap((name) => read(`ontologies/${name}.ttl`));
const defined = new Set(ontologies.filter((q) => q.predicate.equals(RDF.type)).map((q) => q.subject.value));
const inNamespace = (namespace: string, iris: Iterable<string>): string[] =>
  [...new Set(iris)].filter((iri) => iri.startsWith(namespace)).sort();

const filesIn = (folder: string, ending: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((f) => f.endsWith(ending))
    .map((f) => readFileSync(`${folder}/${f}`, 'utf8'));

/** Terms of a namespace that files of a folder name, by prefix or in full. */
function usedIn(folder: string, prefix: 'omg' | 'rembi', ending: string): string[] {
  return filesIn(folder, ending).flatMap((text) => {
    const found = [...text.matchAll(new RegExp(`(?:\\b${prefix}:|${PREFIXES[prefix]})([A-Za-z]\\w*)`, 'g'))];
    return found.map((m) => PREFIXES[prefix] + m[1]);
  });
}

/** Whether a module that builds terms of ours has this local name in it. */
const composed = (iri: string): boolean => {
  const local = new RegExp(`\\b${iri.slice(PREFIXES.omg.length)}\\b`);
  return filesIn('src', '.ts').some((text) => text.includes('PREFIXES.omg') && local.test(text));
};

const pairs = Object.values(REMBI_FIELDS).map(({ label }) => [label, 'x'] as const);
const records = [
  ...Object.values({ ...OBJECT_RECORDS, ...ANNOTATION_RECORDS }).flat(),
  annotatedRecord({ type: 'MapAnnotation', ref: 'MapAnnotation:1', value: pairs }, 'Image:1'),
];
const emitted = records.flatMap((record) => {
  const { quads, rows } = mapRecord(record, context);
  return [...quads, ...rows.flatMap((row) => mappingRowQuads(row, context.iris))];
});
const termsEmitted = emitted.flatMap((q) => [
  q.predicate.value,
  ...(q.predicate.equals(RDF.type) ? [q.object.value] : []),
]);

describe('the ontologies', () => {
  it('have a label and a comment for each term', () => {
    const has = (term: string, predicate: string): boolean =>
      ontologies.some((q) => q.subject.value === term && q.predicate.value === predicate);
    const terms = [...defined].filter((t) => !/\/(?:rembi|ontology)$/.test(t));
    expect(terms.length).toBeGreaterThan(60);
    expect(terms.filter((t) => !has(t, RDFS.label.value) || !has(t, RDFS.comment.value))).toEqual([]);
  });

  it('define each term of ours that the graph, the shapes or the code name', () => {
    const used = [
      ...termsEmitted,
      ...usedIn('shapes', 'omg', '.ttl'),
      ...usedIn('src', 'omg', '.ts'),
      ...usedIn('src', 'rembi', '.ts'),
    ];
    const shaped = usedIn('shapes', 'rembi', '.ttl');
    expect(inNamespace(PREFIXES.omg, used).filter((t) => !defined.has(t))).toEqual([]);
    expect(inNamespace(PREFIXES.rembi, [...used, ...shaped]).filter((t) => !defined.has(t))).toEqual([]);
  });

  it('define no term of ours that nothing uses', () => {
    const used = new Set([...termsEmitted, ...usedIn('shapes', 'omg', '.ttl'), ...usedIn('src', 'omg', '.ts')]);
    const domains = new Set(
      ontologies.filter((q) => /domain$|range$|type$/.test(q.predicate.value)).map((q) => q.object.value),
    );
    const idle = inNamespace(PREFIXES.omg, defined).filter((t) => !used.has(t) && !domains.has(t) && !composed(t));
    expect(idle).toEqual([]);
    expect(inNamespace(PREFIXES.core, defined).filter((t) => !used.has(t))).toEqual([]);
    expect(inNamespace(PREFIXES.omekg, defined).filter((t) => !used.has(t))).toEqual([]);
  });

  it('have each element of REMBI with the label, module and BIA property of the code', () => {
    const value = (subject: string, predicate: string): string | undefined =>
      ontologies.find((q) => q.subject.value === subject && q.predicate.value === predicate)?.object.value;
    for (const [field, row] of Object.entries(REMBI_FIELDS)) {
      const property = PREFIXES.rembi + field;
      expect(value(property, RDFS.label.value)).toBe(row.label);
      expect(value(value(property, `${PREFIXES.rembi}module`) ?? '', RDFS.label.value)).toBe(row.module);
      expect(value(property, `${PREFIXES.skos}closeMatch`)).toBe('bia' in row ? PREFIXES.bia + row.bia : undefined);
    }
    const properties = ontologies.filter((q) => q.predicate.value === `${PREFIXES.rembi}module`);
    expect(properties).toHaveLength(Object.keys(REMBI_FIELDS).length);
    expect(new Set(properties.map((q) => q.object.value)).size).toBe(REMBI_MODULES.length);
  });

  it('are all the fields that key tables map to', () => {
    const fields = new Set(
      context.mappings.rows.flatMap((r) => (r.kind === 'key' && r.field !== undefined ? [r.field] : [])),
    );
    expect([...fields].sort()).toEqual(Object.keys(REMBI_FIELDS).sort());
  });
});

describe('the JSON-LD context', () => {
  const { '@context': terms } = JSON.parse(readFileSync('ontologies/context.jsonld', 'utf8')) as {
    '@context': Record<string, string | { '@id': string }>;
  };
  it('has the prefixes of the code', () => {
    expect(terms).toMatchObject(PREFIXES);
  });
  it('names each element of REMBI, and only terms of known prefixes', () => {
    for (const field of Object.keys(REMBI_FIELDS)) expect(terms[field]).toBe(`rembi:${field}`);
    const ids = Object.values(terms).map((t) => (typeof t === 'string' ? t : t['@id']));
    const odd = ids.filter(
      (id) => !/^(?:https?:|@)/.test(id) && !Object.keys(PREFIXES).includes(id.slice(0, id.indexOf(':'))),
    );
    expect(odd).toEqual([]);
  });
});
