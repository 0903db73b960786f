import { readFile } from 'node:fs/promises';
import { endianness } from 'node:os';
import { OmegraphError } from '../errors.js';
import { codedText } from './codedText.js';
import { foldTerm } from './foldTerm.js';
import {
  BLOCK,
  FLAG_BITS,
  FLAG_OBSOLETE,
  FLAG_PARENTS,
  FLAG_REPLACED,
  hashText,
  type IndexedOntology,
  printOf,
  slotOf,
} from './indexFormat.js';
import { checkedHeader, damaged, sectionsOf } from './indexHeader.js';
import { type Synonym, SYNONYM_SCOPES, type SynonymScope, type Term } from './term.js';

/** A name that was found. */
export interface NameHit {
  /** Number of the term in its file. */
  readonly term: number;
  readonly by: 'label' | SynonymScope;
  readonly text: string;
}

/** One index file, used as it lies in memory. */
export interface IndexFile {
  readonly file: string;
  readonly ontologies: readonly IndexedOntology[];
  /** The names whose folded form is this text, in the order of the table. */
  find(folded: string): NameHit[];
  term(number: number): Term;
  obsolete(number: number): boolean;
  ontologyOf(number: number): IndexedOntology;
  /** Number of the term with this local part; undefined when there is none. */
  numberOf(ontology: IndexedOntology, local: string): number | undefined;
  nameCount(number: number): number;
  /** Names of a term, label first. */
  names(number: number): readonly Synonym[];
  /** CURIEs of its parents. */
  parents(number: number): string[];
}

/** Opens an index file. @throws OmegraphError (input) when it is not whole or is none. */
export async function openIndexFile(file: string): Promise<IndexFile> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
  } catch (cause) {
    throw new OmegraphError(
      'input',
      {
        where: file,
        wrong: 'the term index cannot be read',
        found: (cause as NodeJS.ErrnoException).code,
        remedy: 'check that it exists and that you may read it',
      },
      { cause },
    );
  }
  return indexOver(bytes, file);
}

/** An index file over its bytes. @throws OmegraphError (input) when they are not whole or are none. */
export function indexOver(given: Uint8Array, file: string): IndexFile {
  if (endianness() !== 'LE') throw damaged(file, 'term indexes are read on little-endian machines only');
  const bytes = given.byteOffset % 4 === 0 ? given : new Uint8Array(given);
  const { header, at } = checkedHeader(bytes, file);
  const { ontologies, externals, slots, placeBits } = header;
  const sections = sectionsOf(header, at);
  const words = (start: number, length: number): Uint32Array =>
    new Uint32Array(bytes.buffer, bytes.byteOffset + start, length);
  const blocks = Math.ceil(header.terms / BLOCK);
  const places = words(sections.places, blocks);
  const locals = words(sections.locals, blocks);
  const table = words(sections.table, slots);
  const blob = Buffer.from(bytes.buffer, bytes.byteOffset + sections.blob, header.blobBytes);
  const lengths = bytes.subarray(sections.lengths, sections.lengths + header.words);
  const list = bytes.subarray(sections.words, sections.words + header.wordBytes);
  const coded = codedText(blob, list, lengths);
  const placeMask = placeBits >= 32 ? 0xffffffff : 2 ** placeBits - 1;

  let cursor = 0;
  /** The varint at the cursor, which moves behind it. */
  const number = (): number => {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = blob[cursor++] ?? 0;
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    return value >>> 0;
  };
  const name = (): { text: string; scope: number } => {
    const head = number();
    const start = cursor;
    cursor += head >>> 2;
    return { text: coded.text(start, cursor), scope: head & 3 };
  };
  const skipNames = (count: number): void => {
    for (let left = count; left > 0; left--) {
      const head = number();
      cursor += head >>> 2;
    }
  };
  /** Moves the cursor from behind a local part to the next term. */
  const skipTerm = (): void => {
    const head = number();
    skipNames(head >>> FLAG_BITS);
    if (head & FLAG_REPLACED) number();
    if (head & FLAG_PARENTS) for (let left = number(); left > 0; left--) number();
  };
  const ontologyOf = (term: number): IndexedOntology =>
    ontologies[
      lastNotAfter(ontologies.length, (i) => (ontologies[i] as IndexedOntology).first, term)
    ] as IndexedOntology;
  // The term that was entered last: it is mostly the one that is asked for next.
  let entered = { term: -1, local: '', after: 0 };
  /** Moves the cursor behind the local part of a term, and gives that. */
  const enter = (ontology: IndexedOntology, term: number): string => {
    if (entered.term === term) {
      cursor = entered.after;
      return entered.local;
    }
    return walk(ontology, Math.floor(term / BLOCK), (at) => at === term);
  };
  /** The number of the term in whose part of the blob a place is. */
  const termAt = (place: number): number => {
    const block = lastNotAfter(blocks, (i) => places[i] as number, place);
    walk(ontologyOf(block * BLOCK), block, (_, end) => end > place);
    return entered.term;
  };
  /** Enters the first term of a block that is the wanted one, or the ontology's last. */
  const walk = (ontology: IndexedOntology, block: number, wanted: (term: number, end: number) => boolean): string => {
    const isText = ontology.local.kind === 'text';
    const last = Math.min((block + 1) * BLOCK, ontology.first + ontology.terms) - 1;
    let value = locals[block] as number;
    cursor = places[block] as number;
    for (let term = block * BLOCK; ; term++) {
      const given = number();
      const start = cursor;
      if (isText) cursor += given;
      else value += given;
      const after = cursor;
      skipTerm();
      if (term === last || wanted(term, cursor)) {
        const local = isText ? coded.text(start, after) : spelled(value, ontology);
        cursor = after;
        entered = { term, local, after };
        return local;
      }
    }
  };
  const curieOf = (term: number): string => {
    if (term >= header.terms) return externals[term - header.terms] ?? '';
    const ontology = ontologyOf(term);
    return `${ontology.prefix}:${enter(ontology, term)}`;
  };
  /** Flags and number of names of a term; the cursor is then at its label. */
  const headOf = (term: number): number => {
    enter(ontologyOf(term), term);
    return number();
  };
  const made: IndexFile = {
    file,
    ontologies,
    find(folded) {
      const hits: NameHit[] = [];
      if (folded === '') return hits;
      const hash = hashText(folded);
      const print = printOf(hash, placeBits);
      let slot = slotOf(hash, slots);
      for (let tried = 0; tried < slots; tried++) {
        const entry = table[slot] as number;
        if (entry === 0) break;
        const place = (entry & placeMask) >>> 0;
        if (entry - place === print) {
          cursor = place;
          const { text, scope } = name();
          if (text === folded || foldTerm(text) === folded) {
            const term = termAt(place);
            headOf(term);
            hits.push({ term, by: cursor === place ? 'label' : (SYNONYM_SCOPES[scope] as SynonymScope), text });
          }
        }
        slot = slot + 1 === slots ? 0 : slot + 1;
      }
      return hits;
    },
    term(term) {
      const ontology = ontologyOf(term);
      const local = enter(ontology, term);
      const head = number();
      const count = head >>> FLAG_BITS;
      const label = count > 0 ? name().text : '';
      let replacedBy: string | undefined;
      if (head & FLAG_REPLACED) {
        skipNames(count - 1);
        replacedBy = curieOf(number());
      }
      return {
        curie: `${ontology.prefix}:${local}`,
        iri: ontology.stem + local,
        label,
        ontology: ontology.prefix,
        obsolete: (head & FLAG_OBSOLETE) !== 0,
        ...(replacedBy !== undefined && { replacedBy }),
        // Most callers need neither, and both cost more than the rest.
        get parents() {
          return made.parents(term);
        },
        get synonyms() {
          return made.names(term).slice(1);
        },
      };
    },
    obsolete: (term) => (headOf(term) & FLAG_OBSOLETE) !== 0,
    ontologyOf,
    numberOf(ontology, local) {
      const { kind } = ontology.local;
      const wanted = kind === 'text' ? 0 : parseInt(local, kind === 'number' ? 10 : 36);
      if (Number.isNaN(wanted)) return undefined;
      const from = ontology.first / BLOCK;
      const count = Math.ceil(ontology.terms / BLOCK);
      const isAfter = (block: number): boolean =>
        kind === 'text' ? enter(ontology, block * BLOCK) > local : (locals[block] as number) > wanted;
      const block = from + lastNotAfter(count, (i) => (isAfter(from + i) ? 1 : 0), 0);
      const end = Math.min((block + 1) * BLOCK, ontology.first + ontology.terms);
      for (let term = block * BLOCK; term < end; term++) if (enter(ontology, term) === local) return term;
      return undefined;
    },
    nameCount: (term) => headOf(term) >>> FLAG_BITS,
    names(term) {
      return Array.from({ length: headOf(term) >>> FLAG_BITS }, () => {
        const { text, scope } = name();
        return { text, scope: SYNONYM_SCOPES[scope] as SynonymScope };
      });
    },
    parents(term) {
      const head = headOf(term);
      skipNames(head >>> FLAG_BITS);
      if (head & FLAG_REPLACED) number();
      if (head & FLAG_PARENTS) return Array.from({ length: number() }, number).map(curieOf);
      const ontology = ontologyOf(term);
      return ontology.parentsByName === true ? parentByName(made, ontology, term) : [];
    },
  };
  return made;
}

/** The term whose label are the first words of a term's label, as many as possible. */
function parentByName(file: IndexFile, ontology: IndexedOntology, term: number): string[] {
  const words = file.term(term).label.split(' ');
  for (let count = words.length - 1; count > 0; count--) {
    const hits = file.find(foldTerm(words.slice(0, count).join(' ')));
    const parent = hits.find((h) => h.by === 'label' && h.term !== term && file.ontologyOf(h.term) === ontology);
    if (parent !== undefined) return [file.term(parent.term).curie];
  }
  return [];
}

function spelled(local: number, { local: { kind, width } }: IndexedOntology): string {
  const digits = kind === 'number' ? local.toString(10) : local.toString(36).toUpperCase();
  return digits.length < width ? digits.padStart(width, '0') : digits;
}

/** The last of `count` rising values that is not after a value; 0 when all are. */
function lastNotAfter(count: number, at: (i: number) => number, value: number): number {
  let low = 0;
  let high = count;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (at(middle) <= value) low = middle;
    else high = middle;
  }
  return low;
}
