import { DataFactory } from 'n3';
import { GRAPH_FORMATS, RESULT_FORMATS } from '../graph/graphStore.js';
import { type SparqlText, sparql } from '../graph/sparqlText.js';
import { safeIri } from '../rdf/iris.js';
import type { ServeContext } from './serveContext.js';

const FORMAT_IRIS: Readonly<Record<(typeof GRAPH_FORMATS)[number] | (typeof RESULT_FORMATS)[number], string>> = {
  'application/sparql-results+json': 'SPARQL_Results_JSON',
  'application/sparql-results+xml': 'SPARQL_Results_XML',
  'text/csv': 'SPARQL_Results_CSV',
  'text/tab-separated-values': 'SPARQL_Results_TSV',
  'text/turtle': 'Turtle',
  'application/n-triples': 'N-Triples',
  'application/ld+json': 'JSON-LD',
  'application/rdf+xml': 'RDF_XML',
  'application/n-quads': 'N-Quads',
  'application/trig': 'TriG',
};

/** The description of the endpoint (SPARQL 1.1 Service Description) as a query that makes it, so that the store writes it in any format. */
export function serviceDescription({ publicBase, manifest }: ServeContext): SparqlText {
  const iri = (text: string) => DataFactory.namedNode(safeIri(text));
  const endpoint = iri(`${publicBase}/sparql`);
  const part = (name: string) => iri(`${endpoint.value}#${name}`);
  const formats = [...RESULT_FORMATS, ...GRAPH_FORMATS].map((f) =>
    iri(`http://www.w3.org/ns/formats/${FORMAT_IRIS[f]}`),
  );
  const files = [...manifest.containers, manifest.provenance, manifest.description].filter((f) => f !== undefined);
  const graphs = files.map(
    (f, i) => sparql`${part('dataset')} sd:namedGraph ${part(`graph-${i}`)} .
${part(`graph-${i}`)} a sd:NamedGraph ; sd:name ${iri(f.graph)} ; sd:graph ${part(`content-${i}`)} .
${part(`content-${i}`)} a sd:Graph ; void:triples ${f.quads} .
`,
  );
  return sparql`CONSTRUCT {
${endpoint} a sd:Service ; sd:endpoint ${endpoint} ; sd:supportedLanguage sd:SPARQL11Query ;
  sd:feature sd:UnionDefaultGraph ; sd:defaultDataset ${part('dataset')} .
${{ sparql: formats.map((f) => sparql`${endpoint} sd:resultFormat ${f} .\n`.sparql).join('') }}
${part('dataset')} a sd:Dataset ; sd:defaultGraph ${part('union')} .
${part('union')} a sd:Graph ; void:triples ${files.reduce((sum, f) => sum + f.quads, 0)} .
${{ sparql: graphs.map((g) => g.sparql).join('') }}
} WHERE {}`;
}
