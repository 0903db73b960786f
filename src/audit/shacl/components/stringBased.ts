import { NO_TERM, TERM_KIND, type TermTable } from '../../../graph/columns/containerGraph.js';
import { listOf } from '../readShapes.js';
import type { Clause, CompiledConstraint, ConstraintComponent } from '../registry.js';
import { booleanOf, sh } from '../shapesGraph.js';
import { xpathPattern } from '../xpathPattern.js';
import { core, countOf, eachValue } from './component.js';

/** sh:minLength, sh:maxLength, sh:pattern, sh:languageIn and sh:uniqueLang (SHACL section 4.4). */
export const STRING_BASED: readonly ConstraintComponent[] = [
  core('minLength', (clause) => length(clause, 'minLength', (characters, least) => characters >= least), {
    once: true,
  }),
  core('maxLength', (clause) => length(clause, 'maxLength', (characters, most) => characters <= most), { once: true }),
  core('pattern', pattern, { once: true, optional: [sh('flags')] }),
  core('languageIn', languageIn, { once: true }),
  core('uniqueLang', uniqueLang, { once: true, only: 'property' }),
];

function length(
  clause: Clause,
  name: string,
  holds: (characters: number, limit: number) => boolean,
): CompiledConstraint {
  const limit = countOf(clause, name);
  return eachValue(clause, ({ graph: { terms }, memo }) =>
    memo((id) => terms.kind(id) !== TERM_KIND.blank && holds(characters(terms.value(id)), limit)),
  );
}

/** Characters of a string as SPARQL's STRLEN counts them: code points. */
function characters(text: string): number {
  let count = 0;
  for (let i = 0; i < text.length; i++) if ((text.charCodeAt(i) & 0xfc00) !== 0xdc00) count++;
  return count;
}

function pattern(clause: Clause): CompiledConstraint {
  const { value, fault } = clause;
  if (value.termType !== 'Literal') fault('sh:pattern is not a string', value.value);
  const flags = clause.parameter(sh('flags'))?.value ?? '';
  let matcher: RegExp;
  try {
    matcher = xpathPattern(value.value, flags);
  } catch (error) {
    fault(
      `sh:pattern is no regular expression: ${error instanceof Error ? error.message : String(error)}`,
      value.value,
    );
  }
  return eachValue(clause, ({ graph: { terms }, memo }) =>
    memo((id) => terms.kind(id) !== TERM_KIND.blank && matcher.test(terms.value(id))),
  );
}

function languageIn(clause: Clause): CompiledConstraint {
  const ranges = listOf(clause.graph, clause.shape.node, sh('languageIn'), clause.value).map((range) =>
    range.value.toLowerCase(),
  );
  return eachValue(clause, ({ graph: { terms }, memo }) =>
    memo((id) => {
      const tag = terms.language(id).toLowerCase();
      return tag !== '' && ranges.some((range) => range === '*' || tag === range || tag.startsWith(`${range}-`));
    }),
  );
}

function uniqueLang(clause: Clause): CompiledConstraint {
  const { constraint, value } = clause;
  const unique = booleanOf(value) ?? clause.fault('sh:uniqueLang is neither true nor false', value.value);
  // SHACL has "true" in this one form: `"1"^^xsd:boolean` asks for nothing.
  if (!unique || value.value !== 'true') return { bind: () => () => undefined };
  return {
    bind({ graph: { terms } }) {
      const tagOf = (id: number): string =>
        terms.kind(id) === TERM_KIND.literal ? terms.language(id).toLowerCase() : '';
      return (focus, { ids, start, end }, emit) => {
        if (end - start < 2) return;
        for (const _repeated of repeatedTags(terms, ids, start, end, tagOf)) emit(focus, constraint, NO_TERM);
      };
    },
  };
}

function repeatedTags(
  _terms: TermTable,
  ids: ArrayLike<number>,
  start: number,
  end: number,
  tagOf: (id: number) => string,
): ReadonlySet<string> {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (let i = start; i < end; i++) {
    const tag = tagOf(ids[i] as number);
    if (tag === '') continue;
    if (seen.has(tag)) repeated.add(tag);
    seen.add(tag);
  }
  return repeated;
}
