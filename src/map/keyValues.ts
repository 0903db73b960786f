import type { NamedNode } from 'n3';
import { finding } from '../findings.js';
import type { KeyValue, MapAnnotation } from '../ome/model.js';
import { safeIri } from '../rdf/iris.js';
import { REMBI, REMBI_FIELDS, type RembiField } from '../rdf/rembi.js';
import { PREFIXES, RDF, RDFS } from '../rdf/vocabulary.js';
import { accessionsBeside } from './companions.js';
import { DWC, DWCIRI, OMG, SCHEMA } from './graphTerms.js';
import { LONGEST_KEY, type RowMatch } from './keyMatch.js';
import { visibleKey } from './keyWords.js';
import { addPair } from './links.js';
import { matchKeys, openedSection } from './matchKeys.js';
import { add, addText, node, type Sink } from './sink.js';
import { type Grounding, matchValue } from './valueMatch.js';

/** Fields whose ungrounded values are worth a finding: the profile of REMBI asks for their terms. */
const GROUNDED_FIELDS: ReadonlySet<RembiField> = new Set(['organism', 'imagingMethod']);
/** What a key hardly ever has: a first look before it is read letter by letter. */
const HIDDEN = /[^\x20-\x7e]/;
/** Namespaces in which tools keep notes of their own. */
const TOOLS = /^(?:openmicroscopy\.org\/cli\/transfer|hms\.harvard\.edu\/omero\/forms)/;

/** Adds the pairs of a map annotation, and what they mean for the objects that carry it (docs/graph.md, layer 2). */
export function addKeyValues(
  sink: Sink,
  subject: NamedNode,
  annotation: MapAnnotation,
  targets: readonly NamedNode[],
): void {
  const pairs = annotation.value;
  const matches = matchKeys(pairs, annotation.namespace, sink.compiled.mappings);
  const beside = accessionsBeside(pairs, matches);
  const quiet = annotation.namespace !== undefined && TOOLS.test(annotation.namespace);
  pairs.forEach(([key, value], index) => {
    const entry = addPair(sink, subject, index, key, value);
    const match = matches[index];
    const at = `${annotation.ref} entry ${index}`;
    if (key.trim() === '' || value.trim() === '') {
      const head = match !== undefined && openedSection([key, value], match) !== undefined;
      if (!quiet && !head) sink.findings.push(finding('key-empty', key.trim() === '' ? annotation.ref : key, { at }));
      return;
    }
    if (match === undefined || match.kind === 'companion') return;
    if (match.kind === 'unknown') {
      const focus = key.slice(0, LONGEST_KEY).toWellFormed();
      if (!quiet) sink.findings.push(finding('key-unmapped', focus, { at, detail: value }));
      return;
    }
    if (HIDDEN.test(key) && visibleKey(key) !== key.trim()) {
      sink.findings.push(finding('key-hidden-characters', visibleKey(key).toWellFormed(), { at, detail: key }));
    }
    if (match.row.field === undefined) return;
    addMeaning(sink, entry, targets, match, match.row.field, [key, value], beside?.get(index), at);
  });
}

function addMeaning(
  sink: Sink,
  entry: NamedNode,
  targets: readonly NamedNode[],
  match: RowMatch,
  field: RembiField,
  [key, value]: KeyValue,
  beside: string | undefined,
  at: string,
): void {
  const { compiled } = sink;
  const property = REMBI[field];
  sink.rows.add(match.row);
  addText(sink, entry, SCHEMA.name, key);
  addText(sink, entry, SCHEMA.value, value);
  add(sink, entry, SCHEMA.propertyID, property);
  add(sink, entry, OMG.keyMapping, compiled.rowIri(match.row));
  const bia = compiled.bia.get(field);
  for (const target of targets) {
    addText(sink, target, property, value);
    if (bia !== undefined) addText(sink, target, bia, value);
  }
  // The kind and unit of the value are those of the key: match.valueKind, match.unit.
  const { grounding, none, disagrees } = matchValue(field, value, beside, compiled.mappings);
  const focus = `${REMBI_FIELDS[field].label}: ${value.toWellFormed()}`;
  if (disagrees !== undefined) sink.findings.push(finding('accession-disagrees', focus, { at, detail: disagrees }));
  if (none !== undefined) {
    sink.rows.add(none);
    add(sink, entry, OMG.valueMapping, compiled.rowIri(none));
  } else if (grounding !== undefined) {
    addGrounding(sink, entry, targets, field, grounding);
  } else if (GROUNDED_FIELDS.has(field)) {
    sink.findings.push(finding('value-ungrounded', focus, { at }));
  }
}

function addGrounding(
  sink: Sink,
  entry: NamedNode,
  targets: readonly NamedNode[],
  field: RembiField,
  grounding: Grounding,
): void {
  const term = node(safeIri(grounding.term));
  add(sink, entry, SCHEMA.valueReference, term);
  if (grounding.row !== undefined) {
    sink.rows.add(grounding.row);
    add(sink, entry, OMG.valueMapping, sink.compiled.rowIri(grounding.row));
  }
  const direct =
    field === 'organism' ? SCHEMA.taxonomicRange : field === 'imagingMethod' ? DWCIRI.measurementMethod : SCHEMA.about;
  for (const target of targets) add(sink, target, direct, term);
  addTerm(sink, term, grounding.label);
}

/** Adds a term's class and label, once a record; a term of the taxonomy is a taxon too. */
function addTerm(sink: Sink, term: NamedNode, label: string | undefined): void {
  if (sink.described.has(term.value)) return;
  sink.described.add(term.value);
  add(sink, term, RDF.type, SCHEMA.DefinedTerm);
  if (label !== undefined) addText(sink, term, RDFS.label, label);
  if (!term.value.startsWith(`${PREFIXES.obo}NCBITaxon_`)) return;
  add(sink, term, RDF.type, DWC.Taxon);
  add(sink, term, RDF.type, SCHEMA.Taxon);
  if (label !== undefined) addText(sink, term, DWC.scientificName, label);
}
