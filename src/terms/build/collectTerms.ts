import { foldTerm } from '../foldTerm.js';
import { malformed, type OntologySource, type SourceTerm } from './sourceTerm.js';

/** CURIEs that an index can hold. */
const CURIE = /^([A-Za-z][A-Za-z0-9.-]*):([A-Za-z0-9_][A-Za-z0-9_.-]*)$/;
/** Places that are named of what is left out for one reason. */
const NAMED = 5;

/** Terms by prefix, each once; what cannot be used is left out and said in the source's notes. */
export async function collectTerms(
  terms: AsyncIterable<SourceTerm>,
  source: OntologySource,
): Promise<Map<string, SourceTerm[]>> {
  const byPrefix = new Map<string, Map<string, SourceTerm>>();
  const left = new Map<string, number>();
  const leave = (term: SourceTerm, wrong: string): void => {
    const before = left.get(wrong) ?? 0;
    left.set(wrong, before + 1);
    const where = term.line === undefined ? source.where : `${source.where}:${term.line}`;
    if (before < NAMED) source.notes.push({ where, wrong, found: term.curie });
  };
  for await (const given of terms) {
    const prefix = CURIE.exec(given.curie)?.[1];
    if (prefix === undefined) {
      leave(given, 'the identifier of a term has no prefix');
      continue;
    }
    const label = given.label.replace(/\s+/g, ' ').trim();
    if (foldTerm(label) === '' || /\ufffd/.test(label)) {
      leave(given, 'a term has no readable label');
      continue;
    }
    let known = byPrefix.get(prefix);
    if (known === undefined) byPrefix.set(prefix, (known = new Map()));
    const term = cleaned({ ...given, label });
    const first = known.get(term.curie);
    if (first !== undefined && first.label !== term.label)
      leave(term, `two terms have the same identifier; the first ("${first.label}") is kept`);
    else if (first === undefined) known.set(term.curie, term);
  }
  for (const [wrong, count] of left)
    if (count > NAMED) source.notes.push({ where: source.where, wrong: `${wrong}, ${count} times in all` });
  if (byPrefix.size === 0) throw malformed(source.where, undefined, 'the file has no term that can be used');
  const all = new Map([...byPrefix].map(([prefix, map]) => [prefix, [...map.values()]]));
  return withoutCycles(all, source);
}

/** Some files say the scope of a synonym in its text too: "semilla (Spanish, exact)". */
const SCOPE_IN_TEXT = / \((?:(?:Spanish|Japanese)(?:, [a-z]+)?|exact|related|narrow|broad)\)$/;

/** Labels of withdrawn terms say it where the mark of their file does not: "obsolete: T47D cell". */
const SAYS_OBSOLETE = /^obsolete[:_ ]\s*(?=\S)/i;

function cleaned(term: SourceTerm): SourceTerm {
  const parents = term.parents.filter((p) => CURIE.test(p));
  const { replacedBy, ...rest } = term;
  return {
    ...rest,
    label: term.label.replace(SAYS_OBSOLETE, ''),
    parents,
    synonyms: term.synonyms.map((s) => ({ scope: s.scope, text: s.text.replace(SCOPE_IN_TEXT, '').trim() })),
    obsolete: term.obsolete || SAYS_OBSOLETE.test(term.label),
    ...(replacedBy !== undefined && CURIE.test(replacedBy) && replacedBy !== term.curie && { replacedBy }),
  };
}

/** Drops the parents that close a circle, and says so. */
function withoutCycles(all: Map<string, SourceTerm[]>, source: OntologySource): Map<string, SourceTerm[]> {
  const byCurie = new Map([...all.values()].flat().map((t) => [t.curie, t]));
  const state = new Map<string, 'open' | 'done'>();
  const dropped = new Map<string, Set<string>>();
  for (const root of byCurie.keys()) {
    if (state.has(root)) continue;
    const path: { curie: string; next: number }[] = [{ curie: root, next: 0 }];
    state.set(root, 'open');
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const parents = byCurie.get(top.curie)?.parents ?? [];
      const parent = parents[top.next++];
      if (parent === undefined) {
        state.set(top.curie, 'done');
        path.pop();
      } else if (state.get(parent) === 'open') {
        const line = byCurie.get(top.curie)?.line;
        const where = line === undefined ? source.where : `${source.where}:${line}`;
        source.notes.push({
          where,
          wrong: 'the parents of terms run in a circle; this one is left out',
          found: `${top.curie} is_a ${parent}`,
        });
        dropped.set(top.curie, (dropped.get(top.curie) ?? new Set()).add(parent));
      } else if (!state.has(parent) && byCurie.has(parent)) {
        state.set(parent, 'open');
        path.push({ curie: parent, next: 0 });
      }
    }
  }
  if (dropped.size === 0) return all;
  const cut = (t: SourceTerm): SourceTerm => {
    const gone = dropped.get(t.curie);
    return gone === undefined ? t : { ...t, parents: t.parents.filter((p) => !gone.has(p)) };
  };
  return new Map([...all].map(([prefix, terms]) => [prefix, terms.map(cut)]));
}
