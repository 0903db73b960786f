// Builds the term indexes of this folder from ontology files: `node ontologies/build.js FOLDER… [--out FOLDER]` (see README.md).
// What is taken from where, with versions and licences, is data: sources.json.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { collectTerms } from '../dist/terms/build/collectTerms.js';
import { EDAM_STEM } from '../dist/terms/build/curieOfIri.js';
import { readLexicon } from '../dist/terms/build/lexiconReader.js';
import { readOntology } from '../dist/terms/build/readOntology.js';
import { ontologySource } from '../dist/terms/build/sourceTerm.js';
import { selectTaxa } from '../dist/terms/build/selectTaxa.js';
import { fileBytes, textLines } from '../dist/terms/build/textLines.js';
import { writeIndex } from '../dist/terms/build/writeIndex.js';
import { termStem } from '../dist/terms/accession.js';

const args = process.argv.slice(2);
const out = args.includes('--out')
  ? args.splice(args.indexOf('--out'), 2)[1]
  : fileURLToPath(new URL('.', import.meta.url));
const folders = args.length > 0 ? args : ['../shared/data/ontologies'];
const recipe = JSON.parse(readFileSync(new URL('sources.json', import.meta.url), 'utf8'));
const find = (name) => folders.map((f) => resolve(f, name)).find((f) => existsSync(f));
const need = (name) => {
  const file = find(name);
  if (file === undefined) {
    console.error(`${name}: not in ${folders.join(', ')}; name the folders with the ontology files`);
    process.exit(2);
  }
  return file;
};
const say = (notes) =>
  notes.forEach((n) => console.log(`  ${n.where}: ${n.wrong}${n.found === undefined ? '' : ` ("${n.found}")`}`));

const lexicon = need(recipe.lexicon);
const source = ontologySource(recipe.lexicon);
async function* terms() {
  for await (const term of readLexicon(textLines(fileBytes(lexicon), source.where), source))
    // The lexicon has EDAM-bioimaging under another prefix.
    yield JSON.parse(JSON.stringify(term).replaceAll('"EDAM-BIOIMAGING:', '"EDAM:'));
}
const fromLexicon = await collectTerms(terms(), source);
say(source.notes);

/** Terms that are, or are kinds of, some terms, and the obsolete ones, which have no parents. */
function under(list, roots) {
  const byCurie = new Map(list.map((t) => [t.curie, t]));
  const known = new Map(roots.map((r) => [r, true]));
  const is = (curie) => {
    if (!known.has(curie)) known.set(curie, (byCurie.get(curie)?.parents ?? []).some(is));
    return known.get(curie);
  };
  return list.filter((t) => is(t.curie) || (t.obsolete && (t.replacedBy === undefined || is(t.replacedBy))));
}

/** Without what nobody types: other names of obsolete terms, and very long ones. */
function slim(term) {
  return {
    ...term,
    synonyms: term.obsolete ? [] : term.synonyms.filter((s) => s.text.length <= recipe.longestSynonym),
  };
}

for (const index of recipe.indexes) {
  const ontologies = [];
  for (const { prefix, title, version, licence, file, under: roots, taxa, source: address } of index.ontologies) {
    const own = file === undefined ? undefined : find(file);
    if (file !== undefined && own === undefined) console.log(`${prefix}: ${file} is not there; taken from the lexicon`);
    let list;
    if (own === undefined) list = fromLexicon.get(prefix) ?? [];
    else {
      const read = await readOntology(own, { prefix, where: file });
      say(read.notes);
      if (read.ontology.version !== version && read.ontology.version !== 'unknown')
        console.log(`${prefix}: sources.json says version ${version}, ${file} says ${read.ontology.version}`);
      list = read.ontology.terms;
    }
    if (roots !== undefined && own !== undefined) list = under(list, roots);
    if (taxa) list = await selectTaxa(list, textLines(fileBytes(need(recipe.taxonNames)), recipe.taxonNames));
    const stem = prefix === 'EDAM' ? EDAM_STEM : termStem(prefix);
    ontologies.push({
      prefix,
      title,
      version,
      licence,
      source: address,
      stem,
      terms: list.map(slim),
      ...(taxa && { parentsByName: true }),
    });
    console.log(`${prefix}: ${list.length} terms, ${list.filter((t) => t.obsolete).length} obsolete`);
  }
  const bytes = writeIndex(ontologies);
  writeFileSync(join(out, index.file), bytes);
  console.log(`${index.file}: ${bytes.length} bytes`);
}
