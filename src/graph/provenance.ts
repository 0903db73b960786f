import type { Quad } from '@rdfjs/types';
import { DataFactory, type NamedNode } from 'n3';
import { type Iris, safeIri, safeSegment } from '../rdf/iris.js';
import { PREFIXES, RDF, RDFS, XSD } from '../rdf/vocabulary.js';

const { namedNode, literal, quad } = DataFactory;
const prov = (name: string): NamedNode => namedNode(PREFIXES.prov + name);
const schema = (name: string): NamedNode => namedNode(PREFIXES.schema + name);

/** One run of an export. */
export interface RunFacts {
  readonly iris: Iris;
  /** The source as the user named it, without credentials. */
  readonly source: string;
  /** Names of what the run read beside it. */
  readonly also?: readonly string[] | undefined;
  readonly software: { readonly name: string; readonly version: string };
  readonly startedAt: Date;
  readonly endedAt: Date;
  /** Containers whose graphs the run made. */
  readonly containers: readonly string[];
}

/** The run in PROV-O (W3C 2013); the same facts give the same quads. The run is named by the time it started: `{base}/run/2026-01-31T09:30:00.000Z`. */
export function runQuads({ iris, source, also = [], software, startedAt, endedAt, containers }: RunFacts): Quad[] {
  const run = namedNode(`${iris.base}/run/${safeSegment(startedAt.toISOString())}`);
  const tool = namedNode(`${iris.base}/software/${safeSegment(software.name)}/${safeSegment(software.version)}`);
  const origin = (name: string): NamedNode =>
    namedNode(/^https?:\/\//i.test(name) ? safeIri(name) : `${iris.base}/source/${safeSegment(name)}`);
  const time = (at: Date): ReturnType<typeof literal> => literal(at.toISOString(), XSD.dateTime);
  return [
    quad(run, RDF.type, prov('Activity')),
    quad(run, prov('startedAtTime'), time(startedAt)),
    quad(run, prov('endedAtTime'), time(endedAt)),
    quad(run, prov('wasAssociatedWith'), tool),
    ...[source, ...also].flatMap((name) => [
      quad(run, prov('used'), origin(name)),
      quad(origin(name), RDF.type, prov('Entity')),
      quad(origin(name), RDFS.label, literal(name)),
    ]),
    quad(tool, RDF.type, prov('SoftwareAgent')),
    quad(tool, RDF.type, schema('SoftwareApplication')),
    quad(tool, schema('name'), literal(software.name)),
    quad(tool, schema('softwareVersion'), literal(software.version)),
    ...containers.flatMap((container) => [
      quad(iris.graph(container), RDF.type, prov('Entity')),
      quad(iris.graph(container), prov('wasGeneratedBy'), run),
    ]),
  ];
}
