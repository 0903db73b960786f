import type { ObjectRef, OmeObject } from '../ome/model.js';
import { isRestrictive, isVisible, type Ownership, type VisibilityPolicy } from './visibility.js';

/** Who owns the objects of files, and what a policy says to that. */
export interface Ownerships {
  /** Learns the names of people and groups. */
  learn(object: OmeObject): void;
  /** Decides about an object that can have an owner; to be asked when all names are known. */
  judge(object: OmeObject): void;
  isHidden(ref: ObjectRef): boolean;
}

/** Types of OME-XML that state an owner or group, or (Screen, Plate, Folder) cannot and so are never known to be public. */
const OWNED: ReadonlySet<string> = new Set(['Project', 'Dataset', 'Folder', 'Screen', 'Plate', 'Image']);

/** Nothing learnt; a policy that restricts nothing hides nothing. */
export function ownerships(policy: VisibilityPolicy | undefined): Ownerships {
  const restrictive = isRestrictive(policy);
  const names = new Map<string, readonly string[]>();
  const hidden = new Set<string>();
  const namesOf = (ref: ObjectRef | undefined): readonly string[] =>
    ref === undefined ? [] : [ref, idOf(ref), ...(names.get(ref) ?? [])];
  return {
    learn(object) {
      if (object.type === 'Experimenter') {
        const full = [object.firstName, object.lastName].filter((part) => part !== undefined && part !== '').join(' ');
        names.set(
          object.ref,
          [object.userName, full].filter((name): name is string => name !== undefined && name !== ''),
        );
      } else if (object.type === 'ExperimenterGroup' && object.name !== undefined) names.set(object.ref, [object.name]);
    },
    judge(object) {
      if (!restrictive || !OWNED.has(object.type)) return;
      const { experimenter, experimenterGroup } = object as { experimenter?: ObjectRef; experimenterGroup?: ObjectRef };
      const ownership: Ownership = { groups: namesOf(experimenterGroup), owners: namesOf(experimenter) };
      if (!isVisible(policy, ownership)) hidden.add(object.ref);
    },
    isHidden: (ref) => restrictive && hidden.has(ref),
  };
}

const idOf = (ref: string): string => ref.slice(ref.indexOf(':') + 1);
