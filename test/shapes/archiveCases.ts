import { within } from '../audit/studyGraph.js';
import { DATASET, IMAGE, PROJECT, SCREEN, type ShapeCases } from './rembiCases.js';

const file = (facts = ''): string =>
  `<Image/1> core:fileset <Fileset/1> . ${within('Fileset/1', 'OriginalFile/1')}<OriginalFile/1> a core:OriginalFile${facts} .`;
const named = (name: string): string => `<Project/1> a core:Project ; rdfs:label "${name}" .`;
const SENTENCE = 'Mitochondria of HeLa cells, fed and starved.';

/** For each shape of shapes/bioimage-archive that is none of REMBI. */
export const BIOIMAGE_ARCHIVE_CASES: ShapeCases = {
  title: {
    pass: [
      ['25 characters', named('Starvation of HeLa cells!')],
      ['more than that', named(SENTENCE)],
    ],
    fail: [
      ['24 characters', named('Starvation of HeLa cells')],
      ['a short name of a screen', SCREEN],
    ],
  },
  descriptionLength: {
    pass: [
      ['a sentence', `${PROJECT}<Project/1> rdfs:comment "${SENTENCE}" .`],
      ['a sentence as a key-value pair', `${SCREEN}<Screen/1> rembi:studyDescription "${SENTENCE}" .`],
      [
        'a sentence beside a word',
        `${PROJECT}<Project/1> rdfs:comment "HeLa" ; rembi:studyDescription "${SENTENCE}" .`,
      ],
      ['none, which another shape asks for', PROJECT],
    ],
    fail: [['a word', `${PROJECT}<Project/1> rdfs:comment "HeLa" .`]],
  },
  keywords: {
    pass: [
      ['a tag', `${PROJECT}<Project/1> omekg:tag_annotation_value "autophagy" .`],
      ['the study type', `${SCREEN}<Screen/1> rembi:studyType "RNAi screen" .`],
      [
        'a key-value pair',
        `${PROJECT}<Project/1> core:hasAnnotation <MapAnnotation/1> . <MapAnnotation/1> core:mapEntry <MapAnnotation/1/entry/0> .
         <MapAnnotation/1/entry/0> core:key "Keywords " ; core:value "autophagy, HeLa" .`,
      ],
    ],
    fail: [
      ['none', PROJECT],
      ['a tag of a dataset', `${DATASET}<Dataset/1> omekg:tag_annotation_value "autophagy" .`],
      [
        'a key that holds the word',
        `${PROJECT}<Project/1> core:hasAnnotation <MapAnnotation/1> . <MapAnnotation/1> core:mapEntry <MapAnnotation/1/entry/0> .
         <MapAnnotation/1/entry/0> core:key "no keywords" ; core:value "" .`,
      ],
    ],
  },
  imageFile: {
    pass: [
      ['a file of its fileset', IMAGE + file()],
      ['a fileset that contains the image', `${IMAGE}${within('Fileset/1', 'Image/1')}<Fileset/1> a core:Fileset .`],
    ],
    fail: [
      ['no fileset', IMAGE],
      ['a fileset without files', `${IMAGE}<Image/1> core:fileset <Fileset/1> . <Fileset/1> a core:Fileset .`],
    ],
  },
  cleanText: {
    pass: [
      ['a text', `${IMAGE}<Image/1> rembi:preparationMethod "fixed in 4% PFA, 37 °C, 0.1 µm – näher" .`],
      ['lines and tabs', `${PROJECT}<Project/1> rdfs:comment "one\\n\\ttwo\\r\\nthree" .`],
      ['another script', `${PROJECT}<Project/1> rdfs:comment "細胞 клетки 👩🏽" .`],
    ],
    fail: [
      ['a control character', `${IMAGE}<Image/1> rembi:preparationMethod "fixed\\u0008" .`],
      ['a mark of direction', `${IMAGE}<Dataset/1> rembi:organism "Homo\\u200E sapiens" .`],
      ['a space without width', `${PROJECT}<Project/1> rdfs:comment "Fed\\u200Bcells" .`],
      ['a byte order mark', `${PROJECT}<Project/1> rdfs:label "\\uFEFFproject" .`],
    ],
  },
  organismIsSpecies: {
    pass: [
      ['a species', `${IMAGE}<Image/1> schema:taxonomicRange obo:X . obo:X dwc:scientificName "Homo sapiens" .`],
      ['a virus', `${IMAGE}<Image/1> schema:taxonomicRange obo:X . obo:X dwc:scientificName "Zika virus" .`],
      ['a term without a name', `${IMAGE}<Image/1> schema:taxonomicRange obo:X .`],
    ],
    fail: [['a genus', `${IMAGE}<Project/1> schema:taxonomicRange obo:X . obo:X dwc:scientificName "Drosophila" .`]],
  },
};

/** For each shape of shapes/zenodo that is none of REMBI. */
export const ZENODO_CASES: ShapeCases = {
  title: {
    pass: [['a name', PROJECT]],
    fail: [['none', '<Screen/1> a core:Screen .']],
  },
  imageFile: BIOIMAGE_ARCHIVE_CASES.imageFile ?? { pass: [], fail: [] },
  fileNotEmpty: {
    pass: [
      ['a file with bytes', IMAGE + file(' ; core:size 1')],
      ['a file of unknown size', IMAGE + file()],
      ['no file', IMAGE],
    ],
    fail: [
      ['an empty file', IMAGE + file(' ; core:size 0')],
      [
        'an empty file beside another',
        `${IMAGE}${file(' ; core:size 1')}${within('Fileset/1', 'OriginalFile/2')}<OriginalFile/2> core:size 0 .`,
      ],
    ],
  },
  fileFits: {
    pass: [['50 GB', IMAGE + file(' ; core:size 50000000000')]],
    fail: [['a byte more', IMAGE + file(' ; core:size 50000000001')]],
  },
};

/** For each shape of shapes/gide. */
export const GIDE_CASES: ShapeCases = {
  name: {
    pass: [['a name', `${PROJECT}<Project/1> schema:name "project" .`]],
    fail: [['none', SCREEN]],
  },
  description: {
    pass: [
      ['a description', `${PROJECT}<Project/1> schema:description "Why and what." .`],
      ['a key-value pair', `${SCREEN}<Screen/1> rembi:studyDescription "Why and what." .`],
    ],
    fail: [
      ['none', PROJECT],
      ['a description of a dataset', `${DATASET}<Dataset/1> schema:description "part" .`],
    ],
  },
  about: {
    pass: [
      ['a taxon of the project', `${PROJECT}<Project/1> schema:taxonomicRange obo:NCBITaxon_9606 .`],
      ['a taxon of an image', `${IMAGE}<Image/1> schema:taxonomicRange obo:NCBITaxon_9606 .`],
      ['another term of a dataset', `${DATASET}<Dataset/1> schema:about obo:CL_0000540 .`],
    ],
    fail: [
      ['none', IMAGE],
      ['free text', `${IMAGE}<Image/1> rembi:organism "human" .`],
      ['a term of something else', `${PROJECT}<Dataset/9> schema:about obo:CL_0000540 .`],
    ],
  },
  measurementMethod: {
    pass: [
      ['a term of the project', `${PROJECT}<Project/1> dwciri:measurementMethod obo:FBbi_00000251 .`],
      ['a term of an image', `${IMAGE}<Image/1> dwciri:measurementMethod obo:FBbi_00000251 .`],
    ],
    fail: [['free text', `${IMAGE}<Project/1> rembi:imagingMethod "confocal" .`]],
  },
  keywords: {
    pass: [['a tag', `${PROJECT}<Project/1> omekg:tag_annotation_value "autophagy" .`]],
    fail: [['none', PROJECT]],
  },
  taxonName: {
    pass: [['a name', 'obo:NCBITaxon_9606 a dwc:Taxon ; dwc:scientificName "Homo sapiens" .']],
    fail: [['an accession only', 'obo:NCBITaxon_9606 a dwc:Taxon .']],
  },
  termName: {
    pass: [['a name', 'obo:CL_0000540 a schema:DefinedTerm ; rdfs:label "neuron" .']],
    fail: [['an accession only', 'obo:CL_0000540 a schema:DefinedTerm .']],
  },
};
