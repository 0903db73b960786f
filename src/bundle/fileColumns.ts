import { REMBI_FIELDS, type RembiField } from '../rdf/rembi.js';
import { tidy } from './identifiers.js';
import { channelPairs, isChannelFact, type StudyImage } from './imageGroups.js';
import type { FileAttribute, KeyValueFact, SignalChannel } from './studyDescription.js';

/** Elements that sections hold when they are the same for all images. */
const IN_SECTIONS: ReadonlySet<RembiField> = new Set<RembiField>([
  'biosampleIdentity',
  'biologicalEntity',
  'organism',
  'intrinsicVariable',
  'extrinsicVariable',
  'experimentalVariable',
  'locationWithinBiosample',
  'preparationMethod',
  'signalContrastMechanism',
  'imagingMethod',
  'instrumentAttributes',
  'imageAcquisitionParameters',
  'studyComponentDescription',
  'imageProcessingMethod',
  'analysisMethod',
  'spatialAndTemporalAlignment',
  'fiducialsUsed',
  'transformationMatrix',
]);

/** What a file list tells about each image, and what holds for all of them and has no section. */
export interface FileColumns {
  /** The cells of an image, by its reference. */
  readonly cells: ReadonlyMap<string, readonly FileAttribute[]>;
  /** Pairs that are the same for all images: `Key: value`. */
  readonly constants: readonly string[];
}

/** Splits what is known of a component's images into columns (differs) and constants (the same for all). */
export function fileColumns(images: readonly StudyImage[]): FileColumns {
  const rows = images.map((image) => [
    ...pairCells(image),
    ...image.acquisition.map((fact) => ({ ...fact, inSection: true })),
  ]);
  const values = new Map<string, Set<string>>();
  const counts = new Map<string, number>();
  for (const row of rows) {
    for (const { name, value } of row) {
      values.set(name, (values.get(name) ?? new Set()).add(value));
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  const differs = (name: string): boolean => (values.get(name)?.size ?? 0) > 1 || counts.get(name) !== images.length;
  const cells = new Map<string, readonly FileAttribute[]>();
  for (const [i, image] of images.entries()) {
    const own = (rows[i] ?? []).filter(({ name }) => differs(name)).map(({ name, value }) => ({ name, value }));
    const channels = image.channels.map((channel) => ({
      name: `Channel ${channel.identifier}`,
      value: channelText(channel),
    }));
    cells.set(image.ref, [
      ...(image.well === undefined ? [] : [{ name: 'Well', value: image.well }]),
      ...own,
      ...channels,
    ]);
  }
  const constants = (rows[0] ?? []).filter(({ name, inSection }) => !inSection && !differs(name));
  return { cells, constants: constants.map(({ name, value }) => `${name}: ${value}`) };
}

/** `TOM20 (Alexa Fluor 488)`: what the channel shows and by what. */
function channelText(channel: SignalChannel): string {
  if (channel.biologicalEntity === undefined) return channel.content ?? '';
  return channel.content === undefined ? channel.biologicalEntity : `${channel.biologicalEntity} (${channel.content})`;
}

function pairCells(image: StudyImage): { name: string; value: string; inSection: boolean }[] {
  const cells = new Map<string, { name: string; value: string; inSection: boolean }>();
  for (const fact of image.facts) {
    if (!isColumn(fact)) continue;
    const name = columnName(fact);
    const value = cellValue(fact);
    const before = cells.get(name);
    const inSection = fact.field !== undefined && IN_SECTIONS.has(fact.field);
    if (before === undefined) cells.set(name, { name, value, inSection });
    // A key may occur twice: a file list has one cell for it.
    else if (!before.value.split('; ').includes(value)) before.value = `${before.value}; ${value}`;
  }
  return [...cells.values()];
}

/** Elements of which each image has one: their column has REMBI's name, whatever the keys, and the term's label. */
const ONE_EACH: ReadonlySet<RembiField> = new Set<RembiField>([
  'biosampleIdentity',
  'biologicalEntity',
  'organism',
  'imagingMethod',
]);

function cellValue(fact: KeyValueFact): string {
  return fact.field !== undefined && ONE_EACH.has(fact.field) && fact.term !== undefined
    ? fact.term.label
    : tidy(fact.value);
}

function isColumn(fact: KeyValueFact): boolean {
  if (tidy(fact.value) === '' || isChannelFact(fact) || channelPairs(fact).length > 0) return false;
  return fact.field === undefined || REMBI_FIELDS[fact.field].module !== 'Study';
}

/** The user's key; `Files` and the columns that we add ourselves get the word "key" in front. */
function columnName(fact: KeyValueFact): string {
  if (fact.field !== undefined && ONE_EACH.has(fact.field)) return REMBI_FIELDS[fact.field].label;
  const key = tidy(fact.key) || (fact.field === undefined ? 'Value without a key' : REMBI_FIELDS[fact.field].label);
  return /^(?:files|well|channel \d+|image name|omero image id|image id|original path|source image|biosample|specimen|image acquisition)$/i.test(
    key,
  )
    ? `Key ${key}`
    : key;
}
