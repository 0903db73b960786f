import { statSync } from 'node:fs';
import { openIndexFile } from '../src/terms/indexFile.js';
import { openTermIndex } from '../src/terms/termIndex.js';

/** Size, opening, look-ups and memory of the term index: `node bench/run.js terms [files]`. */
const files =
  process.argv.length > 2 ? process.argv.slice(2) : ['ontologies/terms.idx', 'ontologies/edam-bioimaging.idx'];
const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
const resident = (): number => process.memoryUsage().rss;

const before = resident();
const start = performance.now();
const index = await openTermIndex(files);
console.log(`open (first in the process): ${(performance.now() - start).toFixed(1)} ms`);
index.find('HeLa');
console.log(`resident: ${megabytes(before)} before, ${megabytes(resident())} after opening`);
console.log(`size: ${megabytes(files.reduce((sum, f) => sum + statSync(f).size, 0))} in ${files.length} files`);
console.log(`terms: ${index.ontologies.reduce((sum, o) => sum + o.terms, 0)} of ${index.ontologies.length} ontologies`);

const opened = await openIndexFile(files[0] ?? '');
const texts: string[] = [];
for (const ontology of opened.ontologies)
  for (let i = 0; i < ontology.terms; i += 11)
    for (const name of opened.names(ontology.first + i)) texts.push(name.text);
// In an order that no ontology has, with case and misses as people type.
const order = texts.map((text, i) => [Math.imul(i + 1, 0x9e3779b1) >>> 0, text] as const).sort((a, b) => a[0] - b[0]);
const typed = order.map(([, text], i) => (i % 4 === 0 ? text.toUpperCase() : i % 4 === 1 ? `${text} x${i}` : text));

function measure(name: string, count: number, work: (i: number) => unknown): void {
  for (let i = 0; i < Math.min(count, 2000); i++) work(i);
  const begun = performance.now();
  const used = process.cpuUsage();
  for (let i = 0; i < count; i++) work(i);
  const seconds = (performance.now() - begun) / 1000;
  const { user, system } = process.cpuUsage(used);
  console.log(
    `${name}: ${count} in ${seconds.toFixed(2)} s, ${Math.round(count / seconds)} a second (${Math.round((count * 1e6) / (user + system))} a second of CPU)`,
  );
}

measure('find, all ontologies', typed.length, (i) => index.find(typed[i] ?? '').length);
measure('find, one ontology', typed.length, (i) => index.find(typed[i] ?? '', ['EFO']).length);
const hits = order.slice(0, 20_000).map(([, text]) => index.find(text)[0]?.term.curie ?? '');
measure('term by CURIE', hits.length, (i) => index.term(hits[i] ?? '')?.label);
measure('isA', hits.length, (i) => index.isA(hits[i] ?? '', 'CL:0000000'));
measure('all of a term', hits.length, (i) => {
  const term = index.term(hits[i] ?? '');
  return (term?.synonyms.length ?? 0) + (term?.parents.length ?? 0);
});
const shown = typed.filter((_, i) => i % 50 === 0);
for (const ontologies of [['CMPO', 'GO', 'PATO'], ['FBbi'], ['EFO', 'CLO', 'BTO', 'CVCL'], ['NCBITaxon']]) {
  const first = performance.now();
  index.suggest('nothing in particular', ontologies, 5);
  console.log(`suggest ${ontologies.join(', ')}: first ${(performance.now() - first).toFixed(0)} ms`);
  measure(`suggest ${ontologies.join(', ')}`, 500, (i) => index.suggest(shown[i] ?? '', ontologies, 5).length);
}
console.log(`resident at the end: ${megabytes(resident())}`);
