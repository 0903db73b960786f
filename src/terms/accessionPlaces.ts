import type { ValueKind } from './valueKinds.js';

const TAXA = ['NCBITaxon'];
const PARTS = ['UBERON', 'PO', 'FBbt', 'WBbt', 'ZFA', 'EMAPA', 'EHDAA2'];
const LINES = ['CLO', 'CVCL'];
const STAGES = ['HsapDv', 'MmusDv', 'ZFS', 'FBdv', 'WBls'];
const METHODS = ['FBbi', 'CHMO', 'BAO'];
const SICK = ['MONDO', 'DOID', 'HP', 'MP', 'CMPO'];
const MATTER = ['CHEBI', 'UO', 'HANCESTRO', 'PR'];

/** Kinds whose terms are all in these ontologies. */
const ONLY: Readonly<Partial<Record<ValueKind, readonly string[]>>> = {
  organism: TAXA,
  sex: ['PATO', 'EFO', 'OBI', 'NCIT', ...SICK],
  ancestry: ['HANCESTRO', 'EFO', 'NCIT', 'MONDO'],
  unit: ['UO', 'NCIT', 'EFO'],
};

/** Ontologies that have no term of a kind. EFO and NCIT have terms of nearly every kind and are in no list. */
const NEVER: Readonly<Partial<Record<ValueKind, readonly string[]>>> = {
  imagingMethod: [...TAXA, ...PARTS, ...LINES, ...STAGES, ...SICK, ...MATTER, 'CL', 'GO', 'PATO', 'BTO'],
  cellLine: [...PARTS, ...STAGES, ...METHODS, ...SICK, ...MATTER, 'GO', 'PATO'],
  cellType: [...TAXA, ...STAGES, ...METHODS, ...SICK, ...MATTER],
  organismPart: [...TAXA, ...LINES, ...METHODS, ...SICK, ...MATTER],
  disease: [...PARTS, ...LINES, ...STAGES, ...METHODS, ...MATTER, 'CL', 'BTO'],
  developmentalStage: [...TAXA, ...LINES, ...METHODS, ...SICK, ...MATTER],
  compound: [...TAXA, ...PARTS, ...LINES, ...STAGES, ...SICK, 'FBbi', 'CL', 'BTO', 'HANCESTRO', 'UO'],
  stain: [...TAXA, ...PARTS, ...LINES, ...STAGES, ...SICK, 'CL', 'BTO', 'HANCESTRO', 'UO'],
  protocolType: [...TAXA, ...PARTS, ...LINES, ...STAGES, ...SICK, 'CL', 'BTO', 'HANCESTRO', 'UO'],
  phenotype: [...TAXA, ...LINES, ...METHODS, 'UO', 'HANCESTRO'],
};

/** Whether an ontology can have a term of a kind; where nobody knows, it can. */
export function canAnswer(prefix: string, kind: ValueKind): boolean {
  const only = ONLY[kind];
  return only === undefined ? NEVER[kind]?.includes(prefix) !== true : only.includes(prefix);
}

/** Ontologies of which the shipped index holds a part only, so that an id that is not in it may still be one. */
const PARTIAL: ReadonlySet<string> = new Set([
  'NCBITaxon',
  'CHEBI',
  'CLO',
  'CVCL',
  'GO',
  'PR',
  'OBI',
  'CHMO',
  'BAO',
  'ZFS',
]);

/** Whether an index that has terms of an ontology has all of them. */
export const isHeldWhole = (prefix: string): boolean => !PARTIAL.has(prefix);
