import { DataFactory, Store, type NamedNode, type Quad, type Term } from 'n3';
import ShaclValidator from 'rdf-validate-shacl';
import { Validator } from 'shacl-engine';
import { compileShapes, type CompileOptions } from '../../../src/audit/shacl/compileShapes.js';
import { validateShapes } from '../../../src/audit/shacl/validateShapes.js';
import { containerGraphOf } from '../../../src/graph/columns/containerGraphOf.js';

const CLOSED = 'http://www.w3.org/ns/shacl#ClosedConstraintComponent';

/** A result of shacl-engine, as far as it is compared. */
interface EngineResult {
  readonly focusNode: { readonly term: Term };
  readonly severity?: NamedNode;
  readonly constraintComponent: NamedNode;
  readonly shape: { readonly ptr: { readonly term: Term } };
  readonly path?: readonly { readonly predicates: readonly Term[] }[];
  readonly value?: { readonly term?: Term };
}

/** Results as sorted lines: focus, value, component, severity, shape, and the path of sh:closed. */
type Lines = string[];

/** What our compiler says. */
export async function ourLines(data: readonly Quad[], shapes: Store, options?: CompileOptions): Promise<Lines> {
  const { results } = await validateShapes(containerGraphOf(data), compileShapes(shapes, options));
  return results
    .map((r) =>
      line(
        r.focusNode as Term,
        r.value as Term,
        r.sourceConstraintComponent.value,
        r.severity,
        r.sourceShape as Term,
        r.path as Term,
      ),
    )
    .sort();
}

/** What shacl-engine says. */
export async function engineLines(data: readonly Quad[], shapes: Store): Promise<Lines> {
  const validator = new Validator(shapes, { factory: DataFactory }) as unknown as {
    validate(data: { dataset: Store }): Promise<{ results: readonly EngineResult[] }>;
  };
  const { results } = await validator.validate({ dataset: new Store([...data]) });
  return results
    .map((r) =>
      line(
        r.focusNode.term,
        r.value?.term,
        r.constraintComponent.value,
        r.severity?.value ?? 'http://www.w3.org/ns/shacl#Violation',
        r.shape.ptr.term,
        r.path?.[0]?.predicates[0],
      ),
    )
    .sort();
}

/** What rdf-validate-shacl says. */
export async function secondEngineLines(data: readonly Quad[], shapes: Store): Promise<Lines> {
  const { results } = await new ShaclValidator(shapes as never).validate(new Store([...data]) as never);
  return results
    .map((r) =>
      line(
        r.focusNode as Term,
        (r.value ?? undefined) as Term | undefined,
        r.sourceConstraintComponent?.value ?? '',
        r.severity?.value ?? '',
        r.sourceShape as Term,
        r.path as Term | undefined,
      ),
    )
    .sort();
}

function line(
  focus: Term,
  value: Term | undefined,
  component: string,
  severity: string,
  shape: Term,
  path: Term | undefined,
): string {
  const parts = [text(focus), value === undefined ? '' : text(value), component, severity, text(shape)];
  return [...parts, ...(component === CLOSED ? [path?.value] : [])]
    .join(' | ')
    .replaceAll('http://www.w3.org/ns/shacl#', 'sh:');
}

function text(term: Term): string {
  if (term.termType === 'Literal') return `"${term.value}"@${term.language}^^${term.datatype.value}`;
  return term.termType === 'BlankNode' ? `_:${term.value}` : `<${term.value}>`;
}
