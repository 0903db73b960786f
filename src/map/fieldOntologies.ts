import type { RembiField } from '../rdf/rembi.js';
import { type ValueKind, valueKind } from '../terms/valueKinds.js';

const BIOLOGY = ['UBERON', 'CL', 'CLO', 'CVCL', 'EFO', 'BTO', 'BAO', 'GO', 'PO', 'FBbt', 'WBbt', 'ZFA', 'PR', 'CHEBI'];
const VARIABLES = [
  ...BIOLOGY,
  ...['PATO', 'MONDO', 'DOID', 'HP', 'MP', 'OBI', 'UO', 'HsapDv', 'MmusDv', 'FBdv', 'WBls', 'ZFS', 'HANCESTRO'],
];

/** The ontologies whose terms people write beside the values of a field; a field that is not listed takes no accession. */
const FIELD_ONTOLOGIES: Readonly<Partial<Record<RembiField, readonly string[]>>> = {
  organism: ['NCBITaxon'],
  imagingMethod: ['FBbi'],
  studyType: ['EFO', 'OBI', 'GO'],
  studyComponentDescription: ['EFO', 'BAO', 'OBI'],
  biologicalEntity: [...BIOLOGY, 'OBI', 'NCIT'],
  intrinsicVariable: VARIABLES,
  extrinsicVariable: VARIABLES,
  experimentalVariable: VARIABLES,
  experimentalStatus: ['EFO', 'OBI'],
  locationWithinBiosample: ['UBERON', 'PO', 'FBbt', 'WBbt', 'ZFA', 'BTO', 'EFO', 'EMAPA', 'EHDAA2', 'GO'],
  preparationMethod: ['FBbi', 'OBI', 'EFO', 'CHMO', 'CHEBI'],
  signalContrastMechanism: ['FBbi', 'CHMO'],
  channelContent: ['FBbi', 'CHEBI', 'PR', 'GO'],
  channelBiologicalEntity: BIOLOGY,
  analysisResultType: [...VARIABLES, 'CMPO'],
};

/** The ontologies of accessions that a value of a field, or of a kind, may have; none for texts. */
export function accessionOntologies(field: RembiField, kind: ValueKind): readonly string[] {
  const ofField = FIELD_ONTOLOGIES[field];
  if (ofField === undefined) return [];
  if (field === 'organism' || field === 'imagingMethod') return ofField;
  const { ontologies, fallback } = valueKind(kind);
  return [...new Set([...ofField, ...ontologies, ...fallback])];
}
