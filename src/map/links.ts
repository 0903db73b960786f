import type { NamedNode } from 'n3';
import type { KeyValue, ObjectRef } from '../ome/model.js';
import { PREFIXES, RDF } from '../rdf/vocabulary.js';
import { CORE, DC, DCTERMS, SCHEMA, SPDX } from './graphTerms.js';
import { add, addText, coreClass, integerLiteral, node, type Sink, textLiteral } from './sink.js';

/** Adds class and identifier: an integer for ids of a server, else the id's text. */
export function addIdentity(sink: Sink, ref: string, type: string): NamedNode {
  const subject = sink.compiled.iris.object(ref);
  const id = ref.slice(ref.indexOf(':') + 1);
  add(sink, subject, RDF.type, coreClass(type));
  if (isServerId(id)) add(sink, subject, DC.identifier, integerLiteral(Number(id)));
  else addText(sink, subject, DC.identifier, id);
  return subject;
}

/** Whether an id is one of OMERO's: a whole number in its plain form. */
export function isServerId(id: string): boolean {
  return /^(?:0|[1-9][0-9]{0,14})$/.test(id);
}

/** Adds `dcterms:hasPart` and `dcterms:isPartOf`. */
export function addContainment(sink: Sink, whole: NamedNode, part: NamedNode): void {
  add(sink, whole, DCTERMS.hasPart, part);
  add(sink, part, DCTERMS.isPartOf, whole);
}

/** Adds a link to an object, when there is one. */
export function addLink(sink: Sink, subject: NamedNode, predicate: NamedNode, ref: ObjectRef | undefined): void {
  if (ref !== undefined) add(sink, subject, predicate, sink.compiled.iris.object(ref));
}

/** Adds links to objects. */
export function addLinks(
  sink: Sink,
  subject: NamedNode,
  predicate: NamedNode,
  refs: readonly ObjectRef[] | undefined,
): void {
  for (const ref of refs ?? []) add(sink, subject, predicate, sink.compiled.iris.object(ref));
}

/** Adds pairs in order as `{subject}/entry/{index}`. */
export function addPairs(sink: Sink, subject: NamedNode, pairs: readonly KeyValue[] | undefined): void {
  pairs?.forEach(([key, value], index) => {
    addPair(sink, subject, index, key, value);
  });
}

/** Adds one pair; empty keys and values are kept. */
export function addPair(sink: Sink, subject: NamedNode, index: number, key: string, value: string): NamedNode {
  const entry = node(`${subject.value}/entry/${index}`);
  add(sink, subject, CORE.mapEntry, entry);
  add(sink, entry, RDF.type, CORE.MapEntry);
  add(sink, entry, RDF.type, SCHEMA.PropertyValue);
  add(sink, entry, CORE.index, integerLiteral(index));
  addText(sink, entry, CORE.key, key);
  addText(sink, entry, CORE.value, value);
  return entry;
}

/** Adds a checksum as the part `checksum` (SPDX 2.3). */
export function addChecksum(
  sink: Sink,
  subject: NamedNode,
  algorithm: 'SHA-1' | 'SHA-256' | 'MD5',
  value: string,
): void {
  const part = node(`${subject.value}/checksum`);
  add(sink, subject, SPDX.checksum, part);
  add(sink, part, RDF.type, SPDX.Checksum);
  add(
    sink,
    part,
    SPDX.algorithm,
    node(`${PREFIXES.spdx}checksumAlgorithm_${algorithm.replace('-', '').toLowerCase()}`),
  );
  add(sink, part, SPDX.checksumValue, textLiteral(value.toWellFormed()));
}
