import { OmegraphError } from '../errors.js';
import type { FieldInfo, ShapeInfo } from './model.js';

/** What need not be fixed, as the configuration states it. */
export interface Waiver {
  /** A field or shape: its name, label or IRI. */
  readonly about: string;
  /** `Project:52`, `Dataset:7`, `group: Lab A`, `owner: Ada Lovelace` or `*`. */
  readonly on: string;
  readonly reason: string;
  /** Last day it holds, `YYYY-MM-DD`. */
  readonly until?: string | undefined;
}

/** Where a waiver holds. */
export type WaivedPlace =
  | { readonly kind: 'all' }
  | { readonly kind: 'group' | 'owner'; readonly name: string }
  | { readonly kind: 'object'; readonly ref: string };

/** A waiver that was understood; plain data. */
export interface CheckedWaiver extends Waiver {
  /** IRI of the field or shape. */
  readonly about: string;
  readonly place: WaivedPlace;
  /** Numbers of the shapes that it silences. */
  readonly shapes: readonly number[];
  readonly expired: boolean;
}

/**
 * Understands waivers against the fields and shapes of an audit; `today` is a day in UTC. One that has expired is kept, to be told.
 * @throws OmegraphError (config) when a waiver is about no field or shape of the profile, or on no place, or its day is none
 */
export function checkWaivers(
  waivers: readonly Waiver[],
  { fields, shapes }: { readonly fields: readonly FieldInfo[]; readonly shapes: readonly ShapeInfo[] },
  today: string,
): CheckedWaiver[] {
  return waivers.map((waiver, i) => {
    const where = `audit.waivers[${i}]`;
    const named = (iri: string, label: string): boolean =>
      waiver.about.includes('//')
        ? iri === waiver.about
        : [label, bareName(iri)].some((name) => namesOf(waiver.about).includes(name.toLowerCase()));
    const field = fields.findIndex((f) => named(f.field, f.label));
    const exact = shapes.flatMap((s, n) => (s.shape === waiver.about ? [n] : []));
    const byName = shapes.flatMap((s, n) => (named(s.shape, s.label) ? [n] : []));
    const silenced =
      exact.length > 0 ? exact : field >= 0 ? shapes.flatMap((s, n) => (s.field === field ? [n] : [])) : byName;
    const [first] = silenced;
    if (first === undefined) {
      const some = fields.slice(0, 6).map((f) => bareName(f.field));
      throw wrong(
        where,
        'the profile has no such field or shape',
        waiver.about,
        `name a field${some.length > 0 ? ` (such as ${some.join(', ')})` : ''} or the IRI of a shape`,
      );
    }
    if (waiver.until !== undefined && !isDay(waiver.until))
      throw wrong(where, 'until is not a day', waiver.until, 'write a day as 2027-01-31');
    if (waiver.reason.trim() === '')
      throw wrong(where, 'the waiver gives no reason', undefined, 'say why it need not be fixed');
    return {
      ...waiver,
      about: exact.length > 0 || field < 0 ? (shapes[first]?.shape ?? waiver.about) : (fields[field]?.field ?? ''),
      place: placeOf(waiver.on, where),
      shapes: silenced,
      expired: waiver.until !== undefined && waiver.until < today,
    };
  });
}

function placeOf(on: string, where: string): WaivedPlace {
  const text = on.trim();
  if (text === '*') return { kind: 'all' };
  const shared = /^(group|owner):\s*(\S.*)$/.exec(text);
  if (shared !== null) return { kind: shared[1] as 'group' | 'owner', name: shared[2] ?? '' };
  if (text === 'orphans' || /^[A-Z][A-Za-z]+:\S+$/.test(text)) return { kind: 'object', ref: text };
  throw wrong(where, '`on` names no place', on, 'write Project:52, Dataset:7, "group: Lab A", "owner: A Name" or "*"');
}

/** Whether a text is a day of the calendar, `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** `rembi:organism` may be meant as a prefixed name, `Signal/contrast mechanism` is a label. */
function namesOf(about: string): string[] {
  return [about.trim().toLowerCase(), bareName(about.trim()).toLowerCase()];
}

function bareName(text: string): string {
  return text.replace(/^.*[#/:]/, '');
}

function wrong(where: string, what: string, found: string | undefined, remedy: string): OmegraphError {
  return new OmegraphError('config', { where, wrong: what, found, remedy });
}
