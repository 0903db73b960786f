import type { ServerRows } from './rows.js';

/** Who owns the golden study, and the groups it lies in. */
export const ADA = 2;
export const GRACE = 3;
export const READ_ONLY = 3;
export const ANNOTATE = 4;
export const PRIVATE = 5;

/** Everybody's password in the golden study. */
export const GOLDEN_PASSWORD = 'secret';

/** Users and groups of the golden study. */
export function peopleRows(): Pick<ServerRows, 'users' | 'groups'> {
  const password = GOLDEN_PASSWORD;
  const blank = { middleName: '', email: '' };
  return {
    users: [
      { id: 0, userName: 'root', firstName: 'root', lastName: 'root', ...blank, password },
      { id: 1, userName: 'guest', firstName: 'Guest', lastName: 'Account', ...blank },
      {
        id: ADA,
        userName: 'ada',
        firstName: 'Ada',
        middleName: 'M.',
        lastName: 'Lovelace',
        email: 'ada@example.org',
        institution: 'Analytical Institute',
        password,
        defaultGroup: ANNOTATE,
      },
      { id: GRACE, userName: 'grace', firstName: 'Grace', lastName: 'Hopper', ...blank, password },
      { id: 4, userName: 'public', firstName: 'Public', lastName: 'User', password },
    ],
    groups: [
      { id: 0, name: 'system', perm: 'rw----', members: [0] },
      { id: 1, name: 'user', perm: 'rwr---', members: [0, ADA, GRACE, 4] },
      { id: 2, name: 'guest', perm: 'rwr---', members: [1] },
      { id: READ_ONLY, name: 'lab-readonly', description: 'Read-only lab group', perm: 'rwr---', members: [ADA, 4] },
      {
        id: ANNOTATE,
        name: 'lab-annotate',
        description: 'Read-annotate lab group',
        perm: 'rwra--',
        members: [ADA, GRACE],
        leaders: [ADA],
      },
      { id: PRIVATE, name: 'private-lab', perm: 'rw----', members: [GRACE] },
    ],
  };
}
