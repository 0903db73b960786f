import { describe, expect, it } from 'vitest';
import { groupLevel, isRestrictive, visibilityOf, type VisibilityPolicy } from '../../src/extract/visibility.js';

describe('The level of a group', () => {
  it.each([
    ['rw----', 'private'],
    ['rwr---', 'read-only'],
    ['rwra--', 'read-annotate'],
    ['rwrw--', 'read-write'],
    ['rwr-r-', 'public'],
    ['rwrwrw', 'public'],
    ['RWRA--', 'read-annotate'],
    ['rw-w--', 'private'],
    ['', 'private'],
    ['rwrx--', 'private'],
    ['rwr--- ', 'private'],
    [undefined, 'private'],
  ])('of permissions %j is %s', (perm, level) => expect(groupLevel(perm)).toBe(level));
});

const GROUPS = [
  { id: '3', name: 'readonly', perm: 'rwr---' },
  { id: '4', name: 'annotate', perm: 'rwra--' },
  { id: '5', name: 'secret', perm: 'rw----' },
  { id: '6', name: 'open', perm: 'rwr-r-' },
  { id: '7', name: '4', perm: 'rwrw--' },
];
const PEOPLE = [
  { id: '2', userName: 'ada', firstName: 'Ada', lastName: 'Lovelace' },
  { id: '3', userName: 'grace', firstName: 'Grace', lastName: 'Hopper' },
  { id: '8', userName: '3', firstName: '', lastName: '' },
];
const on = (policy: VisibilityPolicy | undefined) => visibilityOf(policy, GROUPS, PEOPLE);

describe('What of a server may be published', () => {
  type Row = [
    policy: VisibilityPolicy | undefined,
    group: string | undefined,
    owner: string | undefined,
    seen: boolean,
  ];
  it.each<Row>([
    // No policy: all but private groups and what is not known.
    [undefined, '3', '2', true],
    [undefined, '4', '3', true],
    [undefined, '6', undefined, true],
    [undefined, '5', '2', false],
    [undefined, '99', '2', false],
    [undefined, undefined, '2', false],
    [{}, '5', '2', false],
    // Levels.
    [{ levels: ['public'] }, '6', '2', true],
    [{ levels: ['public'] }, '3', '2', false],
    [{ levels: [] }, '6', '2', false],
    [{ levels: ['read-only', 'read-annotate'] }, '4', '2', true],
    // A private group needs its name, whatever else is said.
    [{ levels: ['private', 'public'] }, '5', '2', false],
    [{ groups: { allow: ['secret'] } }, '5', '2', true],
    [{ groups: { allow: ['5'] } }, '5', '2', true],
    [{ groups: { allow: ['ExperimenterGroup:5'] } }, '5', '2', true],
    [{ groups: { allow: ['secret'] }, levels: ['private'] }, '5', '2', true],
    [{ groups: { allow: ['secret'] }, levels: ['public'] }, '5', '2', false],
    [{ groups: { allow: ['secret'], deny: ['5'] } }, '5', '2', false],
    [{ groups: { deny: ['open'] } }, '5', '2', false],
    [{ groups: { allow: ['Secret'] } }, '5', '2', false],
    // Groups.
    [{ groups: { allow: ['readonly'] } }, '3', '2', true],
    [{ groups: { allow: ['readonly'] } }, '4', '2', false],
    [{ groups: { allow: ['readonly'] }, levels: ['public'] }, '3', '2', false],
    [{ groups: { allow: [] } }, '3', '2', false],
    [{ groups: { deny: ['readonly'] } }, '3', '2', false],
    [{ groups: { deny: ['readonly'] } }, '4', '2', true],
    [{ groups: { allow: ['readonly'], deny: ['ExperimenterGroup:3'] } }, '3', '2', false],
    [{ groups: { allow: ['99'] } }, '99', '2', false],
    // A name of digits may be the id of another: it denies, and does not allow.
    [{ groups: { allow: ['4'] } }, '4', '2', true],
    [{ groups: { allow: ['4'] } }, '7', '2', false],
    [{ groups: { deny: ['4'] } }, '7', '2', false],
    [{ owners: { allow: ['3'] } }, '3', '8', false],
    [{ owners: { allow: ['3'] } }, '3', '3', true],
    // Owners.
    [{ owners: { allow: ['ada'] } }, '3', '2', true],
    [{ owners: { allow: ['Ada Lovelace'] } }, '3', '2', true],
    [{ owners: { allow: ['ada'] } }, '3', '3', false],
    [{ owners: { deny: ['grace'] } }, '3', '3', false],
    [{ owners: { deny: ['Grace Hopper'] } }, '3', '3', false],
    [{ owners: { deny: ['grace'] } }, '3', '2', true],
    [{ owners: { deny: [] } }, '3', undefined, true],
    [{ owners: { allow: ['ada'] } }, '5', '2', false],
    // Unknown owners: hidden where a rule looks at owners, unless it names this one by id.
    [{ owners: { deny: ['grace'] } }, '3', undefined, false],
    [{ owners: { deny: ['grace'] } }, '3', '77', false],
    [{ owners: { allow: ['ada'] } }, '3', '77', false],
    [{ owners: { allow: ['77'] } }, '3', '77', true],
    [{ owners: { allow: ['Experimenter:77'] } }, '3', '77', true],
    [{ owners: { allow: ['77'], deny: ['grace'] } }, '3', '77', false],
    [{ groups: { deny: ['open'] } }, '3', '77', true],
  ])('by %j: group %s, owner %s → %s', (policy, group, owner, seen) => {
    const visibility = on(policy);
    expect(visibility.isVisible(group, owner)).toBe(seen);
    expect(visibility.whyHidden(group, owner) === undefined).toBe(seen);
  });

  it.each([
    [undefined, '5', 'its group is private, and groups.allow does not name it'],
    [undefined, '99', 'the account does not see its group'],
    [undefined, undefined, 'its group is not known'],
    [{ levels: ['public'] }, '3', 'its group is read-only, which levels does not list'],
    [{ groups: { deny: ['readonly'] } }, '3', 'groups.deny names its group'],
    [{ groups: { allow: ['open'] } }, '3', 'groups.allow does not name its group'],
    [{ owners: { deny: ['ada'] } }, '4', 'owners.deny names its owner'],
  ] as [VisibilityPolicy | undefined, string | undefined, string][])('says why: %j', (policy, group, why) => {
    expect(on(policy).whyHidden(group, '2')).toBe(why);
  });

  it('tells a hidden group from one with a hidden owner', () => {
    const visibility = on({ owners: { allow: ['ada'] } });
    expect(visibility.whyGroupHidden('3')).toBeUndefined();
    expect(visibility.whyGroupHidden('5')).toBeDefined();
    expect(visibility.ownersMatter).toBe(true);
    expect(on({ groups: { allow: ['open'] } }).ownersMatter).toBe(false);
  });

  it('names what in a policy is nobody, since a misspelt name denies nothing', () => {
    const policy = {
      groups: { allow: ['readonly', 'opne'], deny: ['9'] },
      owners: { deny: ['ada', 'grcae', 'Experimenter:3'] },
    };
    expect(on(policy).unknownNames).toEqual(['opne', '9', 'grcae']);
    expect(on(undefined).unknownNames).toEqual([]);
  });

  it('leaves files, which know no levels, as they are', () => {
    expect(isRestrictive({ levels: ['public'] })).toBe(false);
  });
});
