import { malformed, type SourceTerm } from './sourceTerm.js';
import type { TextLine } from './textLines.js';
import type { Synonym } from '../term.js';

/** A species by its plain name; the second words are no names of species. */
const SPECIES =
  /^[A-Z][a-z]{2,} (?!bacterium$|sp$|group$|complex$|environmental$|virus$|phage$|symbiont$)[a-z][a-z-]{2,}$/;
/** How many further names are kept of a species that no list names. */
const SYNONYMS = 1;
const UNINOMIAL = /^[A-Z][a-z]+$/;

/**
 * The taxa that people name: those of a list with common names, and of all names of the taxonomy (a number and a name, a
 * tab between them, a line for each name) every species with a plain name and the genera of all these.
 * @throws OmegraphError (input) that names the line
 */
export async function selectTaxa(listed: readonly SourceTerm[], lines: AsyncIterable<TextLine>): Promise<SourceTerm[]> {
  const taxa = new Map(listed.map((t) => [t.curie, t]));
  const names = new Map<string, string[]>();
  for await (const { text, line } of lines) {
    const [, id, name = ''] = /^(\d{1,9})\t(.+)$/.exec(text) ?? [];
    if (id === undefined) throw malformed('names of taxa', line, 'this is no number and name', text);
    const known = names.get(id);
    if (known) known.push(name.trim());
    else names.set(id, [name.trim()]);
  }
  const genera = new Map<string, number>();
  for (const all of [...listed.map((t) => [t.label]), ...names.values()]) {
    const genus = all.length === 1 ? genusOf(all[0] ?? '') : undefined;
    if (genus !== undefined) genera.set(genus, (genera.get(genus) ?? 0) + 1);
  }
  const uninomials = new Map<string, string>();
  for (const [id, all] of names) {
    const curie = `NCBITaxon:${id}`;
    const term = taxa.get(curie);
    const plain = all.filter((name) => SPECIES.test(name));
    if (term !== undefined) taxa.set(curie, { ...term, synonyms: [...term.synonyms, ...all.map(exact)] });
    else if (plain.length > 0) {
      // Which of several names is the current one is not said; a genus with many species is seldom one that was given up.
      const [label = '', ...others] = plain.sort(
        (a, b) => (genera.get(genusOf(b) ?? '') ?? 0) - (genera.get(genusOf(a) ?? '') ?? 0),
      );
      taxa.set(curie, { curie, label, synonyms: others.slice(0, SYNONYMS).map(exact), obsolete: false, parents: [] });
    } else for (const name of all) if (UNINOMIAL.test(name)) uninomials.set(name, curie);
  }
  const others = new Map<string, string[]>();
  for (const [name, curie] of uninomials) others.set(curie, [...(others.get(curie) ?? []), name]);
  for (const [curie, all] of others) {
    const known = all.filter((name) => genera.has(name)).sort((a, b) => (genera.get(b) ?? 0) - (genera.get(a) ?? 0));
    const [label] = known;
    if (label !== undefined && !taxa.has(curie))
      taxa.set(curie, { curie, label, synonyms: known.slice(1).map(exact), obsolete: false, parents: [] });
  }
  return [...taxa.values()];
}

const genusOf = (name: string): string | undefined => /^[A-Z][a-z]+(?= [a-z])/.exec(name)?.[0];
const exact = (text: string): Synonym => ({ text, scope: 'exact' });
