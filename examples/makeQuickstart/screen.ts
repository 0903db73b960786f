import { annotation, annotationRefs, BULK, keyValues, LAB, lsid, type Pairs, ref } from './common.js';
import type { ImageSpec } from './image.js';
import { nucleus, roi } from './rois.js';
import { el, type XmlElement } from './xml.js';

/** Pairs of the screen; plate, wells and images inherit them. */
const SCREEN_ANNOTATIONS = [
  keyValues(
    lsid('Annotation', 'screen-rembi'),
    [
      ['Organism', 'Homo sapiens'],
      ['Imaging method', 'wide-field fluorescence microscopy'],
      ['Biological entity', 'HeLa cells'],
      ['Extrinsic variable', 'siRNA knock-down of fusion and fission genes'],
      ['Channels', 'Hoechst:nuclei; MitoTracker Deep Red:mitochondria'],
    ],
    BULK,
  ),
  annotation('Comment', lsid('Annotation', 'screen-comment'), 'Pilot with one plate; the full library follows.'),
];
const PLATE_ANNOTATIONS = [
  keyValues(
    lsid('Annotation', 'plate-sheet'),
    [
      ['Plate barcode', 'MITO-0001'],
      ['Fix', '4% PFA 15 min'],
      ['scope', 'IXM'],
    ],
    LAB,
  ),
];

const WELLS: readonly { gene: string; reagent?: string; pairs?: Pairs; phenotype?: string }[] = [
  {
    gene: 'non-targeting',
    reagent: 'siNT',
    pairs: [
      ['Gene Symbol', ''],
      ['siRNA', 'siNT-pool'],
      ['Control Type', 'negative'],
    ],
    phenotype: 'normal',
  },
  {
    gene: 'DNM1L',
    reagent: 'siDNM1L',
    pairs: [
      ['Gene Symbol', 'DNM1L'],
      ['Gene Identifier', 'ENSG00000087470'],
      ['siRNA', 's19560'],
    ],
    phenotype: 'hyperfused network',
  },
  {
    gene: 'OPA1',
    reagent: 'siOPA1',
    pairs: [
      ['Gene Symbol', 'OPA1'],
      ['Gene Identifier', 'ENSG00000198836'],
    ],
    phenotype: 'fragmented',
  },
  {
    gene: 'MFN2',
    reagent: 'siMFN2',
    pairs: [
      ['gene', 'Mfn2'],
      ['phenotype', 'frag.'],
    ],
  },
  {
    gene: 'PLK1',
    reagent: 'siPLK1',
    pairs: [
      ['Gene Symbol', 'PLK1'],
      ['Control Type', 'transfection control'],
    ],
    phenotype: 'dead',
  },
  { gene: 'untreated' },
];
const wellName = (n: number): string => `${'AB'.charAt(Math.floor(n / 3))}${(n % 3) + 1}`;

const channel = (name: string, cube: string, excitation: number, emission: number): XmlElement =>
  el(
    'Channel',
    {
      Name: name,
      SamplesPerPixel: 1,
      IlluminationType: 'Epifluorescence',
      AcquisitionMode: 'WideField',
      ContrastMethod: 'Fluorescence',
      ExcitationWavelength: excitation,
      EmissionWavelength: emission,
      Fluor: name,
    },
    el('LightSourceSettings', { ID: lsid('LightSource', 'spectra-x'), Attenuation: 0.5 }),
    el('DetectorSettings', { ID: lsid('Detector', 'zyla'), Binning: '2x2' }),
    ref('FilterSetRef', lsid('FilterSet', cube)),
  );

/** The image of each well; its pixels are in a TIFF of its own that points to the companion file. */
export const SCREEN_FILES = WELLS.map(({ gene, phenotype }, n) => {
  const image: ImageSpec = {
    index: n,
    name: `MITO-0001 ${wellName(n)} field 1`,
    ...(gene === 'PLK1' ? { description: 'Few cells left' } : {}),
    date: `2026-04-02T09:${10 + 2 * n}:00Z`,
    channels: [channel('Hoechst 33342', 'dapi', 377, 447), channel('MitoTracker Deep Red', 'cy5', 628, 692)],
    frames: 1,
    instrument: ['screening', '40x-air', 'Air'],
    physicalSize: 0.325,
    exposures: [20, 100],
    stage: [1000 * n, 250],
    annotations: phenotype === undefined ? [] : [keyValues(`Annotation:image-${n}`, [['Phenotype', phenotype]], BULK)],
    rois: n === 1 ? [roi(0, 'nuclei', 'segmented', nucleus(4, 5), nucleus(10, 11))] : [],
    bigEndian: n === 4,
  };
  return { path: `screen/MITO-0001_${wellName(n)}.ome.tiff`, image };
});

const WELL_ANNOTATIONS = WELLS.map(({ pairs }, n) => pairs && keyValues(`Annotation:well-${n}`, pairs, BULK));

/** Every annotation of the screen's containers. */
export const SCREEN_STRUCTURED: readonly XmlElement[] = [
  ...SCREEN_ANNOTATIONS,
  ...PLATE_ANNOTATIONS,
  ...WELL_ANNOTATIONS.filter((one) => one !== undefined),
];

/** The plate with two rows of three wells, one field each. */
export const PLATE = el(
  'Plate',
  {
    ID: lsid('Plate', 'MITO-0001'),
    Name: 'MITO-0001',
    ExternalIdentifier: 'MITO-0001',
    ColumnNamingConvention: 'number',
    RowNamingConvention: 'letter',
    Rows: 2,
    Columns: 3,
  },
  el('Description', {}, 'Fixed 72 h after transfection'),
  WELLS.map(({ reagent }, n) =>
    el(
      'Well',
      {
        ID: lsid('Well', wellName(n)),
        Column: n % 3,
        Row: Math.floor(n / 3),
        Type: reagent === 'siNT' ? 'control' : undefined,
      },
      el(
        'WellSample',
        { ID: lsid('WellSample', `${wellName(n)}-1`), Index: n, Timepoint: `2026-04-02T09:${10 + 2 * n}:00Z` },
        ref('ImageRef', `Image:${n}`),
      ),
      reagent === undefined ? undefined : ref('ReagentRef', lsid('Reagent', reagent)),
      annotationRefs(...[WELL_ANNOTATIONS[n]].filter((one) => one !== undefined)),
    ),
  ),
  annotationRefs(...PLATE_ANNOTATIONS),
  el(
    'PlateAcquisition',
    {
      ID: lsid('PlateAcquisition', 'run-1'),
      Name: 'run 1',
      StartTime: '2026-04-02T09:10:00Z',
      EndTime: '2026-04-02T09:21:00Z',
      MaximumFieldCount: 1,
    },
    WELLS.map((_, n) => ref('WellSampleRef', lsid('WellSample', `${wellName(n)}-1`))),
  ),
);

/** The screen with its reagents. */
export const SCREEN = el(
  'Screen',
  {
    ID: lsid('Screen', '1'),
    Name: 'siRNA mini screen of mitochondrial fusion and fission',
    ProtocolIdentifier: 'MITO-SOP-7',
    ProtocolDescription: 'Reverse transfection, 20 nM siRNA, 72 h',
    ReagentSetIdentifier: 'MITO-siRNA-1',
    ReagentSetDescription: 'Five siRNA pools',
    Type: 'RNAi',
  },
  el('Description', {}, 'Which genes keep the mitochondria of HeLa cells in shape?'),
  WELLS.filter(({ reagent }) => reagent !== undefined).map(({ gene, reagent }) =>
    el('Reagent', { ID: lsid('Reagent', reagent ?? ''), Name: `siRNA ${gene}`, ReagentIdentifier: reagent }),
  ),
  ref('PlateRef', lsid('Plate', 'MITO-0001')),
  annotationRefs(...SCREEN_ANNOTATIONS),
);
