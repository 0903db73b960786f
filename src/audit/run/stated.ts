import { NO_TERM, type TermId } from '../../graph/columns/containerGraph.js';
import { PREFIXES } from '../../rdf/vocabulary.js';
import type { BoundShapes } from '../shacl/compiledShapes.js';
import type { ShaclPath } from '../shaclPath.js';

/** Whether a path leads anywhere from a node. */
export type Stated = (id: TermId) => boolean;

const IS_PART_OF = `${PREFIXES.dcterms}isPartOf`;
/** Containment is six deep in OME; what is deeper is walked the slow way, which ends on cycles too. */
const DEPTH = 20;

/** A function for each path; what is above many objects is looked at once. */
export function statedIn(bound: BoundShapes): (path: ShaclPath) => Stated {
  const { graph } = bound;
  const isPartOf = graph.columnOf(IS_PART_OF);
  const walked =
    (path: ShaclPath): Stated =>
    (id) =>
      bound.values(path, id).length > 0;
  const compile = (path: ShaclPath): Stated => {
    if (path.kind === 'predicate') {
      const column = graph.columnOf(path.predicate.value);
      return column === undefined ? () => false : (id) => column.first(id) >= 0;
    }
    const [first, second, ...more] = path.kind === 'sequence' ? path.steps : [];
    if (first === undefined || second === undefined || !isContainment(first)) return walked(path);
    const own = compile(more.length === 0 ? second : { kind: 'sequence', steps: [second, ...more] });
    const slow = walked(path);
    const known = new Map<TermId, boolean>();
    const above = (id: TermId, depth: number): boolean => {
      const before = known.get(id);
      if (before !== undefined) return before;
      const found = depth > DEPTH ? slow(id) : own(id) || anyAbove(id, depth + 1);
      known.set(id, found);
      return found;
    };
    const anyAbove = (id: TermId, depth: number): boolean => {
      if (isPartOf === undefined) return false;
      for (let at = isPartOf.first(id); at >= 0 && isPartOf.subjects[at] === id; at += 1) {
        if (above(isPartOf.objects[at] ?? NO_TERM, depth)) return true;
      }
      return false;
    };
    return (id) => own(id) || anyAbove(id, 0);
  };
  const compiled = new Map<ShaclPath, Stated>();
  return (path) => {
    let stated = compiled.get(path);
    if (stated === undefined) {
      stated = compile(path);
      compiled.set(path, stated);
    }
    return stated;
  };
}

function isContainment(path: ShaclPath): boolean {
  return path.kind === 'zeroOrMore' && path.path.kind === 'predicate' && path.path.predicate.value === IS_PART_OF;
}
