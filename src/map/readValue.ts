import type { RembiField } from '../rdf/rembi.js';
import { curieOf } from '../terms/accession.js';
import { foldTerm, type TermIndex } from '../terms/termIndex.js';
import { type ValueKind, valueKind } from '../terms/valueKinds.js';
import { PREFIXES } from '../rdf/vocabulary.js';
import { fixedTerm, isFixedKind } from './fixedValues.js';
import type { LostCandidate, ValueContext } from './groundValue.js';
import { readImaging } from './imagingGrammar.js';
import { fold, type MappingSet, type ValueMapping } from './mappingSet.js';
import { mendedName } from './mendedName.js';
import { organismForms } from './organismForms.js';
import { parentalLines } from './parentalLine.js';
import { formsAfter, formsBefore, type ValueForm } from './valueForms.js';
import { type NamedTerm, namedTerm, ontologiesFor } from './valueNames.js';
import type { ValueRule } from './valueRules.js';
import { isAcronym, isNegated, isPlaceholder } from './valueText.js';

/** What a text says by itself, without an accession. */
export interface Reading {
  readonly iri: string;
  readonly curie: string;
  readonly label: string | undefined;
  readonly rule: ValueRule;
  readonly row?: ValueMapping;
  readonly form?: string;
  /** Whether a site's own row says it. */
  readonly site: boolean;
  /** Whether a name or an exact row says it of the text itself. */
  readonly sure: boolean;
  /** Trust besides that in the rule. */
  readonly weight?: number;
}

export interface ReadValue {
  readonly reading?: Reading | undefined;
  readonly none?: ValueMapping | undefined;
  readonly lost: readonly LostCandidate[];
}

const EXACT = `${PREFIXES.skos}exactMatch`;

interface Reader {
  readonly kind: ValueKind;
  readonly field: RembiField;
  readonly organism: string | undefined;
  readonly mappings: MappingSet;
  readonly terms: TermIndex | undefined;
  readonly lost: LostCandidate[];
}

/** Reads a text as a value of a kind: rows and names of the text itself first, then its other forms. */
export function readValue(
  kind: ValueKind,
  field: RembiField,
  text: string,
  organism: string | undefined,
  { mappings, terms }: ValueContext,
): ReadValue {
  const lost: LostCandidate[] = [];
  const reader: Reader = { kind, field, organism, mappings, terms, lost };
  const row = rowFor(reader, text);
  if (row !== undefined && (mappings.folders.get(row.row) ?? 0) > 0) return { ...byRow(reader, row), lost };
  if (row !== undefined && row.row.term === undefined) return { none: row.row, lost };
  const reading = itself(reader, text) ?? inBrackets(reader, text) ?? otherForms(reader, text);
  return { reading, lost };
}

interface FoundRow {
  readonly row: ValueMapping;
  readonly rule: 'exact' | 'folded';
}

function rowFor({ field, kind, mappings }: Reader, text: string): FoundRow | undefined {
  for (const of of new Set([field, valueKind(kind).field])) {
    const index = mappings.values.get(of);
    const exact = index?.exact.get(text);
    if (exact !== undefined) return { row: exact, rule: 'exact' };
    const folded = index?.folded.get(fold(text));
    // "CAT" is no cat: names of organisms are never all capitals.
    if (folded && !(field === 'organism' && isAcronym(text) && text.length < 5)) return { row: folded, rule: 'folded' };
  }
  return undefined;
}

function byRow({ mappings }: Reader, { row, rule }: FoundRow): { reading?: Reading; none?: ValueMapping } {
  if (row.term === undefined) return { none: row };
  const site = (mappings.folders.get(row) ?? 0) > 0;
  const label = row.objectLabel ?? mappings.labels.get(row.term);
  const sure = row.predicate === EXACT;
  return { reading: { iri: row.term, curie: curieOf(row.term), label, rule, row, site, sure } };
}

/** What a text is called, by name or by row; no other form of it. */
function itself(reader: Reader, text: string): Reading | undefined {
  const { kind, terms, lost } = reader;
  const fixed = fixedTerm(kind, text);
  const term = fixed === undefined ? undefined : terms?.term(fixed);
  if (fixed !== undefined)
    return { ...plain(fixed, term?.iri ?? '', term?.label), rule: 'table', site: false, sure: true };
  if (!(isFixedKind(kind) && [...text].length < 4))
    for (const form of formsBefore(kind, text)) {
      const found = byName(reader, form.text);
      if (found !== undefined) return { ...found, rule: form.rule, form: form.text, sure: true };
    }
  const name = isFixedKind(kind) && [...text].length < 4 ? undefined : byName(reader, text);
  const row = rowFor(reader, text);
  const ofRow = row && byRow(reader, row).reading;
  if (name === undefined || ofRow === undefined) return name ?? ofRow;
  if (name.iri === ofRow.iri) return { ...name, ...(ofRow.row && { row: ofRow.row }) };
  // "Drosophila" is a genus by name, and the fruit fly in a laboratory.
  const special = terms?.isA(ofRow.curie, name.curie) === true;
  const [taken, left] = special ? [ofRow, name] : [name, ofRow];
  lost.push({
    curie: left.curie,
    label: left.label,
    why: special ? 'the row names a special form of it' : 'a name in the ontology counts more than a shipped row',
  });
  return taken;
}

const plain = (curie: string, iri: string, label: string | undefined): Pick<Reading, 'iri' | 'curie' | 'label'> => ({
  iri,
  curie,
  label,
});

/**
 * Ontologies that are asked last, when no other form of the text was found either: the list of all lines holds every line
 * that was made from another one, and what else a phenotype may be called is mostly no phenotype.
 */
const LAST: Readonly<Partial<Record<ValueKind, readonly string[]>>> = {
  cellLine: ['CVCL'],
  phenotype: ['GO', 'PO', 'PATO'],
};

function byName({ kind, terms, organism, lost }: Reader, text: string, only?: readonly string[]): Reading | undefined {
  if (terms === undefined) return undefined;
  const ontologies = only ?? ontologiesFor(kind, organism).filter((o) => !LAST[kind]?.includes(o));
  const found = namedTerm(kind, text, terms, organism, ontologies);
  if (found === undefined) return undefined;
  if ('ambiguous' in found) {
    for (const t of found.ambiguous.slice(0, 5))
      lost.push({ curie: t.curie, label: t.label, why: `several terms have the name "${text}"` });
    return undefined;
  }
  return ofName(kind === 'cellLine' ? inHome(found, terms) : found);
}

/** The same line in the ontology that lines are named by, where that has the name of what another ontology gave. */
function inHome(found: NamedTerm, terms: TermIndex): NamedTerm {
  const [home = ''] = ontologiesFor('cellLine');
  if (found.term.ontology === home) return found;
  const same = namedTerm('cellLine', found.term.label.replace(/ cells?$/, ''), terms, undefined, [home]);
  return same !== undefined && 'term' in same ? { ...same, by: 'synonym' } : found;
}

const ofName = ({ term, by }: NamedTerm): Reading => ({
  ...plain(term.curie, term.iri, term.label),
  rule: by,
  site: false,
  sure: true,
});

/** "Mus musculus (mouse)": what stands before the bracket, when the bracket says the same or nothing that is known. */
function inBrackets(reader: Reader, text: string): Reading | undefined {
  const parts = /^(.+?)\s*[([]([^()[\]]+)[)\]]$/s.exec(text);
  if (parts === null) return undefined;
  const [, before = '', inside = ''] = parts;
  if (isNegated(text) || isPlaceholder(inside)) return undefined;
  const outer = itself(reader, before) ?? plural(reader, before);
  const inner =
    itself(reader, inside) ?? (reader.kind === 'cellLine' ? byName(reader, inside, LAST.cellLine) : undefined);
  if (outer !== undefined && inner !== undefined) {
    const { terms } = reader;
    if (outer.iri === inner.iri) return { ...outer, rule: 'bracketed', form: before };
    // "Bronchial epithelial cell line (HBEC3-KT)": a description, and the name.
    if (reader.kind === 'cellLine' && /\d/.test(inside) && !/\d/.test(before))
      return { ...inner, rule: 'inBrackets', form: inside, sure: false };
    if (terms?.isA(inner.curie, outer.curie) === true)
      return { ...outer, rule: 'bracketed', form: before, sure: false };
    reader.lost.push({ curie: outer.curie, label: outer.label, why: `"${inside}" is something else` });
    return undefined;
  }
  if (outer !== undefined) {
    const words = inside.split(/[\s,;]+/);
    const another = reader.kind === 'organism' && words.some((w) => itself(reader, w) !== undefined);
    // A remark of several words may be about anything.
    if (another || isNegated(inside)) return undefined;
    return { ...outer, rule: 'beforeBrackets', form: before, sure: false };
  }
  // "human (Homo sapiens)" has both; a line's description stands before its name.
  if (inner !== undefined && reader.kind === 'cellLine')
    return { ...inner, rule: 'inBrackets', form: inside, sure: false };
  return undefined;
}

function plural(reader: Reader, text: string): Reading | undefined {
  return firstOf(
    reader,
    [...formsAfter(reader.kind, text)].filter((f) => f.rule === 'singular'),
  );
}

/** What another form of the text is called, for texts that do not deny what they name. */
function otherForms(reader: Reader, text: string): Reading | undefined {
  const { kind, terms, lost } = reader;
  if (kind !== 'phenotype' && isPlaceholder(text)) {
    lost.push({ curie: undefined, label: undefined, why: 'the text stands in place of a value' });
    return undefined;
  }
  if (kind === 'imagingMethod') return method(reader, text);
  if (kind === 'organism') return firstOf(reader, organismForms(text));
  if (kind !== 'phenotype' && isNegated(text)) {
    lost.push({ curie: undefined, label: undefined, why: 'it says that something is not so' });
    return undefined;
  }
  if (isAcronym(text) && kind !== 'stain' && kind !== 'cellLine') return undefined;
  if (kind === 'cellLine') {
    return (
      firstOf(reader, formsAfter(kind, text)) ??
      firstOf(reader, parentalLines(text), /^EFO:/) ??
      byName(reader, text, LAST.cellLine)
    );
  }
  if (kind === 'phenotype') return firstOf(reader, formsAfter(kind, text)) ?? processOrPart(reader, text);
  return firstOf(reader, formsAfter(kind, text)) ?? mended(kind, text, terms);
}

/** A phenotype that is called like a process or a part of a plant: by its label of several words only. */
function processOrPart(reader: Reader, text: string): Reading | undefined {
  if (!/\p{L}\s\p{L}/u.test(text)) return undefined;
  const found = byName(reader, text, ['GO', 'PO']);
  return found?.rule === 'label' ? found : undefined;
}

function firstOf(reader: Reader, forms: Iterable<ValueForm>, only?: RegExp): Reading | undefined {
  for (const { text, rule } of forms) {
    const found = itself(reader, text);
    if (found !== undefined && (only === undefined || only.test(found.curie)))
      return { ...found, rule, form: text, sure: false };
  }
  return undefined;
}

function mended(kind: ValueKind, text: string, terms: TermIndex | undefined): Reading | undefined {
  const found = terms && mendedName(kind, text, terms);
  return (
    found && {
      ...plain(found.term.curie, found.term.iri, found.term.label),
      rule: 'spelling',
      form: found.name,
      site: false,
      sure: false,
    }
  );
}

function method({ terms, lost, mappings }: Reader, text: string): Reading | undefined {
  const { term, whole, named, why } = readImaging(text, (curie, ancestor) => terms?.isA(curie, ancestor) === true);
  if (term === undefined) {
    for (const curie of named) lost.push({ curie, label: terms?.term(curie)?.label, why: why ?? '' });
    return undefined;
  }
  const iri = `${PREFIXES.obo}${term.replace(':', '_')}`;
  const label = terms?.term(term)?.label ?? mappings.labels.get(iri);
  return {
    ...plain(term, iri, label),
    rule: whole ? 'method' : 'methodInText',
    form: foldTerm(text),
    site: false,
    sure: false,
  };
}
