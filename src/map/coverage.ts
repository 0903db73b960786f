import { REMBI_FIELDS, type RembiField, rembiFieldOf } from '../rdf/rembi.js';
import { RDF } from '../rdf/vocabulary.js';
import { VALUE_KINDS } from '../terms/valueKinds.js';
import { fold, type MappingSet } from './mappingSet.js';
import { CORE, DCTERMS } from './graphTerms.js';
import { matchKeys } from './matchKeys.js';
import { pairsOfLines } from './pairsOfLines.js';

/** How much of one REMBI field there is. */
export interface FieldCoverage {
  readonly field: RembiField;
  /** Pairs whose key is mapped to the field. */
  pairs: number;
  /** Those of a kind that ontologies answer, and how many of these have a term or are known to have none. */
  values: number;
  grounded: number;
  /** Images that have the field, on themselves or on what they are part of. */
  images: number;
}

/** How much of what people typed is mapped. */
export interface Coverage {
  images: number;
  /** Pairs with key and value. */
  pairs: number;
  /** Pairs whose key is mapped to a field. */
  mapped: number;
  /** Pairs whose key belongs to another one, or is known to be no field. */
  aside: number;
  /** Pairs whose key nobody knows. */
  unmapped: number;
  values: number;
  grounded: number;
  /** Different keys (folded), those mapped, and those that nobody knows; beyond 100 000 they are not counted. */
  keys: { all: number; mapped: number; unmapped: number };
  readonly fields: readonly FieldCoverage[];
}

const FIELDS = Object.keys(REMBI_FIELDS) as readonly RembiField[];
const MOST_KEYS = 100_000;

/** The coverage of one container, from the sorted lines of its graph, which are read three times. */
export async function coverageOf(lines: () => AsyncIterable<string>, mappings: MappingSet): Promise<Coverage> {
  const fields = new Map<RembiField, FieldCoverage>();
  for (const field of FIELDS) fields.set(field, { field, pairs: 0, values: 0, grounded: 0, images: 0 });
  const keys = { mapped: new Set<string>(), unmapped: new Set<string>(), aside: new Set<string>() };
  const total = { images: 0, pairs: 0, mapped: 0, aside: 0, unmapped: 0, values: 0, grounded: 0 };
  for await (const { pairs, namespace } of pairsOfLines(lines)) {
    const matches = matchKeys(
      pairs.map(({ key, value }) => [key, value]),
      namespace,
      mappings,
    );
    pairs.forEach((pair, i) => {
      const match = matches[i];
      if (match === undefined || pair.key.trim() === '' || pair.value.trim() === '') return;
      total.pairs += 1;
      const isAside = match.kind === 'companion' || (match.kind === 'row' && match.row.field === undefined);
      const state = pair.field !== undefined ? 'mapped' : isAside ? 'aside' : 'unmapped';
      total[state] += 1;
      if (keys[state].size < MOST_KEYS) keys[state].add(fold(pair.key.slice(0, 200)));
      const field = pair.field === undefined ? undefined : fields.get(pair.field);
      if (field === undefined) return;
      field.pairs += 1;
      const kind = match.kind === 'row' ? match.valueKind : undefined;
      if (pair.term === undefined && (kind === undefined || VALUE_KINDS[kind].ontologies.length === 0)) return;
      const isGrounded = pair.term !== undefined || pair.none ? 1 : 0;
      for (const counts of [total, field]) {
        counts.values += 1;
        counts.grounded += isGrounded;
      }
    });
  }
  total.images = await countImages(lines, fields);
  const sizes = { mapped: keys.mapped.size, unmapped: keys.unmapped.size };
  const all = new Set([...keys.mapped, ...keys.unmapped, ...keys.aside]).size;
  return { ...total, keys: { all, ...sizes }, fields: [...fields.values()] };
}

/** What is known of one object: the fields it has as bits of two numbers, and what it is part of. */
interface Carrier {
  low: number;
  high: number;
  readonly parents: string[];
  isImage: boolean;
  isSummed: boolean;
}

const PART_OF = `<${DCTERMS.isPartOf.value}>`;
const TYPE = `<${RDF.type.value}>`;
const IMAGE = `<${CORE.value.value.replace(/value$/, 'Image')}>`;

async function countImages(
  lines: () => AsyncIterable<string>,
  fields: ReadonlyMap<RembiField, FieldCoverage>,
): Promise<number> {
  const carriers = new Map<string, Carrier>();
  const carrier = (subject: string): Carrier => {
    const known = carriers.get(subject);
    if (known !== undefined) return known;
    const made: Carrier = { low: 0, high: 0, parents: [], isImage: false, isSummed: false };
    carriers.set(subject, made);
    return made;
  };
  for await (const line of lines()) {
    const afterSubject = line.indexOf(' ');
    const afterPredicate = line.indexOf(' ', afterSubject + 1);
    const predicate = line.slice(afterSubject + 1, afterPredicate);
    const subject = line.slice(0, afterSubject);
    const object = (): string => line.slice(afterPredicate + 1, line.indexOf(' ', afterPredicate + 1));
    if (predicate === PART_OF) carrier(subject).parents.push(object());
    else if (predicate === TYPE) {
      if (object() === IMAGE) carrier(subject).isImage = true;
    } else {
      const field = rembiFieldOf(predicate.slice(1, -1));
      const bit = field === undefined ? -1 : FIELDS.indexOf(field);
      if (bit < 0) continue;
      const found = carrier(subject);
      if (bit < 30) found.low |= 1 << bit;
      else found.high |= 1 << (bit - 30);
    }
  }
  const sum = (of: Carrier): Carrier => {
    if (of.isSummed) return of;
    // Set first: what is part of itself, over any number of steps, ends here.
    of.isSummed = true;
    for (const name of of.parents) {
      const parent = carriers.get(name);
      if (parent === undefined) continue;
      const { low, high } = sum(parent);
      of.low |= low;
      of.high |= high;
    }
    return of;
  };
  let images = 0;
  for (const one of carriers.values()) {
    if (!one.isImage) continue;
    images += 1;
    const { low, high } = sum(one);
    FIELDS.forEach((field, bit) => {
      const has = bit < 30 ? low & (1 << bit) : high & (1 << (bit - 30));
      const counts = fields.get(field);
      if (has !== 0 && counts !== undefined) counts.images += 1;
    });
  }
  return images;
}

/** Several coverages as one; keys that two containers share count in both. */
export function coverageSum(parts: readonly Coverage[]): Coverage {
  const sum = (of: (c: Coverage) => number): number => parts.reduce((n, c) => n + of(c), 0);
  return {
    ...{ images: sum((c) => c.images), pairs: sum((c) => c.pairs), mapped: sum((c) => c.mapped) },
    ...{ aside: sum((c) => c.aside), unmapped: sum((c) => c.unmapped) },
    ...{ values: sum((c) => c.values), grounded: sum((c) => c.grounded) },
    keys: {
      all: sum((c) => c.keys.all),
      mapped: sum((c) => c.keys.mapped),
      unmapped: sum((c) => c.keys.unmapped),
    },
    fields: FIELDS.map((field, i) => {
      const of = (name: 'pairs' | 'values' | 'grounded' | 'images'): number => sum((c) => c.fields[i]?.[name] ?? 0);
      return { field, pairs: of('pairs'), values: of('values'), grounded: of('grounded'), images: of('images') };
    }),
  };
}
