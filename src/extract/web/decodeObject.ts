import type { OmeObject } from '../../ome/model.js';
import type { OmeElement } from '../../ome/schema.js';
import type { JsonObject } from '../json.js';
import { decodeAttributes, refIn } from './decodeAttributes.js';
import { classOf, type DecodeContext, tell } from './decodeContext.js';
import { decodeImage } from './decodeImage.js';
import { decodeRoi } from './decodeRoi.js';
import { decodeWell } from './decodeWell.js';
import { ownedBy, type Owned } from './ownership.js';

/**
 * An object of `/api/v0/m/` (omero-marshal's encoding) by the class in its `@type`: Project, Dataset, Screen, Plate,
 * PlateAcquisition, Well, Image, ROI, Experimenter or ExperimenterGroup. One that was not loaded (`isUnloaded`) becomes an
 * object with nothing but its ref and owner. Undefined, with a finding, for another class and where there is no id.
 */
export function decodeObject(json: JsonObject, context: DecodeContext): OmeObject | undefined {
  const type = classOf(json);
  switch (type) {
    case 'Image':
      return decodeImage(json, context);
    case 'Well':
      return decodeWell(json, context)?.well;
    case 'ROI':
      return decodeRoi(json, context);
    case 'Project':
    case 'Dataset':
    case 'Screen':
    case 'Plate':
      return plain(type, json, context, ownedBy(json));
    case 'PlateAcquisition':
    case 'Experimenter':
    case 'ExperimenterGroup':
      return plain(type, json, context, {});
    default:
      tell(context, 'web-class-unknown', type ?? '@type', 'class', json['@type']);
      return undefined;
  }
}

function plain<T extends OmeObject['type'] & OmeElement>(
  type: T,
  json: JsonObject,
  context: DecodeContext,
  more: Owned,
): OmeObject | undefined {
  const ref = refIn(type, json, context);
  return ref && ({ type, ref, ...decodeAttributes(type, json, ref, context), ...more } as unknown as OmeObject);
}
