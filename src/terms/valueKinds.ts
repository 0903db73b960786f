import type { RembiField } from '../rdf/rembi.js';

/** What sort of thing a value is: the ontologies that may answer it, the property it stands for and where REMBI puts it. */
export interface ValueKindRow {
  /** Ontologies whose terms answer the kind, as their prefixes; empty when no ontology term does. */
  readonly ontologies: readonly string[];
  /** Ontologies to ask only when none of the first answers. */
  readonly fallback: readonly string[];
  /** Per ontology: the terms of which an answer has to be one or a descendant. */
  readonly under?: Readonly<Record<string, readonly string[]>>;
  /** IRI of the property type (ISA "characteristics" as IDR types them); undefined for what is no property. */
  readonly propertyType?: string;
  /** REMBI's field when the key does not say otherwise. */
  readonly field: RembiField;
}

const OBO = 'http://purl.obolibrary.org/obo/';
const EFO = 'http://www.ebi.ac.uk/efo/EFO_';
const EDAM = 'http://edamontology.org/';
const ANATOMY = ['PO', 'FBbt', 'WBbt', 'ZFA'];
/** FBbi's branches that say how an image is made: imaging, illumination, detection, contrast, resolution. */
const IMAGING = ['FBbi:00000222', 'FBbi:00000268', 'FBbi:00000269', 'FBbi:00000271', 'FBbi:00000321'];

/** The kinds of values of bioimaging annotations (ISA-Tab characteristics, IDR study files, REMBI elements). */
export const VALUE_KINDS = {
  organism: {
    ontologies: ['NCBITaxon'],
    fallback: [],
    propertyType: `${OBO}COB_0000022`,
    field: 'organism',
  },
  imagingMethod: {
    ontologies: ['FBbi'],
    fallback: [],
    under: { FBbi: IMAGING },
    propertyType: `${OBO}FBbi_00000222`,
    field: 'imagingMethod',
  },
  cellLine: {
    ontologies: ['EFO'],
    fallback: ['CLO', 'BTO', 'CVCL'],
    propertyType: `${OBO}CLO_0000031`,
    field: 'biologicalEntity',
  },
  cellType: {
    ontologies: ['CL'],
    fallback: ['PO', 'EFO', 'FBbt', 'WBbt', 'ZFA'],
    propertyType: `${EFO}0000324`,
    field: 'biologicalEntity',
  },
  organismPart: {
    ontologies: ['UBERON'],
    fallback: [...ANATOMY, 'EFO'],
    propertyType: `${EFO}0000635`,
    field: 'biologicalEntity',
  },
  biologicalEntity: {
    ontologies: ['CL', 'UBERON'],
    fallback: ['EFO', 'CLO', 'GO', ...ANATOMY],
    field: 'biologicalEntity',
  },
  disease: {
    ontologies: ['MONDO'],
    fallback: ['EFO'],
    propertyType: `${OBO}MONDO_0000001`,
    field: 'intrinsicVariable',
  },
  sex: {
    ontologies: ['PATO'],
    fallback: [],
    under: { PATO: ['PATO:0000047'] },
    propertyType: `${OBO}PATO_0000047`,
    field: 'intrinsicVariable',
  },
  ancestry: {
    ontologies: ['HANCESTRO'],
    fallback: [],
    propertyType: `${OBO}HANCESTRO_0004`,
    field: 'intrinsicVariable',
  },
  strain: {
    ontologies: ['EFO'],
    fallback: ['NCBITaxon'],
    propertyType: `${EFO}0005135`,
    field: 'intrinsicVariable',
  },
  genotype: {
    ontologies: ['EFO'],
    fallback: [],
    under: { EFO: ['EFO:0000513'] },
    propertyType: `${EFO}0000513`,
    field: 'intrinsicVariable',
  },
  developmentalStage: {
    ontologies: ['UBERON'],
    fallback: ['EFO', 'HsapDv', 'MmusDv', 'ZFS'],
    propertyType: `${EFO}0000399`,
    field: 'intrinsicVariable',
  },
  age: { ontologies: [], fallback: [], propertyType: `${EFO}0000246`, field: 'intrinsicVariable' },
  phenotype: {
    ontologies: ['CMPO'],
    fallback: ['GO', 'PATO', 'PO'],
    propertyType: 'http://www.ebi.ac.uk/cmpo/CMPO_0000003',
    field: 'analysisResultType',
  },
  quality: { ontologies: ['PATO'], fallback: ['EFO'], field: 'intrinsicVariable' },
  cellularComponent: {
    ontologies: ['GO'],
    fallback: [],
    under: { GO: ['GO:0005575'] },
    propertyType: `${OBO}GO_0005575`,
    field: 'channelBiologicalEntity',
  },
  biologicalProcess: {
    ontologies: ['GO'],
    fallback: [],
    under: { GO: ['GO:0008150'] },
    propertyType: `${OBO}GO_0008150`,
    field: 'intrinsicVariable',
  },
  cellCyclePhase: {
    ontologies: ['GO'],
    fallback: ['EFO'],
    under: { GO: ['GO:0022403'] },
    propertyType: `${OBO}GO_0022403`,
    field: 'intrinsicVariable',
  },
  gene: { ontologies: [], fallback: [], propertyType: `${EDAM}data_2295`, field: 'intrinsicVariable' },
  protein: { ontologies: [], fallback: [], propertyType: `${EDAM}data_0896`, field: 'channelBiologicalEntity' },
  nucleicAcidReagent: { ontologies: [], fallback: [], propertyType: `${EDAM}data_2044`, field: 'extrinsicVariable' },
  compound: {
    ontologies: ['CHEBI'],
    fallback: [],
    propertyType: `${OBO}CHEBI_24431`,
    field: 'extrinsicVariable',
  },
  antibody: { ontologies: [], fallback: [], propertyType: `${OBO}OBI_0001876`, field: 'channelContent' },
  treatment: {
    ontologies: ['EFO'],
    fallback: ['CHEBI', 'NCBITaxon'],
    propertyType: `${EFO}0000727`,
    field: 'extrinsicVariable',
  },
  dose: { ontologies: [], fallback: [], propertyType: `${EFO}0000428`, field: 'extrinsicVariable' },
  experimentalCondition: {
    ontologies: ['EFO'],
    fallback: ['PATO', 'CHEBI', 'OBI'],
    propertyType: `${EFO}0000001`,
    field: 'experimentalVariable',
  },
  experimentalStatus: {
    ontologies: ['EFO'],
    fallback: [],
    propertyType: `${EFO}0001461`,
    field: 'experimentalStatus',
  },
  studyType: {
    ontologies: ['EFO'],
    fallback: ['OBI', 'GO', 'FBbi', 'CHMO'],
    propertyType: `${EFO}0000001`,
    field: 'studyType',
  },
  screenType: {
    ontologies: ['EFO'],
    fallback: ['BAO'],
    propertyType: `${EFO}0000001`,
    field: 'studyComponentDescription',
  },
  screenTechnology: {
    ontologies: ['EFO'],
    fallback: ['BAO'],
    propertyType: `${EFO}0000001`,
    field: 'studyComponentDescription',
  },
  libraryType: { ontologies: ['EFO'], fallback: ['BAO'], field: 'studyComponentDescription' },
  protocolType: {
    ontologies: ['EFO'],
    fallback: ['OBI'],
    propertyType: `${OBO}OBI_0000272`,
    field: 'preparationMethod',
  },
  stain: {
    ontologies: ['FBbi'],
    fallback: ['CHEBI'],
    under: { FBbi: ['FBbi:00000031'] },
    propertyType: `${OBO}FBbi_00000031`,
    field: 'channelContent',
  },
  signalContrast: {
    ontologies: ['FBbi'],
    fallback: [],
    propertyType: `${OBO}FBbi_00000590`,
    field: 'signalContrastMechanism',
  },
  fixation: {
    ontologies: ['FBbi'],
    fallback: [],
    under: { FBbi: ['FBbi:00001012'] },
    propertyType: `${OBO}FBbi_00001012`,
    field: 'preparationMethod',
  },
  embedding: {
    ontologies: ['FBbi'],
    fallback: [],
    under: { FBbi: ['FBbi:00000015'] },
    propertyType: `${OBO}FBbi_00000015`,
    field: 'preparationMethod',
  },
  preparation: {
    ontologies: ['FBbi'],
    fallback: ['OBI', 'CHMO'],
    under: { FBbi: ['FBbi:00000001'] },
    propertyType: `${OBO}FBbi_00000001`,
    field: 'preparationMethod',
  },
  analysis: { ontologies: ['EDAM'], fallback: ['OBI'], field: 'analysisMethod' },
  unit: { ontologies: ['UO'], fallback: [], field: 'extrinsicVariable' },
  channels: { ontologies: [], fallback: [], field: 'channelContent' },
  quantity: { ontologies: [], fallback: [], field: 'imageAcquisitionParameters' },
  date: { ontologies: [], fallback: [], field: 'generalDatasetInformation' },
  identifier: { ontologies: [], fallback: [], field: 'generalDatasetInformation' },
  person: { ontologies: [], fallback: [], field: 'generalDatasetInformation' },
  organization: { ontologies: [], fallback: [], field: 'generalDatasetInformation' },
  licence: { ontologies: [], fallback: [], field: 'generalDatasetInformation' },
  text: { ontologies: [], fallback: [], field: 'studyDescription' },
} as const satisfies Record<string, ValueKindRow>;

export type ValueKind = keyof typeof VALUE_KINDS;

/** The row of a kind, with its optional parts. */
export function valueKind(kind: ValueKind): ValueKindRow {
  return VALUE_KINDS[kind];
}

/** Whether a text names a kind, as in the `value_kind` column of a mapping table. */
export function isValueKind(text: string): text is ValueKind {
  return Object.hasOwn(VALUE_KINDS, text);
}
