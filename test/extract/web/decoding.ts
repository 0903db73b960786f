import type { Finding } from '../../../src/findings.js';
import type { DecodeContext } from '../../../src/extract/web/decodeContext.js';

/** A context that keeps what it is told, as `code at`. */
export function listening(timeZone = 'UTC'): DecodeContext & { readonly told: string[]; readonly findings: Finding[] } {
  const told: string[] = [];
  const findings: Finding[] = [];
  return {
    told,
    findings,
    timeZone,
    onFinding(f) {
      findings.push(f);
      told.push(`${f.code} ${f.at ?? f.focus}`);
    },
  };
}

const OME = 'http://www.openmicroscopy.org/Schemas/OME/2016-06#';

/** An object as omero-marshal encodes it. */
export const encoded = <T extends object>(type: string, id: number | string, more: T) => ({
  '@type': `${OME}${type}`,
  '@id': id,
  'omero:details': {
    '@type': 'TBD#Details',
    owner: { '@type': `${OME}Experimenter`, '@id': 2, UserName: 'ada' },
    group: { '@type': `${OME}ExperimenterGroup`, '@id': 4, Name: 'lab' },
    permissions: { '@type': 'TBD#Permissions', perm: 'rwra--', canEdit: true },
  },
  ...more,
});

/** A quantity as omero-marshal encodes it. */
export const quantity = (value: number | string, unit: string, symbol: string, type = 'LengthI') => ({
  '@type': `TBD#${type}`,
  Unit: unit,
  Symbol: symbol,
  Value: value,
});

/** A value of an enumeration as omero-marshal encodes it. */
export const enumeration = (type: string, value: string) => ({ '@type': `TBD#${type}`, '@id': 3, value });
