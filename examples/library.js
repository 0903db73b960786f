// omegraph as a library: export the quickstart, audit it, ask it one question.
// node examples/library.js [data folder]
import { fileURLToPath } from 'node:url';
import {
  auditRecord,
  exportRecord,
  fileSource,
  irisUnder,
  loadMappings,
  loadProfile,
  openRecord,
  openStore,
  openTermIndex,
} from '../dist/index.js';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const folder = process.argv[2] ?? 'omegraph-data';

const { manifest, findings } = await exportRecord({
  source: fileSource([here('quickstart')]),
  roots: [],
  folder,
  map: {
    iris: irisUnder('https://omero.example.org'),
    mappings: await loadMappings([here('../mappings')]),
    terms: await openTermIndex([here('../ontologies/terms.idx')]),
    biaBase: 'http://bia/',
  },
  software: { name: 'my-program', version: '1.0.0' },
});
for (const c of manifest.containers) console.log(c.container, c.label, c.quads);
console.log(findings.length, 'findings');

const record = await openRecord(folder);
const { report } = await auditRecord(record, await loadProfile('rembi-minimum'));
for (const c of report.containers) console.log('complete', c.label, c.completeness, c.results);

const store = await openStore(record);
const { body } = await store.query(
  `SELECT ?organism (COUNT(DISTINCT ?object) AS ?objects) {
     ?object <http://schema.org/taxonomicRange> ?organism
   } GROUP BY ?organism ORDER BY DESC(?objects)`,
  { format: 'text/csv', deadlineMs: 10_000 },
);
for (const row of body.trim().split('\n').slice(1)) console.log('organism', row.trim());
await store.close();
