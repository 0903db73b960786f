import type { NamedNode, Store } from 'n3';
import { DataFactory } from 'n3';
import type { Severity } from '../findings.js';
import { PREFIXES, RDFS } from '../rdf/vocabulary.js';
import type { AuditResult, ContainerReport, PartReport, ResultGroup } from './auditReport.js';
import {
  completeness,
  type FieldStatus,
  moduleReports,
  type ProfileField,
  profileFields,
  type Tally,
  tally,
} from './completeness.js';
import { type ContainerGraph, containerGraph, labelled } from './containerGraph.js';
import { type Placement, placements } from './placement.js';
import type { Profile, ProfileShape } from './profile.js';
import { pathValues } from './shaclPath.js';
import { type ShapeResult, type ShapeValidator, shapeValidator } from './shapeValidator.js';

/** The container whose graph is audited, as the manifest knows it. */
export interface AuditedContainer {
  readonly container: string;
  readonly label?: string | undefined;
  readonly graph?: string | undefined;
}

export interface DatasetOptions {
  readonly signal?: AbortSignal | undefined;
  /** A validator made before for the same profile, so that shapes are compiled once. */
  readonly validator?: ShapeValidator | undefined;
  onResult?(result: AuditResult): void;
  /** Called with the IRI of each shape that found objects to look at. */
  onShapeUsed?(shape: string): void;
}

const IMAGE = DataFactory.namedNode(`${PREFIXES.core}Image`);
const EXAMPLES = 10;
const byRef = new Intl.Collator('en', { numeric: true });

/** Audits the graph of one container: every shape on every object it targets, counted per field, dataset and plate. */
export async function auditDataset(
  store: Store,
  container: AuditedContainer,
  profile: Profile,
  options: DatasetOptions = {},
): Promise<ContainerReport> {
  const graph = containerGraph(store);
  const validator = options.validator ?? shapeValidator(profile);
  const placed = placements(graph);
  const scope = scopeOf(placed);
  const groups = new Map<string, { group: ResultGroup; examples: ResultGroup['examples'][number][] }>();

  const emit = (shape: ProfileShape, result: ShapeResult): void => {
    const focus = labelled(graph, DataFactory.namedNode(result.focus));
    const place = placed(focus.node);
    scope.result(place, result.severity);
    const about = { shape: result.shape, module: shape.module, field: shape.field, fieldLabel: shape.label };
    const rest = { aspect: shape.aspect, severity: result.severity, message: result.message };
    const key = `${result.shape}\n${result.severity}\n${result.message}`;
    const entry = groups.get(key) ?? { group: { ...about, ...rest, count: 0, examples: [] }, examples: [] };
    if (entry.examples.length < EXAMPLES) {
      const within = place.image !== undefined && place.image.node !== focus.node ? { image: place.image.label } : {};
      entry.examples.push({ ...focus, ...within });
    }
    groups.set(key, { ...entry, group: { ...entry.group, count: entry.group.count + 1 } });
    options.onResult?.({
      container: container.container,
      focus,
      image: place.image,
      partOf: place.parts,
      ...about,
      ...rest,
      value: result.value,
      component: result.component,
    });
  };

  /** Runs a shape; returns what it looked at and which of that failed. */
  const run = async (shape: ProfileShape): Promise<{ nodes: readonly NamedNode[]; failed: ReadonlySet<string> }> => {
    const nodes = targetNodes(graph, shape);
    if (nodes.length > 0) options.onShapeUsed?.(shape.node.value);
    const failed = new Set<string>();
    const told = new Set<string>();
    for await (const results of validator.validate(graph, shape, nodes, options.signal)) {
      // one line for an object, however many of its values fail
      for (const result of results) {
        failed.add(result.focus);
        const line = `${result.shape} ${result.focus}`;
        if (told.has(line)) continue;
        told.add(line);
        emit(shape, result);
      }
    }
    return { nodes, failed };
  };

  const fields = profileFields(profile);
  for (const field of fields) await auditField(field.field);
  for (const shape of profile.shapes) {
    if (!fields.some((f) => f.field === shape.field)) await run(shape);
  }

  async function auditField(field: string): Promise<void> {
    const shapes = profile.shapes.filter((s) => s.field === field);
    const failures = { validity: new Set<string>(), grounding: new Set<string>() };
    const asked: { node: NamedNode; shape: ProfileShape; missing: boolean }[] = [];
    for (const shape of shapes) {
      const { nodes, failed } = await run(shape);
      if (shape.aspect === 'presence') {
        for (const node of nodes) asked.push({ node, shape, missing: failed.has(node.value) });
      } else for (const node of failed) failures[shape.aspect].add(node);
    }
    for (const { node, shape, missing } of asked) {
      const status = missing ? 'missing' : statusOf(graph, shape, node, failures.validity.has(node.value));
      if (status !== undefined) scope.field(placed(node.value), field, status, !failures.grounding.has(node.value));
    }
  }

  const images = graph.instances(IMAGE);
  for (const image of images) scope.image(placed(image.value));
  const whole = scope.report(undefined, profile, fields);
  return {
    container: container.container,
    label: container.label ?? containerLabel(store, container.container),
    graph: container.graph,
    images: images.length,
    triples: store.size,
    conforms: groups.size === 0,
    completeness: whole.completeness,
    modules: whole.modules,
    parts: scope.parts(profile, fields),
    results: whole.results,
    groups: [...groups.values()].map(({ group, examples }) => ({ ...group, examples })),
  };
}

/** How an object that has no missing result stands, or undefined when the field is not asked of it. */
function statusOf(
  graph: ContainerGraph,
  shape: ProfileShape,
  node: NamedNode,
  invalid: boolean,
): FieldStatus | undefined {
  const stated = (path: Parameters<typeof pathValues>[2] | undefined): boolean =>
    path !== undefined && pathValues(graph, node, path).length > 0;
  if (shape.onlyWhen.length > 0 && !shape.onlyWhen.some(stated)) return undefined;
  if (invalid) return 'invalid';
  if (shape.answers.some((a) => stated(a.own))) return 'filled';
  return shape.answers.some((a) => stated(a.inherited)) ? 'inherited' : 'filled';
}

/** Nodes a shape looks at, each once, in the order of their references (SHACL section 2.1.3). */
function targetNodes(graph: ContainerGraph, shape: ProfileShape): NamedNode[] {
  const { classes, nodes, subjectsOf, objectsOf } = shape.targets;
  const found = new Map<string, NamedNode>();
  for (const type of classes) for (const node of graph.instances(type)) found.set(node.value, node);
  for (const node of nodes) found.set(node.value, node);
  for (const p of subjectsOf) for (const q of graph.match(null, p)) found.set(q.subject.value, q.subject as NamedNode);
  for (const p of objectsOf) {
    for (const q of graph.match(null, p)) if (q.object.termType === 'NamedNode') found.set(q.object.value, q.object);
  }
  return [...found.values()].sort((a, b) => byRef.compare(a.value, b.value));
}

interface Scope {
  readonly tally: Tally;
  readonly results: Record<Severity, number>;
  images: number;
}

/** Counts for the container as a whole and for each dataset and plate in it. */
function scopeOf(placed: ReturnType<typeof placements>) {
  const fresh = (): Scope => ({ tally: tally(), results: { violation: 0, warning: 0, info: 0 }, images: 0 });
  const whole = fresh();
  const parts = new Map<string, Scope>();
  for (const part of placed.parts) parts.set(part.node, fresh());
  const within = (place: Placement): Scope[] => [whole, ...place.parts.flatMap((p) => parts.get(p.node) ?? [])];
  const report = (scope: Scope, profile: Profile, fields: readonly ProfileField[]) => {
    const modules = moduleReports(profile, fields, (field) => scope.tally.counts(field));
    return { modules, completeness: completeness(modules.flatMap((m) => m.fields)), results: { ...scope.results } };
  };
  return {
    field(place: Placement, field: string, status: FieldStatus, grounded: boolean): void {
      for (const scope of within(place)) scope.tally.add(field, status, grounded);
    },
    result(place: Placement, severity: Severity): void {
      for (const scope of within(place)) scope.results[severity] += 1;
    },
    image(place: Placement): void {
      for (const scope of within(place)) scope.images += 1;
    },
    report: (part: string | undefined, profile: Profile, fields: readonly ProfileField[]) =>
      report(part === undefined ? whole : (parts.get(part) ?? whole), profile, fields),
    parts: (profile: Profile, fields: readonly ProfileField[]): PartReport[] =>
      placed.parts.map((part) => {
        const scope = parts.get(part.node) ?? fresh();
        return { ...part, images: scope.images, ...report(scope, profile, fields) };
      }),
  };
}

function containerLabel(store: Store, container: string): string {
  const [type, id] = container.split(':');
  const node = store.getSubjects(RDFS.label, null, null).find((s) => s.value.endsWith(`/${type}/${id}`));
  return (node && store.getObjects(node, RDFS.label, null)[0]?.value) ?? container;
}
