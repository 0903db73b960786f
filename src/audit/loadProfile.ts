import { basename } from 'node:path';
import type { NamedNode, Store } from 'n3';
import { isOmegraphError, OmegraphError } from '../errors.js';
import { RDF, RDFS } from '../rdf/vocabulary.js';
import type { Profile, ProfileShape } from './profile.js';
import { locateProfile, readProfile, readSiteShapes } from './profileFiles.js';
import { readShape } from './readShape.js';
import { compileShapes } from './shacl/compileShapes.js';
import type { CompiledShapes } from './shacl/compiledShapes.js';
import { OMG, SH } from './shaclTerms.js';
import { illFormedShapes, overlay, type ShapesDraft, type ShapesSource } from './shapesDraft.js';
import { type SeverityRules, withSeverities } from './siteSeverities.js';

export type { ShapesSource } from './shapesDraft.js';

const GRADES = [SH.Violation, SH.Warning, SH.Info];

/** A site's own rules on top of a profile. */
export interface SiteRules {
  /** Turtle files with further shapes, or with other severities and messages for those of the profile. */
  readonly shapes?: readonly string[] | undefined;
  readonly severity?: SeverityRules | undefined;
}

/**
 * Loads a profile: the name of a shipped one (`rembi`), a folder with Turtle files, or one Turtle file. A folder with a
 * `profile.ttl` is read as that file lists it (`omg:file`), any other with all its `.ttl` files. A profile may take shapes of
 * another one (`omg:basedOn`, `omg:takes`) and grade them anew.
 * @throws OmegraphError (shapes) when there is no such profile, or a file is ill-formed: the message names file, shape and
 * clause; OmegraphError (config) when a severity is for a field that the profile has not
 */
export async function loadProfile(name: string, rules: SiteRules = {}): Promise<Profile> {
  const place = await locateProfile(name);
  const draft = await readProfile(place);
  const site = await Promise.all((rules.shapes ?? []).map((file) => readSiteShapes(file)));
  const whole = site.reduce((below, source) => overlay(below, [source]), draft);
  return profileFrom(basename(place.path).replace(/\.ttl$/, ''), withSeverities(whole, rules.severity ?? {}));
}

/** Puts shapes together to a profile; @throws OmegraphError (shapes) at the first ill-formed clause. */
export function profileOf(name: string, sources: readonly ShapesSource[]): Profile {
  return profileFrom(name, overlay(undefined, sources));
}

function profileFrom(name: string, { graph, fileOf, files }: ShapesDraft): Profile {
  const whole = files.join(', ');
  const compiled = compile(graph, (shape) => fileOf.get(shape) ?? whole);
  const shapes = compiled.targeted
    .filter((shape) => !shape.deactivated)
    .map(({ node }) => {
      const named = node as NamedNode;
      const shape = readShape(graph, named, fileOf.get(named.value) ?? whole);
      if (shape.field !== undefined) requireWords(graph, named, shape);
      return shape;
    });
  if (shapes.length === 0) {
    throw new OmegraphError('shapes', {
      where: whole,
      wrong: 'there is no shape with a target here',
      remedy: 'give at least one shape an sh:targetClass',
    });
  }
  const rank = ranking(graph);
  shapes.sort((a, b) => compare(rank(a.node), rank(b.node)) || (a.node.value < b.node.value ? -1 : 1));
  const iri = graph.getSubjects(RDF.type, OMG.AuditProfile, null)[0];
  return {
    name,
    label: (iri && graph.getObjects(iri, RDFS.label, null)[0]?.value) ?? name,
    description: (iri && graph.getObjects(iri, RDFS.comment, null)[0]?.value) ?? '',
    iri: iri?.value ?? `urn:omegraph:profile:${encodeURIComponent(name)}`,
    graph,
    shapes,
    modules: [...new Set(shapes.flatMap((s) => s.module ?? []))],
  };
}

/** Compiles shapes; @throws OmegraphError (shapes) that names the file too */
function compile(graph: Store, fileOf: (shape: string) => string): CompiledShapes {
  try {
    return compileShapes(graph);
  } catch (cause) {
    if (!isOmegraphError(cause)) throw cause;
    const shape = cause.where.replace(/^shape <(.*)>$/s, '$1');
    const wrong = cause.message.slice(cause.where.length + 2, -cause.remedy.length - 2);
    const parts = { where: `${fileOf(shape)}, ${shape}`, wrong, remedy: cause.remedy };
    throw new OmegraphError('shapes', parts, { cause });
  }
}

/** A shape about a field is read by stewards, so it has a name, a severity, a message and a module. */
function requireWords(graph: Store, node: NamedNode, shape: ProfileShape): void {
  const missing = [SH.name, SH.severity, SH.message, SH.group].find((p) => graph.countQuads(node, p, null, null) === 0);
  if (missing !== undefined)
    throw illFormedShapes(shape.file, node.value, 'a shape with omg:field lacks a clause', missing.value);
  const [severity] = graph.getObjects(node, SH.severity, null);
  if (severity !== undefined && !GRADES.some((grade) => grade.equals(severity))) {
    throw illFormedShapes(shape.file, node.value, 'sh:severity of a field is none of SHACL', severity.value);
  }
  if (shape.module === undefined) {
    throw illFormedShapes(shape.file, node.value, 'its sh:group has no rdfs:label', node.value);
  }
  if (shape.aspect === 'presence' && shape.answers.length === 0) {
    throw illFormedShapes(shape.file, node.value, 'no path of the shape answers its field', shape.field ?? '');
  }
}

/** Order of a shape: that of its group, then its own (`sh:order`). */
function ranking(graph: Store): (node: NamedNode) => readonly [number, number] {
  const order = (node: NamedNode | undefined): number =>
    Number((node && graph.getObjects(node, SH.order, null)[0]?.value) ?? Number.MAX_SAFE_INTEGER);
  return (node) => [order(graph.getObjects(node, SH.group, null)[0] as NamedNode | undefined), order(node)];
}

function compare(a: readonly [number, number], b: readonly [number, number]): number {
  return a[0] - b[0] || a[1] - b[1];
}
