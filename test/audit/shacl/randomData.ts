import fc from 'fast-check';
import { DataFactory, type NamedNode, type Quad, type Store, type Term } from 'n3';

const { literal, namedNode, blankNode, quad } = DataFactory;
const SH = 'http://www.w3.org/ns/shacl#';
const RDF = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#';
const XSD = 'http://www.w3.org/2001/XMLSchema#';

/** Literals with a chance to meet constraints and a chance not to. */
const LITERALS: readonly Term[] = [
  literal(''),
  literal('text'),
  literal('a longer text of 26 signs.'),
  literal('ABC-123'),
  literal('Text', 'en'),
  literal('text', 'en'),
  literal('Wort', 'de'),
  literal('7', namedNode(`${XSD}integer`)),
  literal('-3', namedNode(`${XSD}integer`)),
  literal('abc', namedNode(`${XSD}integer`)),
  literal('7.50', namedNode(`${XSD}decimal`)),
  literal('1e3', namedNode(`${XSD}double`)),
  literal('true', namedNode(`${XSD}boolean`)),
  literal('yes', namedNode(`${XSD}boolean`)),
  literal('2024-02-29', namedNode(`${XSD}date`)),
  literal('2024-05-06T07:08:09Z', namedNode(`${XSD}dateTime`)),
  literal('2023-05-06T07:08:09Z', namedNode(`${XSD}dateTime`)),
  literal('http://example.org/', namedNode(`${XSD}anyURI`)),
  literal('odd', namedNode('http://example.org/type')),
];

/**
 * Random graphs that use what a shapes graph talks about: its predicates, classes, constants and datatypes. No node is of a
 * type that is a node shape but no class: shacl-engine takes those for targets, SHACL (section 2.1.3.3) does not.
 */
export function dataFor(shapes: Store, { nodes = 6, triples = 40 } = {}): fc.Arbitrary<Quad[]> {
  const objects = (...names: string[]): Term[] => names.flatMap((n) => shapes.getObjects(null, SH + n, null));
  const members = shapes.getObjects(null, `${RDF}first`, null);
  const named = (term: Term): term is NamedNode => term.termType === 'NamedNode';
  const classes = [
    ...objects('targetClass', 'class'),
    ...shapes.getSubjects(`${RDF}type`, 'http://www.w3.org/2000/01/rdf-schema#Class', null),
    namedNode('http://example.org/OtherClass'),
  ].filter(named);
  const paths = objects(
    'path',
    'inversePath',
    'zeroOrMorePath',
    'oneOrMorePath',
    'zeroOrOnePath',
    'equals',
    'disjoint',
    'lessThan',
    'lessThanOrEquals',
    'targetSubjectsOf',
    'targetObjectsOf',
  );
  const predicates = [...paths, ...members].filter(named).filter((term) => term.value !== `${RDF}type`);
  const typed = objects('datatype').map((datatype) => literal('text', datatype as NamedNode));
  const constants = [...objects('hasValue', 'in', 'minInclusive', 'maxInclusive'), ...members];
  const things: Term[] = Array.from({ length: nodes }, (_, i) => namedNode(`http://example.org/n${i}`));
  things.push(blankNode('data1'), blankNode('data2'), ...objects('targetNode').filter((t) => t.termType !== 'Literal'));
  const subject = fc.constantFrom(...things) as fc.Arbitrary<NamedNode>;
  const value = fc.oneof(
    { weight: 3, arbitrary: subject },
    { weight: 3, arbitrary: fc.constantFrom(...LITERALS, ...typed) },
    ...(constants.length > 0
      ? [
          {
            weight: 2,
            arbitrary: fc.constantFrom(...constants.filter((t) => t.termType !== 'BlankNode'), literal('x')),
          },
        ]
      : []),
  ) as fc.Arbitrary<NamedNode>;
  const type = fc.tuple(subject, fc.constantFrom(...classes)).map(([s, o]) => quad(s, namedNode(`${RDF}type`), o));
  const fact = fc
    .tuple(subject, fc.constantFrom(...predicates, namedNode('http://example.org/other')), value)
    .map(([s, p, o]) => quad(s, p, o));
  return fc
    .tuple(fc.array(type, { minLength: 1, maxLength: nodes * 2 }), fc.array(fact, { maxLength: triples, size: 'max' }))
    .map(([types, facts]) => [...types, ...facts]);
}
