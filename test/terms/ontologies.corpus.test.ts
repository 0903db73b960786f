import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { collectTerms } from '../../src/terms/build/collectTerms.js';
import { readLexicon } from '../../src/terms/build/lexiconReader.js';
import { readOntology } from '../../src/terms/build/readOntology.js';
import { ontologySource } from '../../src/terms/build/sourceTerm.js';
import { fileBytes, textLines } from '../../src/terms/build/textLines.js';

const FOLDER = '../shared/data/ontologies';
const LEXICON = `${FOLDER}/lexicon/terms.tsv.gz`;

describe.skipIf(!existsSync(LEXICON))('ontology files as they are published (needs ../shared)', async () => {
  const source = ontologySource('terms.tsv.gz');
  const lexicon = existsSync(LEXICON)
    ? await collectTerms(readLexicon(textLines(fileBytes(LEXICON), source.where), source), source)
    : new Map<string, never[]>();

  it.each([
    ['fbbi-2020-11-06.owl', 'FBbi', '2020-11-06'],
    ['cmpo.obo', 'CMPO', '2017-12-19'],
    ['pato.obo', 'PATO', '2025-05-14'],
    ['uo.obo', 'UO', '2026-01-16'],
  ])('%s gives the labels and marks that the lexicon has', async (name, prefix, version) => {
    const { ontology, notes } = await readOntology(`${FOLDER}/${name}`);
    expect(ontology).toMatchObject({ prefix, version });
    expect(notes.filter((n) => /circle|twice/.test(n.wrong))).toEqual([]);
    const known = new Map((lexicon.get(prefix) ?? []).map((t) => [t.curie, t]));
    expect(known.size).toBeGreaterThan(300);
    const read = new Map(ontology.terms.map((t) => [t.curie, t]));
    const differing = [...known.values()].filter((t) => {
      const other = read.get(t.curie);
      return other?.label !== t.label || other.obsolete !== t.obsolete;
    });
    expect(differing.map((t) => `${t.curie} ${t.label}: ${read.get(t.curie)?.label}`)).toEqual([]);
  });
});
