import type { Experimenter, ExperimenterGroup } from '../../ome/model.js';
import { asArray, asObject, asText, type Json } from '../json.js';
import { decodeObject } from './decodeObject.js';
import { type DecodeContext, digitsOf } from './decodeContext.js';

/** Names of people and groups by id, learnt from answers and kept in memory only. */
export interface People {
  /** Learns from `experimenters` and `experimenterGroups` of an answer, or from a list of them. */
  learn(answer: Json | undefined): void;
  person(id: string): Experimenter;
  group(id: string): ExperimenterGroup;
  readonly persons: Iterable<Experimenter>;
}

/** Nobody known yet; who is asked for in vain is a person or group without a name. */
export function people(context: DecodeContext): People {
  const persons = new Map<string, Experimenter>();
  const groups = new Map<string, ExperimenterGroup>();
  const learnEach = (list: readonly Json[]): void => {
    for (const json of list) {
      const row = asObject(json);
      const id = digitsOf(row?.['@id'] ?? row?.id);
      if (row === undefined || id === undefined || row['@id'] === undefined) {
        if (row !== undefined && id !== undefined && !persons.has(id)) persons.set(id, projected(id, row));
        continue;
      }
      if (persons.has(id) && groups.has(id)) continue;
      const object = decodeObject(row, context);
      if (object?.type === 'Experimenter') persons.set(id, object);
      else if (object?.type === 'ExperimenterGroup') groups.set(id, object);
    }
  };
  return {
    learn(answer) {
      learnEach(asArray(answer) ?? []);
      const parts = asObject(answer);
      learnEach(asArray(parts?.experimenters) ?? []);
      learnEach(asArray(parts?.experimenterGroups) ?? []);
    },
    person: (id) => persons.get(id) ?? { type: 'Experimenter', ref: `Experimenter:${id}` },
    group: (id) => groups.get(id) ?? { type: 'ExperimenterGroup', ref: `ExperimenterGroup:${id}` },
    get persons() {
      return persons.values();
    },
  };
}

/** The light form that the webclient writes: `{ id, omeName, firstName, lastName }`. */
function projected(id: string, row: { readonly [key: string]: Json }): Experimenter {
  const [firstName, lastName, userName] = [asText(row.firstName), asText(row.lastName), asText(row.omeName)];
  return {
    type: 'Experimenter',
    ref: `Experimenter:${id}`,
    ...(firstName !== undefined && { firstName }),
    ...(lastName !== undefined && { lastName }),
    ...(userName !== undefined && { userName }),
  };
}
