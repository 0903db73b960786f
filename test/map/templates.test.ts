import { describe, expect, it } from 'vitest';
import { matchKeys } from '../../src/map/matchKeys.js';
import type { KeyValue } from '../../src/ome/model.js';
import { context } from './mapContext.js';

/** Typical keys of a template with what they are; a line is `key → field kind`, `companion`, `none` or `unknown`. */
function check(lines: string, namespace?: string): void {
  const rows = lines
    .trim()
    .split('\n')
    .map((line) => line.trim().split(' → ') as [string, string]);
  const pairs = rows.map(([key]): KeyValue => [key.replace(' (head)', ''), key.endsWith('(head)') ? '' : 'x']);
  const found = matchKeys(pairs, namespace, context.mappings).map((match, i) => {
    const what =
      match.kind === 'row' ? (match.row.field ? `${match.row.field} ${match.valueKind}` : 'none') : match.kind;
    return `${rows[i]?.[0]} → ${what}`;
  });
  expect(found).toEqual(rows.map((row) => row.join(' → ')));
}

describe('the keys of a template work out of the box:', () => {
  it('IDR annotation files', () => {
    check(`
      Source Name → biosampleIdentity identifier
      Characteristics [Organism] → organism organism
      Term Source 1 REF → companion
      Term Source 1 Accession → companion
      Characteristics [Organism Part] → biologicalEntity organismPart
      Characteristics [Cell Type] → biologicalEntity cellType
      Comment [Cell Line] → biologicalEntity cellLine
      Characteristics [Developmental Stage] → intrinsicVariable developmentalStage
      Experimental Condition [Compound] → extrinsicVariable compound
      Compound 1 InChIKey → extrinsicVariable compound
      Comment [Gene Symbol] → intrinsicVariable gene
      siRNA Pool Identifier → extrinsicVariable nucleicAcidReagent
      Experimental Condition [Fixation] → preparationMethod fixation
      Channels → channelContent channels
      Control Type → experimentalStatus experimentalStatus
      Quality Control → qcInfo text
      Has Phenotype → analysisResultType text
      Phenotype 1 → analysisResultType phenotype
      Phenotype 1 Term Name → companion
      Phenotype 1 Term Accession → companion
      Comment [Image File] → none
      Plate_Well → none
      Comments → none
    `);
  });

  it('IDR study files', () => {
    check(`
      Comment[IDR Study Accession] → generalDatasetInformation identifier
      Study Title → studyDescription text
      Study Type → studyType studyType
      Study Type Term Source REF → companion
      Study Type Term Accession → companion
      Study Key Words → studyDescription text
      Study Organism → organism organism
      Study PubMed ID → studyDescription identifier
      Study Author List → generalDatasetInformation person
      Study License → generalDatasetInformation licence
      Study Public Release Date → generalDatasetInformation date
      Study Person ORCID → generalDatasetInformation person
      Term Source Name → companion
      Screen Imaging Method → imagingMethod imagingMethod
      Screen Technology Type → studyComponentDescription screenTechnology
      Screen Type → studyComponentDescription screenType
      Library Type → studyComponentDescription libraryType
      Library Manufacturer → studyComponentDescription text
      Protocol Name → preparationMethod text
      Protocol Type → preparationMethod protocolType
      Phenotype Name → analysisResultType phenotype
      Feature Level Data File Format → analysisResultType text
      Processed Data Column Description → analysisResultType text
      Study Screens Number → none
      Experiment Example Images → none
      Experiment Assay File → none
    `);
  });

  it('REMBI template of CAi Düsseldorf, whose sections have heads', () => {
    check(`
      Study: (head) → none
      study type → studyType studyType
      study term accession number → companion
      Study component: (head) → none
      imaging method → imagingMethod imagingMethod
      imaging method term accession number → companion
      imaging method term accession number source REF → companion
      Biosample: (head) → none
      identity → biosampleIdentity identifier
      biological entity → biologicalEntity biologicalEntity
      organism → organism organism
      organism term accession number → companion
      intrinsic variable → intrinsicVariable quality
      extrinsic variable → extrinsicVariable treatment
      Specimen (sample put under the microscope) (head) → none
      experimental status → experimentalStatus experimentalStatus
      preparation method → preparationMethod preparation
      refractive index of mounting medium → preparationMethod quantity
      Channel 1 - content → channelContent stain
      Channel 1 - biological entity → channelBiologicalEntity cellularComponent
      Image acquisition: (head) → none
      instrument attributes → instrumentAttributes text
      Camera model → instrumentAttributes text
      image acquisition parameters → imageAcquisitionParameters text
    `);
  });

  it('conventions of TU Dresden: REMBI on one row, in one line of values after the cell "dataset"', () => {
    check(`
      dataset → none
      Study type → studyType studyType
      Imaging method → imagingMethod imagingMethod
      Study component description → studyComponentDescription text
      Organism → organism organism
      Biological entity → biologicalEntity biologicalEntity
      Location within biosample → locationWithinBiosample organismPart
      Preparation method → preparationMethod preparation
      Signal/contrast mechanism → signalContrastMechanism signalContrast
      Channel - content → channelContent stain
      Instrument attributes → instrumentAttributes text
      Objective magnification → instrumentAttributes text
      Exposure time (ms) → imageAcquisitionParameters quantity
      Section thickness [µm] → preparationMethod quantity
      Accelerating voltage (kV) → imageAcquisitionParameters quantity
      Pixel size (nm) → pixelSizeDescription quantity
      Growth temperature (°C) → extrinsicVariable quantity
      Primary antibody → channelContent antibody
      Fixative → preparationMethod fixation
      Embedding resin → preparationMethod embedding
    `);
  });

  it('ISA tables of CECAD and ARC', () => {
    check(`
      OBJECT_ID → none
      OBJECT_NAME → none
      SourceName → biosampleIdentity identifier
      Characteristic[organism] → organism organism
      TermSourceREF(OBI:0100026) → companion
      TermAccessionNumber(OBI:0100026) → companion
      Characteristic[organismpart] → biologicalEntity organismPart
      TermAccessionNumber(EFO:0000635) → companion
      Characteristic[plantage] → intrinsicVariable age
      Unit → companion
      ProtocolREF → preparationMethod text
      Parameter[Voltage] → imageAcquisitionParameters quantity
      Unit → companion
      Parameter[IndicatedMagnification] → instrumentAttributes quantity
      TermAccessionNumber(MS:1000015?) → companion
      SampleName → biosampleIdentity identifier
      Data File Name → none
      Comment[<Worksheet>] → none
    `);
    check(
      `
      Identifier → generalDatasetInformation identifier
      Title → studyDescription text
      Description → studyDescription text
      Submission Date → generalDatasetInformation date
      `,
      'ARC:ISA:STUDY:STUDY',
    );
    check(
      `
      Last Name → generalDatasetInformation person
      Mid Initials → generalDatasetInformation person
      Roles → generalDatasetInformation person
      Roles Term Accession Number → companion
      Comment[<Study Person ORCID>] → generalDatasetInformation person
      `,
      'ARC:ISA:STUDY:STUDY CONTACTS',
    );
    check(
      `
      Measurement Type → studyComponentDescription text
      Measurement Type Term Source REF → companion
      Technology Type → imagingMethod imagingMethod
      Technology Platform → instrumentAttributes text
      Title → studyComponentDescription text
      `,
      'ARC:ISA:ASSAY:ASSAY',
    );
  });

  it('modules of NL-BioImaging', () => {
    check(
      `
      Organism → organism organism
      Organism_term_accession → companion
      Biological_Material_Type → biologicalEntity biologicalEntity
      Biological_Material_Type_term_accession → companion
      Biological_Material_Tissue_Origin → biologicalEntity organismPart
      Biological_Material_Cell_Type → biologicalEntity cellType
      Biosample_Intrinsic_Variable → intrinsicVariable quality
      Biosample_Extrinsic_Variable → extrinsicVariable treatment
      Biosample_Experimental_Variable → experimentalVariable experimentalCondition
      `,
      'REMBI_Biosample',
    );
    check(`
      Assay Title → studyComponentDescription text
      Assay Description → studyComponentDescription text
      Assay Technology Type → imagingMethod imagingMethod
      Assay number of biological replicates → experimentalVariable text
      Assay internal ID → generalDatasetInformation identifier
      Assay External URL → generalDatasetInformation identifier
      Number of plates → none
    `);
  });

  it('import template of UMass', () => {
    check(`
      Project_Description → studyDescription text
      Dataset_Description → studyComponentDescription text
      Study_Component_Name → studyComponentDescription text
      Biological_Organism → organism organism
      Biological_Organism_Term_Accession → companion
      Biological_Entity_Type → biologicalEntity biologicalEntity
      Biological_Entity_Status → biologicalEntity text
      Cell_line → biologicalEntity cellLine
      Fixation_condition → preparationMethod fixation
      Antigen_Retrival → preparationMethod preparation
      Section_Thickness → preparationMethod quantity
      Channel 1_Label → channelContent stain
      Channel 1_1ary_Antibody_ID → channelContent antibody
      Channel 1_2ary_Antibody_name → channelContent antibody
      DNA_counterstain → channelContent stain
      Number_of_Channels → dimensionExtents quantity
      Instrument_Quality_Control → instrumentAttributes text
      Experimenter_name → generalDatasetInformation person
      Image_Name → none
      Well_ID → none
      Comments → none
    `);
  });

  it('OMERO.mde with the template of IDR', () => {
    check(`
      Study Title → studyDescription text
      Study Person Last Name → generalDatasetInformation person
      Study Person First Name → generalDatasetInformation person
      Study Data Publisher → generalDatasetInformation organization
      Study BioImage Archive Accession → generalDatasetInformation identifier
      Experiment Description → studyComponentDescription text
      Experiment Imaging Method → imagingMethod imagingMethod
      Experiment Imaging Method Term Accession → companion
      Experiment Sample Type → biologicalEntity biologicalEntity
      Experiment Size → dimensionExtents quantity
      Experiment Data DOI → generalDatasetInformation identifier
      Experiment Number → none
    `);
  });
});
