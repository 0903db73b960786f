import type { KeyValue } from '../ome/model.js';
import type { CompanionHolds } from './companionKeys.js';
import { unwrapped } from './innerKeys.js';
import type { KeyMatch } from './keyMatch.js';
import { fold } from './mappingSet.js';

/**
 * The accession that a companion column gives for a pair, by the pair's index: by name (`Organism Term Accession`; the
 * nth companion belongs to the nth pair of that key) or, without a name, right after it (`Term Source 1 Accession`).
 * Undefined when the annotation has no companions.
 */
export function accessionsBeside(
  pairs: readonly KeyValue[],
  matches: readonly KeyMatch[],
): ReadonlyMap<number, string> | undefined {
  return valuesBeside(pairs, matches, 'accession');
}

/** The values of companion columns that hold one sort of thing, by the index of the pair that they belong to. */
export function valuesBeside(
  pairs: readonly KeyValue[],
  matches: readonly KeyMatch[],
  holds: CompanionHolds,
): ReadonlyMap<number, string> | undefined {
  if (!matches.some((m) => m.kind === 'companion' && m.holds === holds)) return undefined;
  const found = new Map<number, string>();
  const byName = new Map<string, number[]>();
  const note = (name: string, index: number): void => {
    const indexes = byName.get(name);
    if (indexes === undefined) byName.set(name, [index]);
    else indexes.push(index);
  };
  matches.forEach((match, index) => {
    if (match.kind !== 'row') return;
    const name = fold(unwrapped(pairs[index]?.[0] ?? ''));
    note(name, index);
    if (match.row.field === 'organism' && name !== 'organism') note('organism', index);
  });
  const taken = new Map<string, number>();
  let before = -1;
  matches.forEach((match, index) => {
    if (match.kind === 'row') before = index;
    if (match.kind === 'unknown') before = -1;
    if (match.kind !== 'companion' || match.holds !== holds) return;
    const rank = taken.get(match.of) ?? 0;
    taken.set(match.of, rank + 1);
    const owner = match.of === '' ? before : byName.get(match.of)?.[rank];
    const value = pairs[index]?.[1];
    if (owner !== undefined && owner >= 0 && value !== undefined && !found.has(owner)) found.set(owner, value);
  });
  return found;
}
