import { DataFactory, type Store, type NamedNode, type Term } from 'n3';
import { Validator } from 'shacl-engine';
import { select } from 'shacl-engine/lib/sparql.js';

const SH = 'http://www.w3.org/ns/shacl#';
const RDF_TYPE = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type';

/** Adds to a graph what the triple rules of a shapes graph infer: written again, over another store and another SPARQL engine. */
export async function inferPlainly(shapes: Store, data: Store): Promise<void> {
  const objects = (node: Term, name: string): Term[] => shapes.getObjects(node as NamedNode, SH + name, null);
  const orderOf = (node: Term): number => Number(objects(node, 'order')[0]?.value ?? 0);
  const validator = new Validator(shapes, { factory: DataFactory });
  const rules = [...new Set(shapes.getSubjects(`${SH}rule`, null, null))]
    .sort((a, b) => orderOf(a) - orderOf(b))
    .flatMap((shape) =>
      objects(shape, 'rule')
        .sort((a, b) => orderOf(a) - orderOf(b))
        .map((rule) => ({ shape, rule })),
    );
  for (const { shape, rule } of rules) {
    const value = (name: string, focus: Term): Term => {
      const [term] = objects(rule, name);
      return term?.value === `${SH}this` ? focus : (term as Term);
    };
    for (const focus of await plainTargets(shapes, data, shape)) {
      let holds = true;
      for (const condition of objects(rule, 'condition')) {
        const { results } = await validator.validate({ dataset: data, terms: [focus] }, [{ terms: [condition] }]);
        holds &&= results.length === 0;
      }
      const [s, p, o] = ['subject', 'predicate', 'object'].map((name) => value(name, focus));
      // A triple has no literal as its subject.
      if (holds && s?.termType !== 'Literal')
        data.addQuad(DataFactory.quad(s as NamedNode, p as NamedNode, o as NamedNode));
    }
  }
}

/** Target nodes of a shape, by SPARQL targets and the simple ones. */
async function plainTargets(shapes: Store, data: Store, shape: Term): Promise<Term[]> {
  const objects = (node: Term, name: string): Term[] => shapes.getObjects(node as NamedNode, SH + name, null);
  const found: Term[] = objects(shape, 'targetNode');
  for (const type of objects(shape, 'targetClass')) found.push(...data.getSubjects(RDF_TYPE, type, null));
  for (const property of objects(shape, 'targetSubjectsOf')) found.push(...data.getSubjects(property, null, null));
  for (const property of objects(shape, 'targetObjectsOf')) found.push(...data.getObjects(null, property, null));
  for (const target of objects(shape, 'target')) {
    const prefixes = objects(target, 'prefixes')
      .flatMap((node) => objects(node, 'declare'))
      .map((node) => `PREFIX ${objects(node, 'prefix')[0]?.value}: <${objects(node, 'namespace')[0]?.value}>`);
    const query = `${[...new Set([...COMMON, ...prefixes])].join(' ')} ${objects(target, 'select')[0]?.value}`;
    const rows = await select({ dataset: data, factory: DataFactory, query, bindings: [] });
    found.push(...rows.flatMap((row) => row.get('this') ?? []));
  }
  return found;
}

const COMMON = [
  'PREFIX owl: <http://www.w3.org/2002/07/owl#>',
  'PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>',
  'PREFIX prof: <http://www.w3.org/ns/dx/prof/>',
];
