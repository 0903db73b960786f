import { DataFactory, type NamedNode, type Term } from 'n3';
import { xpathPattern } from './xpathPattern.js';
import { sh } from './shapesGraph.js';

/** What shacl-engine hands to a validation, as far as it is used here. */
interface EngineShape {
  readonly ptr: { out(properties: readonly NamedNode[]): { readonly value?: string } };
}
interface EngineContext {
  readonly valueOrNode: { readonly term: Term };
  test(success: boolean, component: NamedNode, about: { readonly value: unknown }): void;
}

const PATTERN = DataFactory.namedNode(sh('pattern'));
const FLAGS = DataFactory.namedNode(sh('flags'));
const COMPONENT = DataFactory.namedNode(sh('PatternConstraintComponent'));

/** `sh:pattern` for the reference engine, which reads patterns as JavaScript's without Unicode (`\p{L}` is no letter to it). */
export const REFERENCE_PATTERN: readonly [NamedNode, unknown] = [
  PATTERN,
  ({ ptr }: EngineShape): { readonly generic: (context: EngineContext) => void } => {
    const pattern = xpathPattern(ptr.out([PATTERN]).value ?? '', ptr.out([FLAGS]).value ?? '');
    return {
      generic: (context) => {
        const { term } = context.valueOrNode;
        const matches = term.termType !== 'BlankNode' && pattern.test(term.value);
        context.test(matches, COMPONENT, { value: context.valueOrNode });
      },
    };
  },
];
