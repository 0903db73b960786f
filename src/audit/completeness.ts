import type { FieldCounts, FieldReport, ModuleReport } from './auditReport.js';
import type { Profile } from './profile.js';

/** How one object stands to one field. */
export type FieldStatus = 'filled' | 'inherited' | 'missing' | 'invalid';

/** Counts of one field that grow as objects are looked at. */
type Counts = { -readonly [K in keyof FieldCounts]: FieldCounts[K] };

/** Counts of every field within one scope: a container, a dataset, a plate. */
export interface Tally {
  add(field: string, status: FieldStatus, grounded: boolean): void;
  counts(field: string): FieldCounts;
}

const NOTHING: FieldCounts = { applicable: 0, filled: 0, inherited: 0, missing: 0, invalid: 0, notGrounded: 0 };

/** An empty tally. */
export function tally(): Tally {
  const fields = new Map<string, Counts>();
  return {
    add(field, status, grounded) {
      let counts = fields.get(field);
      if (counts === undefined) {
        counts = { ...NOTHING };
        fields.set(field, counts);
      }
      counts.applicable += 1;
      counts[status] += 1;
      if (!grounded && (status === 'filled' || status === 'inherited')) counts.notGrounded += 1;
    },
    counts: (field) => fields.get(field) ?? NOTHING,
  };
}

/** A field of a profile: what its shapes have in common. */
export interface ProfileField {
  readonly field: string;
  readonly module: string;
  readonly label: string;
  readonly severity: FieldReport['severity'];
  readonly focusType: string;
}

/** The fields of a profile in its order; severity, label and module are those of the first presence shape. */
export function profileFields(profile: Profile): ProfileField[] {
  const fields = new Map<string, ProfileField>();
  for (const shape of profile.shapes) {
    if (shape.field === undefined || shape.module === undefined || shape.aspect !== 'presence') continue;
    const types = shape.targets.classes.map((c) => c.value.replace(/^.*[#/]/, ''));
    const before = fields.get(shape.field);
    const focusType = [...new Set([...(before?.focusType.split(', ') ?? []), ...types])].join(', ');
    const { field, module, label, severity } = shape;
    fields.set(field, before === undefined ? { field, module, label, severity, focusType } : { ...before, focusType });
  }
  return [...fields.values()];
}

/** The modules of a scope with their fields, in the profile's order. */
export function moduleReports(
  profile: Profile,
  fields: readonly ProfileField[],
  countsOf: (field: string) => FieldCounts,
): ModuleReport[] {
  return profile.modules.map((module) => {
    const rows = fields
      .filter((f) => f.module === module)
      .map(({ field, label, severity, focusType }) => ({ field, label, severity, focusType, ...countsOf(field) }));
    return { module, completeness: completeness(rows), fields: rows };
  });
}

/**
 * Mean share (0..1) of objects that have each field. Fields of severity info are a bonus and do not count, nor do fields
 * that are asked of no object here; null when nothing is left. Every field weighs the same, however many objects it is asked of.
 */
export function completeness(fields: readonly FieldReport[]): number | null {
  const shares = fields
    .filter((f) => f.severity !== 'info' && f.applicable > 0)
    .map((f) => (f.filled + f.inherited) / f.applicable);
  if (shares.length === 0) return null;
  // without the noise of binary fractions, so that reports compare; never rounded up to 1
  return Math.floor((shares.reduce((sum, share) => sum + share, 0) / shares.length) * 1e6 + 1e-3) / 1e6;
}

/** Modules of several scopes added up; all come from the same profile. */
export function sumModules(profile: Profile, scopes: readonly (readonly ModuleReport[])[]): ModuleReport[] {
  const sums = new Map<string, Counts>();
  for (const field of scopes.flat().flatMap((m) => m.fields)) {
    const sum = sums.get(field.field) ?? { ...NOTHING };
    for (const key of Object.keys(NOTHING) as (keyof FieldCounts)[]) sum[key] += field[key];
    sums.set(field.field, sum);
  }
  return moduleReports(profile, profileFields(profile), (field) => sums.get(field) ?? NOTHING);
}
