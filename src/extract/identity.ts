import { ownText } from '../ome/reader/ownText.js';
import { createHash } from 'node:crypto';
import type { ObjectRef } from '../ome/model.js';

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';

/** Twelve base32 characters (RFC 4648 section 6, lower case) of the SHA-256 of what makes a file's ids unique. */
export function scopeOf(text: string): string {
  let bits = createHash('sha256').update(text, 'utf8').digest().readBigUInt64BE(0);
  bits >>= 4n;
  let scope = '';
  for (let i = 0; i < 12; i += 1) {
    scope = BASE32.charAt(Number(bits & 31n)) + scope;
    bits >>= 5n;
  }
  return scope;
}

/** Names an element of a document: the id as written and the type it was found to be. */
export type Identify = (elementId: string, type: string) => ObjectRef;

/** Prefixes that OME-XML writes instead of the element's own name (ID patterns of ome.xsd 2016-06 and older). */
const PREFIXES: Readonly<Record<string, string>> = {
  Laser: 'LightSource',
  Arc: 'LightSource',
  Filament: 'LightSource',
  LightEmittingDiode: 'LightSource',
  GenericExcitationSource: 'LightSource',
  Rectangle: 'Shape',
  Mask: 'Shape',
  Point: 'Shape',
  Ellipse: 'Shape',
  Line: 'Shape',
  Polyline: 'Shape',
  Polygon: 'Shape',
  Label: 'Shape',
  ExperimenterGroup: 'Group',
  MapAnnotation: 'Annotation',
  FileAnnotation: 'Annotation',
  CommentAnnotation: 'Annotation',
  TagAnnotation: 'Annotation',
  TermAnnotation: 'Annotation',
  TimestampAnnotation: 'Annotation',
  XMLAnnotation: 'Annotation',
  LongAnnotation: 'Annotation',
  DoubleAnnotation: 'Annotation',
  BooleanAnnotation: 'Annotation',
  ListAnnotation: 'Annotation',
};

const LSID = /^urn:lsid:([^:]+):[^:]+:(.+)$/is;

/** The part of a plain id after `Type:`; an id without that prefix is kept whole behind `_`, so that it cannot meet one with it. */
function localPart(elementId: string, type: string): string {
  const colon = elementId.indexOf(':');
  if (colon > 0 && colon < elementId.length - 1) {
    const prefix = elementId.slice(0, colon);
    if (prefix === type || prefix === PREFIXES[type]) return elementId.slice(colon + 1);
  }
  return `_${elementId}`;
}

/**
 * Names the elements of one document: `{Type}:{scope}.{local}`. Plain ids are unique within `scopePath` (the document's
 * path from the source's root, with `/`); an LSID (`urn:lsid:authority:Type:id`) within its authority, so two files that
 * name the same LSID name the same object.
 */
export function documentIdentity(scopePath: string): Identify {
  const scope = scopeOf(scopePath.normalize('NFC'));
  const authorities = new Map<string, string>();
  return (elementId, type) => {
    if (elementId.length > 9 && (elementId.charCodeAt(0) | 32) === 117) {
      const lsid = LSID.exec(elementId);
      if (lsid !== null) {
        const authority = (lsid[1] ?? '').toLowerCase();
        const authorityScope = authorities.get(authority) ?? scopeOf(authority);
        // Its own copy: the map lives as long as the document, and must not keep a chunk of it.
        if (!authorities.has(authority)) authorities.set(ownText(authority), authorityScope);
        return `${type}:${authorityScope}.${lsid[2] ?? ''}` as ObjectRef;
      }
    }
    return `${type}:${scope}.${localPart(elementId, type)}` as ObjectRef;
  };
}

/** Names the elements of an omero-cli-transfer pack: numeric ids are OMERO's own and stay as they are (`Image:1678`). */
export function packIdentity(scopePath: string): Identify {
  const other = documentIdentity(scopePath);
  return (elementId, type) => {
    const local = localPart(elementId, type);
    return /^\d{1,18}$/.test(local) ? (`${type}:${local}` as ObjectRef) : other(elementId, type);
  };
}
