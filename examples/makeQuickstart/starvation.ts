import { annotation, annotationRefs, CLIENT, keyValues, LAB, lsid, owner, type Pairs, ref } from './common.js';
import type { ImageSpec } from './image.js';
import { nucleus, outline, point, profile, roi, trace } from './rois.js';
import { el, type XmlElement } from './xml.js';

/** The project's pairs in REMBI's words; every image below inherits them. */
export const PROJECT_ANNOTATIONS = [
  keyValues(
    lsid('Annotation', 'project-rembi'),
    [
      ['Organism', 'Homo sapiens'],
      ['Biological entity', 'HeLa cells, mitochondrial network'],
      ['Imaging method', 'spinning disk confocal microscopy'],
      ['Study type', 'time course of mitochondrial morphology'],
      ['Signal/contrast mechanism', 'fluorescence'],
    ],
    CLIENT,
  ),
  annotation('Tag', lsid('Annotation', 'tag-mitochondria'), 'mitochondria', undefined, 'What the lab works on'),
];

/** The project, as it stands in each file of its two datasets. */
export const project = (dataset: string): XmlElement =>
  el(
    'Project',
    { ID: lsid('Project', '1'), Name: 'Mitochondria of HeLa cells during starvation' },
    el(
      'Description',
      {},
      'Mitochondria fuse into long tubes when a cell runs out of amino acids. HeLa cells are filmed for two hours in EBSS or in full medium; fixed cells of the same passage show the microtubules.',
    ),
    owner[0],
    owner[1],
    ref('DatasetRef', dataset),
    annotationRefs(...PROJECT_ANNOTATIONS),
  );

export const STARVATION_ID = lsid('Dataset', 'starvation');
/** Pairs of the live-cell dataset: REMBI's words beside the lab's own sheet. */
export const STARVATION_ANNOTATIONS = [
  keyValues(
    lsid('Annotation', 'starvation-rembi'),
    [
      ['Extrinsic variable', 'amino acid starvation (EBSS)'],
      ['Experimental variables', 'time after change of medium'],
      ['Experimental status', 'live'],
      ['Channels', 'Hoechst:nuclei; MitoTracker Deep Red:mitochondria'],
      ['Preparation method', 'stained with 100 nM MitoTracker Deep Red for 30 min'],
    ],
    CLIENT,
  ),
  keyValues(
    lsid('Annotation', 'starvation-sheet'),
    [
      ['cell line', 'HeLa'],
      ['passage', '12'],
      ['Mycoplasma', 'neg'],
      ['Mycoplasma', 'neg (retest)'],
      ['plasmid', ''],
      ['', 'check focus drift!'],
    ],
    LAB,
  ),
];
export const starvation = (...images: string[]): XmlElement =>
  el(
    'Dataset',
    { ID: STARVATION_ID, Name: 'Starvation time course, live' },
    el('Description', {}, 'Short films of 3 frames, 0 to 120 minutes after the change of medium.'),
    owner[0],
    owner[1],
    images.map((image) => ref('ImageRef', image)),
    annotationRefs(...STARVATION_ANNOTATIONS),
  );

const dye = (name: string, laser: number, emission: number, filter: string, colour: number): XmlElement =>
  el(
    'Channel',
    {
      Name: name,
      SamplesPerPixel: 1,
      IlluminationType: 'Epifluorescence',
      AcquisitionMode: 'SpinningDiskConfocal',
      ContrastMethod: 'Fluorescence',
      PinholeSize: 50,
      ExcitationWavelength: laser,
      EmissionWavelength: emission,
      Fluor: name,
      Color: colour,
    },
    el('LightSourceSettings', { ID: lsid('LightSource', `laser-${laser}`), Attenuation: 0.8 }),
    el('DetectorSettings', { ID: lsid('Detector', 'prime95b'), Gain: 1, Binning: '1x1', ReadOutRate: 100 }),
    el('LightPath', {}, ref('DichroicRef', lsid('Dichroic', 'quad')), ref('EmissionFilterRef', lsid('Filter', filter))),
  );
/** Channels of the spinning disk; colours are signed RGBA. */
export const DYES = {
  hoechst: dye('Hoechst 33342', 405, 461, 'em-455', 65535),
  gfp: dye('GFP', 488, 509, 'em-525', 16711935),
  alexa568: dye('Alexa Fluor 568', 561, 603, 'em-605', -16776961),
  mitoTracker: dye('MitoTracker Deep Red', 640, 665, 'em-700', -16711681),
} as const;

const ENVIRONMENT = el(
  'ImagingEnvironment',
  { Temperature: 37, TemperatureUnit: '°C', Humidity: 0.9, CO2Percent: 0.05 },
  el('Map', {}, el('M', { K: 'Chamber' }, 'Okolab H301')),
);
export const EXPERIMENT = el(
  'Experiment',
  { ID: lsid('Experiment', 'time-course'), Type: 'TimeLapse' },
  el('Description', {}, 'Change of medium at 0 min, then one film every half hour'),
  owner[0],
);

/** What each film's own sheet says: REMBI's words, the lab's words, or nothing. */
const FILMS: readonly {
  medium: 'starved' | 'fed';
  minutes: number;
  pairs?: Pairs;
  namespace?: string;
  comment?: string;
}[] = [
  {
    medium: 'starved',
    minutes: 0,
    pairs: [
      ['Treatment', 'EBSS'],
      ['Time point', '0 min'],
    ],
    namespace: CLIENT,
  },
  {
    medium: 'starved',
    minutes: 30,
    pairs: [
      ['Treatment', 'EBSS'],
      ['Time point', '30 min'],
    ],
    namespace: CLIENT,
  },
  {
    medium: 'starved',
    minutes: 60,
    pairs: [
      ['treatmt', 'EBSS'],
      ['t', '60'],
      ['species', 'human'],
      ['modality', 'SDC'],
    ],
    namespace: LAB,
    comment: 'Focus lost in the last frame; do not quantify.',
  },
  {
    medium: 'starved',
    minutes: 120,
    pairs: [
      ['Treatment', 'EBSS'],
      ['Time point', '120 min'],
    ],
    namespace: CLIENT,
  },
  {
    medium: 'fed',
    minutes: 0,
    pairs: [
      ['Treatment', 'full medium'],
      ['Time point', '0 min'],
    ],
    namespace: CLIENT,
  },
  {
    medium: 'fed',
    minutes: 30,
    pairs: [
      ['Treatment', ''],
      ['Time point', ''],
    ],
    namespace: CLIENT,
  },
  { medium: 'fed', minutes: 60 },
  {
    medium: 'fed',
    minutes: 120,
    pairs: [
      ['Organism', 'H. sapiens'],
      ['t', '120'],
      ['NOTES', 'ctrl'],
    ],
  },
];

/** One film a file, with the annotations that only this file has. */
export const STARVATION_FILES = FILMS.map(({ medium, minutes, pairs, namespace, comment }, n) => {
  const name = `${medium}-${String(minutes).padStart(3, '0')}min`;
  const annotations = [
    pairs && keyValues('Annotation:0', pairs, namespace),
    comment === undefined ? undefined : annotation('Comment', 'Annotation:1', comment),
    medium === 'fed' ? annotation('Tag', lsid('Annotation', 'tag-control'), 'control') : undefined,
    annotation('Long', 'Annotation:2', String(11 + n), LAB, 'cells counted'),
    minutes === 120
      ? annotation('Double', 'Annotation:3', '0.625', LAB, 'mean mitochondrial aspect ratio, inverted')
      : undefined,
    n === 0 ? annotation('Boolean', 'Annotation:4', 'true', LAB, 'passed quality control') : undefined,
    n === 0 ? annotation('Timestamp', 'Annotation:5', '2026-03-10T18:02:00Z', LAB, 'quality control done') : undefined,
    n === 3
      ? annotation(
          'Term',
          'Annotation:6',
          'GO:0008053',
          'http://purl.obolibrary.org/obo/go.owl',
          'mitochondrial fusion',
        )
      : undefined,
  ].filter((one) => one !== undefined);
  const rois = [
    minutes === 0 ? [roi(0, 'nucleus', 'drawn by hand', nucleus(5, 6), nucleus(11, 9))] : [],
    n === 2 ? [roi(1, 'line profile', undefined, profile(1, 1, 14, 12), point(7, 7))] : [],
    n === 3
      ? [roi(2, 'mitochondria', 'traced in one frame', trace('2,3 4,5 7,5 9,8'), outline('1,1 14,2 13,13 2,12'))]
      : [],
  ].flat();
  const image: ImageSpec = {
    index: 0,
    name: `${medium} ${minutes} min`,
    ...(n === 0 ? { description: 'First film; the medium was changed at 14:00.' } : {}),
    date: `2026-03-10T${14 + Math.floor(minutes / 60)}:${minutes % 60 === 0 ? '00' : '30'}:${medium === 'fed' ? '45' : '15'}`,
    channels: [DYES.hoechst, DYES.mitoTracker],
    frames: 3,
    interval: 10,
    instrument: ['spinning-disk', '60x-oil', 'Oil'],
    // one file was saved by a program that forgets the calibration
    ...(n === 6 ? {} : { physicalSize: 0.183 }),
    exposures: [50, 200],
    stage: [1204.5 + 150 * n, -873.25],
    environment: ENVIRONMENT,
    experiment: lsid('Experiment', 'time-course'),
    annotations,
    rois,
    bigEndian: n === 1 || n === 5,
  };
  return { path: n === 3 ? `starvation/${name}.ome.btf` : `starvation/${name}.ome.tiff`, image, bigTiff: n === 3 };
});
