import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { KeyValueRow } from '../../../src/extract/csv/csvContext.js';
import { csvKeyValues } from '../../../src/extract/csv/csvKeyValues.js';
import { keyValueFiles } from '../../../src/extract/csv/keyValueFile.js';
import type { Finding } from '../../../src/findings.js';
import { matchKeys } from '../../../src/map/matchKeys.js';
import { context } from '../../map/mapContext.js';

async function read(name: string, about = ''): Promise<readonly KeyValueRow[]> {
  const [file] = keyValueFiles([about + join('test/fixtures/keyvalues', name)]);
  const findings: Finding[] = [];
  const rows: KeyValueRow[] = [];
  for await (const row of csvKeyValues(file ?? { path: '', label: '' }, { onFinding: (f) => findings.push(f) }))
    rows.push(row);
  expect(findings).toEqual([]);
  return rows;
}
const named = ({ target: { type, ref, name, within } }: KeyValueRow): string =>
  [ref ?? `${type} ${name}`, ...within.map((outer) => `${outer.type} ${outer.name}`)].join(' in ');

/** The keys of a row with the REMBI fields that the shipped tables give them. */
const fields = ({ sets }: KeyValueRow): string[] =>
  sets.flatMap(({ namespace, pairs }) =>
    matchKeys(pairs, namespace, context.mappings).map((match, i) => {
      const field = match.kind === 'row' ? (match.row.field ?? 'none') : match.kind;
      return `${pairs[i]?.join(' = ')} → ${field}`;
    }),
  );

describe('a CSV in the layout of a template is read and its keys are known:', () => {
  it('the export of omero-scripts, with parents, namespaces, repeated keys and tags', async () => {
    const rows = await read('omero-scripts.csv');
    expect(rows.map((row) => [named(row), row.tags.join(' ')])).toEqual([
      ['Image:1461 in Project Spindles in Dataset Control', 'Control Screened[Quality]'],
      ['Image:1462 in Project Spindles in Dataset Control', ''],
      ['Image:1470 in Project Spindles in Dataset Taxol', 'Taxol'],
    ]);
    expect(rows[0] && fields(rows[0])).toEqual([
      'Fixation = 4% PFA → preparationMethod',
      'Primary antibody = anti-tubulin → channelContent',
      'Primary antibody = anti-actin → channelContent',
      'Organism = Homo sapiens → organism',
    ]);
    expect(rows[1]?.sets[0]?.pairs[0]).toEqual(['Fixation', 'ice-cold methanol, -20 °C']);
  });

  it('the REMBI template of CAi Düsseldorf, a key a row', async () => {
    const [sheet, ...more] = await read('hhu-rembi.csv', 'Dataset:7=');
    expect(more).toEqual([]);
    expect(sheet && named(sheet)).toBe('Dataset:7');
    expect(sheet && fields(sheet)).toEqual([
      'Study: =  → none',
      'study type = live cell imaging → studyType',
      'Study component: =  → none',
      'imaging method = spinning disk confocal microscopy → imagingMethod',
      'imaging method term accession number = FBbi_00000253 → companion',
      'Biosample: =  → none',
      'identity = line 7 → biosampleIdentity',
      'biological entity = HeLa cells → biologicalEntity',
      'organism = Homo sapiens → organism',
      'organism term accession number = NCBITaxon_9606 → companion',
      'extrinsic variable = 10 nM taxol → extrinsicVariable',
      'extrinsic variable = 60 min → extrinsicVariable',
      'Specimen (sample put under the microscope) =  → none',
      'experimental status = test → experimentalStatus',
      'preparation method = live → preparationMethod',
      'Channel 1 - content = GFP, enhanced → channelContent',
      'Channel 1 - biological entity = tubulin → channelBiologicalEntity',
    ]);
  });

  it('TU Dresden, one row below the cell "dataset"', async () => {
    const [row, ...more] = await read('tud-light.csv');
    expect(more).toEqual([]);
    expect(row && named(row)).toBe('Dataset Spindles in worms');
    expect(row && fields(row)).toEqual([
      'Study type = fixed cells → studyType',
      'Imaging method = structured illumination microscopy → imagingMethod',
      'Organism = Caenorhabditis elegans → organism',
      'Biological entity = embryo → biologicalEntity',
      'Preparation method = methanol, -20 °C → preparationMethod',
      'Exposure time (ms) = 50 → imageAcquisitionParameters',
      'Pixel size (nm) = 43.2 → pixelSizeDescription',
      'Growth temperature (°C) = 20 → extrinsicVariable',
    ]);
  });

  it('UMass, with modules in a column of their own', async () => {
    const [sheet] = await read('umass-import.csv', 'Project:3=');
    expect(sheet && named(sheet)).toBe('Project:3');
    expect(sheet && fields(sheet)).toEqual([
      'Study =  → none',
      'Project_Description = Cilia of the kidney → studyDescription',
      'Biosample =  → none',
      'Biological_Organism = Mus musculus → organism',
      'Biological_Organism_Term_Accession = NCBITaxon_10090 → companion',
      'Cell_line = IMCD3 → biologicalEntity',
      'Specimen =  → none',
      'Fixation_condition = 4% PFA → preparationMethod',
      'Section_Thickness = 10 µm → preparationMethod',
    ]);
  });

  it('CECAD Cologne, with ISA headers, semicolons and decimal commas', async () => {
    const rows = await read('cecad-arc.csv');
    expect(rows.map(named)).toEqual(['Image:501', 'Image:502']);
    expect(rows[0]?.sets.map((set) => set.namespace)).toEqual(['ARC:ISA:ASSAY:TABLE']);
    expect(rows[0] && fields(rows[0])).toEqual([
      'SourceName = plant 1 → biosampleIdentity',
      'Characteristic[organism] = Arabidopsis thaliana → organism',
      'TermAccessionNumber(OBI:0100026) = NCBITaxon:3702 → companion',
      'Parameter[Voltage] = 2,5 → imageAcquisitionParameters',
      'Unit = kilovolt → companion',
      'Parameter[IndicatedMagnification] = 1000,0 → instrumentAttributes',
    ]);
  });

  it('NL-BioImaging, with the module as namespace', async () => {
    const rows = await read('nl-biosample.csv');
    expect(rows.map(named)).toEqual(['Image a.tif', 'Image b.tif']);
    expect(rows[0]?.sets.map((set) => set.namespace)).toEqual(['REMBI_Biosample']);
    expect(rows[0] && fields(rows[0])).toEqual([
      'Organism = Mus musculus → organism',
      'Organism_term_accession = NCBITaxon:10090 → companion',
      'Biological_Material_Cell_Type = fibroblast → biologicalEntity',
      'Biosample_Extrinsic_Variable = hypoxia → extrinsicVariable',
    ]);
  });

  it('IDR, with images in datasets and wells on plates', async () => {
    const images = await read('idr-experiment.csv');
    expect(images.map(named)).toEqual(['Image a.tif in Dataset Control', 'Image a.tif in Dataset Taxol']);
    expect(images[0] && fields(images[0])).toEqual([
      'Source Name = cells → biosampleIdentity',
      'Characteristics [Organism] = Homo sapiens → organism',
      'Term Source 1 REF = NCBITaxon → companion',
      'Term Source 1 Accession = NCBITaxon_9606 → companion',
      'Comment [Gene Symbol] = PLK1 → intrinsicVariable',
      'Channels = DAPI:nuclei; GFP:tubulin → channelContent',
    ]);
    const wells = await read('idr-screen.csv');
    expect(wells.map(named)).toEqual(['Well A1 in Plate P001', 'Well B12 in Plate P001', 'Well a01 in Plate P002']);
    expect(wells[0] && fields(wells[0]).slice(-3)).toEqual([
      'Phenotype 1 = mitotic arrest → analysisResultType',
      'Phenotype 1 Term Name = mitotic cell cycle arrest → companion',
      'Phenotype 1 Term Accession = CMPO_0000000 → companion',
    ]);
  });
});
