import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { DataFactory, type NamedNode, Parser, type Quad, Store, type Term } from 'n3';
import { Validator } from 'shacl-engine';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { matchKey } from '../../src/map/keyMatch.js';
import { groundValue } from '../../src/map/groundValue.js';
import { REMBI_FIELDS, type RembiField } from '../../src/rdf/rembi.js';
import { decided, emptyReview, reviewRow, writeReview } from '../../src/map/reviewTable.js';
import { PREFIXES, RDF, RDFS } from '../../src/rdf/vocabulary.js';
import { curieOf } from '../../src/terms/accession.js';
import { context } from './mapContext.js';

const DATA = '../shared/data';
const here = existsSync(DATA);
if (!here) console.log(`tables.corpus: skipped, because ${DATA} is not there`);
const lines = (path: string): string[][] => {
  const bytes = readFileSync(`${DATA}/${path}`);
  const text = path.endsWith('.gz') ? gunzipSync(bytes).toString('utf8') : bytes.toString('utf8');
  return text
    .split('\n')
    .slice(1)
    .filter((l) => l !== '')
    .map((l) => l.split('\t'));
};

describe.skipIf(!here)('the value tables', () => {
  it('name terms of FBbi by their label, none of them obsolete', () => {
    const fbbi = new Map(
      lines('ontologies/lexicon/terms.tsv.gz')
        .filter((r) => r[0] === 'FBbi')
        .map((r) => [r[1], { label: r[2], obsolete: r[4] === '1' }]),
    );
    const rows = context.mappings.rows.filter(
      (r) => r.kind === 'value' && r.field === 'imagingMethod' && r.term !== undefined,
    );
    const wrong = rows.filter((r) => {
      const term = fbbi.get(curieOf(r.object));
      return term === undefined || term.obsolete || term.label !== r.objectLabel;
    });
    expect(rows.length).toBeGreaterThan(200);
    expect(wrong.map((r) => r.subject)).toEqual([]);
  });

  it('name organisms by a name that NCBI has for the id', () => {
    const wanted = context.mappings.rows.filter(
      (r) => r.kind === 'value' && r.field === 'organism' && r.term !== undefined,
    );
    const names = new Map<string, Set<string>>();
    const ids = new Set(wanted.map((r) => curieOf(r.object).slice('NCBITaxon:'.length)));
    for (const [id = '', name = ''] of lines('ontologies/lexicon/ncbitaxon_names_2022-11.tsv.gz')) {
      if (ids.has(id)) names.set(id, (names.get(id) ?? new Set()).add(name.trim()));
    }
    const wrong = wanted.filter(
      (r) => !names.get(curieOf(r.object).slice('NCBITaxon:'.length))?.has(r.objectLabel ?? ''),
    );
    expect(new Set(wanted.map((r) => r.object)).size).toBeGreaterThan(60);
    expect(wrong.map((r) => r.subject)).toEqual([]);
  });
});

/** Where SSSOM's shapes have a slot under another IRI than `sssom:{slot}`. */
const PATHS: Readonly<Record<string, string>> = {
  object_id: `${PREFIXES.owl}annotatedTarget`,
  predicate_id: `${PREFIXES.owl}annotatedProperty`,
  comment: RDFS.comment.value,
  license: `${PREFIXES.dcterms}license`,
  mapping_set_title: `${PREFIXES.dcterms}title`,
  mapping_set_version: `${PREFIXES.owl}versionInfo`,
};
const XSD_DOUBLE = DataFactory.namedNode('http://www.w3.org/2001/XMLSchema#double');
const LITERAL_TYPES: Readonly<Record<string, NamedNode>> = {
  ...{ confidence: XSD_DOUBLE, similarity_score: XSD_DOUBLE },
  review_date: DataFactory.namedNode('http://www.w3.org/2001/XMLSchema#date'),
};

/** SSSOM's own shapes; their generator types every IRI as a literal of rdfs:Resource, which no graph can meet, so that goes. */
function sssomShapes(): Store {
  const shapes = new Store(new Parser().parse(readFileSync(`${DATA}/rdf-vocab/sssom_schema.shacl.ttl`, 'utf8')));
  const sh = (local: string): NamedNode => DataFactory.namedNode(PREFIXES.sh + local);
  const allowed = /label|comment|confidence|title|version|score|date|tool/;
  for (const quad of shapes.getQuads(null, sh('nodeKind'), null, null)) {
    const path = shapes.getObjects(quad.subject, sh('path'), null)[0]?.value ?? '';
    if (!allowed.test(path)) shapes.removeQuad(quad);
  }
  shapes.removeQuads(shapes.getQuads(null, sh('datatype'), DataFactory.namedNode(`${PREFIXES.rdfs}Resource`), null));
  return shapes;
}

/** A table as RDF: the set, and each row as an axiom. */
function asRdf(file: string): Quad[] {
  return textAsRdf(readFileSync(file, 'utf8'));
}

function textAsRdf(table: string): Quad[] {
  const text = table.split('\n').filter((l) => l !== '');
  const head = parse(
    text
      .filter((l) => l.startsWith('#'))
      .map((l) => l.slice(1))
      .join('\n'),
  ) as Record<string, unknown>;
  const [columns = [], ...rows] = text.filter((l) => !l.startsWith('#')).map((l) => l.split('\t'));
  const prefixes = { ...PREFIXES, ...(head.curie_map as Record<string, string>) } as Record<string, string>;
  const object = (slot: string, value: string) => {
    if (slot === 'subject_type') return RDFS.label.value.replace('label', 'Literal');
    const [prefix = '', local = ''] = [value.slice(0, value.indexOf(':')), value.slice(value.indexOf(':') + 1)];
    return /_label|comment|title|version|confidence|score|date|tool/.test(slot)
      ? undefined
      : prefixes[prefix] === undefined
        ? value
        : prefixes[prefix] + local;
  };
  const quads: Quad[] = [];
  const say = (subject: NamedNode, slot: string, value: string): void => {
    const iri = object(slot, value);
    const term = iri === undefined ? DataFactory.literal(value, LITERAL_TYPES[slot]) : DataFactory.namedNode(iri);
    quads.push(DataFactory.quad(subject, DataFactory.namedNode(PATHS[slot] ?? PREFIXES.sssom + slot), term));
  };
  const set = DataFactory.namedNode(String(head.mapping_set_id));
  quads.push(DataFactory.quad(set, RDF.type, DataFactory.namedNode(`${PREFIXES.sssom}MappingSet`)));
  for (const [slot, value] of Object.entries(head))
    if (slot !== 'curie_map' && slot !== 'extension_definitions') say(set, slot, String(value));
  const extensions = (head.extension_definitions ?? []) as readonly Readonly<Record<string, string>>[];
  for (const definition of extensions) {
    const node = DataFactory.namedNode(`${set.value}/slot/${definition.slot_name}`);
    const sssom = (local: string): NamedNode => DataFactory.namedNode(PREFIXES.sssom + local);
    quads.push(DataFactory.quad(set, sssom('extension_definitions'), node));
    quads.push(DataFactory.quad(node, RDF.type, sssom('ExtensionDefinition')));
    for (const [slot, value] of Object.entries(definition)) {
      const type = slot === 'slot_name' ? undefined : DataFactory.namedNode('http://www.w3.org/2001/XMLSchema#anyURI');
      quads.push(DataFactory.quad(node, sssom(slot), DataFactory.literal(value, type)));
    }
  }
  // The shape of a mapping is closed: it has no place for the extension slots that the head declares.
  const declared = new Set(extensions.map((d) => d.slot_name));
  rows.forEach((cells, i) => {
    const axiom = DataFactory.namedNode(`${set.value}/${i}`);
    quads.push(DataFactory.quad(axiom, RDF.type, DataFactory.namedNode(`${PREFIXES.owl}Axiom`)));
    cells.forEach((cell, c) => {
      const column = columns[c] ?? '';
      if (cell !== '' && !declared.has(column)) say(axiom, column, cell);
    });
  });
  return quads;
}

describe.skipIf(!here)('each mapping table', () => {
  const files = ['keys', 'values'].flatMap((k) => readdirSync(`mappings/${k}`).map((f) => `mappings/${k}/${f}`));

  async function faults(quads: Quad[]): Promise<string[]> {
    const validator = new Validator(sssomShapes(), { factory: DataFactory });
    const store = new Store(quads);
    const dataset = {
      size: store.size,
      match: (...[s, p, o, g]: (Term | null | undefined)[]) =>
        store.getQuads(s ?? null, p ?? null, o ?? null, g ?? null),
    };
    const shape = (iri: string) => ({ terms: [DataFactory.namedNode(iri)] });
    const found: string[] = [];
    for (const type of [
      `${PREFIXES.sssom}MappingSet`,
      `${PREFIXES.sssom}ExtensionDefinition`,
      `${PREFIXES.owl}Axiom`,
    ]) {
      const terms = store.getSubjects(RDF.type, DataFactory.namedNode(type), null);
      const { results } = await validator.validate({ dataset, terms }, [shape(type)]);
      for (const r of results)
        found.push(`${r.focusNode.term?.value} ${r.constraintComponent.value} ${r.value?.term?.value ?? ''}`);
    }
    return found;
  }

  it.each(files)('%s conforms to the shapes of SSSOM', async (file) => {
    expect(await faults(asRdf(file))).toEqual([]);
  });

  it('to review conforms to the shapes of SSSOM too, with open and decided rows', async () => {
    const row = reviewRow({
      ...{ subject_label: 'Tier', object_id: 'rembi:organism', object_label: 'Biosample / Organism' },
      ...{ predicate_id: 'skos:closeMatch', mapping_justification: 'semapv:LexicalSimilarityThresholdMatching' },
      ...{
        similarity_score: '0.71',
        occurrences: 3,
        value_kind: 'organism',
        mapping_tool: 'omegraph 1',
        comment: 'in A',
      },
    });
    const value = reviewRow({
      ...Object.fromEntries(row.cells),
      subject_label: 'Maus',
      subject_source: 'rembi:organism',
    });
    const rows = [row, value, decided(row, 'accepted', 'Ada', '2026-01-02'), decided(row, 'rejected')];
    const text = writeReview({ ...emptyReview('https://lab.example/mappings/suggested'), rows });
    expect(await faults(textAsRdf(text))).toEqual([]);
  });

  it('would be refused without a justification, with a slot that SSSOM lacks, or with a confidence that is a text', async () => {
    const quads = asRdf(files[0] ?? '');
    const row = quads.find((q) => q.predicate.value.endsWith('mapping_justification'));
    if (row === undefined) throw new Error('no row');
    expect(await faults(quads.filter((q) => q !== row))).toHaveLength(1);
    const more = (local: string, text: string) =>
      DataFactory.quad(row.subject, DataFactory.namedNode(PREFIXES.sssom + local), DataFactory.literal(text));
    expect(await faults([...quads, more('colour', 'red')])).toHaveLength(1);
    expect((await faults([...quads, more('confidence', 'high')])).length).toBeGreaterThan(0);
  });
});

/** How the gold table's wording of a field begins, and the field. */
const GOLD_FIELDS: readonly (readonly [string, RembiField])[] = [
  ['General dataset', 'generalDatasetInformation'],
  ['Study description', 'studyDescription'],
  ['Study type', 'studyType'],
  ['Study component', 'studyComponentDescription'],
  ['Experimental variables', 'experimentalVariable'],
  ['Intrinsic', 'intrinsicVariable'],
  ['Extrinsic', 'extrinsicVariable'],
  ['Preparation', 'preparationMethod'],
  ['Signal', 'signalContrastMechanism'],
  ['Instrument', 'instrumentAttributes'],
  ['Image acquisition', 'imageAcquisitionParameters'],
  ['Location', 'locationWithinBiosample'],
  ['Identity', 'biosampleIdentity'],
  ['Analysis method', 'analysisMethod'],
  ['Analysis result', 'analysisResultType'],
  ...Object.entries(REMBI_FIELDS).map(([field, { label }]) => [label, field as RembiField] as const),
];

describe.skipIf(!here)('against keys and values in use', () => {
  it('maps keys to the field that people give them, and companions to none', () => {
    let [right, wrong, open, companions, companionsRight] = [0, 0, 0, 0, 0];
    const different: string[] = [];
    for (const [key = '', , , module = '', field = '', , , confidence] of lines('gold/keys.tsv')) {
      if (Number(confidence) < 0.8) continue;
      const match = matchKey(key.replaceAll('{n}', '1'), context.mappings);
      const got = match.kind === 'row' ? match.row.field : undefined;
      if (module === '_companion') {
        companions += 1;
        if (got === undefined) companionsRight += 1;
        continue;
      }
      const expected = module.startsWith('_') ? undefined : GOLD_FIELDS.find(([start]) => field.startsWith(start))?.[1];
      if (expected === undefined) continue;
      if (got === undefined) open += 1;
      else if (got === expected) right += 1;
      else {
        wrong += 1;
        different.push(`${key}: ${got}, not ${expected}`);
      }
    }
    console.log(
      `keys: ${right} right, ${wrong} different, ${open} open; companions: ${companionsRight} of ${companions} take no field`,
    );
    expect(right / (right + wrong), different.join('\n')).toBeGreaterThan(0.95);
    expect(right / (right + wrong + open)).toBeGreaterThan(0.8);
    expect(companionsRight).toBe(companions);
  });

  it('grounds organisms and imaging methods to the term that curators chose', () => {
    const gold = [
      ...lines('gold/values.tsv').map(([field, value, term, , , , , , , , , , , quality, correct]) => ({
        field,
        value,
        term: correct || term,
        quality,
      })),
      ...lines('gold/hard.tsv').map(([field, value, term]) => ({ field, value, term, quality: 'gold' })),
    ];
    for (const [name, field] of [
      ['organism', 'organism'],
      ['imaging_method', 'imagingMethod'],
    ] as const) {
      let [right, wrong, open] = [0, 0, 0];
      const different: string[] = [];
      for (const g of gold) {
        if (g.field !== name || !/^gold/.test(g.quality ?? '') || !/^(?:NCBITaxon|FBbi|NIL$|$)/.test(g.term ?? ''))
          continue;
        const got = groundValue({ kind: field, field, value: g.value ?? '' }, context)?.term.curie;
        const expected = /^(?:NIL)?$/.test(g.term ?? '') ? undefined : g.term;
        if (got === undefined && expected !== undefined) open += 1;
        else if (got === expected) right += 1;
        else {
          wrong += 1;
          different.push(`${g.value}: ${got}, not ${expected}`);
        }
      }
      console.log(`${name}: ${right} right, ${wrong} different, ${open} open`);
      expect(right / (right + wrong), different.join('\n')).toBeGreaterThan(0.95);
      expect(right).toBeGreaterThan(25);
    }
  });
});
