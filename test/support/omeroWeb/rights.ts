import type { VisibilityPolicy } from '../../../src/extract/visibility.js';
import type { DataRow, GroupRow, ServerRows } from './rows.js';

/** What a user may read and a policy publishes, by OMERO's rules on rows. */
export interface Rights {
  isVisible(row: DataRow): boolean;
  /** By the policy alone. */
  isOwnerVisible(id: number): boolean;
}

/** The rights of a user under a policy. */
export function rightsOf(rows: ServerRows, user: number, policy: VisibilityPolicy = {}): Rights {
  const isAdmin = rows.users.find((row) => row.id === user)?.isAdmin === true;
  const readable = (group: GroupRow, owner: number): boolean =>
    isAdmin ||
    group.leaders?.includes(user) === true ||
    owner === user ||
    (group.members.includes(user) && group.perm[2] === 'r') ||
    group.perm[4] === 'r';
  const groups = new Map(rows.groups.map((group) => [group.id, group]));
  const publicGroups = new Set(rows.groups.filter((group) => isPublic(group, policy)).map((group) => group.id));
  const publicOwners = new Set(
    rows.users
      .filter(({ id, userName, firstName, lastName }) =>
        passes(policy.owners, [String(id), `Experimenter:${id}`, userName, `${firstName} ${lastName}`]),
      )
      .map(({ id }) => id),
  );
  const isOwnerVisible = (id: number): boolean => publicOwners.has(id);
  return {
    isOwnerVisible,
    isVisible: ({ group: id, owner }) => {
      const group = groups.get(id);
      return group !== undefined && publicGroups.has(id) && isOwnerVisible(owner) && readable(group, owner);
    },
  };
}

const LEVELS = {
  'rw----': 'private',
  'rwr---': 'read-only',
  'rwra--': 'read-annotate',
  'rwrw--': 'read-write',
  'rwr-r-': 'public',
} as const;

function isPublic({ id, name, perm }: GroupRow, policy: VisibilityPolicy): boolean {
  const names = [String(id), `ExperimenterGroup:${id}`, name];
  const level = LEVELS[perm];
  if (!passes(policy.groups, names)) return false;
  if (level === 'private' && policy.groups?.allow?.some((allowed) => names.includes(allowed)) !== true) return false;
  return policy.levels === undefined || policy.levels.includes(level);
}

function passes(rule: VisibilityPolicy['groups'], names: readonly string[]): boolean {
  if (rule?.deny?.some((denied) => names.includes(denied)) === true) return false;
  return rule?.allow === undefined || rule.allow.some((allowed) => names.includes(allowed));
}
