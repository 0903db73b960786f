import type { Quad } from '@rdfjs/types';
import { DataFactory, type Literal, type NamedNode } from 'n3';
import { type Iris, safeSegment } from '../rdf/iris.js';
import { PREFIXES, RDF, RDFS, XSD } from '../rdf/vocabulary.js';
import { type GraphStatistics, statisticsCollector, summedStatistics } from './graphStatistics.js';
import type { ContainerEntry } from './manifest.js';
import { type GraphRecord, lineBlocks } from './record.js';

const { namedNode, literal, quad } = DataFactory;
const term = (prefix: 'void' | 'dcat' | 'sd' | 'dcterms', name: string): NamedNode =>
  namedNode(PREFIXES[prefix] + name);

/**
 * The description graph: the record as VoID (2011), DCAT (version 2) and SPARQL 1.1 service description, with the number of
 * triples, instances of each class and triples of each property. A subject in two containers counts twice.
 */
export function descriptionQuads(
  iris: Iris,
  containers: readonly ContainerEntry[],
  statistics: ReadonlyMap<string, GraphStatistics>,
): Quad[] {
  const quads: Quad[] = [];
  const state = (subject: NamedNode, predicate: NamedNode, object: NamedNode | Literal): void => {
    quads.push(quad(subject, predicate, object));
  };
  const number = (n: number): Literal => literal(String(n), XSD.integer);
  const all = summedStatistics(statistics.values());
  const dataset = namedNode(`${iris.base}/`);
  const part = (...steps: string[]): NamedNode =>
    namedNode(`${iris.descriptionGraph.value}/${steps.map(safeSegment).join('/')}`);

  for (const type of [term('void', 'Dataset'), term('dcat', 'Dataset'), term('sd', 'Dataset')])
    state(dataset, RDF.type, type);
  const labels = containers.flatMap((c) => (c.label === undefined ? [] : [c.label]));
  const title = labels.length === 1 && labels[0] !== undefined ? labels[0] : `Microscopy metadata of ${iris.base}`;
  state(dataset, term('dcterms', 'title'), literal(title));
  state(dataset, term('void', 'triples'), number(all.quads));
  state(dataset, term('void', 'distinctSubjects'), number(all.subjects));
  state(dataset, term('void', 'classes'), number(all.classes.size));
  state(dataset, term('void', 'properties'), number(all.properties.size));
  state(dataset, term('void', 'uriSpace'), literal(`${iris.base}/`));
  for (const namespace of vocabularies([...all.classes.keys(), ...all.properties.keys()])) {
    state(dataset, term('void', 'vocabulary'), namedNode(namespace));
  }
  for (const [iri, n] of all.classes) {
    const partition = part('class', iri);
    state(dataset, term('void', 'classPartition'), partition);
    state(partition, term('void', 'class'), namedNode(iri));
    state(partition, term('void', 'entities'), number(n));
  }
  for (const [iri, n] of all.properties) {
    const partition = part('property', iri);
    state(dataset, term('void', 'propertyPartition'), partition);
    state(partition, term('void', 'property'), namedNode(iri));
    state(partition, term('void', 'triples'), number(n));
  }
  for (const { container, graph, label, quads: triples } of containers) {
    const named = part('graph', container);
    const content = namedNode(graph);
    state(dataset, term('sd', 'namedGraph'), named);
    state(named, RDF.type, term('sd', 'NamedGraph'));
    state(named, term('sd', 'name'), content);
    state(named, term('sd', 'graph'), content);
    state(content, RDF.type, term('sd', 'Graph'));
    state(content, RDF.type, term('void', 'Dataset'));
    state(content, RDFS.label, literal(label ?? container));
    state(content, term('void', 'triples'), number(triples));
    state(content, term('void', 'rootResource'), iris.object(container));
    state(dataset, term('void', 'subset'), content);
  }
  return quads;
}

/** The description of a record as it stands, read from its files once, with little memory. @throws OmegraphError when a file cannot be read */
export async function describeRecord(record: GraphRecord): Promise<Quad[]> {
  const statistics = new Map<string, GraphStatistics>();
  for (const entry of record.manifest.containers) {
    statistics.set(entry.container, await fileStatistics(record.path(entry)));
  }
  return descriptionQuads(record.iris, record.manifest.containers, statistics);
}

/** Counts the triples of a sorted N-Quads file of the record. */
export async function fileStatistics(path: string): Promise<GraphStatistics> {
  const collector = statisticsCollector();
  for await (const lines of lineBlocks(path, 'latin1')) {
    for (const line of lines) {
      const end = line.indexOf('>') + 1;
      collector.add(line.slice(0, end), [line.slice(end, line.lastIndexOf(' <'))]);
    }
  }
  return collector.statistics();
}

/** The namespaces of ours that occur. */
function vocabularies(iris: readonly string[]): string[] {
  return Object.values(PREFIXES).filter((namespace) => iris.some((iri) => iri.startsWith(namespace)));
}
