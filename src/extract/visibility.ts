import type { Experimenter, OmeRecord } from '../ome/model.js';

/** Names that may or may not be published; `deny` wins over `allow`, and no `allow` means all that are not denied. */
export interface AllowDeny {
  readonly allow?: readonly string[] | undefined;
  readonly deny?: readonly string[] | undefined;
}

/** Permission levels of OMERO's groups, from closed to open. */
export const GROUP_LEVELS = ['private', 'read-only', 'read-annotate', 'read-write', 'public'] as const;
export type GroupLevel = (typeof GROUP_LEVELS)[number];

/** Whose objects may be published. Groups and owners are named by ref (`ExperimenterGroup:3`), id or name. */
export interface VisibilityPolicy {
  readonly groups?: AllowDeny | undefined;
  readonly owners?: AllowDeny | undefined;
  /**
   * Levels of groups that may be published, where the source knows levels; all but private when left out. A private group
   * is published only when `groups.allow` names it.
   */
  readonly levels?: readonly GroupLevel[] | undefined;
}

/** All names by which the group and the owner of an object are known; empty when the source does not say. */
export interface Ownership {
  readonly groups: readonly string[];
  readonly owners: readonly string[];
}

/** Whether a policy rules anything out. */
export const isRestrictive = (policy: VisibilityPolicy | undefined): boolean =>
  [policy?.groups, policy?.owners].some((rule) => rule?.allow !== undefined || (rule?.deny?.length ?? 0) > 0);

/** Whether objects of such an owner may be published; where a rule exists and the owner is unknown, they may not. */
export function isVisible(policy: VisibilityPolicy | undefined, ownership: Ownership): boolean {
  return passes(policy?.groups, ownership.groups) && passes(policy?.owners, ownership.owners);
}

function passes(rule: AllowDeny | undefined, names: readonly string[]): boolean {
  const { allow, deny = [] } = rule ?? {};
  if (allow === undefined && deny.length === 0) return true;
  if (names.length === 0 || names.some((name) => deny.includes(name))) return false;
  return allow === undefined || names.some((name) => allow.includes(name));
}

/** The record without what never leaves this room: the e-mail address and login of people. */
export function withoutSecrets(record: OmeRecord): OmeRecord {
  if (record.kind !== 'object' || record.object.type !== 'Experimenter') return record;
  return { ...record, object: withoutLogin(record.object) };
}

/** The person without e-mail address and login. */
export function withoutLogin({ email: _email, userName: _userName, ...person }: Experimenter): Experimenter {
  return person;
}

export { groupLevel, type ServerGroup, type ServerPerson, type Visibility, visibilityOf } from './serverVisibility.js';
