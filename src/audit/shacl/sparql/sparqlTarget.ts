import type { Store, Term } from 'n3';
import { sparqlTokens } from '../../../graph/sparqlTokens.js';
import type { Solution } from '../../../graph/syncStore.js';
import { RDF, RDFS } from '../../../rdf/vocabulary.js';
import { termKey } from '../../termKey.js';
import type { CompiledTarget, ExtensionClause } from '../registry.js';
import { objectsOf, sh } from '../shapesGraph.js';
import { answerIds } from './answerTerms.js';
import { dataStore } from './dataStore.js';
import { prebind } from './prebinding.js';
import { guardedRun } from './queryErrors.js';
import { readQuery } from './readQuery.js';
import { runPrebound } from './runPrebound.js';

/** A target that is a SELECT query: sh:SPARQLTarget, or a target type with its parameters (SHACL Advanced Features section 3). */
export function sparqlTarget(clause: ExtensionClause): CompiledTarget | undefined {
  const { graph, value, fault } = clause;
  const inShape = (wrong: string, found?: string): never => fault(`its sh:target: ${wrong}`, found);
  if (objectsOf(graph, value, sh('select')).length > 0) {
    const query = readQuery(graph, value, 'select', inShape);
    if (!sparqlTokens(query).some(({ text }) => /^[?$]this$/.test(text)))
      inShape('the query does not speak of ?this', query);
    return target(query, new Map(), clause);
  }
  const type = objectsOf(graph, value, RDF.type.value).find((node) => isTargetType(graph, node));
  return type === undefined ? undefined : ofType(type, clause, inShape);
}

function isTargetType(graph: Store, node: Term): boolean {
  const above = new Map([[termKey(node), node]]);
  for (const type of above.values()) {
    for (const next of objectsOf(graph, type, RDFS.subClassOf.value)) above.set(termKey(next), next);
  }
  return [...above.values()].some((type) =>
    objectsOf(graph, type, RDF.type.value).some((kind) => kind.value === sh('SPARQLTargetType')),
  );
}

function ofType(type: Term, clause: ExtensionClause, fault: (wrong: string, found?: string) => never): CompiledTarget {
  const { graph, value } = clause;
  const constants = new Map<string, Term>();
  for (const parameter of objectsOf(graph, type, sh('parameter'))) {
    const [path] = objectsOf(graph, parameter, sh('path'));
    const given = path && objectsOf(graph, value, path.value)[0];
    if (path === undefined || given === undefined) return fault('a parameter of the target has no value', path?.value);
    constants.set(/[^#/:]*$/.exec(path.value)?.[0] ?? '', given);
  }
  const query = readQuery(graph, type, 'select', fault);
  return target(query, constants, clause);
}

function target(
  query: string,
  constants: ReadonlyMap<string, Term>,
  { graph: shapes, fault }: ExtensionClause,
): CompiledTarget {
  const names = [...constants.keys()];
  // A target has all its focus nodes, however many; only one of a target type has values bound before.
  const prebound = names.length > 0 && {
    ...prebind(query, { potential: names, rows: [], constants: names }),
    limited: true,
  };
  return {
    predicates: 'all',
    *bind({ graph }) {
      const run = (): Iterable<readonly Solution[]> => {
        if (prebound === false) return [dataStore(graph).select(query)];
        return [...runPrebound(prebound, { graph, shapes, rows: {}, length: 1, constants })].map((a) => a.solutions);
      };
      for (const solutions of guardedRun(fault, run)) {
        for (const { this: node } of solutions) if (node !== undefined) yield* answerIds(graph, node);
      }
    },
  };
}
