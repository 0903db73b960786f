import type { NamedNode, Term } from 'n3';
import { DataFactory } from 'n3';
import { PREFIXES, RDF, RDFS } from '../../rdf/vocabulary.js';
import type { Aspect, FieldInfo, ShapeInfo } from '../model.js';
import type { Answer, Profile, ProfileShape } from '../profile.js';
import { readShape } from '../readShape.js';
import type { CompiledShapes, Shape } from '../shacl/compiledShapes.js';
import { pathPredicates, type ShaclPath } from '../shaclPath.js';
import { termKey } from '../termKey.js';
import { localName } from '../localName.js';

/** One targeted shape to run. */
export interface ShapeRun {
  readonly shape: Shape;
  /** Its place in `shapes`. */
  readonly number: number;
  readonly aspect: Aspect;
  /** Place of its field in `fields`. */
  readonly field?: number | undefined;
  readonly answers: readonly Answer[];
  readonly onlyWhen: readonly ShaclPath[];
  /** What it looks at, for people: `Image, Plate`. */
  readonly looksAt: string;
}

/** What an audit does, the same for every container: numbers of shapes and fields are the same in every thread. */
export interface AuditPlan {
  readonly modules: readonly string[];
  readonly fields: readonly FieldInfo[];
  /** Targeted shapes, then named property shapes within them, which have results of their own. */
  readonly shapes: readonly ShapeInfo[];
  readonly runs: readonly ShapeRun[];
  /** Number of a shape by its IRI. */
  readonly numbers: ReadonlyMap<string, number>;
  /** Paths that say nothing when they occur nowhere, by shape: of shapes without a field, whose absence nothing else counts. */
  readonly paths: readonly { readonly shape: number; readonly path: ShaclPath }[];
  /** Predicates to read; undefined for all. */
  readonly predicates: ReadonlySet<string> | undefined;
}

const PROPERTY = DataFactory.namedNode(`${PREFIXES.sh}property`);

/** Predicates that the audit itself looks at, whatever the shapes. */
const OWN_PREDICATES = [
  RDF.type.value,
  RDFS.label.value,
  `${PREFIXES.dcterms}isPartOf`,
  `${PREFIXES.core}experimenter`,
  `${PREFIXES.core}experimenter_group`,
] as const;

/** The plan of a profile that is compiled. */
export function auditPlan(profile: Profile, compiled: CompiledShapes): AuditPlan {
  const rank = new Map(profile.shapes.map((shape, i) => [shape.node.value, i]));
  const read = (node: Term): ProfileShape => {
    const known = rank.get(node.value);
    return (known === undefined ? undefined : profile.shapes[known]) ?? readShape(profile.graph, node as NamedNode, '');
  };
  const place = (shape: Shape): number => rank.get(shape.node.value) ?? Number.MAX_SAFE_INTEGER;
  const targeted = compiled.targeted.filter((s) => !s.deactivated).sort((a, b) => place(a) - place(b));
  const isProperty = (shape: Shape): boolean => profile.graph.countQuads(null, PROPERTY, shape.node, null) > 0;
  const properties = [...compiled.byNode.values()].filter((shape) => !shape.deactivated && isProperty(shape));
  const within = properties.filter((shape) => !shape.targeted && shape.node.termType === 'NamedNode');
  const all = [...targeted, ...within].map((shape) => ({ shape, read: read(shape.node) }));
  const fields = fieldInfos(all.slice(0, targeted.length).map((s) => s.read));
  const fieldNumber = new Map(fields.map((field, i) => [field.field, i]));
  const numbers = new Map(all.map(({ shape }, i) => [shape.node.value, i]));
  const nameOf = (shape: Shape, i: number): string =>
    shape.node.termType === 'NamedNode' ? shape.node.value : `${profile.iri}/unnamed-${i + 1}`;
  return {
    modules: profile.modules,
    fields,
    shapes: all.map(({ shape, read: words }, i) => ({
      shape: nameOf(shape, i),
      label: words.label,
      description: words.description,
      message: words.message,
      severity: shape.severity,
      aspect: words.aspect,
      module: words.module,
      field: words.field === undefined ? undefined : fieldNumber.get(words.field),
      way: shape.way,
      reason: shape.reason,
    })),
    runs: all.slice(0, targeted.length).map(({ shape, read: words }, number) => ({
      shape,
      number,
      aspect: words.aspect,
      field: words.field === undefined ? undefined : fieldNumber.get(words.field),
      answers: words.answers,
      onlyWhen: words.onlyWhen,
      looksAt: Object.values(words.targets)
        .flat()
        .map((t) => localName(t.value))
        .join(', '),
    })),
    numbers,
    paths: [...new Map([...targeted, ...properties].map((s) => [termKey(s.node), s])).values()].flatMap((shape) => {
      const number = numbers.get(shape.node.value) ?? numbers.get(shape.named);
      const counted = number === undefined || all[number]?.read.field !== undefined;
      return shape.path === undefined || counted ? [] : [{ shape: number, path: shape.path }];
    }),
    predicates: compiled.predicates === undefined ? undefined : needed(compiled.predicates, all),
  };
}

function needed(asked: ReadonlySet<string>, all: readonly { readonly read: ProfileShape }[]): ReadonlySet<string> {
  const paths = all.flatMap(({ read: { answers, onlyWhen } }) => [
    ...onlyWhen,
    ...answers.flatMap((a) => [a.own, a.inherited].filter((p) => p !== undefined)),
  ]);
  return new Set([...asked, ...OWN_PREDICATES, ...paths.flatMap(pathPredicates).map((p) => p.value)]);
}

/** The fields in the order of the profile; words are those of the first shape that asks for presence. */
function fieldInfos(shapes: readonly ProfileShape[]): FieldInfo[] {
  const fields = new Map<string, FieldInfo>();
  for (const { field, module, aspect, label, description, severity, targets } of shapes) {
    if (field === undefined || module === undefined || aspect !== 'presence') continue;
    const types = targets.classes.map((c) => localName(c.value));
    const before = fields.get(field) ?? { field, label, description, module, severity, askedOf: [] };
    fields.set(field, { ...before, askedOf: [...new Set([...before.askedOf, ...types])] });
  }
  return [...fields.values()];
}
