import type { NamedNode } from 'n3';
import type {
  Experimenter,
  ObjectRef,
  OmeObject,
  OriginalFile,
  PlateAcquisition,
  Roi,
  Shape,
  Well,
} from '../ome/model.js';
import { RDF, RDFS } from '../rdf/vocabulary.js';
import { addAttributes } from './attributes.js';
import { CORE, DCTERMS, FOAF, SCHEMA } from './graphTerms.js';
import { addImage } from './images.js';
import { addExperiment, addInstrument } from './instruments.js';
import { addChecksum, addContainment, addIdentity, addLink, addLinks } from './links.js';
import { add, addInteger, addText, addTextIf, doubleLiteral, node, type Sink } from './sink.js';

/** Adds an object of OME with its parts; answers with its IRI. */
export function addObject(sink: Sink, object: OmeObject, parents: readonly ObjectRef[]): NamedNode {
  const subject = addIdentity(sink, object.ref, object.type);
  switch (object.type) {
    case 'Project':
    case 'Screen':
      addAttributes(sink, object.type, subject, object);
      addStudy(sink, subject, object);
      break;
    case 'Dataset':
    case 'Folder':
    case 'Plate':
    case 'Reagent':
      addAttributes(sink, object.type, subject, object);
      break;
    case 'PlateAcquisition':
      addPlateAcquisition(sink, subject, object);
      break;
    case 'Well':
      addWell(sink, subject, object);
      break;
    case 'Image':
      addImage(sink, subject, object);
      break;
    case 'ROI':
      addRoi(sink, subject, object, parents);
      break;
    case 'Instrument':
      addInstrument(sink, subject, object);
      break;
    case 'Experiment':
      addExperiment(sink, subject, object);
      break;
    case 'Experimenter':
      addExperimenter(sink, subject, object);
      break;
    case 'ExperimenterGroup':
      addAttributes(sink, 'ExperimenterGroup', subject, object);
      addLinks(sink, subject, CORE.experimenter, object.experimenters);
      addLinks(sink, subject, CORE.leader, object.leaders);
      break;
    case 'Fileset':
      for (const file of object.originalFiles) addContainment(sink, subject, sink.compiled.iris.object(file));
      break;
    case 'OriginalFile':
      addOriginalFile(sink, subject, object);
      break;
  }
  if ('experimenterGroup' in object) addLink(sink, subject, CORE.experimenter_group, object.experimenterGroup);
  if ('experimenter' in object && object.type !== 'Experiment')
    addLink(sink, subject, CORE.experimenter, object.experimenter);
  if ('externalInfo' in object) {
    addTextIf(sink, subject, DCTERMS.identifier, object.externalInfo?.lsid);
    addTextIf(sink, subject, DCTERMS.identifier, object.externalInfo?.uuid);
  }
  return subject;
}

function addStudy(
  sink: Sink,
  subject: NamedNode,
  object: { name?: string | undefined; description?: string | undefined },
): void {
  add(sink, subject, RDF.type, SCHEMA.Dataset);
  addTextIf(sink, subject, SCHEMA.name, object.name);
  addTextIf(sink, subject, SCHEMA.description, object.description);
}

function addPlateAcquisition(sink: Sink, subject: NamedNode, run: PlateAcquisition): void {
  addAttributes(sink, 'PlateAcquisition', subject, run);
  addLinks(sink, subject, CORE.well_sample, run.wellSamples);
}

function addWell(sink: Sink, subject: NamedNode, well: Well): void {
  addAttributes(sink, 'Well', subject, well);
  if (well.row !== undefined && well.column !== undefined && well.row >= 0 && well.column >= 0) {
    addText(sink, subject, RDFS.label, `${rowLetters(well.row)}${well.column + 1}`);
  }
  addLink(sink, subject, CORE.reagent, well.reagent);
  for (const sample of well.wellSamples) {
    const field = addIdentity(sink, sample.ref, 'WellSample');
    addContainment(sink, subject, field);
    addAttributes(sink, 'WellSample', field, sample);
    if (sample.image === undefined) continue;
    const image = sink.compiled.iris.object(sample.image);
    add(sink, field, CORE.image, image);
    addContainment(sink, field, image);
  }
}

/** Letters of a plate row: 0 → A, 25 → Z, 26 → AA. */
export function rowLetters(row: number): string {
  const last = String.fromCharCode(65 + (row % 26));
  return row < 26 ? last : rowLetters(Math.floor(row / 26) - 1) + last;
}

function addRoi(sink: Sink, subject: NamedNode, roi: Roi, parents: readonly ObjectRef[]): void {
  addAttributes(sink, 'ROI', subject, roi);
  for (const parent of parents) if (parent.startsWith('Image:')) addLink(sink, subject, CORE.image, parent);
  for (const shape of roi.shapes) addShape(sink, subject, shape);
}

const TRANSFORM = [CORE.a00, CORE.a10, CORE.a01, CORE.a11, CORE.a02, CORE.a12] as const;

function addShape(sink: Sink, roi: NamedNode, shape: Shape): void {
  const subject = addIdentity(sink, shape.ref, shape.type);
  addContainment(sink, roi, subject);
  addAttributes(sink, shape.type, subject, shape);
  if (shape.transform === undefined) return;
  const transform = node(`${subject.value}/transform`);
  add(sink, subject, CORE.transform, transform);
  add(sink, transform, RDF.type, CORE.AffineTransform);
  TRANSFORM.forEach((predicate, i) => {
    add(sink, transform, predicate, doubleLiteral(shape.transform?.[i] ?? 0));
  });
}

function addExperimenter(sink: Sink, subject: NamedNode, person: Experimenter): void {
  addAttributes(sink, 'Experimenter', subject, person);
  const name = [person.firstName, person.lastName].filter((n) => n !== undefined && n !== '').join(' ');
  addTextIf(sink, subject, RDFS.label, name);
  addTextIf(sink, subject, FOAF.givenName, person.firstName);
  addTextIf(sink, subject, FOAF.familyName, person.lastName);
}

function addOriginalFile(sink: Sink, subject: NamedNode, file: OriginalFile): void {
  addTextIf(sink, subject, RDFS.label, file.name);
  addTextIf(sink, subject, CORE.file_name, file.name);
  addTextIf(sink, subject, CORE.path, file.path);
  if (file.size !== undefined) addInteger(sink, subject, CORE.size, file.size);
  addTextIf(sink, subject, CORE.mime_type, file.mimetype);
  if (file.checksum !== undefined) addChecksum(sink, subject, file.checksum.algorithm, file.checksum.value);
}
