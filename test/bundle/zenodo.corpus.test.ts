import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Quad } from '@rdfjs/types';
import { Ajv } from 'ajv';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import * as formats from 'ajv-formats';
import jsonld from 'jsonld';
import { DataFactory, Parser, Store } from 'n3';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { citationCff } from '../../src/bundle/citationCff.js';
import { dataCite } from '../../src/bundle/dataCite.js';
import { legacyZenodo } from '../../src/bundle/legacyZenodo.js';
import { readStudy } from '../../src/bundle/readStudy.js';
import { type CrateFile, roCrate } from '../../src/bundle/roCrate.js';
import type { StudyDescription } from '../../src/bundle/studyDescription.js';
import { parseStudyFile } from '../../src/bundle/studyFile.js';
import { zenodoDraft } from '../../src/bundle/zenodoDraft.js';
import { CORPUS, corpusJson, corpusText, hasCorpus } from './support/corpus.js';
import { fixtureText, graphOf } from './support/graphOf.js';
import { FULL_STUDY, MINIMAL_STUDY } from './support/starvationStudy.js';

const addFormats = formats.default as unknown as (ajv: Ajv) => void;

const FIXTURE = readStudy(
  graphOf(fixtureText('project.ttl')),
  'Project:52',
  parseStudyFile(fixtureText('study.yaml'), 'study.yaml'),
).study;
const STUDIES: readonly (readonly [string, StudyDescription])[] = [
  ['full', FULL_STUDY],
  ['minimal', MINIMAL_STUDY],
  ['from the fixture graph', FIXTURE],
];
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe.skipIf(!hasCorpus('inveniordm'))('records for Zenodo', () => {
  it.each(STUDIES)('are valid bodies of an InvenioRDM draft: %s', (_, study) => {
    const ajv = new Ajv2020({ strict: false, allErrors: true });
    addFormats(ajv);
    const validate = ajv.compile(corpusJson('inveniordm/draft-input.schema.json') as object);
    validate(plain(zenodoDraft(study)));
    expect(validate.errors ?? []).toEqual([]);
  });

  it.each(STUDIES)('are valid in the older form of Zenodo: %s', (_, study) => {
    const ajv = new Ajv2020({ strict: false, allErrors: true });
    addFormats(ajv);
    const validate = ajv.compile(corpusJson('zenodo-legacy/zenodo-legacy-deposit.schema.json') as object);
    validate({ metadata: plain(legacyZenodo(study)) });
    expect(validate.errors ?? []).toEqual([]);
  });

  it.each(STUDIES)('are valid DataCite 4.5: %s', (_, study) => {
    const {
      $schema: _schema,
      id: _id,
      ...schema
    } = corpusJson('datacite/datacite-v4.5.json') as Record<string, unknown>;
    const ajv = new Ajv2019({ strict: false, allErrors: true });
    addFormats(ajv);
    const day = '\\d{4}-\\d{2}-\\d{2}';
    const kinds = { year: '\\d{4}', yearmonth: '\\d{4}-\\d{2}', date: day, datetime: `${day}T.+` };
    for (const [name, form] of Object.entries(kinds)) {
      ajv.addFormat(name, new RegExp(`^${form}$`));
      ajv.addFormat(`${name}-range`, new RegExp(`^(${form})?/(${form})?$`));
    }
    const validate = ajv.compile(schema);
    validate(plain(dataCite(study)));
    expect(validate.errors ?? []).toEqual([]);
  });

  it.each(STUDIES)('are valid CITATION.cff: %s', (_, study) => {
    const ajv = new Ajv({ strict: false, allErrors: true });
    addFormats(ajv);
    const validate = ajv.compile(corpusJson('cff/cff-1.2.0.schema.json') as object);
    validate(parse(citationCff(study) ?? ''));
    expect(validate.errors ?? []).toEqual([]);
  });
});

const CRATE = 'https://github.com/crs4/rocrate-validator/profiles/ro-crate-1.2/';
const RDF_TYPE = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type';
const SCHEMA = 'http://schema.org/';
const BASE = 'https://crate.example.org/';

async function crateGraph(crate: object): Promise<Store> {
  const context = corpusJson('rocrate-contexts/ro-crate-1.2-context.jsonld') as object;
  const quads = (await jsonld.toRDF(crate, {
    base: BASE,
    documentLoader: async (url: string) => {
      if (url !== 'https://w3id.org/ro/crate/1.2/context') throw new Error(`not by reference to RO-Crate 1.2: ${url}`);
      return { contextUrl: undefined, documentUrl: url, document: context };
    },
  } as object)) as unknown as Quad[];
  const store = new Store();
  const node = DataFactory.namedNode;
  const named = (term: Quad['subject'] | Quad['object']): string => term.value;
  for (const q of quads) {
    const object =
      q.object.termType === 'Literal'
        ? DataFactory.literal(q.object.value, node(q.object.datatype.value))
        : node(named(q.object));
    store.addQuad(node(named(q.subject)), node(q.predicate.value), object);
  }
  return store;
}

/** The classes that the profile's SPARQL rules infer, which a SHACL engine in JavaScript does not run. */
function infer(store: Store): void {
  const node = DataFactory.namedNode;
  const type = node(RDF_TYPE);
  const mark = (subject: string, name: string): void => {
    for (const version of [CRATE, CRATE.replace('ro-crate-1.2', 'ro-crate/1.2')]) {
      store.addQuad(node(subject), type, node(version + name));
    }
  };
  mark(`${BASE}ro-crate-metadata.json`, 'ROCrateMetadataFileDescriptor');
  mark(BASE, 'RootDataEntity');
  for (const file of store.getSubjects(type, node(`${SCHEMA}MediaObject`), null)) {
    mark(file.value, 'File');
    mark(file.value, 'DataEntity');
  }
}

describe.skipIf(!hasCorpus('rocrate-shapes'))('the RO-Crate 1.2 of a study', () => {
  const files: CrateFile[] = [
    { path: 'README.md', bytes: 10, sha256: 'a'.repeat(64), description: 'What is in this bundle' },
    { path: 'images 001.zip', bytes: 20, sha256: 'b'.repeat(64), description: 'Image files' },
  ];
  const folder = 'rocrate-shapes/ro-crate/1.2/must';

  it.each(STUDIES)('meets every MUST shape of the profile: %s', async (_, study) => {
    const { Validator } = (await import('shacl-engine')) as unknown as {
      Validator: new (
        shapes: Store,
        options: object,
      ) => {
        validate(data: {
          dataset: Store;
        }): Promise<{ conforms: boolean; results: { message: { value: string }[]; path?: unknown }[] }>;
      };
    };
    const store = await crateGraph(plain(roCrate(study, files)) as object);
    infer(store);
    const names = readdirSync(resolve(CORPUS, folder)).filter((name) => name.endsWith('.ttl'));
    const messages: string[] = [];
    for (const name of names) {
      const shapes = new Store(new Parser({ baseIRI: BASE }).parse(corpusText(`${folder}/${name}`)));
      const report = await new Validator(shapes, { factory: DataFactory }).validate({ dataset: store });
      for (const result of report.results) messages.push(...result.message.map((m) => m.value));
    }
    // The engine cannot follow inverse paths of more than one step; the next test looks at hasPart itself.
    expect(messages.filter((m) => !m.includes('through the `hasPart` property'))).toEqual([]);
    expect(names.length).toBeGreaterThan(5);
  });

  it('reaches every file through hasPart and describes every entity that it refers to', async () => {
    const crate = roCrate(FIXTURE, files);
    const ids = new Set(crate['@graph'].map((e) => e['@id']));
    expect(ids.size).toBe(crate['@graph'].length);
    const references = JSON.stringify(crate['@graph'].map(({ '@id': _, ...rest }) => rest)).matchAll(
      /"@id":"([^"]+)"/g,
    );
    const undescribed = [...references].map((m) => m[1] ?? '').filter((id) => !ids.has(id));
    expect(undescribed).toEqual(['https://w3id.org/ro/crate/1.2']);
    const root = crate['@graph'].find((e) => e['@id'] === './');
    expect(root?.hasPart).toEqual([{ '@id': 'README.md' }, { '@id': 'images%20001.zip' }]);
  });

  it('loses no property: every key is a term of the context', async () => {
    const [context] = [
      corpusJson('rocrate-contexts/ro-crate-1.2-context.jsonld') as { '@context': Record<string, unknown> },
    ];
    const keys = new Set(
      roCrate(FIXTURE, files)['@graph'].flatMap((e) => Object.keys(e).filter((k) => !k.startsWith('@'))),
    );
    expect([...keys].filter((key) => !(key in context['@context']))).toEqual([]);
  });

  it('fails the shapes without a licence, so the shapes are at work', async () => {
    const { Validator } = (await import('shacl-engine')) as unknown as {
      Validator: new (
        shapes: Store,
        options: object,
      ) => { validate(data: { dataset: Store }): Promise<{ conforms: boolean }> };
    };
    const store = await crateGraph(plain(roCrate({ ...MINIMAL_STUDY, license: undefined }, files)) as object);
    infer(store);
    const shapes = new Store(
      new Parser({ baseIRI: BASE }).parse(corpusText(`${folder}/2_root_data_entity_metadata.ttl`)),
    );
    expect((await new Validator(shapes, { factory: DataFactory }).validate({ dataset: store })).conforms).toBe(false);
  });
});
