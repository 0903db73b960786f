import { openTermIndex } from '../src/terms/termIndex.js';

/** Memory of a process that looks up and suggests for a while: `node bench/run.js termsMemory`. */
const files = ['ontologies/terms.idx', 'ontologies/edam-bioimaging.idx'];
const resident = (): string => `${Math.round(process.memoryUsage().rss / 1e6)} MB resident`;
console.log(`empty process: ${resident()}`);
const index = await openTermIndex(files);
console.log(`opened: ${resident()}`);
const words = [
  'HeLa',
  'mouse',
  'confocal microscopy',
  'nucleus',
  'Scapania undulata',
  'round cells',
  'T47D',
  'liver',
  'DAPI',
];
for (let i = 0; i < 1_000_000; i++) index.find(`${words[i % words.length]}${i % 3 === 0 ? '' : ` ${i}`}`);
console.log(`after a million look-ups: ${resident()}`);
for (const ontologies of [
  ['FBbi'],
  ['CMPO', 'GO', 'PATO', 'PO'],
  ['EFO', 'CLO', 'BTO', 'CVCL'],
  ['CL', 'UBERON', 'MONDO'],
  ['NCBITaxon'],
]) {
  for (let i = 0; i < 300; i++) index.suggest(`${words[i % words.length]} number ${i}`, ontologies, 5);
  console.log(`after suggestions from ${ontologies.join(', ')}: ${resident()}`);
}
