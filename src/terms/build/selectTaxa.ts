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
  // Which of several names is the current one is not said; a genus whose species mostly have one name is seldom given up.
  const genera = new Map<string, { alone: number; among: number }>();
  for (const all of [...listed.map((t) => [t.label]), ...names.values()])
    for (const genus of new Set(all.map(genusOf))) {
      if (genus === undefined) continue;
      const counts = genera.get(genus) ?? { alone: 0, among: 0 };
      counts[all.length === 1 ? 'alone' : 'among']++;
      genera.set(genus, counts);
    }
  const current = (name: string): number => {
    const { alone, among } = genera.get(genusOf(name) ?? name) ?? { alone: 0, among: 0 };
    return (alone + 0.5) / (alone + among + 5);
  };
  const mostCurrentFirst = (a: string, b: string): number => current(b) - current(a) || (a < b ? -1 : 1);
  const uninomials = new Map<string, string>();
  for (const [id, all] of names) {
    const curie = `NCBITaxon:${id}`;
    const term = taxa.get(curie);
    const plain = all.filter((name) => SPECIES.test(name));
    if (term !== undefined) taxa.set(curie, { ...term, synonyms: [...term.synonyms, ...all.map(exact)] });
    else if (plain.length > 0) {
      const [label = '', ...others] = plain.sort(mostCurrentFirst);
      taxa.set(curie, { curie, label, synonyms: others.slice(0, SYNONYMS).map(exact), obsolete: false, parents: [] });
    } else for (const name of all) if (UNINOMIAL.test(name)) uninomials.set(name, curie);
  }
  const others = new Map<string, string[]>();
  for (const [name, curie] of uninomials) others.set(curie, [...(others.get(curie) ?? []), name]);
  for (const [curie, all] of others) {
    const known = all.filter((name) => (genera.get(name)?.alone ?? 0) > 0).sort(mostCurrentFirst);
    const [label] = known;
    if (label !== undefined && !taxa.has(curie))
      taxa.set(curie, { curie, label, synonyms: known.slice(1).map(exact), obsolete: false, parents: [] });
  }
  return [...taxa.values()];
}

const genusOf = (name: string): string | undefined => /^[A-Z][a-z]+(?= [a-z])/.exec(name)?.[0];
const exact = (text: string): Synonym => ({ text, scope: 'exact' });
