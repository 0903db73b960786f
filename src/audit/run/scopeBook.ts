import type { TermId } from '../../graph/columns/containerGraph.js';
import type { Severity } from '../../findings.js';
import type { ObjectLabel, PartReport } from '../model.js';
import type { ContainerSpace, Place } from './containerSpace.js';
import { emptyTotal, type ScopeTotal, WIDTH } from './scopes.js';

/** A place with the totals that what is there counts in. */
export interface BookedPlace extends Place {
  readonly scopes: readonly ScopeTotal[];
}

/** Counts of a container as a whole, of each part, group and owner in it. */
export interface ScopeBook {
  readonly whole: ScopeTotal;
  readonly parts: readonly Pick<PartReport, 'node' | 'ref' | 'label' | 'type'>[];
  readonly partTotals: readonly ScopeTotal[];
  /** Places of objects, remembered. */
  place(id: TermId): BookedPlace;
  status(place: BookedPlace, field: number, code: number): void;
  result(place: BookedPlace, severity: Severity, waived: boolean): void;
  image(place: BookedPlace): void;
  /** Totals by group or owner; without an object where none is stated. */
  shared(by: 'group' | 'owner'): { readonly object?: ObjectLabel | undefined; readonly total: ScopeTotal }[];
}

/** An empty book for a profile with so many fields. */
export function scopeBook(space: ContainerSpace, fields: number): ScopeBook {
  const whole = emptyTotal(fields);
  const partTotals = space.parts.map(() => emptyTotal(fields));
  const shared = { group: new Map<TermId, ScopeTotal>(), owner: new Map<TermId, ScopeTotal>() };
  const places: BookedPlace[] = [];
  const scopesOf = new Map<string, ScopeTotal[]>();
  let last: { readonly place: Place; readonly list: readonly ScopeTotal[] } | undefined;
  const totalOf = (by: 'group' | 'owner', id: TermId): ScopeTotal => {
    let total = shared[by].get(id);
    if (total === undefined) {
      total = emptyTotal(fields);
      shared[by].set(id, total);
    }
    return total;
  };
  /** Totals that an object counts in: the same list for all objects of a dataset, group and owner. */
  const within = (place: Place): readonly ScopeTotal[] => {
    if (last?.place.parts === place.parts && last.place.group === place.group && last.place.owner === place.owner)
      return last.list;
    const key = `${place.parts.join()} ${place.group} ${place.owner}`;
    let list = scopesOf.get(key);
    if (list === undefined) {
      const parts = place.parts.flatMap((n) => partTotals[n] ?? []);
      list = [whole, ...parts, totalOf('group', place.group), totalOf('owner', place.owner)];
      scopesOf.set(key, list);
    }
    last = { place, list };
    return list;
  };
  return {
    whole,
    parts: space.parts.map(({ id, type }) => ({ ...space.object(id), type })),
    partTotals,
    place(id) {
      let place = places[id];
      if (place === undefined) {
        const found = space.place(id);
        const { image, parts, group, owner } = found;
        place = { image, parts, group, owner, scopes: within(found) };
        places[id] = place;
      }
      return place;
    },
    status(place, field, code) {
      const at = field * WIDTH + code;
      for (const { counts } of place.scopes) counts[at] = (counts[at] ?? 0) + 1;
    },
    result(place, severity, waived) {
      for (const total of place.scopes) {
        if (waived) total.waived += 1;
        else total.results[severity] += 1;
      }
    },
    image(place) {
      for (const total of place.scopes) total.images += 1;
    },
    shared: (by) => [...shared[by]].map(([id, total]) => ({ ...(id >= 0 && { object: space.object(id) }), total })),
  };
}
