import { auditAccession } from '../src/terms/accessionAudit.js';
import { driftCollector } from '../src/map/driftCollector.js';
import type { TermIndex } from '../src/terms/termIndex.js';
import { isValueKind, type ValueKind } from '../src/terms/valueKinds.js';

interface Pair {
  readonly field: string;
  readonly value: string;
  readonly accession: string;
  readonly study?: string;
}

/** The kind of value behind gold's name of it: `cell_line` is `cellLine`. */
function kindOf(gold: string): ValueKind {
  const kind = gold.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return isValueKind(kind) ? kind : 'text';
}

/** The accession audit as the benchmark asks it; obsolete terms that are the value's are no damage. */
export function auditedBy(terms: TermIndex): {
  flags(field: string, value: string, accession: string): boolean;
  drift(pairs: readonly Pair[]): ReadonlySet<number>;
} {
  const asked = ({ field, value, accession }: Pair) => ({ kind: kindOf(field), value, accession });
  return {
    flags(field, value, accession) {
      const { verdict } = auditAccession(asked({ field, value, accession }), terms);
      return verdict === 'disagrees' || verdict === 'misplaced' || verdict === 'unknown';
    },
    drift(pairs) {
      const collector = driftCollector(terms);
      const scope = (pair: Pair): string => pair.study ?? '';
      for (const pair of pairs) collector.add(scope(pair), asked(pair));
      return new Set(pairs.flatMap((pair, i) => (collector.isDrift(scope(pair), asked(pair)) ? [i] : [])));
    },
  };
}
