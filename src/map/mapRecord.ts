import type { NamedNode, Quad } from 'n3';
import type { Finding } from '../findings.js';
import type { OmeRecord } from '../ome/model.js';
import type { AccessionQuestion } from '../terms/accessionAudit.js';
import { addAnnotation } from './annotations.js';
import { compile, type MapContext } from './compiled.js';
import { CORE } from './graphTerms.js';
import { addContainment } from './links.js';
import type { MappingRow } from './mappingSet.js';
import { addObject } from './objects.js';
import { add, type Sink } from './sink.js';
import { addWebLinks } from './webLinks.js';

export type { MapContext } from './compiled.js';

/** What a record says as RDF, and what was odd about it. */
export interface MappedRecord {
  /** In the default graph: the record of an export puts them into the graph of each container. */
  readonly quads: Quad[];
  readonly findings: Finding[];
  /** The mapping rows that were used. */
  readonly rows: MappingRow[];
  /** Values with the accessions beside them, for `driftCollector`. */
  readonly accessions: readonly AccessionQuestion[];
}

/** Maps one record of the stream to the triples of docs/graph.md; pure. */
export function mapRecord(record: OmeRecord, context: MapContext): MappedRecord {
  const accessions: AccessionQuestion[] = [];
  const sink: Sink = {
    compiled: compile(context),
    quads: [],
    findings: [],
    rows: new Set(),
    accessions,
    described: new Set(),
    focus: record.kind === 'object' ? record.object.ref : record.annotation.ref,
  };
  const iris = context.iris;
  if (record.kind === 'object') {
    const subject = addObject(sink, record.object, record.parents);
    for (const parent of record.parents) addContainment(sink, iris.object(parent), subject);
    for (const part of record.parts) {
      addContainment(sink, subject, iris.object(part));
      // Sources name these links at either end.
      if (record.object.type === 'Image' && part.startsWith('ROI:')) add(sink, iris.object(part), CORE.image, subject);
      if (record.object.type === 'Fileset' && part.startsWith('Image:'))
        add(sink, iris.object(part), CORE.fileset, subject);
    }
    if (context.web !== undefined) addWebLinks(sink, subject, record.object.ref, context.web);
    const carrier: readonly NamedNode[] = [subject];
    for (const annotation of record.annotations) addAnnotation(sink, annotation, carrier);
  } else {
    addAnnotation(
      sink,
      record.annotation,
      record.targets.map((target) => iris.object(target)),
    );
  }
  return { quads: sink.quads, findings: sink.findings, rows: [...sink.rows], accessions };
}
