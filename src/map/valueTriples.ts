import type { NamedNode } from 'n3';
import { safeIri } from '../rdf/iris.js';
import type { RembiField } from '../rdf/rembi.js';
import { PREFIXES, RDF, RDFS } from '../rdf/vocabulary.js';
import { DWC, DWCIRI, OMG, SCHEMA, SSSOM } from './graphTerms.js';
import type { Grounded } from './groundValue.js';
import { add, addText, doubleLiteral, node, type Sink, textLiteral } from './sink.js';

/**
 * Adds the term of a value to its pair and to the objects that carry it, with why: the row behind it, or for what no row
 * says as it stands, the justification and confidence of the decision and the version of the ontology (docs/graph.md, layer 2).
 */
export function addGrounded(
  sink: Sink,
  entry: NamedNode,
  targets: readonly NamedNode[],
  field: RembiField,
  { term, row, form, rule, justification, confidence, source }: Grounded,
): void {
  const iri = node(safeIri(term.iri));
  add(sink, entry, SCHEMA.valueReference, iri);
  if (row !== undefined) {
    sink.rows.add(row);
    add(sink, entry, OMG.valueMapping, sink.compiled.rowIri(row));
  }
  const named = rule === 'accession-in-value' || rule === 'accession-beside';
  if (!named && (row === undefined || form !== undefined)) {
    add(sink, entry, SSSOM.mapping_justification, node(justification));
    add(sink, entry, SSSOM.confidence, doubleLiteral(confidence));
    if (source !== undefined) {
      const version = `${source.ontology} ${source.version}`;
      add(sink, entry, SSSOM.object_source_version, textLiteral(version.toWellFormed()));
    }
  }
  const direct =
    field === 'organism' ? SCHEMA.taxonomicRange : field === 'imagingMethod' ? DWCIRI.measurementMethod : SCHEMA.about;
  for (const target of targets) add(sink, target, direct, iri);
  addTerm(sink, iri, term.label);
}

/** Adds a term's class and label, once a record; a term of the taxonomy is a taxon too. */
export function addTerm(sink: Sink, term: NamedNode, label: string | undefined): void {
  if (sink.described.has(term.value)) return;
  sink.described.add(term.value);
  add(sink, term, RDF.type, SCHEMA.DefinedTerm);
  if (label !== undefined) addText(sink, term, RDFS.label, label);
  if (!term.value.startsWith(`${PREFIXES.obo}NCBITaxon_`)) return;
  add(sink, term, RDF.type, DWC.Taxon);
  add(sink, term, RDF.type, SCHEMA.Taxon);
  if (label !== undefined) addText(sink, term, DWC.scientificName, label);
}
