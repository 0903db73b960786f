import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldTerm } from '../../src/terms/foldTerm.js';
import { writeIndex } from '../../src/terms/build/writeIndex.js';
import { indexOver } from '../../src/terms/indexFile.js';
import { openTermIndex } from '../../src/terms/termIndex.js';
import { indexOf, ontology, sourceTerm, temporaryFile } from './ontologyFixtures.js';

const cl = ontology('CL', [
  sourceTerm('CL:0000000', 'cell'),
  sourceTerm('CL:0000057', 'fibroblast', {
    parents: ['CL:0000000', 'CARO:0000013'],
    synonyms: [
      { text: 'fibrocyte', scope: 'related' },
      { text: 'Fibroblasts', scope: 'exact' },
      { text: 'FIBROBLAST', scope: 'exact' },
    ],
  }),
  sourceTerm('CL:0000058', 'old fibroblast', { obsolete: true, replacedBy: 'CL:0000057' }),
  sourceTerm('CL:0000059', 'fibrocyte', { parents: ['CL:0000057'] }),
]);
const taxa = ontology(
  'NCBITaxon',
  [
    '10090 Mus musculus',
    '10088 Mus',
    '9606 Homo sapiens',
    '10092 Mus musculus domesticus',
    '3702 Arabidopsis thaliana',
  ].map((line) => sourceTerm(`NCBITaxon:${line.slice(0, line.indexOf(' '))}`, line.slice(line.indexOf(' ') + 1))),
  { parentsByName: true },
);

describe('a term index', () => {
  const index = indexOf([cl, taxa]);

  it('gives a term with all that its ontology says', () => {
    const term = index.term('CL:0000057');
    expect({ ...term }).toEqual({
      curie: 'CL:0000057',
      iri: 'http://purl.obolibrary.org/obo/CL_0000057',
      label: 'fibroblast',
      ontology: 'CL',
      obsolete: false,
      parents: ['CL:0000000', 'CARO:0000013'],
      synonyms: [
        { text: 'Fibroblasts', scope: 'exact' },
        { text: 'fibrocyte', scope: 'related' },
      ],
    });
    expect(index.term('CL:0000058')).toMatchObject({ obsolete: true, replacedBy: 'CL:0000057' });
  });

  it.each(['CL:0000057', 'http://purl.obolibrary.org/obo/CL_0000057', 'cl_0000057', 'obo:CL_0000057'])(
    'knows %s as the fibroblast',
    (text) => {
      expect(index.term(text)?.label).toBe('fibroblast');
    },
  );

  it.each(['CL:57', 'CL:0000099', 'CL:', 'XX:0000057', '', 'NCBITaxon:09606', 'http://purl.obolibrary.org/obo/CL_'])(
    'knows no term %j',
    (text) => {
      expect(index.term(text)).toBeUndefined();
    },
  );

  it('finds labels before synonyms, and terms in use before obsolete ones', () => {
    expect(index.find('Fibrocyte').map((h) => [h.term.curie, h.by])).toEqual([
      ['CL:0000059', 'label'],
      ['CL:0000057', 'related'],
    ]);
    const both = ontology('X', [
      sourceTerm('X:1', 'same', { obsolete: true }),
      sourceTerm('X:2', 'other', { synonyms: [{ text: 'same', scope: 'broad' }] }),
    ]);
    expect(
      indexOf([both])
        .find('same')
        .map((h) => h.term.curie),
    ).toEqual(['X:2', 'X:1']);
  });

  it('finds only in the ontologies asked for, in their order', () => {
    const other = ontology('BTO', [sourceTerm('BTO:0000452', 'fibroblast')]);
    const two = indexOf([cl, other]);
    expect(two.find('fibroblast', ['BTO', 'CL']).map((h) => h.term.ontology)).toEqual(['BTO', 'CL']);
    expect(two.find('fibroblast', ['CL', 'BTO']).map((h) => h.term.ontology)).toEqual(['CL', 'BTO']);
    expect(two.find('fibroblast', ['UBERON'])).toEqual([]);
  });

  it.each(['', '   ', '\u200b', 'no such thing', 'x'.repeat(1_000_000)])(
    'finds nothing for a text of no term',
    (text) => {
      expect(index.find(text)).toEqual([]);
    },
  );

  it('knows what a term is a kind of', () => {
    expect(index.isA('CL:0000059', 'CL:0000000')).toBe(true);
    expect(index.isA('CL:0000059', 'CL:0000059')).toBe(true);
    expect(index.isA('CL:0000000', 'CL:0000059')).toBe(false);
    expect(index.isA('CL:0000059', 'http://purl.obolibrary.org/obo/CL_0000057')).toBe(true);
    expect(index.isA('CL:0000059', 'CL:9999999')).toBe(false);
  });

  it('takes the parents of organisms from their names', () => {
    expect(index.term('NCBITaxon:10092')?.parents).toEqual(['NCBITaxon:10090']);
    expect(index.isA('NCBITaxon:10092', 'NCBITaxon:10088')).toBe(true);
    expect(index.term('NCBITaxon:9606')?.parents).toEqual([]);
  });

  it('uses an ontology from the last file that has it', () => {
    const newer = ontology('CL', [sourceTerm('CL:0000057', 'fibroblast cell')], { version: '2' });
    const layered = indexOf([cl, taxa], [newer]);
    expect(layered.term('CL:0000057')?.label).toBe('fibroblast cell');
    expect(layered.find('fibroblast')).toEqual([]);
    expect(layered.term('CL:0000000')).toBeUndefined();
    expect(layered.ontologies.map((o) => `${o.prefix} ${o.version}`).sort()).toEqual(['CL 2', 'NCBITaxon 1']);
  });

  it('suggests terms with names that look alike, never obsolete ones', () => {
    expect(index.suggest('fibroblsts', ['CL'], 2)[0]?.term.curie).toBe('CL:0000057');
    expect(index.suggest('old fibroblast', ['CL'], 5).map((s) => s.term.curie)).not.toContain('CL:0000058');
    expect(index.suggest('zebrafish', ['CL'], 5)).toEqual([]);
    expect(index.suggest('Mus muscullus', ['NCBITaxon'], 1)[0]?.by).toBe('Mus musculus');
  });
});

describe('any ontology', () => {
  const name = fc.oneof(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }), fc.lorem({ maxCount: 6 }));
  const local = fc.oneof(
    fc.constant((i: number) => String(i * 7919).padStart(7, '0')),
    fc.constant((i: number) => String(i * 104_729 + 1)),
    fc.constant((i: number) => (i * 1_299_709).toString(36).toUpperCase().padStart(6, '0')),
    fc.constant((i: number) => `topic_${'x'.repeat(i % 4)}${i}`),
  );
  const terms = fc.array(
    fc.record({ label: name, synonyms: fc.array(name, { maxLength: 4 }), obsolete: fc.boolean() }),
    {
      minLength: 1,
      maxLength: 60,
    },
  );

  it('is found again by each label, synonym and identifier', () => {
    fc.assert(
      fc.property(terms, local, (rows, localOf) => {
        const made = rows.map((row, i) =>
          sourceTerm(`X:${localOf(i)}`, row.label, {
            obsolete: row.obsolete,
            synonyms: row.synonyms.map((text) => ({ text, scope: 'narrow' as const })),
            parents: i > 0 ? [`X:${localOf(i >> 1)}`] : [],
          }),
        );
        const index = indexOf([ontology('X', made), ontology('A', [sourceTerm('A:1', 'first')])]);
        for (const term of made) {
          expect(index.term(term.curie)).toMatchObject({ label: term.label, parents: term.parents });
          expect(index.isA(term.curie, `X:${localOf(0)}`)).toBe(true);
          for (const text of [term.label, ...term.synonyms.map((s) => s.text)]) {
            const hits = index.find(text, ['X']);
            // A text of invisible characters or of accents alone is no name.
            if (/[\p{L}\p{N}]/u.test(foldTerm(text))) expect(hits.map((h) => h.term.curie)).toContain(term.curie);
          }
        }
      }),
      { numRuns: 150 },
    );
  });
});

describe('an index file', () => {
  const whole = writeIndex([cl, taxa]);

  it.each([
    ['is empty', new Uint8Array(0)],
    ['is another file', Buffer.from('PK\u0003\u0004 something else altogether, long enough')],
    ['is cut off', whole.slice(0, whole.length - 4)],
    ['is cut off within a word', whole.slice(0, whole.length - 3)],
    ['has grown', Buffer.concat([whole, Buffer.alloc(4)])],
    ['is of another version', Uint8Array.from(whole, (byte, i) => (i === 8 ? 9 : byte))],
  ])('that %s is refused by name', async (_, bytes) => {
    const file = await temporaryFile('broken.idx', bytes);
    await expect(openTermIndex([file])).rejects.toThrow(/broken\.idx: .*term index.*; (?:install|run|get)/);
  });

  it('that has any changed bit is refused', () => {
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(7), (at, bit) => {
        const changed = Uint8Array.from(whole, (byte, i) => (i === at ? byte ^ (1 << bit) : byte));
        expect(() => indexOver(changed, 'changed.idx')).toThrow(/changed\.idx: /);
      }),
      { examples: [[12, 0]] },
    );
  });

  it('that is not there is named', async () => {
    await expect(openTermIndex(['/nowhere/terms.idx'])).rejects.toThrow(
      '/nowhere/terms.idx: the term index cannot be read ("ENOENT"); ',
    );
  });

  it('has each term once', () => {
    expect(() => writeIndex([ontology('X', [sourceTerm('X:1', 'a'), sourceTerm('X:1', 'b')])])).toThrow(/X:1: .*twice/);
    expect(() => writeIndex([cl, cl])).toThrow(/CL: the ontology is given twice/);
    expect(() => writeIndex([])).toThrow(/no term/);
  });
});
