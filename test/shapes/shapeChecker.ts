import { NamedNode } from 'n3';
import { ontologyFacts, ontologyQuestions } from '../../src/audit/ontologyFacts.js';
import type { Profile } from '../../src/audit/profile.js';
import { containerGraphOf, withTriples } from '../../src/graph/columns/containerGraphOf.js';
import type { TermIndex } from '../../src/terms/termIndex.js';
import { graphOf } from '../audit/studyGraph.js';

/** Runs one shape of a profile over a Turtle snippet, as an audit does: whether it had anything to look at, and whether that failed. */
export function shapeChecker(
  profile: Profile,
  terms: TermIndex,
): (shape: string, turtle: string) => { looked: boolean; fails: boolean } {
  const named = new Set(profile.graph.getObjects(null, null, null).map((t) => t.value));
  const questions = ontologyQuestions(profile.compiled.predicates, named);
  const wanted = profile.compiled.predicates && new Set([...profile.compiled.predicates, ...questions.predicates]);
  return (iri, turtle) => {
    const read = containerGraphOf(graphOf(turtle), wanted);
    const bound = profile.compiled.bind(withTriples(read, ontologyFacts(read, terms, questions)));
    const shape = profile.compiled.targeted.find((s) => s.node.equals(new NamedNode(iri)));
    if (shape === undefined) throw new Error(`no shape ${iri}`);
    const focus = bound.focusNodes(shape);
    let fails = false;
    bound.validate(shape, focus, () => {
      fails = true;
    });
    return { looked: focus.length > 0, fails };
  };
}
