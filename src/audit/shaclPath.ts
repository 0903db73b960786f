import type { NamedNode, Store, Term } from 'n3';
import { rdfList, SH } from './shaclTerms.js';

/** A SHACL property path (SHACL section 2.3.1) as a value. */
export type ShaclPath =
  | { readonly kind: 'predicate'; readonly predicate: NamedNode }
  | { readonly kind: 'inverse'; readonly path: ShaclPath }
  | { readonly kind: 'sequence'; readonly steps: readonly ShaclPath[] }
  | { readonly kind: 'alternative'; readonly paths: readonly ShaclPath[] }
  | { readonly kind: 'zeroOrMore' | 'oneOrMore' | 'zeroOrOne'; readonly path: ShaclPath };

const PATHS = [
  { property: SH.alternativePath, kind: 'alternative' },
  { property: SH.inversePath, kind: 'inverse' },
  { property: SH.zeroOrMorePath, kind: 'zeroOrMore' },
  { property: SH.oneOrMorePath, kind: 'oneOrMore' },
  { property: SH.zeroOrOnePath, kind: 'zeroOrOne' },
] as const;

const DEEPEST = 100;

/** Reads the path at a node of a shapes graph; @throws Error with the clause that is ill-formed (SHACL section 2.3.1.1). */
export function readPath(shapes: Store, node: Term): ShaclPath {
  return readPathBelow(shapes, node, new Set());
}

function readPathBelow(shapes: Store, node: Term, above: ReadonlySet<string>): ShaclPath {
  if (node.termType === 'NamedNode') return { kind: 'predicate', predicate: node };
  if (node.termType !== 'BlankNode') throw new Error(`a path is an IRI or a blank node, not "${node.value}"`);
  if (above.has(node.value)) throw new Error('a path that holds itself has no end');
  if (above.size > DEEPEST) throw new Error(`paths are nested more than ${DEEPEST} deep`);
  const within = new Set(above).add(node.value);
  const inner = (term: Term): ShaclPath => readPathBelow(shapes, term, within);
  const items = rdfList(shapes, node);
  if (items !== undefined) {
    if (items.length < 2) throw new Error('a sequence path has at least two members');
    return { kind: 'sequence', steps: items.map(inner) };
  }
  const kinds = PATHS.flatMap((kind) => shapes.getObjects(node, kind.property, null).map((of) => ({ ...kind, of })));
  const [only, ...more] = kinds;
  if (only === undefined) throw new Error('a blank node in sh:path is none of the paths of SHACL');
  if (more.length > 0) throw new Error('a blank node in sh:path is one path, not several');
  if (only.kind !== 'alternative') return { kind: only.kind, path: inner(only.of) };
  const members = only.of.termType === 'Literal' ? undefined : rdfList(shapes, only.of);
  if (members === undefined || members.length < 2) {
    throw new Error('sh:alternativePath is a list of at least two paths');
  }
  return { kind: 'alternative', paths: members.map(inner) };
}

/** Every predicate a path names. */
export function pathPredicates(path: ShaclPath): NamedNode[] {
  switch (path.kind) {
    case 'predicate':
      return [path.predicate];
    case 'sequence':
      return path.steps.flatMap(pathPredicates);
    case 'alternative':
      return path.paths.flatMap(pathPredicates);
    default:
      return pathPredicates(path.path);
  }
}

/** The path as SPARQL writes it (SPARQL 1.1 section 9.1), with IRIs as `iri` writes them: in angle brackets when left out. */
export function pathText(path: ShaclPath, iri = (text: string): string => `<${text}>`): string {
  const inner = (part: ShaclPath): string =>
    part.kind === 'predicate' ? pathText(part, iri) : `(${pathText(part, iri)})`;
  switch (path.kind) {
    case 'predicate':
      return iri(path.predicate.value);
    case 'inverse':
      return `^${inner(path.path)}`;
    case 'sequence':
      return path.steps.map(inner).join('/');
    case 'alternative':
      return path.paths.map(inner).join('|');
    default:
      return inner(path.path) + { zeroOrMore: '*', oneOrMore: '+', zeroOrOne: '?' }[path.kind];
  }
}
