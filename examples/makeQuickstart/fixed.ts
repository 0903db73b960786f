import { annotation, annotationRefs, BULK, keyValues, LAB, lsid, owner, type Pairs, ref } from './common.js';
import type { ImageSpec } from './image.js';
import { box, label, mask, nucleus, roi } from './rois.js';
import { DYES } from './starvation.js';
import { el, type XmlElement } from './xml.js';

export const FIXED_ID = lsid('Dataset', 'fixed');
/** Pairs of the fixed cells, in the lab's own words. */
export const FIXED_ANNOTATIONS = [
  keyValues(
    lsid('Annotation', 'fixed-sheet'),
    [
      ['species', 'human'],
      ['modality', 'SDC'],
      ['Fix', '4% PFA 15 min'],
      ['perm', '0.1% TX-100'],
      ['block', ''],
      ['Ab1', 'rabbit anti-TOM20 1:500'],
      ['Ab2', 'goat anti-rabbit AF568 1:1000'],
      ['Channels', 'Hoechst:nuclei; GFP:microtubules; AF568:mitochondria'],
    ],
    LAB,
  ),
];
export const fixed = (...images: string[]): XmlElement =>
  el(
    'Dataset',
    { ID: FIXED_ID, Name: 'Fixed cells, microtubules' },
    owner[0],
    owner[1],
    images.map((image) => ref('ImageRef', image)),
    annotationRefs(...FIXED_ANNOTATIONS),
  );

/** A folder of OMERO.figure kind; it stands only in the file of its image. */
export const FIGURE_FOLDER = el(
  'Folder',
  { ID: lsid('Folder', 'figure-1'), Name: 'Figure 1' },
  el('Description', {}, 'Images that were chosen for the first figure'),
  ref('ImageRef', 'Image:0'),
  ref('ROIRef', 'ROI:0'),
);

const CELL_COUNTS = 'cell,area_um2\n1,812\n2,790\n3,954\n';
const countsFile = (): XmlElement => {
  const text = Buffer.from(CELL_COUNTS).toString('base64');
  return el(
    'FileAnnotation',
    { ID: 'Annotation:3', Namespace: LAB },
    el('Description', {}, 'Areas measured in Fiji'),
    el(
      'BinaryFile',
      { FileName: 'cell-areas.csv', Size: CELL_COUNTS.length, MIMEType: 'text/csv' },
      el('BinData', { BigEndian: false, Length: text.length }, text),
    ),
  );
};
const acquisitionLog = (): XmlElement =>
  el(
    'XMLAnnotation',
    { ID: 'Annotation:4', Namespace: 'https://lab.example.org/acquisition-log' },
    el(
      'Value',
      {},
      el(
        'log',
        { xmlns: 'https://lab.example.org/acquisition-log', version: '2' },
        el('step', { n: 1 }, 'autofocus & <snap>'),
      ),
    ),
  );

const FIELDS: readonly { name: string; pairs?: Pairs; namespace?: string }[] = [
  {
    name: 'control-1',
    pairs: [
      ['Organism', 'Homo sapiens'],
      ['Treatment', 'none'],
    ],
    namespace: BULK,
  },
  {
    name: 'control-2',
    pairs: [
      ['Organism', 'human'],
      ['treatmt', '-'],
    ],
    namespace: LAB,
  },
  {
    name: 'nocodazole-1',
    pairs: [
      ['Compound', 'nocodazole'],
      ['Concentration', '10 µM'],
      ['incubation', '1h'],
    ],
    namespace: BULK,
  },
  {
    name: 'nocodazole-2',
    pairs: [
      ['Compound', 'noco'],
      ['Concentration', '10uM'],
      ['Compound', 'DMSO 0.1%'],
    ],
    namespace: LAB,
  },
  {
    name: 'no-primary',
    pairs: [
      ['Ab1', ''],
      ['comment', 'sec. only'],
      ['Organism', 'HeLa'],
    ],
  },
  { name: 'untitled' },
];

/** One field a file: OME-XML with the pixels inside, or OME-TIFF. */
export const FIXED_FILES = FIELDS.map(({ name, pairs, namespace }, n) => {
  const annotations = [
    pairs && keyValues('Annotation:0', pairs, namespace),
    n === 0 ? annotation('Tag', 'Annotation:1', 'Figure 1') : undefined,
    n === 0 ? annotation('Comment', 'Annotation:2', 'Best field of the slide — keep.') : undefined,
    n === 0 ? countsFile() : undefined,
    n === 2 ? acquisitionLog() : undefined,
  ].filter((one) => one !== undefined);
  const rois = [
    n === 0 ? [roi(0, 'cells', undefined, box(1, 1, 7, 9), box(8, 4, 7, 10), label(1, 15, 'two cells'))] : [],
    n === 2 ? [roi(0, 'segmented nucleus', 'Cellpose, checked by eye', mask(4, 4), nucleus(8, 8))] : [],
  ].flat();
  const image: ImageSpec = {
    index: 0,
    name: n === 5 ? 'Untitled' : `Fixed HeLa, ${name}`,
    ...(n === 4 ? { description: 'Second antibody only, same exposure as the others' } : {}),
    ...(n === 5 ? {} : { date: `2026-03-12T1${n}:20:00` }),
    channels:
      n === 5
        ? [el('Channel', { SamplesPerPixel: 1 }), el('Channel', { SamplesPerPixel: 1 })]
        : [DYES.hoechst, DYES.gfp, DYES.alexa568],
    frames: 1,
    ...(n === 5
      ? {}
      : { instrument: ['spinning-disk', '60x-oil', 'Oil'], physicalSize: 0.183, exposures: [50, 150, 300] }),
    ...(n < 2 ? { stage: [300 + 220 * n, 410.5] } : {}),
    annotations,
    rois,
    bigEndian: n % 2 === 0,
  };
  return { path: n < 3 ? `fixed/${name}.ome.xml` : `fixed/${name}.ome.tiff`, image };
});
