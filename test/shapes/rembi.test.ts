import { readdirSync, readFileSync } from 'node:fs';
import { Store } from 'n3';
import { describe, expect, it } from 'vitest';
import { loadProfile } from '../../src/audit/profile.js';
import { pathPredicates, readPath } from '../../src/audit/shaclPath.js';
import { OMG, SH } from '../../src/audit/shaclTerms.js';
import { OME_SCHEMA } from '../../src/ome/schema.js';
import { REMBI_FIELDS } from '../../src/rdf/rembi.js';
import { openTermIndex } from '../../src/terms/termIndex.js';
import { PREFIXES, RDFS } from '../../src/rdf/vocabulary.js';
import { turtle as quadsOf } from '../audit/turtle.js';
import { SHAPE_CASES } from './rembiCases.js';
import { shapeChecker } from './shapeChecker.js';

const RS = 'https://w3id.org/omegraph/shapes/rembi#';
const rembi = await loadProfile('rembi');
const local = (iri: string): string => iri.slice(RS.length);
const check = shapeChecker(rembi, await openTermIndex(['ontologies/terms.idx']));

describe('the REMBI profile', () => {
  it('asks for all 35 elements of REMBI, each in its module and under its name', () => {
    const asked = rembi.shapes
      .filter((s) => s.aspect === 'presence' && s.field !== undefined)
      .map((s) => [s.field, s.module, s.label]);
    const wanted = Object.entries(REMBI_FIELDS).map(([name, { module, label }]) => [
      PREFIXES.rembi + name,
      module,
      label,
    ]);
    for (const row of wanted) expect(asked).toContainEqual(row);
    expect(new Set(asked.map((row) => row[0])).size).toBe(35);
  });

  it('keeps the modules in the order of the paper', () => {
    expect(rembi.modules).toEqual([...new Set(Object.values(REMBI_FIELDS).map((f) => f.module))]);
  });

  it.each(rembi.shapes.map((s) => [local(s.node.value), s] as const))('%s tells a steward what to do', (_, shape) => {
    expect(shape.message).toMatch(/^[A-Z].*; .*\.$/);
    expect(shape.description).toMatch(/\.$/);
    expect(shape.message.length).toBeLessThan(260);
  });

  it('advises keys that are the names of REMBI, which every mapping knows', () => {
    const advised = rembi.shapes.flatMap((s) =>
      [...s.message.matchAll(/key-value pair "([^"]+)"/g)].map((m) => [s.field?.slice(PREFIXES.rembi.length), m[1]]),
    );
    const names = Object.entries(REMBI_FIELDS).map(([name, { label }]) => [name, label]);
    expect(advised.length).toBeGreaterThan(35);
    for (const pair of advised) expect(names).toContainEqual(pair);
  });

  it('has a passing and a failing graph for each shape', () => {
    expect(Object.keys(SHAPE_CASES).sort()).toEqual(rembi.shapes.map((s) => local(s.node.value)).sort());
  });

  const cases = Object.entries(SHAPE_CASES).flatMap(([shape, { pass, fail }]) => [
    ...pass.map(([title, turtle]) => ({ shape, title, turtle, fails: false })),
    ...fail.map(([title, turtle]) => ({ shape, title, turtle, fails: true })),
  ]);
  it.each(cases)('$shape: $title → fails: $fails', ({ shape, turtle, fails }) => {
    expect(check(RS + shape, turtle)).toEqual({ looked: true, fails });
  });
});

describe('the terms of the REMBI shapes', () => {
  const snake = (key: string): string => key.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`);
  const emitted = new Set(Object.values(OME_SCHEMA).flatMap((a) => Object.keys(a).map((k) => `core:${snake(k)}`)));
  const documented = readFileSync('docs/graph.md', 'utf8');
  const curie = (iri: string): string => {
    const [prefix, namespace] = Object.entries(PREFIXES).find(([, ns]) => iri.startsWith(ns)) ?? ['?', ''];
    return `${prefix}:${iri.slice(namespace.length)}`;
  };
  /** What the audit adds to the graph before it looks. */
  const FACTS = ['omg:judged', 'omg:contradictedBy', 'owl:deprecated', 'rdfs:subClassOf'];
  const known = (term: string): boolean =>
    emitted.has(term) ||
    (term.startsWith('rembi:') && term.slice(6) in REMBI_FIELDS) ||
    term === 'rdf:type' ||
    new RegExp(`(?<![\\w:])${term}(?!\\w)`).test(documented);

  it('look only at classes that an export emits', () => {
    const classes = rembi.shapes.flatMap((s) => s.targets.classes.map((c) => c.value));
    expect(classes.filter((c) => !(c.slice(PREFIXES.core.length) in OME_SCHEMA))).toEqual([]);
  });

  it('walk only along predicates that the graph has', () => {
    const paths = rembi.graph.getQuads(null, SH.path, null, null).map((q) => readPath(rembi.graph, q.object));
    const predicates = new Set(paths.flatMap(pathPredicates).map((p) => curie(p.value)));
    expect(predicates.size).toBeGreaterThan(50);
    expect([...predicates].filter((p) => !known(p) && !FACTS.includes(p))).toEqual([]);
  });

  it('use only terms of ours that the ontology defines', () => {
    const files = readdirSync('ontologies').filter((f) => f.endsWith('.ttl'));
    const ontology = new Store(files.flatMap((f) => quadsOf(readFileSync(`ontologies/${f}`, 'utf8'))));
    const defined = new Set(ontology.getSubjects(RDFS.comment, null, null).map((t) => t.value));
    const used = [...rembi.graph]
      .flatMap((q) => [q.predicate.value, q.object.value])
      .concat(Object.values(OMG).map((t) => t.value));
    const ours = [...new Set(used)].filter((iri) => iri.startsWith(PREFIXES.omg));
    expect(ours.length).toBeGreaterThan(5);
    expect(ours.filter((iri) => !defined.has(iri))).toEqual([]);
  });

  it('are answered by a predicate of every field', () => {
    const fields = new Set(rembi.shapes.flatMap((s) => s.field ?? []));
    expect([...fields].filter((f) => !known(curie(f)))).toEqual([]);
  });
});
