declare module 'shacl-engine' {
  import type { NamedNode, Quad, Store, Term } from 'n3';

  interface Pointer {
    readonly term?: Term;
    readonly terms: readonly Term[];
  }
  interface Dataset {
    readonly size: number;
    match(subject?: Term | null, predicate?: Term | null, object?: Term | null, graph?: Term | null): Iterable<Quad>;
  }
  interface Result {
    readonly focusNode: Pointer;
    readonly severity: NamedNode;
    readonly constraintComponent: NamedNode;
    readonly message: readonly Term[];
    readonly shape: { readonly ptr: Pointer };
    readonly value?: Pointer;
  }
  export class Validator {
    constructor(shapes: Store, options: { factory: unknown });
    validate(
      data: { dataset: Dataset; terms: readonly Term[] },
      shapes: readonly { readonly terms: readonly Term[] }[],
    ): Promise<{ readonly results: readonly Result[] }>;
  }
}
