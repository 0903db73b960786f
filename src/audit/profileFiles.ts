import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Quad } from 'n3';
import { isOmegraphError, OmegraphError } from '../errors.js';
import { parseAll } from '../rdf/parse.js';
import { RDF } from '../rdf/vocabulary.js';
import { OMG } from './shaclTerms.js';
import { illFormedShapes, overlay, type ShapesDraft, type ShapesSource, taken } from './shapesDraft.js';

/** Folder of the shipped profiles. */
const SHIPPED = fileURLToPath(new URL('../../shapes', import.meta.url));

/** A folder or file of shapes. */
export interface ProfilePlace {
  readonly path: string;
  readonly folder: boolean;
}

/**
 * Finds a profile by the name of a shipped one, or by a path that is relative to `from`.
 * @throws OmegraphError (shapes) when there is none
 */
export async function locateProfile(name: string, from = '.'): Promise<ProfilePlace> {
  const candidates = /^[a-z0-9-]+$/.test(name) ? [join(SHIPPED, name), resolve(from, name)] : [resolve(from, name)];
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

/**
 * Reads the shapes of a profile: its files, laid over those that it takes of other profiles (`omg:basedOn`, `omg:takes`).
 * @throws OmegraphError (shapes) when a file cannot be read, or a profile is based on itself
 */
export async function readProfile(place: ProfilePlace, trail: readonly string[] = []): Promise<ShapesDraft> {
  if (trail.includes(place.path)) {
    throw illFormedShapes(trail.at(-1) ?? place.path, 'omg:basedOn', 'a profile is based on itself', place.path);
  }
  const sources = place.folder ? await readFolder(place.path) : [await readShapesFile(place.path)];
  const [bases, takes] = [OMG.basedOn, OMG.takes].map((predicate) =>
    sources.flatMap(({ file, quads }) => quads.filter((q) => q.predicate.equals(predicate)).map((q) => ({ file, q }))),
  );
  if (takes?.[0] !== undefined && bases?.length === 0) {
    const { file, q } = takes[0];
    throw illFormedShapes(file, 'omg:takes', 'a profile takes shapes but names none in omg:basedOn', q.object.value);
  }
  let below: ShapesDraft | undefined;
  for (const { file, q } of bases ?? []) {
    const base = await readProfile(await locateProfile(q.object.value, dirname(file)), [...trail, place.path]);
    below =
      below === undefined
        ? base
        : overlay(below, [{ file: base.files.join(', '), quads: base.graph.getQuads(null, null, null, null) }]);
  }
  const own = sources.map(({ file, quads }) => ({ file, quads: quads.filter((q) => !isReference(q)) }));
  return overlay(below && taken(below, takes ?? []), own);
}

const isReference = (quad: Quad): boolean => [OMG.basedOn, OMG.takes].some((p) => quad.predicate.equals(p));

/** Reads a site's own rules. @throws OmegraphError (shapes) when it is no Turtle, or names a profile */
export async function readSiteShapes(path: string): Promise<ShapesSource> {
  const source = await readShapesFile(path);
  const profile = source.quads.find(
    (q) => isReference(q) || (q.predicate.equals(RDF.type) && q.object.equals(OMG.AuditProfile)),
  );
  if (profile === undefined) return source;
  throw new OmegraphError('shapes', {
    where: path,
    wrong: 'this is a profile, not rules for one',
    found: profile.subject.value,
    remedy: 'name it as the profile, or leave omg:AuditProfile, omg:basedOn and omg:takes out of the file',
  });
}

async function readShapesFile(path: string): Promise<ShapesSource> {
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

/** The files of a folder: those that its `profile.ttl` lists (`omg:file`), or all `.ttl` files when there is none. */
async function readFolder(folder: string): Promise<ShapesSource[]> {
  const names = (await readdir(folder)).filter((n) => n.endsWith('.ttl')).sort();
  if (names.length === 0) {
    throw new OmegraphError('shapes', {
      where: folder,
      wrong: 'the folder holds no Turtle files',
      remedy: 'name a folder with shapes in .ttl files',
    });
  }
  if (!names.includes('profile.ttl')) return Promise.all(names.map((n) => readShapesFile(join(folder, n))));
  const index = await readShapesFile(join(folder, 'profile.ttl'));
  const listed = index.quads.filter((q) => q.predicate.equals(OMG.file)).map((q) => q.object.value);
  const outside = listed.find((file) => !/^[\w][\w.-]*\.ttl$/.test(file));
  if (outside !== undefined) {
    throw illFormedShapes(index.file, 'omg:file', 'a profile lists files of its own folder', outside);
  }
  return [index, ...(await Promise.all(listed.map((file) => readShapesFile(join(folder, file)))))];
}
