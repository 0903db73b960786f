import type { FixObject, StatedPair } from './containerFacts.js';
import type { Advice, Candidate, FixKnowledge } from './model.js';
import { CLIENT_NAMESPACE } from './model.js';
import { type BadPair, isPlaceholder, pairsAround, type Repairs } from './repairs.js';
import type { SiblingValues } from './siblingValues.js';

/** What is to stand in the cell of a bad pair. */
export interface Decision {
  readonly text: string;
  readonly why: string;
  readonly candidates: readonly Candidate[];
}

const NONE: Advice = { candidates: [] };

/**
 * Decides on bad pairs: corrected where one value is certain, emptied where the text says nothing, else left as it is, because a value
 * that is wrong may still be all that is known.
 */
export function decisions(
  { bad }: Repairs,
  fieldIri: (field: number) => string,
  knowledge: FixKnowledge,
  siblings: (object: FixObject, field: string) => SiblingValues,
): (found: BadPair) => Decision {
  const isBad = (object: FixObject, pair: StatedPair): boolean => bad.get(object)?.has(pair) === true;
  const known = new Map<BadPair, Decision>();
  const decide = ({ object, annotation, pair, field, status }: BadPair): Decision => {
    const iri = fieldIri(field);
    const namespace = annotation.namespace ?? CLIENT_NAMESPACE;
    const { key, value, terms } = pair;
    const saysNothing = status === 'invalid' && isPlaceholder(value);
    const advice = saysNothing ? NONE : knowledge.advise({ namespace, key, value, field: iri, terms });
    const { sure, stays = 'left as it is: nothing else is certain', candidates } = advice;
    if (sure !== undefined) return { text: sure.value, why: sure.why, candidates };
    if (!saysNothing) return { text: value, why: stays, candidates };
    for (const [around, , other] of pairsAround(object))
      if (other.field === iri && other.value.trim() !== '' && !isBad(around, other))
        return { text: '', why: `emptied: ${around.ref} says “${other.value}”`, candidates };
    const { agreed, stating, siblings: all, values } = siblings(object, iri);
    const others = values.map(([text]) => ({ value: text }));
    return agreed === undefined
      ? { text: '', why: 'emptied: it says nothing; write what is right', candidates: others }
      : { text: agreed, why: agreement(stating, all), candidates: [] };
  };
  return (found) => {
    const before = known.get(found);
    if (before !== undefined) return before;
    const made = decide(found);
    known.set(found, made);
    return made;
  };
}

/** Why the value of siblings was taken. */
export const agreement = (stating: number, siblings: number): string =>
  stating === siblings
    ? `all ${siblings} beside it say so`
    : `${stating} of the ${siblings} beside it say so, the others nothing`;
