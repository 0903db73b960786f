import { image, within } from '../audit/studyGraph.js';

export type Cases = readonly (readonly [title: string, turtle: string])[];

export const PROJECT = '<Project/1> a core:Project ; rdfs:label "project" . ';
export const SCREEN = '<Screen/1> a core:Screen ; rdfs:label "screen" . ';
export const DATASET = `${PROJECT}<Dataset/1> a core:Dataset ; rdfs:label "dataset" . ${within('Project/1', 'Dataset/1')}`;
const PLATE = `${SCREEN}<Plate/1> a core:Plate . <Well/1> a core:Well . <WellSample/1> a core:WellSample .
  ${within('Screen/1', 'Plate/1')}${within('Plate/1', 'Well/1')}${within('Well/1', 'WellSample/1')}`;
export const IMAGE = DATASET + image(1, { parent: 'Dataset/1' });
export const FIELD = PLATE + image(1, { parent: 'WellSample/1' });
const BARE = DATASET + image(1, { parent: 'Dataset/1', bare: true });

/** A field that only key-value pairs answer: on the object itself, on each thing above it, and nowhere. */
function keyValueField(field: string, value = 'something'): { pass: Cases; fail: Cases } {
  return {
    pass: [
      ['stated on the image', `${IMAGE}<Image/1> rembi:${field} "${value}" .`],
      ['stated on the dataset', `${IMAGE}<Dataset/1> rembi:${field} "${value}" .`],
      ['stated on the project', `${IMAGE}<Project/1> rembi:${field} "${value}" .`],
      ['stated on the well', `${FIELD}<Well/1> rembi:${field} "${value}" .`],
      ['stated on the screen', `${FIELD}<Screen/1> rembi:${field} "${value}" .`],
    ],
    fail: [
      ['stated nowhere', IMAGE],
      ['stated on another dataset only', `${IMAGE}<Dataset/2> a core:Dataset ; rembi:${field} "${value}" .`],
      ['stated on the pixels only', `${IMAGE}<Pixels/1> rembi:${field} "${value}" .`],
      ['stated on nothing above a field', FIELD],
    ],
  };
}

/** The facts that answer a field beside its key-value pair. */
function alsoFacts(field: string, facts: Cases, moreFailing: Cases = [], start = BARE): { pass: Cases; fail: Cases } {
  return {
    pass: [
      ['stated on the image', `${start}<Image/1> rembi:${field} "x" .`],
      ['stated on the project', `${start}<Project/1> rembi:${field} "x" .`],
      ...facts,
    ],
    fail: [['stated nowhere', start], ...moreFailing],
  };
}

const NOTHING = ['TBD', ' Unknown ', '', '-', 'xxx', '?', 'not specified', 'to be determined'];
const NONE = ['n/a', 'none', 'not applicable'];

/** What is a placeholder; of some fields "none" is an answer. */
function placeholder(
  field: string,
  start: string,
  node: string,
  none: 'says nothing' | 'is an answer' = 'says nothing',
): { pass: Cases; fail: Cases } {
  const stated = (word: string): string => `${start}<${node}> rembi:${field} "${word}" .`;
  return {
    pass: [
      ['a value that says something', stated('HeLa')],
      ['no value at all', start],
      ['a value that contains a placeholder word', stated('test of tubulin, none fixed')],
      ...(none === 'is an answer' ? NONE.map((word) => [`the answer "${word}"`, stated(word)] as const) : []),
    ],
    fail: [...NOTHING, ...(none === 'says nothing' ? NONE : [])].map((word) => [
      `the placeholder "${word}"`,
      stated(word),
    ]),
  };
}

/** The same of the description of an object. */
function described(cases: { pass: Cases; fail: Cases }, start: string, node: string): { pass: Cases; fail: Cases } {
  return {
    pass: [...cases.pass, ['a description', `${start}<${node}> rdfs:comment "Fed cells." .`]],
    fail: [...cases.fail, ['a description that is a placeholder', `${start}<${node}> rdfs:comment "tbd" .`]],
  };
}

/** The pairs of an annotation of an object, as an export writes them. */
function pairs(
  node: string,
  ...entries: readonly { field?: string; key?: string; value: string; facts?: string }[]
): string {
  const lines = entries.map(({ field, key = field, value, facts = '' }, i) => {
    const said = field === undefined ? '' : `schema:propertyID rembi:${field} ; schema:value "${value}" ; `;
    return `<MapAnnotation/7> core:mapEntry <MapAnnotation/7/entry/${i}> .
      <MapAnnotation/7/entry/${i}> a core:MapEntry ; ${said}${facts} core:key "${key ?? ''}" ; core:value "${value}" .`;
  });
  return `<${node}> core:hasAnnotation <MapAnnotation/7> . ${lines.join('\n')}`;
}

/** A field whose pairs should be tied to a term each. */
function freeText(field: string, start: string, node: string): { pass: Cases; fail: Cases } {
  const grounded = { field, value: 'a', facts: 'schema:valueReference obo:CL_0000000 ;' };
  return {
    pass: [
      ['a grounded pair', start + pairs(node, grounded)],
      ['no pair at all', start],
      [
        'a pair of which a row says that there is no term',
        start + pairs(node, { ...grounded, facts: 'omg:valueMapping <row> ;' }),
      ],
      ['a quantity', start + pairs(node, { field, value: '100 nM', facts: 'omg:quantity <quantity/nM/1e2> ;' })],
      [
        'an identifier',
        start + pairs(node, { field, value: 'gene', facts: 'omg:identifier <http://example.org/gene> ;' }),
      ],
      ['a number or code', start + pairs(node, { field, value: '48' }, { field, value: 'G2-1' })],
      [
        'the answer that there is nothing',
        start + pairs(node, { field, value: 'none' }, { field, value: 'Wild-type' }),
      ],
      ['free text of another field', start + pairs(node, { field: 'qcInfo', value: 'sharp' })],
    ],
    fail: [
      ['free text', start + pairs(node, { field, value: 'my cells' })],
      ['free text beside a grounded pair', start + pairs(node, grounded, { field, value: 'my cells' })],
      ['free text on what contains it', start + pairs('Project/1', { field, value: 'my cells' })],
    ],
  };
}

/** A field whose accessions should be those of its values. */
function agreement(
  field: string,
  start: string,
  right: string,
  value: string,
  wrong: string,
  node = 'Dataset/1',
): { pass: Cases; fail: Cases } {
  const beside = (accession: string): string =>
    pairs(node, { field, key: 'Sample', value }, { key: 'Sample Term Accession', value: accession });
  return {
    pass: [
      ['an accession of that name', start + beside(right)],
      ['no accession', start + pairs(node, { field, value })],
      ['another field with a wrong accession', start + beside(wrong).replace(`rembi:${field}`, 'rembi:qcInfo')],
    ],
    fail: [
      ['an accession of another thing', start + beside(wrong)],
      ['an accession of another thing in brackets', start + pairs(node, { field, value: `${value} (${wrong})` })],
    ],
  };
}

/** A field whose terms should be in use. */
function inUse(property: string, start: string, good: string): { pass: Cases; fail: Cases } {
  return {
    pass: [
      ['a term in use', `${start}<Dataset/1> ${property} obo:${good} .`],
      ['a term that is not at hand', `${start}<Dataset/1> ${property} <http://example.org/term> .`],
      ['no term', start],
    ],
    fail: [
      ['an obsolete term', `${start}<Dataset/1> ${property} obo:CL_0000003 .`],
      ['an obsolete term on the project', `${start}<Project/1> ${property} obo:FBbi_00000032 .`],
    ],
  };
}

function grounding(field: string, property: string, start: string, node: string): { pass: Cases; fail: Cases } {
  const term = `${property} <http://purl.obolibrary.org/obo/X_1>`;
  return {
    pass: [
      ['a grounded value', `${start}<${node}> rembi:${field} "value" ; ${term} .`],
      ['a value grounded above', `${start}<${node}> rembi:${field} "value" . <Project/1> ${term} .`],
      ['no value at all', start],
    ],
    fail: [['free text', `${start}<${node}> rembi:${field} "value" .`]],
  };
}

/** A field of an optional module: asked only when another field of it is used. */
function optional(field: string, other: string, facts: Cases = []): { pass: Cases; fail: Cases } {
  return {
    pass: [
      ['the module is not used', IMAGE],
      ['the module is used and the field stated', `${IMAGE}<Image/1> rembi:${other} "x" ; rembi:${field} "y" .`],
      [
        'used on the image, stated on the project',
        `${IMAGE}<Image/1> rembi:${other} "x" . <Project/1> rembi:${field} "y" .`,
      ],
      ...facts,
    ],
    fail: [
      ['another field of the module is stated on the image', `${IMAGE}<Image/1> rembi:${other} "x" .`],
      ['another field of the module is stated on the dataset', `${IMAGE}<Dataset/1> rembi:${other} "x" .`],
    ],
  };
}

const quantity = (node: string, value: string, unit: string): string =>
  `<${node}> a qudt:QuantityValue ; omekg:value ${value} ; omekg:unit "${unit}" .`;
const pixels = (facts: string): string =>
  `${BARE}${within('Image/1', 'Pixels/1')}<Pixels/1> a core:Pixels ; ${facts} .`;
const sized = 'core:size_x 1 ; core:size_y 1 ; core:size_c 1 ; core:size_t 1';
const physical = 'core:physical_size_x <Pixels/1/physical_size_x> ; core:physical_size_y <Pixels/1/physical_size_y>';
const pixelSize = (value: string, unit: string): string =>
  `${pixels('core:physical_size_x <Pixels/1/physical_size_x>')}${quantity('Pixels/1/physical_size_x', value, unit)}`;
const channel = (facts: string): string =>
  `${pixels('core:size_c 1')}${within('Pixels/1', 'Channel/10')}<Channel/10> a core:Channel ${facts === '' ? '' : `; ${facts}`} .`;
const ROI = `${within('Image/1', 'ROI/1')}<ROI/1> a core:ROI ; core:image <Image/1> .`;

/** Graphs that a shape passes and fails, by the local name of the shape. */
export type ShapeCases = Readonly<Record<string, { readonly pass: Cases; readonly fail: Cases }>>;

/** For each shape of shapes/rembi graphs that pass and graphs that fail. */
export const SHAPE_CASES: ShapeCases = {
  studyType: {
    pass: [
      ['stated on the project', `${PROJECT}<Project/1> rembi:studyType "atlas" .`],
      ['the type of a screen', `${SCREEN}<Screen/1> core:type "RNAi" .`],
    ],
    fail: [
      ['stated nowhere', PROJECT],
      ['stated on a dataset only', `${DATASET}<Dataset/1> rembi:studyType "atlas" .`],
    ],
  },
  studyDescription: {
    pass: [
      ['a description in OMERO', `${PROJECT}<Project/1> rdfs:comment "Why and what." .`],
      ['a key-value pair', `${SCREEN}<Screen/1> rembi:studyDescription "Why and what." .`],
    ],
    fail: [
      ['none', PROJECT],
      ['a description of the dataset only', `${DATASET}<Dataset/1> rdfs:comment "part" .`],
    ],
  },
  generalDatasetInformation: {
    pass: [['authors as a key-value pair', `${PROJECT}<Project/1> rembi:generalDatasetInformation "A. Author" .`]],
    fail: [
      ['none on the project', PROJECT],
      ['none on the screen', SCREEN],
    ],
  },
  studyDescriptionSaysSomething: described(placeholder('studyDescription', PROJECT, 'Project/1'), PROJECT, 'Project/1'),
  imagingMethod: {
    pass: [
      ['stated on the dataset', `${IMAGE}<Dataset/1> rembi:imagingMethod "confocal microscopy" .`],
      ['stated on the project', `${IMAGE}<Project/1> rembi:imagingMethod "confocal microscopy" .`],
      ['stated on every image', `${IMAGE}<Image/1> rembi:imagingMethod "confocal microscopy" .`],
      [
        'the acquisition mode of a channel',
        `${IMAGE}<Channel/10> core:acquisition_mode <https://ld.openmicroscopy.org/core/ChannelAcquisitionMode#WideField> .`,
      ],

      ['of a plate, stated on the screen', `${FIELD}<Screen/1> rembi:imagingMethod "widefield" .`],
      [
        'of a plate with an empty well, stated on every field',
        `${FIELD}${within('Plate/1', 'Well/2')}<Well/2> a core:Well . <Image/1> rembi:imagingMethod "widefield" .`,
      ],
      ['of a plate, stated on every field', `${FIELD}<Image/1> rembi:imagingMethod "widefield" .`],
      [
        'of a plate, the acquisition mode of a channel',
        `${FIELD}<Channel/10> core:acquisition_mode <https://ld.openmicroscopy.org/core/ChannelAcquisitionMode#SpinningDiskConfocal> .`,
      ],
    ],
    fail: [
      ['stated nowhere', IMAGE],
      [
        'stated on one of two images',
        `${IMAGE}${image(2, { parent: 'Dataset/1' })}<Image/1> rembi:imagingMethod "confocal" .`,
      ],
      [
        'an acquisition mode that is Other',
        `${IMAGE}<Channel/10> core:acquisition_mode <https://ld.openmicroscopy.org/core/ChannelAcquisitionMode#Other> .`,
      ],
      ['a dataset without images', DATASET],

      ['of a plate, stated nowhere', FIELD],
      [
        'of a plate, stated on one of two fields',
        `${FIELD}${image(2, { parent: 'WellSample/1' })}<Image/1> rembi:imagingMethod "x" .`,
      ],
      ['a plate without fields', PLATE],
    ],
  },
  studyComponentDescription: {
    pass: [
      ['the description of the dataset', `${DATASET}<Dataset/1> rdfs:comment "fed cells" .`],
      [
        'a key-value pair of the project',
        `${DATASET}<Project/1> rembi:studyComponentDescription "one dataset a condition" .`,
      ],
      ['the protocol of the screen', `${PLATE}<Screen/1> core:protocol_description "one plate a library" .`],
    ],
    fail: [
      ['none', DATASET],
      ['a description of the project only', `${DATASET}<Project/1> rdfs:comment "study" .`],
      ['a description of the image only', `${IMAGE}<Image/1> rdfs:comment "image" .`],
    ],
  },
  imagingMethodSaysSomething: placeholder('imagingMethod', DATASET, 'Dataset/1'),
  imagingMethodGrounded: grounding('imagingMethod', 'dwciri:measurementMethod', DATASET, 'Dataset/1'),
  biosampleIdentity: keyValueField('biosampleIdentity'),
  biologicalEntity: keyValueField('biologicalEntity'),
  organism: keyValueField('organism', 'Homo sapiens'),
  intrinsicVariable: keyValueField('intrinsicVariable'),
  extrinsicVariable: {
    pass: [
      ...keyValueField('extrinsicVariable').pass,
      ['the reagent of the well', `${FIELD}<Well/1> core:reagent <Reagent/1> . <Reagent/1> a core:Reagent .`],
    ],
    fail: [
      ...keyValueField('extrinsicVariable').fail,
      ['a reagent that no well uses', `${FIELD}<Reagent/1> a core:Reagent .`],
    ],
  },
  experimentalVariable: keyValueField('experimentalVariable'),
  biosampleIdentitySaysSomething: placeholder('biosampleIdentity', IMAGE, 'Dataset/1'),
  biologicalEntitySaysSomething: placeholder('biologicalEntity', IMAGE, 'Image/1'),
  organismSaysSomething: placeholder('organism', IMAGE, 'Project/1'),
  organismGrounded: grounding('organism', 'schema:taxonomicRange', IMAGE, 'Image/1'),
  experimentalStatus: keyValueField('experimentalStatus'),
  locationWithinBiosample: keyValueField('locationWithinBiosample'),
  preparationMethod: keyValueField('preparationMethod'),
  signalContrastMechanism: alsoFacts(
    'signalContrastMechanism',
    [
      [
        'the contrast method of a channel',
        channel('core:contrast_method <https://ld.openmicroscopy.org/core/ChannelContrastMethod#Fluorescence>'),
      ],
      [
        'the illumination of a channel',
        channel('core:illumination_type <https://ld.openmicroscopy.org/core/ChannelIlluminationType#Epifluorescence>'),
      ],
    ],
    [['a channel with a name only', channel('rdfs:label "DAPI"')]],
  ),
  channelContent: {
    pass: [
      ['the name of the channel', channel('rdfs:label "DAPI"')],
      ['the fluorophore of the channel', channel('core:fluor "GFP"')],
      ['stated on the image', `${channel('')}<Image/1> rembi:channelContent "DAPI" .`],
    ],
    fail: [['a channel without name', channel('core:channel_index 0')]],
  },
  channelBiologicalEntity: {
    pass: [
      ['stated on the image', `${channel('')}<Image/1> rembi:channelBiologicalEntity "DNA" .`],
      ['stated on the channel', channel('rembi:channelBiologicalEntity "DNA"')],
      ['stated on the dataset', `${channel('')}<Dataset/1> rembi:channelBiologicalEntity "DNA" .`],
    ],
    fail: [['a name only', channel('rdfs:label "DAPI"')]],
  },
  preparationMethodSaysSomething: {
    pass: [
      ...placeholder('preparationMethod', IMAGE, 'Dataset/1').pass,
      ['"none" beside another step', `${IMAGE}<Image/1> rembi:preparationMethod "None" , "stained with DAPI" .`],
    ],
    fail: [
      ...placeholder('preparationMethod', IMAGE, 'Dataset/1').fail,
      ['a placeholder beside another step', `${IMAGE}<Image/1> rembi:preparationMethod "TBD" , "stained with DAPI" .`],
    ],
  },
  instrumentAttributes: alsoFacts(
    'instrumentAttributes',
    [
      [
        'an instrument with a microscope',
        `${BARE}<Image/1> core:instrument <Instrument/1> . <Instrument/1> core:microscope <Instrument/1/microscope> .`,
      ],
      [
        'an instrument with an objective',
        `${BARE}<Image/1> core:instrument <Instrument/1> . ${within('Instrument/1', 'Objective/1')}`,
      ],
    ],
    [
      [
        'an instrument that states nothing',
        `${BARE}<Image/1> core:instrument <Instrument/1> . <Instrument/1> a core:Instrument .`,
      ],
    ],
  ),
  imageAcquisitionParameters: alsoFacts(
    'imageAcquisitionParameters',
    [
      [
        'an exposure time',
        `${pixels('core:plane_summary <Pixels/1/planes>')}<Pixels/1/planes> core:exposure_time_min <Pixels/1/planes/exposure_time_min> .`,
      ],
      ['detector settings of a channel', channel('core:detector_settings <Channel/10/detector_settings>')],
      ['light source settings of a channel', channel('core:light_source_settings <Channel/10/light_source_settings>')],
    ],
    [
      [
        'planes without exposure',
        `${pixels('core:plane_summary <Pixels/1/planes>')}<Pixels/1/planes> core:plane_count 3 .`,
      ],
    ],
  ),
  imageType: keyValueField('imageType', 'raw'),
  formatAndCompression: alsoFacts(
    'formatAndCompression',
    [
      [
        'the media type of an original file',
        `${BARE}<Image/1> core:fileset <Fileset/1> . ${within('Fileset/1', 'OriginalFile/1')}<OriginalFile/1> core:mime_type "image/tiff" .`,
      ],
    ],
    [
      [
        'a file without media type',
        `${BARE}<Image/1> core:fileset <Fileset/1> . ${within('Fileset/1', 'OriginalFile/1')}`,
      ],
    ],
  ),
  dimensionExtents: alsoFacts(
    'dimensionExtents',
    [['all five sizes', pixels(`${sized} ; core:size_z 1`)]],
    [['four of five sizes', pixels(sized)]],
  ),
  sizeDescription: alsoFacts(
    'sizeDescription',
    [['sizes and pixel sizes', pixels(`${sized} ; ${physical}`)]],
    [['sizes without pixel sizes', pixels(sized)]],
  ),
  pixelSizeDescription: alsoFacts(
    'pixelSizeDescription',
    [
      ['pixel size of one plane', pixels(`core:size_z 1 ; ${physical}`)],
      [
        'pixel size of a stack with its step',
        pixels(`core:size_z 5 ; ${physical} ; core:physical_size_z <Pixels/1/physical_size_z>`),
      ],
    ],
    [
      ['a stack without step', pixels(`core:size_z 5 ; ${physical}`)],
      ['only X', pixels('core:size_z 1 ; core:physical_size_x <Pixels/1/physical_size_x>')],
    ],
  ),
  channelInformation: alsoFacts(
    'channelInformation',
    [
      ['a channel with a name', channel('rdfs:label "DAPI"')],
      ['a channel with a wavelength', channel('core:emission_wavelength <Channel/10/emission_wavelength>')],
      ['a channel with a colour', channel('core:color 255')],
    ],
    [['a channel that states nothing', channel('core:channel_index 0')]],
  ),
  imageProcessingMethod: keyValueField('imageProcessingMethod'),
  contrastInversion: keyValueField('contrastInversion'),
  qcInfo: keyValueField('qcInfo'),
  pixelSizeInLength: {
    pass: [
      ['micrometres', pixelSize('0.1e0', 'µm')],
      ['no pixel size', BARE],
    ],
    fail: [
      ['pixels', pixelSize('1.0e0', 'pixel')],
      ['a reference frame', pixelSize('1.0e0', 'reference frame')],
    ],
  },
  pixelSizePositive: {
    pass: [
      ['a tenth of a micrometre', pixelSize('0.1e0', 'µm')],
      ['an integer', pixelSize('1', 'µm')],
      ['no pixel size', BARE],
    ],
    fail: [
      ['zero', pixelSize('0.0e0', 'µm')],
      ['negative', pixelSize('-0.1e0', 'µm')],
    ],
  },
  spatialAndTemporalAlignment: optional('spatialAndTemporalAlignment', 'fiducialsUsed'),
  fiducialsUsed: optional('fiducialsUsed', 'relatedImages'),
  transformationMatrix: optional('transformationMatrix', 'spatialAndTemporalAlignment'),
  relatedImages: optional('relatedImages', 'transformationMatrix'),
  analysisResultType: optional('analysisResultType', 'analysisMethod', [
    ['regions of interest answer', `${IMAGE}${ROI}<Image/1> rembi:analysisMethod "Fiji" .`],
  ]),
  dataUsedForAnalysis: optional('dataUsedForAnalysis', 'analysisMethod', [
    ['regions of interest answer', `${IMAGE}${ROI}<Image/1> rembi:analysisMethod "Fiji" .`],
  ]),
  analysisMethod: optional('analysisMethod', 'analysisResultType', [
    ['regions of interest alone do not use the module', IMAGE + ROI],
  ]),
  studyTypeSaysSomething: placeholder('studyType', PROJECT, 'Project/1', 'is an answer'),
  generalDatasetInformationSaysSomething: placeholder('generalDatasetInformation', SCREEN, 'Screen/1'),
  studyTypeGrounded: freeText('studyType', PROJECT, 'Project/1'),
  studyComponentDescriptionSaysSomething: described(
    placeholder('studyComponentDescription', DATASET, 'Dataset/1'),
    DATASET,
    'Dataset/1',
  ),
  imagingMethodInFbbi: {
    pass: [
      ['an imaging method', `${DATASET}<Dataset/1> dwciri:measurementMethod obo:FBbi_00000253 .`],
      ['the root of imaging methods', `${DATASET}<Project/1> dwciri:measurementMethod obo:FBbi_00000222 .`],
      ['a term that is not at hand', `${DATASET}<Dataset/1> dwciri:measurementMethod <http://example.org/method> .`],
      ['no term', DATASET],
    ],
    fail: [
      ['a method of illumination', `${DATASET}<Dataset/1> dwciri:measurementMethod obo:FBbi_00000268 .`],
      ['a term of another ontology', `${DATASET}<Project/1> dwciri:measurementMethod obo:CL_0000000 .`],
      ['an id that FBbi has not', `${DATASET}<Dataset/1> dwciri:measurementMethod obo:FBbi_99999999 .`],
      [
        'a method of illumination beside an imaging method',
        `${DATASET}<Dataset/1> dwciri:measurementMethod obo:FBbi_00000253 , obo:FBbi_00000268 .`,
      ],
    ],
  },
  imagingMethodTermInUse: inUse('dwciri:measurementMethod', DATASET, 'FBbi_00000253'),
  imagingMethodAgrees: agreement('imagingMethod', DATASET, 'FBbi:00000251', 'confocal microscopy', 'FBbi:00000256'),
  imageMethodSaysSomething: placeholder('imagingMethod', IMAGE, 'Image/1'),
  imageMethodGrounded: {
    pass: [
      ['a grounded value', `${IMAGE}<Image/1> rembi:imagingMethod "x" ; dwciri:measurementMethod obo:FBbi_00000251 .`],
      ['free text of the dataset, which is told there', `${IMAGE}<Dataset/1> rembi:imagingMethod "x" .`],
      ['no value at all', IMAGE],
    ],
    fail: [['free text', `${IMAGE}<Image/1> rembi:imagingMethod "x" .`]],
  },
  imageMethodInFbbi: {
    pass: [
      ['an imaging method', `${IMAGE}<Image/1> dwciri:measurementMethod obo:FBbi_00000253 .`],
      ['no term', IMAGE],
    ],
    fail: [['a method of illumination', `${IMAGE}<Image/1> dwciri:measurementMethod obo:FBbi_00000268 .`]],
  },
  imageMethodAgrees: agreement(
    'imagingMethod',
    IMAGE,
    'FBbi:00000251',
    'confocal microscopy',
    'FBbi:00000256',
    'Image/1',
  ),
  intrinsicVariableSaysSomething: placeholder('intrinsicVariable', IMAGE, 'Image/1', 'is an answer'),
  extrinsicVariableSaysSomething: placeholder('extrinsicVariable', IMAGE, 'Dataset/1', 'is an answer'),
  experimentalVariableSaysSomething: placeholder('experimentalVariable', IMAGE, 'Project/1', 'is an answer'),
  organismInTaxonomy: {
    pass: [
      ['a taxon', `${IMAGE}<Image/1> schema:taxonomicRange obo:NCBITaxon_9606 .`],
      ['no term', IMAGE],
    ],
    fail: [
      ['a term of another ontology', `${IMAGE}<Image/1> schema:taxonomicRange obo:CLO_0003684 .`],
      ['a page about a taxon', `${IMAGE}<Project/1> schema:taxonomicRange <https://example.org/NCBITaxon_9606> .`],
    ],
  },
  organismTermInUse: inUse('schema:taxonomicRange', IMAGE, 'NCBITaxon_9606'),
  organismAgrees: agreement('organism', IMAGE, 'NCBITaxon:9606', 'human', 'NCBITaxon:10090'),
  biologicalEntityGrounded: freeText('biologicalEntity', IMAGE, 'Image/1'),
  biologicalEntityAgrees: agreement('biologicalEntity', IMAGE, 'CL:0000540', 'neuron', 'CL:0000057'),
  intrinsicVariableGrounded: freeText('intrinsicVariable', IMAGE, 'Dataset/1'),
  extrinsicVariableGrounded: freeText('extrinsicVariable', IMAGE, 'Image/1'),
  experimentalVariableGrounded: freeText('experimentalVariable', IMAGE, 'Image/1'),
  termsInUse: inUse('schema:about', IMAGE, 'CL_0000000'),
  experimentalStatusSaysSomething: placeholder('experimentalStatus', IMAGE, 'Image/1', 'is an answer'),
  locationWithinBiosampleSaysSomething: placeholder('locationWithinBiosample', IMAGE, 'Image/1', 'is an answer'),
  signalContrastMechanismSaysSomething: placeholder('signalContrastMechanism', IMAGE, 'Image/1', 'is an answer'),
  channelContentSaysSomething: placeholder('channelContent', channel(''), 'Image/1', 'is an answer'),
  channelBiologicalEntitySaysSomething: placeholder(
    'channelBiologicalEntity',
    channel(''),
    'Channel/10',
    'is an answer',
  ),
  channelNameSaysSomething: {
    pass: [
      ['a dye', channel('rdfs:label "DAPI"')],
      ['a dye with a number', channel('rdfs:label "Alexa Fluor 488"')],
      ['a wavelength with its unit', channel('rdfs:label "488 nm"')],
      ['a number with a fluorophore', channel('rdfs:label "Channel 1" ; core:fluor "GFP"')],
      ['a number with a key-value pair', `${channel('rdfs:label "0"')}<Dataset/1> rembi:channelContent "DAPI" .`],
      ['no name at all', channel('')],
    ],
    fail: ['Channel 1', '0', 'Ch2', 'C=0', 'Channel:0:1', 'Cam 3', ' Track 1 '].map((name) => [
      `the name "${name}"`,
      channel(`rdfs:label "${name}"`),
    ]),
  },
  locationWithinBiosampleGrounded: freeText('locationWithinBiosample', IMAGE, 'Image/1'),
  preparationMethodGrounded: freeText('preparationMethod', IMAGE, 'Image/1'),
  signalContrastMechanismGrounded: freeText('signalContrastMechanism', IMAGE, 'Dataset/1'),
  instrumentAttributesSaysSomething: placeholder('instrumentAttributes', IMAGE, 'Image/1'),
  imageAcquisitionParametersSaysSomething: placeholder('imageAcquisitionParameters', IMAGE, 'Dataset/1'),
  imageTypeSaysSomething: placeholder('imageType', IMAGE, 'Image/1', 'is an answer'),
  formatAndCompressionSaysSomething: placeholder('formatAndCompression', IMAGE, 'Image/1', 'is an answer'),
  dimensionExtentsSaysSomething: placeholder('dimensionExtents', IMAGE, 'Image/1'),
  sizeDescriptionSaysSomething: placeholder('sizeDescription', IMAGE, 'Image/1'),
  pixelSizeDescriptionSaysSomething: placeholder('pixelSizeDescription', IMAGE, 'Image/1'),
  channelInformationSaysSomething: placeholder('channelInformation', IMAGE, 'Image/1'),
  imageProcessingMethodSaysSomething: placeholder('imageProcessingMethod', IMAGE, 'Image/1', 'is an answer'),
  contrastInversionSaysSomething: placeholder('contrastInversion', IMAGE, 'Image/1', 'is an answer'),
  qcInfoSaysSomething: placeholder('qcInfo', IMAGE, 'Image/1', 'is an answer'),
  spatialAndTemporalAlignmentSaysSomething: placeholder('spatialAndTemporalAlignment', IMAGE, 'Image/1'),
  fiducialsUsedSaysSomething: placeholder('fiducialsUsed', IMAGE, 'Image/1', 'is an answer'),
  transformationMatrixSaysSomething: placeholder('transformationMatrix', IMAGE, 'Image/1', 'is an answer'),
  relatedImagesSaysSomething: placeholder('relatedImages', IMAGE, 'Image/1', 'is an answer'),
  analysisResultTypeSaysSomething: placeholder('analysisResultType', IMAGE, 'Image/1', 'is an answer'),
  dataUsedForAnalysisSaysSomething: placeholder('dataUsedForAnalysis', IMAGE, 'Image/1', 'is an answer'),
  analysisMethodSaysSomething: placeholder('analysisMethod', IMAGE, 'Image/1'),
};
