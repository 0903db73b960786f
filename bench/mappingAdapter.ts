import { fold, type MappingRow, type MappingSet, mappingSet } from '../src/map/mappingSet.js';
import { answerValue, groundValue } from '../src/map/groundValue.js';
import { matchKey } from '../src/map/keyMatch.js';
import { suggestValue } from '../src/map/suggestValue.js';
import { REMBI_FIELDS, type RembiField, type RembiModule } from '../src/rdf/rembi.js';
import type { TermHit, TermIndex } from '../src/terms/termIndex.js';
import { isValueKind, type ValueKind, valueKind } from '../src/terms/valueKinds.js';
import { auditedBy } from './auditAdapter.js';

/** What the mapping says about a key; only `field` and `module` are assertions. */
export interface KeyAnswer {
  readonly outcome: 'field' | 'none' | 'companion' | 'unknown';
  readonly field?: RembiField | undefined;
  readonly module?: RembiModule | undefined;
  readonly rule: string;
}

/** A term that is accepted without a person; suggestions are none. */
export interface ValueAnswer {
  readonly curie: string;
  readonly rule: string;
}

/** The mapping as the benchmark asks it. */
export interface Mapper {
  readonly name: string;
  key(key: string): KeyAnswer;
  /** `field` is gold's name of the kind. */
  value(field: string, value: string, accession?: string): ValueAnswer | undefined;
  /** A key and its value as the pipeline asks them; whether a term was found. */
  pair(key: string, value: string): boolean;
  /** Terms for a person to choose from, best first, the accepted one among them; undefined when there is no such function. */
  suggest?(field: string, value: string, limit: number): readonly string[];
  /** Whether the accession is flagged as not being the value's. */
  flags(field: string, value: string, accession: string): boolean;
  /** Whether a run over these accessions flags drift; by index. Undefined when there is no such function. */
  drift?(pairs: readonly { field: string; value: string; accession: string }[]): ReadonlySet<number>;
}

/** Gold's kinds and the field whose values they are. */
const FIELDS: Readonly<Record<string, RembiField>> = {
  organism: 'organism',
  imaging_method: 'imagingMethod',
  cell_line: 'biologicalEntity',
  cell_type: 'biologicalEntity',
  organism_part: 'biologicalEntity',
  phenotype: 'analysisResultType',
  study_type: 'studyType',
  protocol_type: 'preparationMethod',
  screen_type: 'studyComponentDescription',
  screen_technology: 'studyComponentDescription',
  library_type: 'studyComponentDescription',
  experimental_condition: 'experimentalVariable',
  compound: 'extrinsicVariable',
  fixation: 'preparationMethod',
  embedding: 'preparationMethod',
  stain: 'channelContent',
};

/** Rows that only repeat a name that REMBI or an ontology gives; nobody had to see the text before. */
const isName = (row: MappingRow): boolean => row.justification.endsWith('LexicalMatching');

/** The set without the rows for these folded texts, as if nobody had seen them; names stay. */
export function withoutTexts(mappings: MappingSet, texts: ReadonlySet<string>): MappingSet {
  return mappingSet([mappings.rows.filter((r) => isName(r) || !texts.has(fold(r.subject)))]);
}

/** Only the names of REMBI's elements and of terms, no reviewed synonyms. */
export function namesOnly(mappings: MappingSet): MappingSet {
  return mappingSet([mappings.rows.filter(isName)]);
}

/** Keys by `matchKey`, values by rows and accessions alone. */
export function tableMapper(mappings: MappingSet): Mapper {
  const value: Mapper['value'] = (gold, text, accession) => {
    const found = groundValue({ kind: kindOf(gold), field: FIELDS[gold], value: text, accession }, { mappings });
    return found && { curie: found.term.curie, rule: found.rule };
  };
  return {
    name: 'matchKey + groundValue (tables only)',
    key(key) {
      const match = matchKey(key, mappings);
      if (match.kind === 'unknown') return { outcome: 'unknown', rule: '-' };
      if (match.kind === 'companion') return { outcome: 'companion', rule: 'companion' };
      const { field } = match.row;
      if (field === undefined) return { outcome: 'none', rule: match.rule };
      return { outcome: 'field', field, module: REMBI_FIELDS[field].module, rule: match.rule };
    },
    value,
    pair(key, text) {
      const match = matchKey(key, mappings);
      if (match.kind !== 'row' || match.row.field === undefined) return false;
      const kind = match.valueKind ?? 'text';
      return groundValue({ kind, field: match.row.field, value: text }, { mappings }) !== undefined;
    },
    flags(gold, text, accession) {
      const question = { kind: kindOf(gold), field: FIELDS[gold], value: text, accession };
      return answerValue(question, { mappings }).disagrees !== undefined;
    },
  };
}

/** The kind of value behind gold's name of it: `cell_line` is `cellLine`. */
function kindOf(gold: string): ValueKind {
  const kind = gold.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return isValueKind(kind) ? kind : 'text';
}

/**
 * Values by names of terms alone: one term with this label or exact synonym in the kind's own ontologies, else in its
 * fallbacks. The floor that rules and tables have to rise above; keys as in `tableMapper`.
 */
export function namesMapper(mappings: MappingSet, index: TermIndex): Mapper {
  const tables = tableMapper(mappings);
  const ask = (gold: string, text: string): ValueAnswer | undefined => {
    const { ontologies, fallback, under } = valueKind(kindOf(gold));
    const fits = ({ term }: TermHit): boolean => {
      const roots = under?.[term.ontology];
      return roots === undefined || roots.some((root) => index.isA(term.curie, root));
    };
    for (const asked of [ontologies, fallback]) {
      if (asked.length === 0) continue;
      const all = index.find(text, asked).filter((h) => fits(h));
      const inUse = all.filter((h) => !h.term.obsolete);
      const hits = inUse.length > 0 ? inUse : all;
      for (const by of ['label', 'exact'] as const) {
        const curies = new Set(
          hits
            .filter((h) => h.by === by)
            .map(({ term }) => (term.obsolete ? (term.replacedBy ?? term.curie) : term.curie)),
        );
        const [curie] = curies;
        if (curie !== undefined && curies.size === 1) return { curie, rule: by };
      }
    }
    return undefined;
  };
  return {
    ...tables,
    name: 'matchKey + names of the term index (label, exact synonym)',
    value: ask,
    suggest: (gold, text, limit) => {
      const { ontologies, fallback } = valueKind(kindOf(gold));
      return index.suggest(text, [...ontologies, ...fallback], limit).map((s) => s.term.curie);
    },
    ...auditedBy(index),
  };
}

/** Keys as in `tableMapper`, values by `groundValue`: what the pipeline does. */
export function groundMapper(mappings: MappingSet, terms: TermIndex): Mapper {
  const context = { mappings, terms };
  return {
    ...tableMapper(mappings),
    name: 'matchKey + groundValue',
    value(gold, value, accession) {
      const found = groundValue({ kind: kindOf(gold), field: FIELDS[gold], value, accession }, context);
      return found && { curie: found.term.curie, rule: found.rule };
    },
    pair(key, value) {
      const match = matchKey(key, mappings);
      if (match.kind !== 'row' || match.row.field === undefined || match.valueKind === undefined) return false;
      return groundValue({ kind: match.valueKind, field: match.row.field, value }, context) !== undefined;
    },
    suggest: (gold, value, limit) => suggestValue(kindOf(gold), value, terms, limit).map((s) => s.term.curie),
    flags: (gold, value, accession) =>
      answerValue({ kind: kindOf(gold), field: FIELDS[gold], value, accession }, context).disagrees !== undefined,
    drift: auditedBy(terms).drift,
  };
}
