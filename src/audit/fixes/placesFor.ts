import type { FixObject } from './containerFacts.js';

/** How an object that a field is asked of stands to it, for the question on what it is to be stated. */
export type Need = 'lacks' | 'has' | 'indifferent';

/** The objects on which a field is to be stated, with the number of objects asked that each of them answers for. */
export type Places = ReadonlyMap<FixObject, number>;

/**
 * The fewest and outermost objects on which to state a field so that every object asked, such as an image, that lacks it has it by
 * inheritance (docs/graph.md, layer 2) and none that has it, or is not to have it, gets it.
 */
export function placesFor(asked: ReadonlyMap<FixObject, Need>): Places {
  /** Of what holds them. */
  const needs = new Map<FixObject, Need>();
  const tops = new Set<FixObject>();
  const climb = (object: FixObject, seen: Set<FixObject>): void => {
    if (seen.has(object)) return;
    seen.add(object);
    if (object.parents.length === 0) tops.add(object);
    for (const parent of object.parents) climb(parent, seen);
  };
  const seen = new Set<FixObject>();
  for (const object of asked.keys()) climb(object, seen);
  const visiting = new Set<FixObject>();
  /** Of what holds others: `lacks` when some of them lack the field and none has it. */
  const need = (object: FixObject): Need => {
    const known = asked.get(object) ?? needs.get(object);
    if (known !== undefined) return known;
    if (object.type === 'Image' || visiting.has(object)) return 'has';
    visiting.add(object);
    const inside = object.children.filter((child) => seen.has(child)).map(need);
    const found = inside.includes('has') ? 'has' : inside.includes('lacks') ? 'lacks' : 'indifferent';
    needs.set(object, found);
    visiting.delete(object);
    return found;
  };
  const covering = new Set<FixObject>();
  const walked = new Set<FixObject>();
  const descend = (object: FixObject): void => {
    if (walked.has(object)) return;
    walked.add(object);
    const found = need(object);
    if (found === 'lacks') covering.add(object);
    else if (found === 'has') for (const child of object.children) if (seen.has(child)) descend(child);
  };
  for (const top of tops) descend(top);
  return answered(asked, covering);
}

/** Counts what each place answers for; what lies in another place too is left out when it answers for nothing of its own. */
function answered(asked: ReadonlyMap<FixObject, Need>, covering: ReadonlySet<FixObject>): Places {
  const places = new Map<FixObject, number>();
  const outermost = new Map<FixObject, FixObject | undefined>();
  const coverOf = (object: FixObject): FixObject | undefined => {
    if (outermost.has(object)) return outermost.get(object);
    // Nothing is its own cover, should it lie in itself.
    outermost.set(object, undefined);
    let found: FixObject | undefined;
    for (const parent of object.parents) found ??= coverOf(parent);
    found ??= covering.has(object) ? object : undefined;
    outermost.set(object, found);
    return found;
  };
  for (const [object, need] of asked) {
    if (need !== 'lacks') continue;
    const place = coverOf(object);
    if (place !== undefined) places.set(place, (places.get(place) ?? 0) + 1);
  }
  return places;
}
