import { REMBI_FIELDS, type RembiField } from '../rdf/rembi.js';
import type { TermIndex } from '../terms/termIndex.js';
import { VALUE_KINDS, valueKind, type ValueKind } from '../terms/valueKinds.js';
import { keyCandidates } from './keyCandidates.js';
import type { MappingSet } from './mappingSet.js';
import { NO_TERM_FOUND, type ReviewRow, reviewRow, TOOL } from './reviewTable.js';
import { suggestValue } from './suggestValue.js';
import type { Unmapped } from './unmappedTally.js';
import { isInBranch } from './valueBranches.js';

/** A term that a value may mean. */
export interface ValueCandidate {
  readonly curie: string;
  readonly iri: string;
  readonly label: string;
  /** 0…1. */
  readonly score: number;
  /** The name that resembles, where it is not the label. */
  readonly name?: string | undefined;
  /** Whether the text is a name of the term, and not only like one. */
  readonly isName: boolean;
  /** Where the term was found, when not in the ontologies at hand. */
  readonly source?: string | undefined;
}

/** Names terms for a value of a kind, best first. */
export type ValueCandidates = (kind: ValueKind, value: string, limit: number) => Promise<readonly ValueCandidate[]>;

export interface SuggestContext {
  readonly mappings: MappingSet;
  readonly terms: TermIndex | undefined;
  readonly valueCandidates: ValueCandidates;
  /** Candidates for each subject. */
  readonly candidates: number;
  readonly version: string;
  /** Objects that were rejected before, of a subject. */
  rejected(field: RembiField | undefined, subject: string): ReadonlySet<string>;
  signal?: AbortSignal | undefined;
}

/** Rows to review for one subject after another, and the prefixes that they use. */
export async function suggestMappings(
  unmapped: readonly Unmapped[],
  context: SuggestContext,
): Promise<{ readonly rows: readonly (readonly ReviewRow[])[]; readonly prefixes: ReadonlyMap<string, string> }> {
  const { rejected, candidates, mappings, terms } = context;
  const fieldsFor = keyCandidates(mappings, terms);
  const prefixes = new Map<string, string>();
  const rows: ReviewRow[][] = unmapped.map(() => []);
  // Kind by kind: what the index builds for an ontology is used while it is there.
  const order = unmapped
    .map((found, at) => ({ found, at }))
    .sort((a, b) => kindOf(a.found) - kindOf(b.found) || a.at - b.at);
  for (const { found, at } of order) {
    context.signal?.throwIfAborted();
    const { subject, of } = found;
    const left = rejected(of?.field, subject);
    const row = rowOf(found, context.version);
    const none = row({
      object_id: NO_TERM_FOUND,
      object_label: of ? 'no term' : 'no field of REMBI',
      mapping_justification: 'semapv:UnspecifiedMatching',
    });
    const offered = of
      ? (await context.valueCandidates(of.kind, subject, candidates + left.size)).map((c) => {
          prefixes.set(
            c.curie.slice(0, c.curie.indexOf(':')),
            c.iri.slice(0, -c.curie.length + c.curie.indexOf(':') + 1),
          );
          return row(
            {
              object_id: c.curie,
              object_label: c.label,
              similarity_score: rounded(c.score),
              predicate_id: c.isName ? 'skos:exactMatch' : 'skos:closeMatch',
              mapping_justification: `semapv:${c.isName ? 'LexicalMatching' : 'LexicalSimilarityThresholdMatching'}`,
            },
            [c.name !== undefined && c.name !== c.label ? `by its name "${c.name}"` : '', c.source ?? ''],
          );
        })
      : fieldsFor(subject, found.beside, candidates + left.size).map((c) =>
          row(
            {
              object_id: `rembi:${c.field}`,
              object_label: `${REMBI_FIELDS[c.field].module} / ${REMBI_FIELDS[c.field].label}`,
              value_kind: c.valueKind,
              similarity_score: rounded(c.score),
            },
            [c.because],
          ),
        );
    rows[at]?.push(...offered.filter((r) => !left.has(r.object)).slice(0, candidates), none);
  }
  return { rows, prefixes };
}

const KINDS = Object.keys(VALUE_KINDS);
const kindOf = ({ of }: Unmapped): number => (of === undefined ? -1 : KINDS.indexOf(of.kind));
const rounded = (score: number): string => score.toFixed(2);

type Cells = Readonly<Record<string, string | undefined>>;

function rowOf(
  { subject, of, objects, containers, beside }: Unmapped,
  version: string,
): (cells: Cells, because?: readonly string[]) => ReviewRow {
  const where = containers.slice(0, 3).join(', ') + (containers.length > 3 ? ` and ${containers.length - 3} more` : '');
  const with_ = `${of ? 'of the key' : 'with values such as'} ${beside
    .slice(0, 3)
    .map((t) => `"${t}"`)
    .join(', ')}`;
  return (cells, because = []) =>
    reviewRow({
      subject_label: subject,
      subject_source: of && `rembi:${of.field}`,
      occurrences: objects,
      predicate_id: 'skos:closeMatch',
      mapping_justification: 'semapv:LexicalSimilarityThresholdMatching',
      mapping_tool: `${TOOL} ${version}`,
      comment: [...because.filter((b) => b !== ''), `in ${where}`, with_].join('; '),
      ...cells,
    });
}

/** Names that are less alike are no help. */
const LEAST = 0.3;

/** Candidates from the ontologies at hand: terms with the text as a name first, then those with similar names. */
export function candidatesFrom(terms: TermIndex): ValueCandidates {
  // The taxonomy has a name like anything; a species hardly is what a lab means by a treatment, and looking is slow.
  const untaxed: TermIndex = {
    ...terms,
    suggest: (text, ontologies, limit) =>
      terms.suggest(
        text,
        ontologies.filter((o) => o !== 'NCBITaxon'),
        limit,
      ),
  };
  return async (kind, value, limit) => {
    const { ontologies, fallback } = valueKind(kind);
    const found = new Map<string, ValueCandidate>();
    for (const { term, by, text } of terms.find(value, [...ontologies, ...fallback])) {
      const { curie, iri, label } = term;
      if (term.obsolete || found.has(curie) || !isInBranch(kind, curie, term.ontology, terms)) continue;
      const isName = by === 'label' || by === 'exact';
      found.set(curie, { curie, iri, label, score: by === 'label' ? 1 : isName ? 0.97 : 0.9, name: text, isName });
    }
    for (const { term, score, by } of suggestValue(kind, value, kind === 'organism' ? terms : untaxed, limit + 10)) {
      const { curie, iri, label } = term;
      if (score < LEAST || found.has(curie)) continue;
      found.set(curie, { curie, iri, label, score: Math.min(score, 0.99), name: by, isName: false });
    }
    return [...found.values()].slice(0, limit);
  };
}
