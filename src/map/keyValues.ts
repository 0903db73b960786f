import type { NamedNode } from 'n3';
import { finding } from '../findings.js';
import type { KeyValue, MapAnnotation } from '../ome/model.js';
import { safeIri } from '../rdf/iris.js';
import { REMBI, REMBI_FIELDS, type RembiField } from '../rdf/rembi.js';
import type { ValueKind } from '../terms/valueKinds.js';
import { auditPair } from './accessionFindings.js';
import { addChannels } from './channelTriples.js';
import { accessionsBeside } from './companions.js';
import { FIELD_KINDS } from './fieldKinds.js';
import { OMG, SCHEMA } from './graphTerms.js';
import { answerValue, type Grounded, groundValue, type ValueContext, type ValueQuestion } from './groundValue.js';
import { type KeyMatch, LONGEST_KEY, type RowMatch } from './keyMatch.js';
import { visibleKey } from './keyWords.js';
import { addPair } from './links.js';
import { matchKeys, openedSection } from './matchKeys.js';
import { add, addText, node, type Sink } from './sink.js';
import { addTypedValue, splitValues } from './typedValue.js';
import { addGrounded, addTerm } from './valueTriples.js';

/** Fields whose ungrounded values are worth a finding: the profile of REMBI asks for their terms. */
const GROUNDED_FIELDS: ReadonlySet<RembiField> = new Set(['organism', 'imagingMethod']);
/** What a key hardly ever has: a first look before it is read letter by letter. */
const HIDDEN = /[^\x20-\x7e]/;
/** Namespaces in which tools keep notes of their own. */
export const TOOLS = /^(?:openmicroscopy\.org\/cli\/transfer|hms\.harvard\.edu\/omero\/forms)/;

const LONGEST_FOCUS = 1000;

/** What other pairs say about a value. */
interface Beside {
  readonly accession: string | undefined;
  readonly organism: string | undefined;
}

/** Adds the pairs of a map annotation, and what they mean for the objects that carry it (docs/graph.md, layer 2). */
export function addKeyValues(
  sink: Sink,
  subject: NamedNode,
  annotation: MapAnnotation,
  targets: readonly NamedNode[],
): void {
  const pairs = annotation.value;
  const matches = matchKeys(pairs, annotation.namespace, sink.compiled.mappings);
  const beside = accessionsBeside(pairs, matches);
  const organism = organismOf(pairs, matches, beside, sink.compiled);
  const quiet = annotation.namespace !== undefined && TOOLS.test(annotation.namespace);
  pairs.forEach(([key, value], index) => {
    const entry = addPair(sink, subject, index, key, value);
    const match = matches[index];
    const at = `${annotation.ref} entry ${index}`;
    if (key.trim() === '' || value.trim() === '') {
      const head = match !== undefined && openedSection([key, value], match) !== undefined;
      if (!quiet && !head) sink.findings.push(finding('key-empty', key.trim() === '' ? annotation.ref : key, { at }));
      return;
    }
    if (match === undefined || match.kind === 'companion') return;
    if (match.kind === 'unknown') {
      const focus = key.slice(0, LONGEST_KEY).toWellFormed();
      if (!quiet) sink.findings.push(finding('key-unmapped', focus, { at, detail: value }));
      return;
    }
    if (HIDDEN.test(key) && visibleKey(key) !== key.trim()) {
      sink.findings.push(finding('key-hidden-characters', visibleKey(key).toWellFormed(), { at, detail: key }));
    }
    if (match.row.field === undefined) return;
    addMeaning(
      sink,
      entry,
      targets,
      match,
      match.row.field,
      [key, value],
      { accession: beside?.get(index), organism },
      at,
    );
  });
}

function addMeaning(
  sink: Sink,
  entry: NamedNode,
  targets: readonly NamedNode[],
  match: RowMatch,
  field: RembiField,
  [key, value]: KeyValue,
  beside: Beside,
  at: string,
): void {
  const { compiled } = sink;
  const property = REMBI[field];
  sink.rows.add(match.row);
  addText(sink, entry, SCHEMA.name, key);
  addText(sink, entry, SCHEMA.value, value);
  add(sink, entry, SCHEMA.propertyID, property);
  add(sink, entry, OMG.keyMapping, compiled.rowIri(match.row));
  const kind = match.valueKind ?? FIELD_KINDS[field];
  if (kind === 'channels' && addChannels(sink, entry, targets, value, (k, text) => termOf(sink, k, text))) return;
  const bia = compiled.bia.get(field);
  for (const target of targets) {
    addText(sink, target, property, value);
    if (bia !== undefined) addText(sink, target, bia, value);
  }
  addTypedValue(sink, entry, kind, value, match.unit, key);
  const question: ValueQuestion = { kind, field, value, accession: beside.accession, organism: beside.organism };
  const whole = answerValue(question, compiled);
  const focus = `${REMBI_FIELDS[field].label}: ${value.slice(0, LONGEST_FOCUS).toWellFormed()}`;
  const audited = auditPair(sink, kind, value, beside.accession, focus, at);
  if (!audited && whole.disagrees !== undefined)
    sink.findings.push(finding('accession-disagrees', focus, { at, detail: whole.disagrees }));
  if (whole.none !== undefined) {
    sink.rows.add(whole.none);
    add(sink, entry, OMG.valueMapping, compiled.rowIri(whole.none));
    return;
  }
  const found = whole.grounded === undefined ? severalTerms(question, compiled) : [whole.grounded];
  for (const grounded of found) addGrounded(sink, entry, targets, field, grounded);
  if (found.length === 0 && GROUNDED_FIELDS.has(field)) sink.findings.push(finding('value-ungrounded', focus, { at }));
}

/** What may stand between several values. */
const SEPARATORS = /[;|,&/]| and /;

/** The terms of a value that holds several. */
function severalTerms({ kind, field, value, organism }: ValueQuestion, context: ValueContext): readonly Grounded[] {
  if (value.length > 1000 || !SEPARATORS.test(value)) return [];
  const ground = (text: string): Grounded | undefined => groundValue({ kind, field, value: text, organism }, context);
  const parts = splitValues(kind, value, (part) => ground(part) !== undefined);
  const found = parts.length < 2 ? [] : parts.flatMap((part) => ground(part) ?? []);
  return [...new Map(found.map((g) => [g.term.iri, g])).values()];
}

/** The term of a text, described. */
function termOf(sink: Sink, kind: ValueKind, value: string): NamedNode | undefined {
  const grounded = groundValue({ kind, value }, sink.compiled);
  if (grounded === undefined) return undefined;
  if (grounded.row !== undefined) sink.rows.add(grounded.row);
  const term = node(safeIri(grounded.term.iri));
  addTerm(sink, term, grounded.term.label);
  return term;
}

/** Kinds whose names depend on whose they are. */
const OF_ORGANISM: ReadonlySet<ValueKind> = new Set([
  ...(['organismPart', 'cellType', 'biologicalEntity', 'developmentalStage'] as const),
]);

/** The organism that the pairs of an annotation name, when it is one and a pair depends on it. */
function organismOf(
  pairs: readonly KeyValue[],
  matches: readonly KeyMatch[],
  beside: ReadonlyMap<number, string> | undefined,
  context: ValueContext,
): string | undefined {
  const depends = matches.some((m) => m.kind === 'row' && m.valueKind !== undefined && OF_ORGANISM.has(m.valueKind));
  if (!depends || context.terms === undefined) return undefined;
  const found = new Set<string>();
  matches.forEach((match, index) => {
    const value = pairs[index]?.[1];
    if (match.kind !== 'row' || match.row.field !== 'organism' || value === undefined) return;
    const question = { kind: 'organism', field: 'organism', value, accession: beside?.get(index) } as const;
    const grounded = groundValue(question, context);
    if (grounded !== undefined) found.add(grounded.term.curie);
  });
  const [one] = found;
  return found.size === 1 ? one : undefined;
}
