import { endianness } from 'node:os';
import { OmegraphError } from '../../errors.js';
import { foldTerm } from '../foldTerm.js';
import {
  BLOCK,
  checksum,
  FLAG_BITS,
  FLAG_OBSOLETE,
  FLAG_PARENTS,
  FLAG_REPLACED,
  FORMAT_VERSION,
  hashText,
  type IndexedOntology,
  type IndexHeader,
  type LocalScheme,
  MAGIC,
  padded,
  PRELUDE_BYTES,
  printOf,
  slotOf,
} from '../indexFormat.js';
import { type OntologyInfo, SYNONYM_SCOPES } from '../term.js';
import type { SourceTerm } from './sourceTerm.js';
import { type TextEncoderOf, textEncoder } from './encodeText.js';
import { type Blob, growingBlob } from './growingBlob.js';

/** An ontology that goes into an index: its terms are those of its prefix, each once. */
export interface IndexOntology extends Omit<OntologyInfo, 'terms'> {
  readonly parentsByName?: boolean;
  readonly terms: readonly SourceTerm[];
}

/** Bytes that a name may have; longer ones are no names that people type. */
export const NAME_BYTES = 1000;
const LOAD = 0.92;

interface Name {
  readonly text: string;
  readonly scope: number;
  readonly folded: string;
}

interface Placed {
  readonly info: IndexedOntology;
  readonly terms: readonly { readonly term: SourceTerm; readonly names: readonly Name[] }[];
}

/**
 * An index file over some ontologies, as bytes.
 * @throws OmegraphError (input) when two ontologies have the same prefix or nothing is left to write
 */
export function writeIndex(ontologies: readonly IndexOntology[]): Uint8Array {
  if (endianness() !== 'LE') throw new Error('index files are written on little-endian machines only');
  const { placed, numbers, count } = inOrder(ontologies);
  const encoder = textEncoder(allNames(placed));
  const blob = growingBlob();
  blob.byte(0);
  const blocks = Math.ceil(count / BLOCK);
  const places = new Uint32Array(blocks);
  const locals = new Uint32Array(blocks);
  const entries: { readonly hash: number; readonly place: number }[] = [];
  const externals = new Map<string, number>();
  const reference = (curie: string): number => {
    const number = numbers.get(curie) ?? externals.get(curie);
    if (number !== undefined) return number;
    externals.set(curie, count + externals.size);
    return count + externals.size - 1;
  };
  for (const { info, terms } of placed) {
    let before = 0;
    for (const [i, { term, names }] of terms.entries()) {
      const at = info.first + i;
      const local = localOf(term.curie);
      const value = info.local.kind === 'text' ? 0 : numberOf(info.local, local);
      if (at % BLOCK === 0) {
        places[at / BLOCK] = blob.length;
        locals[at / BLOCK] = value;
        before = value;
      }
      if (info.local.kind === 'text') {
        const coded = encoder.encode(local);
        blob.number(coded.length);
        blob.raw(coded);
      } else blob.number(value - before);
      before = value;
      writeTerm(term, names, { blob, encoder, entries, reference });
    }
  }
  const placeBits = Math.max(1, 32 - Math.clz32(blob.length));
  const slots = Math.max(8, Math.ceil(entries.length / LOAD));
  const table = new Uint32Array(slots);
  for (const { hash, place } of entries) {
    let slot = slotOf(hash, slots);
    while (table[slot] !== 0) slot = slot + 1 === slots ? 0 : slot + 1;
    table[slot] = place + printOf(hash, placeBits);
  }
  const header: IndexHeader = {
    ontologies: placed.map((p) => p.info),
    terms: count,
    names: entries.length,
    slots,
    placeBits,
    words: encoder.lengths.length,
    wordBytes: encoder.words.length,
    blobBytes: blob.length,
    externals: [...externals.keys()],
  };
  const words = [encoder.lengths, encoder.words];
  return assembled(header, [bytesOf(places), bytesOf(locals), bytesOf(table), ...words, blob.bytes()]);
}

function inOrder(ontologies: readonly IndexOntology[]): {
  placed: Placed[];
  numbers: Map<string, number>;
  count: number;
} {
  const numbers = new Map<string, number>();
  const placed: Placed[] = [];
  let count = 0;
  for (const { terms, ...info } of [...ontologies].sort((a, b) => (a.prefix < b.prefix ? -1 : 1))) {
    if (placed.some((p) => p.info.prefix === info.prefix)) throw refused(info.prefix, 'the ontology is given twice');
    if (terms.length === 0) throw refused(info.prefix, 'the ontology has no terms');
    const local = schemeOf(terms.map((t) => localOf(t.curie)));
    const sorted = [...terms].sort((a, b) => compareLocals(local, localOf(a.curie), localOf(b.curie)));
    const first = Math.ceil(count / BLOCK) * BLOCK;
    sorted.forEach((term, i) => {
      if (numbers.has(term.curie)) throw refused(term.curie, 'the term is given twice');
      numbers.set(term.curie, first + i);
    });
    count = first + sorted.length;
    const named = sorted.map((term) => ({ term, names: namesOf(term) }));
    placed.push({ info: { ...info, terms: terms.length, first, local }, terms: named });
  }
  if (count === 0) throw refused('index', 'there is no term to write');
  return { placed, numbers, count };
}

/** The names of a term, label first, those that fold to the same once; scopes from near to far. */
function namesOf(term: SourceTerm): readonly Name[] {
  const kept = new Map<string, Name>();
  const add = (text: string, scope: number): void => {
    const folded = foldTerm(text);
    if (kept.size === 0 || (folded !== '' && !kept.has(folded) && Buffer.byteLength(text) <= NAME_BYTES))
      kept.set(folded, { text, scope, folded });
  };
  add(term.label, 0);
  for (const [number, scope] of SYNONYM_SCOPES.entries())
    for (const synonym of term.synonyms) if (synonym.scope === scope) add(synonym.text, number);
  return [...kept.values()];
}

function* allNames(placed: readonly Placed[]): Generator<string> {
  for (const { info, terms } of placed)
    for (const { term, names } of terms) {
      if (info.local.kind === 'text') yield localOf(term.curie);
      for (const { text } of names) yield text;
    }
}

function writeTerm(
  term: SourceTerm,
  names: readonly Name[],
  to: {
    readonly blob: Blob;
    readonly encoder: TextEncoderOf;
    readonly entries: { readonly hash: number; readonly place: number }[];
    reference(curie: string): number;
  },
): void {
  const { blob } = to;
  const parents = [...new Set(term.parents)].filter((p) => p !== term.curie);
  const obsolete = term.obsolete ? FLAG_OBSOLETE : 0;
  const replaced = term.replacedBy === undefined ? 0 : FLAG_REPLACED;
  blob.number((names.length << FLAG_BITS) | obsolete | replaced | (parents.length > 0 ? FLAG_PARENTS : 0));
  for (const { text, scope, folded } of names) {
    if (folded !== '') to.entries.push({ hash: hashText(folded), place: blob.length });
    const coded = to.encoder.encode(text);
    blob.number((coded.length << 2) | scope);
    blob.raw(coded);
  }
  if (term.replacedBy !== undefined) blob.number(to.reference(term.replacedBy));
  if (parents.length === 0) return;
  blob.number(parents.length);
  for (const parent of parents) blob.number(to.reference(parent));
}

const localOf = (curie: string): string => curie.slice(curie.indexOf(':') + 1);

/** The tightest scheme that gives back every local part as it is. */
function schemeOf(locals: readonly string[]): LocalScheme {
  const width = locals[0]?.length ?? 0;
  const same = locals.every((l) => l.length === width);
  if (locals.every((l) => /^[0-9]{1,9}$/.test(l)) && (same || locals.every((l) => l === '0' || !l.startsWith('0'))))
    return { kind: 'number', width: same ? width : 0 };
  if (same && width <= 6 && locals.every((l) => /^[0-9A-Z]+$/.test(l))) return { kind: 'base36', width };
  return { kind: 'text', width: 0 };
}

function numberOf(scheme: LocalScheme, local: string): number {
  return parseInt(local, scheme.kind === 'number' ? 10 : 36);
}

function compareLocals(scheme: LocalScheme, a: string, b: string): number {
  if (scheme.kind === 'text') return a < b ? -1 : a > b ? 1 : 0;
  return numberOf(scheme, a) - numberOf(scheme, b);
}

function bytesOf(words: Uint32Array): Uint8Array {
  return new Uint8Array(words.buffer, words.byteOffset, words.byteLength);
}

function assembled(header: IndexHeader, sections: readonly Uint8Array[]): Uint8Array {
  const json = Buffer.from(JSON.stringify(header), 'utf8');
  const headerBytes = padded(json.length);
  const total = PRELUDE_BYTES + headerBytes + sections.reduce((sum, s) => sum + padded(s.length), 0);
  const file = new Uint8Array(total);
  file.set(Buffer.from(MAGIC, 'latin1'));
  file.set(json, PRELUDE_BYTES);
  file.fill(0x20, PRELUDE_BYTES + json.length, PRELUDE_BYTES + headerBytes);
  let at = PRELUDE_BYTES + headerBytes;
  for (const section of sections) {
    file.set(section, at);
    at += padded(section.length);
  }
  const prelude = new Uint32Array(file.buffer, MAGIC.length, 4);
  prelude.set([FORMAT_VERSION, headerBytes, checksum(new Uint32Array(file.buffer, PRELUDE_BYTES)), total]);
  return file;
}

function refused(where: string, wrong: string): OmegraphError {
  return new OmegraphError('input', { where, wrong, remedy: 'check the ontology files that the index is made from' });
}
