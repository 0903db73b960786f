import { createHash } from 'node:crypto';
import { DataFactory, type NamedNode, type Quad } from 'n3';
import { type Iris, safeIri, safeSegment } from '../rdf/iris.js';
import { REMBI } from '../rdf/rembi.js';
import { RDF } from '../rdf/vocabulary.js';
import { OMG, SSSOM } from './graphTerms.js';
import type { MappingRow } from './mappingSet.js';
import { doubleLiteral, textLiteral } from './sink.js';

const { namedNode, quad } = DataFactory;

/** `keys/synonyms.sssom.tsv:12`: where a row stands, without the folder that holds the tables. */
export function rowPlace(row: MappingRow): string {
  return `${row.file.split(/[\\/]/).slice(-2).join('/')}:${row.line}`;
}

/** The IRI of a mapping row, `{base}/mapping/{set}/{hash}`: of what it says, so that it stays when lines move. */
export function mappingRowIri(row: MappingRow, iris: Iris): NamedNode {
  const set = row.setId.replace(/\/+$/, '').split('/').at(-1) ?? '';
  const said = [row.setId, row.kind === 'value' ? row.field : (row.form ?? ''), row.subject, row.predicate, row.object];
  const hash = createHash('sha256').update(JSON.stringify(said)).digest('hex').slice(0, 16);
  return namedNode(`${iris.base}/mapping/${safeSegment(set)}/${hash}`);
}

/** A mapping row as a `sssom:Mapping`, for the provenance graph (docs/graph.md); in the default graph. */
export function mappingRowQuads(row: MappingRow, iris: Iris): Quad[] {
  const subject = mappingRowIri(row, iris);
  const quads: Quad[] = [];
  const text = (predicate: NamedNode, value: string | undefined): void => {
    if (value !== undefined) quads.push(quad(subject, predicate, textLiteral(value.toWellFormed())));
  };
  const link = (predicate: NamedNode, iri: string): void => {
    quads.push(quad(subject, predicate, namedNode(safeIri(iri))));
  };
  quads.push(quad(subject, RDF.type, SSSOM.Mapping));
  text(SSSOM.subject_label, row.subject);
  if (row.kind === 'value') quads.push(quad(subject, SSSOM.subject_source, REMBI[row.field]));
  if (row.kind === 'key') {
    text(OMG.subjectForm, row.form);
    text(OMG.valueKind, row.valueKind);
  }
  link(SSSOM.predicate_id, row.predicate);
  link(SSSOM.object_id, row.object);
  text(SSSOM.object_label, row.objectLabel);
  link(SSSOM.mapping_justification, row.justification);
  if (row.confidence !== undefined) quads.push(quad(subject, SSSOM.confidence, doubleLiteral(row.confidence)));
  link(SSSOM.mapping_set_id, row.setId);
  text(SSSOM.mapping_set_version, row.setVersion);
  // Not the whole path: that is of the machine that made the export.
  text(OMG.row, rowPlace(row));
  return quads;
}
