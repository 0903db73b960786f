declare module 'shacl-engine' {
  import type { NamedNode, Store, Term } from 'n3';

  interface Pointer {
    readonly term?: Term;
    readonly terms: readonly Term[];
  }
  interface Dataset {
    readonly size: number;
    match(subject?: Term | null, predicate?: Term | null, object?: Term | null, graph?: Term | null): Iterable<unknown>;
  }
  interface PathStep {
    readonly quantifier: string;
    readonly start: string;
    readonly predicates: readonly NamedNode[];
  }
  interface Result {
    readonly focusNode: Pointer;
    readonly severity: NamedNode;
    readonly constraintComponent: NamedNode;
    readonly message: readonly Term[];
    readonly shape: { readonly ptr: Pointer };
    readonly value?: Pointer;
    readonly path?: readonly PathStep[];
    readonly source: readonly Term[];
  }
  type TargetResolver = (
    target: Pointer,
    context: { readonly focusNode: { readonly dataset: Dataset } },
  ) => Promise<readonly Term[]>;
  export class Validator {
    constructor(
      shapes: Store,
      options: {
        factory: unknown;
        validations?: ReadonlyMap<NamedNode, unknown>;
        targetResolvers?: ReadonlyMap<NamedNode, TargetResolver>;
      },
    );
    validate(
      data: { dataset: Dataset; terms?: readonly Term[] },
      shapes: readonly { readonly terms: readonly Term[] }[],
    ): Promise<{ readonly results: readonly Result[] }>;
  }
}

declare module 'shacl-engine/sparql.js' {
  import type { NamedNode } from 'n3';

  export const validations: ReadonlyMap<NamedNode, unknown>;
}

declare module 'shacl-engine/lib/sparql.js' {
  import type { Term } from 'n3';

  export function select(query: {
    readonly dataset: unknown;
    readonly factory: unknown;
    readonly query: string;
    readonly bindings: readonly (readonly [Term, Term])[];
  }): Promise<readonly { get(variable: string): Term | undefined }[]>;
}
