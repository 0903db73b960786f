import type { AllowDeny, GroupLevel, VisibilityPolicy } from './visibility.js';

/** A group as an OMERO server lists it. */
export interface ServerGroup {
  /** Digits. */
  readonly id: string;
  readonly name?: string | undefined;
  /** Permissions as OMERO writes them, `rwra--`. */
  readonly perm?: string | undefined;
}

/** A person as an OMERO server lists them. */
export interface ServerPerson {
  /** Digits. */
  readonly id: string;
  readonly userName?: string | undefined;
  readonly firstName?: string | undefined;
  readonly lastName?: string | undefined;
}

/** What a policy says about the objects of a server's groups and people. What is not known is not visible. */
export interface Visibility {
  /** Whether objects of a group and owner (ids as digits) may be published. */
  isVisible(groupId: string | undefined, ownerId: string | undefined): boolean;
  /** Why they may not, as half a sentence; undefined when they may. */
  whyHidden(groupId: string | undefined, ownerId: string | undefined): string | undefined;
  /** Why nothing of a group may be published, whoever owns it; undefined when something may. */
  whyGroupHidden(groupId: string | undefined): string | undefined;
  /** Whether the policy looks at owners. */
  readonly ownersMatter: boolean;
  /** Names in the policy that no group or person has: a name misspelt denies nothing. */
  readonly unknownNames: readonly string[];
}

/**
 * The level of a group from its permissions (`rw----`, `rwr---`, `rwra--`, `rwrw--`, `rwr-r-`): who can read in the third
 * and fifth place, what members can do in the fourth. Anything else is private.
 */
export function groupLevel(perm: string | undefined): GroupLevel {
  const places = /^[r-][aw-](?<members>[r-])(?<may>[aw-])(?<world>[r-])[aw-]$/i.exec(
    (perm ?? '').toLowerCase(),
  )?.groups;
  if (places === undefined) return 'private';
  if (places.world === 'r') return 'public';
  if (places.members !== 'r') return 'private';
  return places.may === 'w' ? 'read-write' : places.may === 'a' ? 'read-annotate' : 'read-only';
}

/**
 * The visibility that a policy gives on a server: a group that is not in `groups` is hidden, with its objects; a private
 * group unless `policy.groups.allow` names it; a person that is not in `people` wherever the policy names owners, unless it
 * names this one by id.
 */
export function visibilityOf(
  policy: VisibilityPolicy | undefined,
  groups: Iterable<ServerGroup>,
  people: Iterable<ServerPerson>,
): Visibility {
  const groupNames = namesOf(policy?.groups, 'ExperimenterGroup');
  const ownerNames = namesOf(policy?.owners, 'Experimenter');
  const hiddenGroups = new Map<string, string | undefined>();
  for (const group of groups) {
    const level = groupLevel(group.perm);
    const { denied, allowed } = groupNames.ask(group.id, [group.name]);
    hiddenGroups.set(group.id, denied ?? levelDenied(policy, level, allowed));
  }
  const hiddenOwners = new Map<string, string | undefined>();
  for (const person of people) {
    const full = [person.firstName, person.lastName].filter((part) => part !== undefined && part !== '').join(' ');
    hiddenOwners.set(person.id, ownerNames.ask(person.id, [person.userName, full]).denied);
  }

  const whyGroupHidden = (id: string | undefined): string | undefined => {
    if (id === undefined) return 'its group is not known';
    return hiddenGroups.has(id) ? hiddenGroups.get(id) : 'the account does not see its group';
  };
  const whyOwnerHidden = (id: string | undefined): string | undefined => {
    if (!ownerNames.rules) return undefined;
    if (id === undefined) return 'its owner is not known';
    return hiddenOwners.has(id) ? hiddenOwners.get(id) : ownerNames.askUnknown(id);
  };
  const whyHidden = (group: string | undefined, owner: string | undefined): string | undefined =>
    whyGroupHidden(group) ?? whyOwnerHidden(owner);
  return {
    isVisible: (group, owner) => whyHidden(group, owner) === undefined,
    whyHidden,
    whyGroupHidden,
    ownersMatter: ownerNames.rules,
    unknownNames: [...groupNames.unmet(), ...ownerNames.unmet()],
  };
}

function levelDenied(policy: VisibilityPolicy | undefined, level: GroupLevel, named: boolean): string | undefined {
  if (level === 'private' && !named) return 'its group is private, and groups.allow does not name it';
  return policy?.levels === undefined || policy.levels.includes(level)
    ? undefined
    : `its group is ${level}, which levels does not list`;
}

/** One allow and deny list, asked about the groups or people of a server. */
function namesOf(rule: AllowDeny | undefined, type: string) {
  const allow = rule?.allow === undefined ? undefined : new Set(rule.allow);
  const deny = new Set(rule?.deny ?? []);
  const met = new Set<string>();
  const what = type === 'Experimenter' ? 'owner' : 'group';
  /** A name of digits could be the id of somebody else: it denies, and never allows. */
  const isId = (name: string): boolean => /^\d+$/.test(name) || name.startsWith(`${type}:`);
  return {
    /** Whether the lists rule anything out. */
    rules: allow !== undefined || deny.size > 0,
    ask(
      id: string,
      names: readonly (string | undefined)[],
    ): { readonly denied: string | undefined; readonly allowed: boolean } {
      const ids = [id, `${type}:${id}`];
      const given = names.filter((name): name is string => name !== undefined && name !== '');
      for (const name of [...ids, ...given]) met.add(name);
      if ([...ids, ...given].some((name) => deny.has(name)))
        return { denied: `${what}s.deny names its ${what}`, allowed: false };
      const allowed = [...ids, ...given.filter((name) => !isId(name))].some((name) => allow?.has(name) === true);
      return {
        denied: allow === undefined || allowed ? undefined : `${what}s.allow does not name its ${what}`,
        allowed,
      };
    },
    /** About one whose names are not known: only an id can allow it, and any denied name could be its. */
    askUnknown(id: string): string | undefined {
      const isNamed = allow?.has(id) === true || allow?.has(`${type}:${id}`) === true;
      return isNamed && deny.size === 0 ? undefined : `the account does not see its ${what}`;
    },
    unmet: (): string[] => [...new Set([...(allow ?? []), ...deny])].filter((name) => !met.has(name)),
  };
}
