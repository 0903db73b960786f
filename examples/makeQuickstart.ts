import { document, EXPERIMENTER, GROUP, uuidOf } from './makeQuickstart/common.js';
import { FIGURE_FOLDER, FIXED_ANNOTATIONS, FIXED_FILES, FIXED_ID, fixed } from './makeQuickstart/fixed.js';
import { binData, type ImageSpec, imageElement, planesOf, SIZE_XY, tiffData } from './makeQuickstart/image.js';
import { SCREENING_SCOPE, SPINNING_DISK } from './makeQuickstart/instruments.js';
import { PLATE, SCREEN, SCREEN_FILES, SCREEN_STRUCTURED } from './makeQuickstart/screen.js';
import {
  EXPERIMENT,
  PROJECT_ANNOTATIONS,
  project,
  STARVATION_ANNOTATIONS,
  STARVATION_FILES,
  STARVATION_ID,
  starvation,
} from './makeQuickstart/starvation.js';
import { tiff } from './makeQuickstart/tiff.js';
import { el, type XmlElement } from './makeQuickstart/xml.js';

const LITTLE = { bigEndian: false, bigTiff: false } as const;

/**
 * The image files of `examples/quickstart/` by path; two calls give the same bytes. The texts of the folder
 * (README.md, study.yaml) are written by hand. To write the files again:
 * `UPDATE_QUICKSTART=1 npx vitest run --project unit test/examples`.
 */
export function quickstartFiles(): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  const text = new TextEncoder();
  const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
  const writeTiff = (path: string, image: ImageSpec, seed: number, xml: string, bigTiff = false): void => {
    files.set(path, tiff(planesOf(image, seed), SIZE_XY, xml, { ...LITTLE, bigEndian: image.bigEndian, bigTiff }));
  };

  STARVATION_FILES.forEach(({ path, image, bigTiff }, n) => {
    const xml = document(
      uuidOf(baseName(path)),
      project(STARVATION_ID),
      starvation('Image:0'),
      EXPERIMENT,
      EXPERIMENTER,
      GROUP,
      SPINNING_DISK,
      imageElement(image, tiffData(image, baseName(path))),
      annotations([...PROJECT_ANNOTATIONS, ...STARVATION_ANNOTATIONS, ...image.annotations]),
      image.rois,
    );
    writeTiff(path, image, n, xml, bigTiff);
  });

  FIXED_FILES.forEach(({ path, image }, n) => {
    const seed = 100 + n;
    const asTiff = path.endsWith('.tiff');
    const xml = document(
      uuidOf(baseName(path)),
      project(FIXED_ID),
      fixed('Image:0'),
      n === 0 ? FIGURE_FOLDER : undefined,
      EXPERIMENTER,
      GROUP,
      image.instrument && SPINNING_DISK,
      imageElement(image, asTiff ? tiffData(image, baseName(path)) : binData(image, planesOf(image, seed))),
      annotations([...PROJECT_ANNOTATIONS, ...FIXED_ANNOTATIONS, ...image.annotations]),
      image.rois,
    );
    if (asTiff) writeTiff(path, image, seed, xml);
    else files.set(path, text.encode(xml));
  });

  const companion = 'MITO-0001.companion.ome';
  files.set(
    `screen/${companion}`,
    text.encode(
      document(
        uuidOf(companion),
        PLATE,
        SCREEN,
        EXPERIMENTER,
        GROUP,
        SCREENING_SCOPE,
        SCREEN_FILES.map(({ path, image }) => imageElement(image, tiffData(image, baseName(path)))),
        annotations([...SCREEN_STRUCTURED, ...SCREEN_FILES.flatMap(({ image }) => image.annotations)]),
        SCREEN_FILES.flatMap(({ image }) => image.rois),
      ),
    ),
  );
  SCREEN_FILES.forEach(({ path, image }, n) => {
    const pointer = el('BinaryOnly', { MetadataFile: companion, UUID: uuidOf(companion) });
    writeTiff(path, image, 200 + n, document(uuidOf(baseName(path)), pointer));
  });
  return files;
}

const annotations = (all: readonly XmlElement[]): XmlElement => el('StructuredAnnotations', {}, all);
