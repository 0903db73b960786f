import type { GroupRow } from './rows.js';
import type { Store } from './store.js';

/** The session user, with what decides what it sees and may do. */
export interface Viewer {
  readonly id: number;
  readonly isAdmin: boolean;
  /** OMERO's rule for one row: bits of the group, not of the row (AllGroupsSecurityFilter). */
  canRead(group: number, owner: number): boolean;
  rights(group: number, owner: number): Rights;
}

/** What the viewer may do with an object. */
export interface Rights {
  readonly canAnnotate: boolean;
  readonly canDelete: boolean;
  readonly canEdit: boolean;
  readonly canLink: boolean;
}

/** Group 0 (`system`) makes administrators. */
export const SYSTEM_GROUP = 0;

/** The view of one user on a store, kept until the rows change. */
export function viewerOf(store: Store, userId: number): Viewer {
  return store.kept(`viewer ${userId}`, () => makeViewer(store, userId));
}

function makeViewer(store: Store, userId: number): Viewer {
  const isMember = (group: GroupRow): boolean => group.members.includes(userId);
  const isAdmin =
    (store.byId('users', userId)?.isAdmin ?? false) ||
    store.rows.groups.some((group) => group.id === SYSTEM_GROUP && isMember(group));
  const reads = new Map<number, 'all' | 'own' | 'none'>();
  for (const group of store.rows.groups) reads.set(group.id, readsOf(group, userId, isAdmin, isMember(group)));
  const groupOf = (id: number): GroupRow | undefined => store.byId('groups', id);
  return {
    id: userId,
    isAdmin,
    canRead: (group, owner) => {
      const read = reads.get(group) ?? 'none';
      return read === 'all' || (read === 'own' && owner === userId);
    },
    rights: (groupId, owner) => {
      const group = groupOf(groupId);
      const member = group !== undefined && isMember(group);
      const whole = isAdmin || owner === userId || (member && group.perm[3] === 'w');
      return {
        canAnnotate: whole || (member && group.perm[3] === 'a'),
        canDelete: whole,
        canEdit: whole,
        canLink: whole,
      };
    },
  };
}

function readsOf(group: GroupRow, userId: number, isAdmin: boolean, isMember: boolean): 'all' | 'own' | 'none' {
  if (isAdmin || (group.leaders ?? []).includes(userId) || group.perm[4] === 'r') return 'all';
  if (isMember && group.perm[2] === 'r') return 'all';
  return group.perm[0] === 'r' ? 'own' : 'none';
}

/** The classes of a row in the web client: `canEdit canAnnotate canLink canDelete isOwned`. */
export function permsCss(viewer: Viewer, group: number, owner: number): string {
  const rights = viewer.rights(group, owner);
  const names = (['canEdit', 'canAnnotate', 'canLink', 'canDelete'] as const).filter((name) => rights[name]);
  return [...names, ...(owner === viewer.id ? ['isOwned'] : [])].join(' ');
}
