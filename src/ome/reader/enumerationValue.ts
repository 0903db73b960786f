import { ENUMERATIONS, WORD_LISTS } from '../enumerations.js';

/** Values of older schema versions that are not another spelling of today's. */
const RENAMED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ChannelAcquisitionMode: {
    laserscanningmicroscopy: 'LaserScanningConfocalMicroscopy',
    laserscanningconfocal: 'LaserScanningConfocalMicroscopy',
  },
  LaserLaserMedium: { nitrogen: 'N', argon: 'Ar', krypton: 'Kr', xenon: 'Xe', e: 'EMinus' },
  ShapeFontFamily: { arial: 'sans-serif', helvetica: 'sans-serif', courier: 'monospace', timesnewroman: 'serif' },
  ShapeFontStyle: { regular: 'Normal' },
  Experiment: { '4d': 'FourDPlus' },
};

const squeeze = (value: string): string => value.toLowerCase().replace(/[^a-z0-9]/g, '');
const repairs = new Map<string, ReadonlyMap<string, string>>();

function repair(name: string, values: ReadonlySet<string>, value: string): string | undefined {
  let table = repairs.get(name);
  if (table === undefined) {
    const spelled = [...values].map((v) => [squeeze(v), v] as const);
    // Two values that differ in letter case only ("Fl" and "fl") cannot be told apart by a misspelling.
    const unique = spelled.filter(([s]) => spelled.filter(([other]) => other === s).length === 1);
    table = new Map([...Object.entries(RENAMED[name] ?? {}), ...unique]);
    repairs.set(name, table);
  }
  const squeezed = squeeze(value);
  return table.get(squeezed) ?? (squeezed === 'unknown' && values.has('Other') ? 'Other' : undefined);
}

/**
 * The value of an enumeration of OME 2016-06 (name as in schema.ts) for a value as found: letter case, blanks and hyphens
 * are repaired, values of older versions are renamed ("Unknown" is "Other"); undefined when it is none of them.
 */
export function enumerationValue(name: string, found: string): string | undefined {
  const values = ENUMERATIONS[name];
  if (values === undefined) return found;
  return values.has(found) ? found : repair(name, values, found);
}

/** The same for an attribute that lists words (`Experiment` or `MicrobeamManipulation` Type); undefined when no word is known. */
export function wordList(element: string, found: string): string | undefined {
  const values = WORD_LISTS[element];
  if (values === undefined) return found;
  const words = found.split(/\s+/).filter((word) => word !== '');
  const known = words.map((word) => (values.has(word) ? word : repair(element, values, word)));
  return words.length > 0 && known.every((word) => word !== undefined) ? known.join(' ') : undefined;
}
