import type { Image, ObjectRef, PlateAcquisition, Well, WellSample } from '../../ome/model.js';
import type { JsonObject } from '../json.js';
import { decodeAttributes, refIn } from './decodeAttributes.js';
import type { DecodeContext } from './decodeContext.js';
import { decodeImage } from './decodeImage.js';
import { part, parts } from './encodedParts.js';
import { isUnloaded, ownedBy } from './ownership.js';

/** A well with what its fields hold. */
export interface DecodedWell {
  readonly well: Well;
  /** The images of its fields as the view loaded them: without Pixels in lists. */
  readonly images: readonly Image[];
  /** The runs of its fields, each with the fields of this well that belong to it. */
  readonly runs: readonly PlateAcquisition[];
}

const WELL_KEYS = new Set(['WellSamples']);
const SAMPLE_KEYS = new Set(['Image', 'PlateAcquisition']);

/**
 * A well out of `/m/wells/…`. Fields have no index: a view that is filtered by run or field cuts the list, so the place in it
 * means nothing.
 */
export function decodeWell(json: JsonObject, context: DecodeContext): DecodedWell | undefined {
  const ref = refIn('Well', json, context);
  if (ref === undefined) return undefined;
  const images: Image[] = [];
  const runs = new Map<string, { readonly run: PlateAcquisition; readonly wellSamples: ObjectRef[] }>();
  const wellSamples = parts(json.WellSamples, ref, 'WellSamples', context).flatMap((sample): WellSample[] => {
    const sampleRef = refIn('WellSample', sample, context);
    if (sampleRef === undefined) return [];
    const encoded = part(sample.Image, sampleRef, 'Image', context);
    const image = encoded && decodeImage(encoded, context);
    if (image !== undefined && encoded !== undefined && !isUnloaded(encoded)) images.push(image);
    const run = decodeRun(part(sample.PlateAcquisition, sampleRef, 'PlateAcquisition', context), context);
    if (run !== undefined) {
      const known = runs.get(run.ref) ?? { run, wellSamples: [] };
      runs.set(run.ref, known);
      known.wellSamples.push(sampleRef);
    }
    return [
      {
        type: 'WellSample',
        ref: sampleRef,
        ...decodeAttributes('WellSample', sample, sampleRef, context, SAMPLE_KEYS),
        ...(image !== undefined && { image: image.ref }),
      },
    ];
  });
  const attributes = decodeAttributes('Well', json, ref, context, WELL_KEYS);
  return {
    well: { type: 'Well', ref, ...attributes, ...ownedBy(json), wellSamples },
    images,
    runs: [...runs.values()].map(({ run, wellSamples: fields }) => ({ ...run, wellSamples: fields })),
  };
}

function decodeRun(json: JsonObject | undefined, context: DecodeContext): PlateAcquisition | undefined {
  if (json === undefined) return undefined;
  const ref = refIn('PlateAcquisition', json, context);
  return ref && { type: 'PlateAcquisition', ref, ...decodeAttributes('PlateAcquisition', json, ref, context) };
}
