import type { ExternalInfo, ObjectRef } from '../../ome/model.js';
import { asObject, asText, type JsonObject } from '../json.js';
import { digitsOf } from './decodeContext.js';

/** Who owns an object, and its names elsewhere. */
export interface Owned {
  readonly experimenter?: ObjectRef;
  readonly experimenterGroup?: ObjectRef;
  readonly externalInfo?: ExternalInfo;
}

/** Owner, group and external ids out of `omero:details`. */
export function ownedBy(json: JsonObject): Owned {
  const { group, owner } = ownershipOf(json);
  const info = asObject(asObject(json['omero:details'])?.externalInfo);
  const lsid = asText(info?.Lsid);
  const uuid = asText(info?.Uuid);
  return {
    ...(owner !== undefined && { experimenter: `Experimenter:${owner}` }),
    ...(group !== undefined && { experimenterGroup: `ExperimenterGroup:${group}` }),
    ...((lsid !== undefined || uuid !== undefined) && {
      externalInfo: { ...(lsid !== undefined && { lsid }), ...(uuid !== undefined && { uuid }) },
    }),
  };
}

/** Ids of the group and owner of an encoded object, whether `normalize` shortened its details or not. */
export function ownershipOf(json: JsonObject): { readonly group?: string; readonly owner?: string } {
  const details = asObject(json['omero:details']);
  const group = digitsOf(asObject(details?.group)?.['@id']);
  const owner = digitsOf(asObject(details?.owner)?.['@id']);
  return { ...(group !== undefined && { group }), ...(owner !== undefined && { owner }) };
}

/** Whether an encoded object is a mere reference, `{"@type", "@id"}`, with details or without. */
export function isUnloaded(json: JsonObject): boolean {
  return Object.keys(json).every((key) => key === '@type' || key === '@id' || key === 'omero:details');
}
