import type { Experimenter, ExperimenterGroup } from '../../ome/model.js';
import { asArray, asObject, type Json } from '../json.js';
import { annotationPeople } from './decodeAnnotations.js';
import { type DecodeContext, digitsOf } from './decodeContext.js';
import { decodeObject } from './decodeObject.js';

/** Names of people and groups by id, learnt from answers and kept in memory only. */
export interface People {
  /** Learns from `experimenters` and `experimenterGroups` of an answer of `/api/v0/m/`. */
  learn(answer: Json): void;
  /** Learns a list of encoded people. */
  learnPersons(rows: readonly Json[]): void;
  /** Learns a list of encoded groups. */
  learnGroups(rows: readonly Json[]): void;
  /** Learns from the `experimenters` of an answer of the webclient. */
  learnLight(answer: Json): void;
  /** Learns a person as a record told it. */
  know(person: Experimenter): void;
  /** A person, of whom nothing but the id may be known. */
  person(id: string): Experimenter;
  /** A group, of which nothing but the id may be known. */
  group(id: string): ExperimenterGroup;
  persons(): Iterable<Experimenter>;
}

/** Nobody known yet. */
export function people(context: DecodeContext): People {
  const persons = new Map<string, Experimenter>();
  const groups = new Map<string, ExperimenterGroup>();
  const learnEach = (list: readonly Json[], known: ReadonlyMap<string, unknown>): void => {
    for (const json of list) {
      const row = asObject(json);
      const id = digitsOf(row?.['@id']);
      // The same few people stand in every page.
      if (row === undefined || id === undefined || known.has(id)) continue;
      const object = decodeObject(row, context);
      if (object?.type === 'Experimenter') persons.set(id, object);
      else if (object?.type === 'ExperimenterGroup') groups.set(id, object);
    }
  };
  return {
    learn(answer) {
      const parts = asObject(answer);
      learnEach(asArray(parts?.experimenters) ?? [], persons);
      learnEach(asArray(parts?.experimenterGroups) ?? [], groups);
    },
    learnPersons: (rows) => learnEach(rows, persons),
    learnGroups: (rows) => learnEach(rows, groups),
    learnLight(answer) {
      for (const person of annotationPeople(answer)) {
        const id = person.ref.slice(person.ref.indexOf(':') + 1);
        if (!persons.has(id)) persons.set(id, person);
      }
    },
    know(person) {
      const id = person.ref.slice(person.ref.indexOf(':') + 1);
      if (!persons.has(id)) persons.set(id, person);
    },
    person: (id) => persons.get(id) ?? { type: 'Experimenter', ref: `Experimenter:${id}` },
    group: (id) => groups.get(id) ?? { type: 'ExperimenterGroup', ref: `ExperimenterGroup:${id}` },
    persons: () => persons.values(),
  };
}
