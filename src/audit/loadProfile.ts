import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type NamedNode, type Quad, Store } from 'n3';
import { isOmegraphError, OmegraphError } from '../errors.js';
import { parseAll } from '../rdf/parse.js';
import { RDF, RDFS } from '../rdf/vocabulary.js';
import { shapeFaults } from './checkShapes.js';
import type { Profile, ProfileShape } from './profile.js';
import { readShape } from './readShape.js';
import { OMG, SH } from './shaclTerms.js';

/** Folder of the shipped profiles. */
const SHIPPED = fileURLToPath(new URL('../../shapes', import.meta.url));

/**
 * Loads a profile: the name of a shipped one (`rembi`), a folder with Turtle files, or one Turtle file. A folder with a
 * `profile.ttl` is read as that file lists it (`omg:file`), any other with all its `.ttl` files.
 * @throws OmegraphError (shapes) when there is no such profile, or a file is ill-formed: the message names file, shape and clause
 */
export async function loadProfile(name: string): Promise<Profile> {
  const place = await locate(name);
  const sources = place.folder ? await readFolder(place.path) : [await readSource(place.path)];
  return profileOf(basename(place.path).replace(/\.ttl$/, ''), sources);
}

/** One Turtle file as quads. */
export interface ShapesSource {
  readonly file: string;
  readonly quads: readonly Quad[];
}

/** Puts shapes together to a profile; @throws OmegraphError (shapes) at the first ill-formed clause. */
export function profileOf(name: string, sources: readonly ShapesSource[]): Profile {
  const graph = new Store();
  const fileOf = new Map<string, string>();
  for (const { file, quads } of sources) {
    for (const quad of quads) {
      graph.add(quad);
      if (!fileOf.has(quad.subject.value)) fileOf.set(quad.subject.value, file);
    }
  }
  const whole = sources.map((s) => s.file).join(', ');
  const [fault] = shapeFaults(graph);
  if (fault !== undefined) {
    const file = fileOf.get(fault.subject.value) ?? whole;
    throw illFormed(file, fault.shape, fault.wrong, fault.found);
  }
  const shapes = targeted(graph).map((node) => {
    const shape = readShape(graph, node, fileOf.get(node.value) ?? whole);
    if (shape.field !== undefined) requireWords(graph, node, shape);
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
    iri: iri?.value ?? `urn:omegraph:profile:${encodeURIComponent(name)}`,
    graph,
    shapes,
    modules: [...new Set(shapes.flatMap((s) => s.module ?? []))],
  };
}

async function locate(name: string): Promise<{ path: string; folder: boolean }> {
  const candidates = /^[a-z0-9-]+$/.test(name) ? [join(SHIPPED, name), resolve(name)] : [resolve(name)];
  for (const path of candidates) {
    const found = await stat(path).catch(() => undefined);
    if (found !== undefined) return { path, folder: found.isDirectory() };
  }
  const shipped = (await readdir(SHIPPED, { withFileTypes: true }).catch(() => [])).filter((e) => e.isDirectory());
  throw new OmegraphError('shapes', {
    where: name,
    wrong: 'there is no such profile of shapes',
    remedy: `name a folder with Turtle files, or one of: ${shipped.map((e) => e.name).join(', ')}`,
  });
}

async function readSource(path: string): Promise<ShapesSource> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    const parts = {
      where: path,
      wrong: 'the shapes file cannot be read',
      remedy: 'check that it exists and that you may read it',
    };
    throw new OmegraphError('shapes', parts, { cause });
  }
  try {
    const quads = await parseAll(text, 'turtle', { where: path, base: 'urn:omegraph:shapes:' });
    return { file: path, quads: quads as Quad[] };
  } catch (cause) {
    if (!isOmegraphError(cause)) throw cause;
    const found = cause.message.slice(cause.where.length + 2).replace(/;[^;]*$/, '');
    const parts = { where: cause.where, wrong: 'this is not Turtle', found, remedy: 'correct the syntax at that line' };
    throw new OmegraphError('shapes', parts, { cause });
  }
}

async function readFolder(folder: string): Promise<ShapesSource[]> {
  const names = (await readdir(folder)).filter((n) => n.endsWith('.ttl')).sort();
  if (names.length === 0) {
    throw new OmegraphError('shapes', {
      where: folder,
      wrong: 'the folder holds no Turtle files',
      remedy: 'name a folder with shapes in .ttl files',
    });
  }
  if (!names.includes('profile.ttl')) return Promise.all(names.map((n) => readSource(join(folder, n))));
  const index = await readSource(join(folder, 'profile.ttl'));
  const listed = index.quads.filter((q) => q.predicate.equals(OMG.file)).map((q) => q.object.value);
  const outside = listed.find((file) => !/^[\w][\w.-]*\.ttl$/.test(file));
  if (outside !== undefined) {
    throw illFormed(index.file, 'omg:file', 'a profile lists files of its own folder', outside);
  }
  return [index, ...(await Promise.all(listed.map((file) => readSource(join(folder, file)))))];
}

function targeted(graph: Store): NamedNode[] {
  const nodes = new Map<string, NamedNode>();
  for (const predicate of [SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf]) {
    for (const subject of graph.getSubjects(predicate, null, null)) nodes.set(subject.value, subject as NamedNode);
  }
  return [...nodes.values()].filter((n) => graph.getObjects(n, SH.deactivated, null)[0]?.value !== 'true');
}

/** A shape about a field is read by stewards, so it has a name, a severity, a message and a module. */
function requireWords(graph: Store, node: NamedNode, shape: ProfileShape): void {
  const missing = [SH.name, SH.severity, SH.message, SH.group].find((p) => graph.countQuads(node, p, null, null) === 0);
  if (missing !== undefined)
    throw illFormed(shape.file, node.value, 'a shape with omg:field lacks a clause', missing.value);
  if (shape.module === undefined) throw illFormed(shape.file, node.value, 'its sh:group has no rdfs:label', node.value);
  if (shape.aspect === 'presence' && shape.answers.length === 0) {
    throw illFormed(shape.file, node.value, 'no path of the shape answers its field', shape.field ?? '');
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

function illFormed(file: string, shape: string, wrong: string, found: string): OmegraphError {
  return new OmegraphError('shapes', {
    where: `${file}, ${shape}`,
    wrong,
    found,
    remedy: 'correct the shape; the rules are those of https://www.w3.org/TR/shacl/',
  });
}
