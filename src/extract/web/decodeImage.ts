import type { Channel, Image, Pixels } from '../../ome/model.js';
import { asText, type JsonObject } from '../json.js';
import { decodeAttributes, refIn } from './decodeAttributes.js';
import { type DecodeContext, tell } from './decodeContext.js';
import { isAbsent, part, parts } from './encodedParts.js';
import { ownedBy } from './ownership.js';

const IMAGE_KEYS = new Set(['Pixels', 'omero:series']);
const PIXELS_KEYS = new Set(['Channels', 'omero:sha1']);

/** An image with its Pixels and Channels, as far as the view loaded them; fileset and import date come from elsewhere. */
export function decodeImage(json: JsonObject, context: DecodeContext): Image | undefined {
  const ref = refIn('Image', json, context);
  if (ref === undefined) return undefined;
  const series = json['omero:series'];
  const isIndex = Number.isSafeInteger(series) && (series as number) >= 0;
  if (!isIndex && !isAbsent(series)) tell(context, 'ome-value-invalid', ref, 'omero:series', series);
  const pixels = part(json.Pixels, ref, 'Pixels', context);
  return {
    type: 'Image',
    ref,
    ...decodeAttributes('Image', json, ref, context, IMAGE_KEYS),
    ...ownedBy(json),
    ...(isIndex && { series: series as number }),
    ...(pixels !== undefined && { pixels: decodePixels(pixels, context) }),
  };
}

function decodePixels(json: JsonObject, context: DecodeContext): Pixels | undefined {
  const ref = refIn('Pixels', json, context);
  if (ref === undefined) return undefined;
  const channels = parts(json.Channels, ref, 'Channels', context).flatMap((channel): Channel[] => {
    const channelRef = refIn('Channel', channel, context);
    if (channelRef === undefined) return [];
    return [{ type: 'Channel', ref: channelRef, ...decodeAttributes('Channel', channel, channelRef, context) }];
  });
  const sha1 = asText(json['omero:sha1']);
  return {
    type: 'Pixels',
    ref,
    ...decodeAttributes('Pixels', json, ref, context, PIXELS_KEYS),
    channels,
    // Importers that do not calculate it write a word such as "Pending".
    ...(sha1 !== undefined && /^[0-9a-f]{40}$/i.test(sha1) && { sha1 }),
  };
}
