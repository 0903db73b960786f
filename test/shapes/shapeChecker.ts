import { NamedNode } from 'n3';
import { ontologyFacts, ontologyQuestions } from '../../src/audit/ontologyFacts.js';
import type { Profile } from '../../src/audit/profile.js';
import { compileShapes } from '../../src/audit/shacl/compileShapes.js';
import { containerGraphOf, withTriples } from '../../src/graph/columns/containerGraphOf.js';
import type { TermIndex } from '../../src/terms/termIndex.js';
import { graphOf } from '../audit/studyGraph.js';

/** Runs one shape of a profile over a Turtle snippet, as an audit does: whether it had anything to look at, and whether that failed. */
export function shapeChecker(
  profile: Profile,
  terms: TermIndex,
): (shape: string, turtle: string) => { looked: boolean; fails: boolean } {
  const compiled = compileShapes(profile.graph);
  const named = new Set(profile.graph.getObjects(null, null, null).map((t) => t.value));
  const questions = ontologyQuestions(compiled.predicates, named);
  const wanted = compiled.predicates && new Set([...compiled.predicates, ...questions.predicates]);
  return (iri, turtle) => {
    const read = containerGraphOf(graphOf(turtle), wanted);
    const bound = compiled.bind(withTriples(read, ontologyFacts(read, terms, questions)));
    const shape = compiled.targeted.find((s) => s.node.equals(new NamedNode(iri)));
    if (shape === undefined) throw new Error(`no shape ${iri}`);
    const focus = bound.focusNodes(shape);
    let fails = false;
    bound.validate(shape, focus, () => {
      fails = true;
    });
    return { looked: focus.length > 0, fails };
  };
}
