import type { finding } from '../../findings.js';
import type { Experiment, Image, ObjectRef, OmeObject, Pixels, Roi, Well } from '../model.js';
import { type Kind, OME_SCHEMA, type OmeElement, xmlName } from '../schema.js';
import { lexical } from './lexical.js';
import { PLACEHOLDERS, REQUIRED } from './places.js';

/** How the writer speaks of what it cannot write. */
export interface Rules {
  report(...parts: Parameters<typeof finding>): void;
  /** Counts a fact that OME-XML has no place for. */
  noPlace(what: string): void;
  /** Whether unknown required values are written as placeholders. */
  readonly placeholders: boolean;
}

/**
 * The object without the parts that OME 2016-06 would not let through; undefined when nothing valid is left. Whatever is
 * left out or put in is reported.
 */
export function writable(object: OmeObject, rules: Rules): OmeObject | undefined {
  switch (object.type) {
    case 'Image':
      return writableImage(object, rules);
    case 'ROI':
      return writableRoi(object, rules);
    case 'Well':
      return writableWell(object, rules);
    case 'Experiment':
      return writableExperiment(object, rules);
    case 'Folder':
    case 'Screen':
    case 'Plate':
      ownerHasNoPlace(object, rules);
      return object;
    case 'Fileset':
    case 'OriginalFile':
      rules.noPlace(object.type);
      return undefined;
    default:
      return object;
  }
}

function ownerHasNoPlace(
  object: { type: string; experimenter?: unknown; experimenterGroup?: unknown },
  rules: Rules,
): void {
  if (object.experimenter !== undefined || object.experimenterGroup !== undefined)
    rules.noPlace(`owner of a ${object.type}`);
}

function writableImage(image: Image, rules: Rules): Image | undefined {
  if (image.fileset !== undefined || image.series !== undefined) rules.noPlace('fileset of an Image');
  const pixels = completed('Pixels', image.pixels ?? noPixels(image, rules), image.ref, rules);
  if (pixels === undefined) return undefined;
  if (pixels.planes !== undefined) rules.noPlace('plane summary of Pixels');
  if (pixels.sha1 !== undefined) rules.noPlace('checksum of Pixels');
  const stageLabel = completed('StageLabel', image.stageLabel, image.ref, rules);
  return { ...image, pixels, stageLabel };
}

function noPixels(image: Image, rules: Rules): Pixels | undefined {
  if (rules.placeholders) return { type: 'Pixels', ref: `Pixels:${image.ref.slice('Image:'.length)}`, channels: [] };
  rules.report('ome-xml-incomplete', image.ref, { detail: 'Pixels' });
  return undefined;
}

function writableRoi(roi: Roi, rules: Rules): Roi | undefined {
  const shapes = roi.shapes.flatMap((shape) => completed(shape.type, shape, shape.ref, rules) ?? []);
  if (shapes.length > 0) return { ...roi, shapes };
  rules.report('ome-xml-incomplete', roi.ref, { detail: 'Union' });
  return undefined;
}

function writableWell(well: Well, rules: Rules): Well | undefined {
  ownerHasNoPlace(well, rules);
  const complete = completed('Well', well, well.ref, rules);
  return (
    complete && {
      ...complete,
      wellSamples: well.wellSamples.flatMap((sample) => completed('WellSample', sample, sample.ref, rules) ?? []),
    }
  );
}

function writableExperiment(experiment: Experiment, rules: Rules): Experiment {
  const microbeamManipulations = experiment.microbeamManipulations?.filter((one) => {
    const complete = (one.rois?.length ?? 0) > 0 && one.experimenter !== undefined;
    if (!complete) rules.report('ome-xml-incomplete', one.ref, { detail: 'ROIRef and ExperimenterRef' });
    return complete;
  });
  return { ...experiment, microbeamManipulations };
}

/** The element when all that the schema requires is there and valid, or filled with placeholders; else undefined. */
function completed<Element extends object>(
  name: OmeElement,
  element: Element | undefined,
  focus: ObjectRef,
  rules: Rules,
): Element | undefined {
  if (element === undefined) return undefined;
  const values = element as Readonly<Record<string, unknown>>;
  const kinds: Readonly<Record<string, Kind>> = OME_SCHEMA[name];
  const missing = (REQUIRED[name] ?? []).filter((key) => {
    const column = key === 'kind' ? 'type' : key;
    const kind = kinds[column];
    return kind === undefined || values[key] === undefined || lexical(name, column, kind, values[key]) === undefined;
  });
  if (missing.length === 0) return element;
  const detail = missing.map((key) => (key === 'kind' ? 'Type' : xmlName(key))).join(' ');
  const fill = PLACEHOLDERS[name];
  if (!rules.placeholders || fill === undefined) {
    rules.report('ome-xml-incomplete', focus, { at: name, detail });
    return undefined;
  }
  rules.report('ome-xml-placeholder', focus, { at: name, detail });
  return { ...element, ...Object.fromEntries(missing.map((key) => [key, fill[key]])) };
}
