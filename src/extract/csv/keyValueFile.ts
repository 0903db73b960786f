import { basename, dirname } from 'node:path';
import { OmegraphError } from '../../errors.js';
import type { ObjectRef } from '../../ome/model.js';

/** Objects that a CSV file of key-values may name: those of omero-scripts. */
export const ANNOTATED_TYPES = ['Project', 'Dataset', 'Screen', 'Plate', 'PlateAcquisition', 'Well', 'Image'] as const;
export type AnnotatedType = (typeof ANNOTATED_TYPES)[number];

/** A CSV file of key-values as the user named it. */
export interface KeyValueFile {
  readonly path: string;
  /** The file's name in messages and in names of annotations; no two files of a run share it. */
  readonly label: string;
  /** The one object that all of the file is about, where the file names none. */
  readonly about?: ObjectRef | undefined;
  /** What the ids and names in OBJECT_ID and OBJECT_NAME are of; Image when nothing says. */
  readonly type?: AnnotatedType | undefined;
  /** Whether a row is all that its object has to say in the namespaces of the file's columns: `images.Image.replace.csv`. */
  readonly replaces?: boolean | undefined;
}

const NAMES = 'Project|Dataset|Screen|Plate|PlateAcquisition|Run|Acquisition|Well|Image';
const STATED = new RegExp(`^(${NAMES})(?::([^=]+))?=(.+)$`, 's');
const IN_NAME = new RegExp(`\\.(${NAMES})(?:\\.replace)?\\.(?:csv|tsv|txt)$`);
const REPLACES = /\.replace\.(?:csv|tsv|txt)$/;

/** The type that a word of omero-scripts names: a Run or Acquisition is a PlateAcquisition. */
export function annotatedType(word: string): AnnotatedType | undefined {
  if (/^(?:plate ?)?acquisition$|^run$/i.test(word)) return 'PlateAcquisition';
  return ANNOTATED_TYPES.find((type) => type.toLowerCase() === word.toLowerCase());
}

/** The parts of `pairs.csv`, `Well=wells.csv` and `Dataset:7=rembi.csv`; the path may be made absolute by `resolve`. */
export function splitKeyValueFile(text: string): { readonly prefix: string; readonly path: string } {
  const path = STATED.exec(text)?.[3] ?? text;
  return { prefix: text.slice(0, text.length - path.length), path };
}

/**
 * The files that a run is to read, as they are named: `pairs.csv`, `Well=wells.csv` (its ids and names are of wells, as in a file
 * named `wells.Well.csv`), `Dataset:7=rembi.csv` (a sheet about one object), `wells.Well.replace.csv` (key-values in place of others).
 * @throws OmegraphError (input) when a file is named twice
 */
export function keyValueFiles(texts: readonly string[]): KeyValueFile[] {
  const stated = texts.map((text): Omit<KeyValueFile, 'label'> => {
    const { path } = splitKeyValueFile(text);
    const [, word, id] = STATED.exec(text) ?? [];
    const type = annotatedType(word ?? IN_NAME.exec(path)?.[1] ?? '');
    return {
      path,
      type,
      ...(id !== undefined && { about: `${type}:${id}` as ObjectRef }),
      ...(REPLACES.test(path) && { replaces: true }),
    };
  });
  const twice = stated.find(({ path }, i) => stated.findIndex((other) => other.path === path) !== i);
  if (twice !== undefined) {
    throw new OmegraphError('input', {
      where: twice.path,
      wrong: 'this file of key-values is named twice',
      remedy: 'name it once',
    });
  }
  return stated.map((file) => ({ ...file, label: labelOf(file.path, stated) }));
}

/** The name of the file, with as many folders before it as tell it from the others. */
function labelOf(path: string, files: readonly { readonly path: string }[]): string {
  let label = basename(path);
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const same = files.filter((other) => other.path === label || other.path.endsWith(`/${label}`));
    if (same.length < 2 || folder === dirname(folder)) return label;
    label = `${basename(folder)}/${label}`;
  }
}
