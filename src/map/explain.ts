import { oneLine } from '../errors.js';
import { REMBI_FIELDS, type RembiField, type RembiModule } from '../rdf/rembi.js';
import { curieOf } from '../terms/accession.js';
import { PREFIXES } from '../rdf/vocabulary.js';
import type { TermIndex } from '../terms/termIndex.js';
import type { ValueKind } from '../terms/valueKinds.js';
import { parseChannels } from './channels.js';
import { answerValue, type LostCandidate, type ValueContext } from './groundValue.js';
import { LONGEST_KEY } from './keyMatch.js';
import { KEY_RULES, type KeyRule } from './keyRules.js';
import { visibleKey } from './keyWords.js';
import { matchKeys } from './matchKeys.js';
import type { MappingRow, MappingSet } from './mappingSet.js';
import { rowPlace } from './provenance.js';
import { parseTypedValue, splitValues } from './typedValue.js';
import { VALUE_RULES, type ValueRule } from './valueRules.js';

/** A mapping row as people look for it. */
export interface ExplainedRow {
  /** `keys/synonyms.sssom.tsv:12`. */
  readonly place: string;
  /** Path of the table. */
  readonly file: string;
  readonly line: number;
  readonly subject: string;
  /** `rembi:organism`, `NCBITaxon:9606`, or `sssom:NoTermFound`. */
  readonly object: string;
  readonly objectLabel?: string | undefined;
  readonly confidence?: number | undefined;
}

/** Why a key-value pair is mapped as it is. */
export interface KeyValueExplanation {
  readonly key: string;
  readonly value: string | undefined;
  readonly namespace: string | undefined;
  /**
   * - `field`: the key is mapped to a REMBI field
   * - `none`: a row says that the key is no field of REMBI
   * - `companion`: the key gives the accession or source of another key's value
   * - `unknown`: no row knows it
   */
  readonly outcome: 'field' | 'none' | 'companion' | 'unknown';
  readonly keyRule?: KeyRule | undefined;
  /** All rules in the order in which they were used; the last one is `keyRule`. */
  readonly keyRules?: readonly KeyRule[] | undefined;
  /** Confidence of the row times the trust in the rules. */
  readonly keyConfidence?: number | undefined;
  /** Whether the key has characters that nobody sees; they do not count. */
  readonly keyHidden?: boolean | undefined;
  /** What sort of thing the value is. */
  readonly valueKind?: ValueKind | undefined;
  /** Unit of the value that the key names. */
  readonly unit?: string | undefined;
  readonly keyRow?: ExplainedRow | undefined;
  readonly field?: RembiField | undefined;
  readonly module?: RembiModule | undefined;
  /** Label of the field, as REMBI writes it. */
  readonly fieldLabel?: string | undefined;
  /** Folded key that a companion belongs to; empty when it is the pair before. */
  readonly companionOf?: string | undefined;
  readonly valueRule?: ValueRule | undefined;
  readonly valueRow?: ExplainedRow | undefined;
  readonly term?: { readonly iri: string; readonly curie: string; readonly label: string | undefined } | undefined;
  /** The form of the value that was found, where it is another than the text. */
  readonly valueForm?: string | undefined;
  /** 0…1: of the row, times the trust in the rule. */
  readonly valueConfidence?: number | undefined;
  /** SSSOM's `mapping_justification`: `semapv:LexicalMatching`. */
  readonly valueJustification?: string | undefined;
  /** Ontology that the term was found in, with its version. */
  readonly ontology?: { readonly ontology: string; readonly version: string } | undefined;
  /** Terms that could have been meant, and why each was not taken. */
  readonly lost?: readonly LostCandidate[] | undefined;
  /** An accession in the value that the field does not take, or that is another term than the text. */
  readonly disagrees?: string | undefined;
  /** What a value without a term is read as: `quantity 5 µM, UCUM umol/L`. */
  readonly readAs?: readonly string[] | undefined;
  /** The same in sentences, one a line. */
  readonly text: string;
}

type Facts = Omit<KeyValueExplanation, 'text'>;

function explained(row: MappingRow): ExplainedRow {
  const { file, line, subject, objectLabel, confidence } = row;
  const object = row.kind === 'key' ? row.field && `rembi:${row.field}` : row.term && curieOf(row.term);
  return { place: rowPlace(row), file, line, subject, object: object ?? 'sssom:NoTermFound', objectLabel, confidence };
}

/** Which rule, table and line map a key (and its value); what `omegraph mappings explain` prints. */
export function explainKeyValue(
  key: string,
  value: string | undefined,
  namespace: string | undefined,
  mappings: MappingSet,
  terms?: TermIndex,
): KeyValueExplanation {
  const facts = factsOf(key, value, namespace, { mappings, terms });
  return { ...facts, text: sentences(facts).join('\n') };
}

function factsOf(key: string, value: string | undefined, namespace: string | undefined, context: ValueContext): Facts {
  const { mappings } = context;
  // Without a value it would be taken for the head of a section.
  const match = matchKeys([[key, value || '?']], namespace, mappings)[0];
  const hidden = key.length <= LONGEST_KEY && visibleKey(key) !== key.trim();
  const asked = { key, value, namespace, ...(hidden && { keyHidden: true }) };
  if (match === undefined || match.kind === 'unknown') return { ...asked, outcome: 'unknown' };
  if (match.kind === 'companion') return { ...asked, outcome: 'companion', companionOf: match.of };
  const { row, rule, rules } = match;
  const { field } = row;
  const how = { keyRule: rule, keyRules: rules, keyConfidence: match.confidence, keyRow: explained(row) };
  if (field === undefined) return { ...asked, outcome: 'none', ...how };
  const { module, label } = REMBI_FIELDS[field];
  const fact = {
    ...asked,
    outcome: 'field',
    ...how,
    valueKind: match.valueKind,
    unit: match.unit,
    field,
    module,
    fieldLabel: label,
  } as const;
  if (value === undefined || value.trim() === '') return fact;
  const { grounded, none, disagrees, lost } = answerValue({ kind: match.valueKind ?? 'text', field, value }, context);
  const valueRow = grounded?.row ?? none;
  return {
    ...fact,
    disagrees,
    valueRule: grounded?.rule,
    valueRow: valueRow && explained(valueRow),
    valueForm: grounded?.form,
    valueConfidence: grounded?.confidence,
    valueJustification: grounded && curieOfJustification(grounded.justification),
    ontology: grounded?.source,
    term: grounded?.term,
    ...(lost.length > 0 && { lost: lost.slice(0, MOST_LOST) }),
    ...(grounded === undefined && { readAs: readingsOf(match.valueKind ?? 'text', value, match.unit, key) }),
  };
}

/** What a value that is no term says all the same: quantities, dates, identifiers, channels. */
function readingsOf(kind: ValueKind, value: string, unit: string | undefined, key: string): readonly string[] {
  if (kind === 'channels') {
    return parseChannels(value).map(({ channel, content, biologicalEntity }, i) =>
      [`channel ${channel ?? i + 1}`, content && `content ${content}`, biologicalEntity && `entity ${biologicalEntity}`]
        .filter((part) => part !== undefined)
        .join(', '),
    );
  }
  return splitValues(kind, value).flatMap((part) => {
    const typed = parseTypedValue(kind, part, unit, key);
    if (typed === undefined) return [];
    if (typed.type === 'date') return [`date ${typed.date}`];
    if (typed.type === 'identifier') return [`${typed.scheme} ${typed.id}, ${typed.iri}`];
    const { comparator = '', minimum, maximum, unit: in_ } = typed;
    const number = typed.value ?? [minimum, maximum].filter((n) => n !== undefined).join(' to ');
    return [`${typed.type} ${comparator}${number} ${in_.symbol}${in_.ucum === undefined ? '' : `, UCUM ${in_.ucum}`}`];
  });
}

/** More would hide what was taken. */
const MOST_LOST = 10;
const curieOfJustification = (iri: string): string =>
  iri.startsWith(PREFIXES.semapv) ? `semapv:${iri.slice(PREFIXES.semapv.length)}` : iri;

const rowText = (row: ExplainedRow): string =>
  `row ${row.place} "${oneLine(row.subject)}"${row.confidence === undefined ? '' : `, confidence ${row.confidence}`}`;

function sentences(facts: Facts): string[] {
  const hidden = facts.keyHidden ? ' (with characters that nobody sees, which do not count)' : '';
  const key = `key "${oneLine(facts.key)}"${hidden}`;
  const { keyRow, valueRow, term } = facts;
  if (facts.outcome === 'unknown') return [`${key}: no table knows it; add a row to a table in mappings/keys`];
  if (facts.outcome === 'companion') {
    const of = facts.companionOf === '' ? 'the pair before it' : `the pair "${facts.companionOf}"`;
    return [`${key}: belongs to ${of}, whose term or source it gives`];
  }
  const how =
    facts.keyRule && keyRow
      ? ` (${(facts.keyRules ?? [facts.keyRule]).map((r) => KEY_RULES[r].says).join(', ')}; ${rowText(keyRow)})`
      : '';
  if (facts.outcome === 'none') return [`${key}: known to be no field of REMBI${how}`];
  const unit = facts.unit === undefined ? '' : ` in ${facts.unit}`;
  const kind = facts.valueKind === undefined ? '' : `, values of kind ${facts.valueKind}${unit}`;
  const lines = [`${key}: ${facts.module} / ${facts.fieldLabel}, rembi:${facts.field}${kind}${how}`];
  if (facts.value === undefined || facts.value.trim() === '') return lines;
  const value = `value "${oneLine(facts.value)}"`;
  const row = valueRow ? `; ${rowText(valueRow)}` : '';
  if (term) {
    const name = term.label === undefined ? term.curie : `${term.curie} ${term.label}`;
    const form = facts.valueForm === undefined ? '' : `, looked up as "${oneLine(facts.valueForm)}"`;
    const from = facts.ontology ? `; ${facts.ontology.ontology} ${facts.ontology.version}` : '';
    const sure = valueRow === undefined || form !== '' ? `; confidence ${facts.valueConfidence ?? 1}` : '';
    const why = `${VALUE_RULES[facts.valueRule ?? 'exact'].says}${form}${row}${from}${sure}; ${facts.valueJustification ?? ''}`;
    lines.push(`${value}: ${name} (${why})`);
  } else if (valueRow) lines.push(`${value}: known to have no term (${rowText(valueRow)})`);
  else if (facts.readAs === undefined || facts.readAs.length === 0)
    lines.push(`${value}: no term is known; it stays text`);
  for (const reading of facts.readAs ?? []) lines.push(`${value}: ${oneLine(reading, 300)}`);
  for (const { curie, label, why } of facts.lost ?? [])
    lines.push(
      `${value}: not ${[curie, label].filter((t) => t !== undefined).join(' ') || 'looked up further'}, because ${why}`,
    );
  if (facts.disagrees !== undefined) lines.push(`${value}: the accession "${oneLine(facts.disagrees)}" does not agree`);
  return lines;
}
