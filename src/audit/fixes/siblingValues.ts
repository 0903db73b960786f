import { PREFIXES } from '../../rdf/vocabulary.js';
import type { FixObject, StatedPair } from './containerFacts.js';

/** What the siblings of an object state for a field. */
export interface SiblingValues {
  /** Values with the number of siblings that state them, most frequent first; no more than ten. */
  readonly values: readonly (readonly [value: string, siblings: number])[];
  /** The one value that may be taken for the object too. */
  readonly agreed?: string | undefined;
  readonly stating: number;
  readonly siblings: number;
}

/** Fields that differ between the images of a study on purpose, or are measured for each: agreement of others proves nothing. */
const VARIES: ReadonlySet<string> = new Set(
  [
    ...['biosampleIdentity', 'intrinsicVariable', 'extrinsicVariable', 'experimentalVariable', 'experimentalStatus'],
    ...['locationWithinBiosample', 'dimensionExtents', 'sizeDescription', 'pixelSizeDescription', 'qcInfo'],
    ...['spatialAndTemporalAlignment', 'transformationMatrix', 'relatedImages', 'contrastInversion'],
  ].map((field) => PREFIXES.rembi + field),
);
const MOST_VALUES = 10;

/**
 * Answers what the siblings of an object (other datasets of its project, other images of its dataset) state for a field, on
 * themselves or on something in them. A value is agreed when all that state the field state it, and they are at least as
 * many as those that do not.
 */
export function siblingValues(
  isBad: (object: FixObject, pair: StatedPair) => boolean,
): (object: FixObject, field: string) => SiblingValues {
  const stated = new Map<string, Map<FixObject, ReadonlySet<string>>>();
  const tallies = new Map<string, Map<FixObject, Tally>>();

  /** Values on an object, else those on what it holds. */
  const valuesAt = (object: FixObject, field: string, depth = 0): ReadonlySet<string> => {
    const known = (stated.get(field) ?? stated.set(field, new Map()).get(field)) as Map<FixObject, ReadonlySet<string>>;
    const before = known.get(object);
    if (before !== undefined) return before;
    const values = new Set<string>();
    for (const { pairs } of object.annotations)
      for (const pair of pairs) if (pair.field === field && !isBad(object, pair)) values.add(pair.value);
    if (values.size === 0 && depth < 5)
      for (const child of object.children) {
        for (const value of valuesAt(child, field, depth + 1)) values.add(value);
        if (values.size > MOST_VALUES) break;
      }
    known.set(object, values);
    return values;
  };
  const tallyOf = (parent: FixObject, field: string): Tally => {
    const known = (tallies.get(field) ?? tallies.set(field, new Map()).get(field)) as Map<FixObject, Tally>;
    const before = known.get(parent);
    if (before !== undefined) return before;
    const tally: Tally = { counts: new Map(), stating: 0, children: parent.children.length };
    for (const child of parent.children) {
      const values = valuesAt(child, field);
      if (values.size > 0) tally.stating += 1;
      for (const value of values)
        if (tally.counts.size <= MOST_VALUES || tally.counts.has(value))
          tally.counts.set(value, (tally.counts.get(value) ?? 0) + 1);
    }
    known.set(parent, tally);
    return tally;
  };

  return (object, field) => {
    const counts = new Map<string, number>();
    let [stating, siblings] = [0, 0];
    for (const parent of object.parents) {
      const tally = tallyOf(parent, field);
      const own = valuesAt(object, field);
      stating += tally.stating - (own.size > 0 ? 1 : 0);
      siblings += tally.children - 1;
      for (const [value, count] of tally.counts) {
        const others = count - (own.has(value) ? 1 : 0);
        if (others > 0) counts.set(value, (counts.get(value) ?? 0) + others);
      }
    }
    const values = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).slice(0, MOST_VALUES);
    const isAgreed = values.length === 1 && stating >= siblings + 1 - stating && !VARIES.has(field);
    return { values, stating, siblings, ...(isAgreed && { agreed: values[0]?.[0] }) };
  };
}

interface Tally {
  readonly counts: Map<string, number>;
  stating: number;
  readonly children: number;
}
