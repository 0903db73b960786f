import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadProfile } from '../../src/audit/profile.js';
import { isOmegraphError, type OmegraphError } from '../../src/errors.js';

const HEAD = `@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix omg: <https://w3id.org/omegraph/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix core: <https://ld.openmicroscopy.org/core/> .
@prefix ex: <http://example.org/> .
`;
const WORDS = 'sh:name "X" ; sh:severity sh:Warning ; sh:message "X is missing; add it." ; sh:group ex:Group';
const SHAPE = 'ex:shape a sh:PropertyShape ; sh:targetClass core:Image ; sh:path ex:p ;';

let folder = '';
let count = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'omegraph-shapes-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Writes files into a new folder; the first body goes into shapes.ttl. */
async function shapesFolder(files: Readonly<Record<string, string>>): Promise<string> {
  const at = join(folder, String(count++));
  await mkdir(at);
  for (const [name, text] of Object.entries(files)) await writeFile(join(at, name), HEAD + text);
  return at;
}

async function failure(path: string): Promise<OmegraphError> {
  const error: unknown = await loadProfile(path).then(
    () => undefined,
    (e: unknown) => e,
  );
  if (!isOmegraphError(error)) throw new Error(`no OmegraphError but ${String(error)}`);
  expect(error.tag).toBe('shapes');
  return error;
}

describe('a profile of shapes', () => {
  it('is found by its shipped name', async () => {
    const profile = await loadProfile('rembi');
    expect(profile).toMatchObject({ name: 'rembi', label: 'REMBI', iri: 'https://w3id.org/omegraph/shapes/rembi' });
  });

  it('is one file, or a folder without index', async () => {
    const at = await shapesFolder({ 'site.ttl': `${SHAPE} sh:minCount 1 .`, 'notes.txt': 'not Turtle' });
    for (const path of [at, join(at, 'site.ttl')]) {
      const profile = await loadProfile(path);
      expect(profile.shapes.map((s) => [s.label, s.severity, s.field])).toEqual([['shape', 'violation', undefined]]);
    }
  });

  it('reads only the files its profile.ttl lists', async () => {
    const at = await shapesFolder({
      'profile.ttl': '<http://example.org/site> a omg:AuditProfile ; rdfs:label "Site" . ex:Group omg:file "a.ttl" .',
      'a.ttl': `${SHAPE} sh:minCount 1 .`,
      'draft.ttl': 'this is not Turtle',
    });
    expect(await loadProfile(at)).toMatchObject({
      label: 'Site',
      iri: 'http://example.org/site',
      shapes: [{ file: join(at, 'a.ttl') }],
    });
  });

  it('leaves out deactivated shapes', async () => {
    const other = 'ex:other a sh:PropertyShape ; sh:targetClass core:Image ; sh:path ex:q ; sh:minCount 1 .';
    const at = await shapesFolder({ 'a.ttl': `${SHAPE} sh:minCount 1 ; sh:deactivated true . ${other}` });
    expect((await loadProfile(at)).shapes.map((s) => s.label)).toEqual(['other']);
  });

  it('that does not exist names those that are shipped', async () => {
    const error = await failure('no-such-profile');
    expect(error.message).toContain('no-such-profile: there is no such profile of shapes');
    expect(error.remedy).toContain('rembi');
  });

  it('without Turtle files says so', async () => {
    expect((await failure(await shapesFolder({ 'readme.md': '' }))).message).toContain('no Turtle files');
  });

  it('names file and line of a syntax error', async () => {
    const at = await shapesFolder({ 'a.ttl': 'ex:shape a sh:NodeShape\nex:broken' });
    expect((await failure(at)).where).toMatch(/a\.ttl:7$/);
  });

  it.each(['../a.ttl', '/etc/passwd', 'sub/a.ttl'])('does not read %s outside its folder', async (file) => {
    const at = await shapesFolder({ 'profile.ttl': `ex:Group omg:file "${file}" .` });
    expect((await failure(at)).message).toContain('files of its own folder');
  });

  it('names a listed file that is missing', async () => {
    const at = await shapesFolder({ 'profile.ttl': 'ex:Group omg:file "gone.ttl" .' });
    expect((await failure(at)).where).toBe(join(at, 'gone.ttl'));
  });

  it.each([
    ['a misspelt clause', `${SHAPE} sh:minCout 1 .`, 'no such property in SHACL ("sh:minCout")'],
    ['a count that is no number', `${SHAPE} sh:minCount "one" .`, 'sh:minCount is not a whole number ("one")'],
    ['an unknown severity', `${SHAPE} sh:minCount 1 ; sh:severity ex:Bad .`, 'sh:severity is none of SHACL'],
    ['a regular expression that is none', `${SHAPE} sh:pattern "(" .`, 'sh:pattern is ill-formed'],
    ['unknown flags', `${SHAPE} sh:pattern "a" ; sh:flags "!" .`, 'sh:pattern is ill-formed'],
    ['two paths', `${SHAPE} sh:path ex:q ; sh:minCount 1 .`, 'exactly one sh:path'],
    ['an ill-formed path', 'ex:shape sh:targetClass core:Image ; sh:path ( ex:p ) .', 'sh:path is ill-formed'],
    [
      'a path the engine walks wrongly',
      'ex:shape sh:targetClass core:Image ; sh:path [ sh:zeroOrMorePath [ sh:inversePath ex:p ] ] .',
      'this path is not run here ("sh:zeroOrMorePath of anything but a predicate")',
    ],
    ['an alternative that is no list', `${SHAPE} sh:or ex:other .`, 'sh:or is not a list'],
    ['a reference to nothing', `${SHAPE} sh:node ex:gone .`, 'refers to a shape that is not there'],
    ['a shape that refers to itself', `${SHAPE} sh:node ex:shape .`, 'refers to itself'],
    [
      'a circle of shapes',
      `${SHAPE} sh:node ex:b . ex:b sh:property [ sh:path ex:p ; sh:node ex:shape ] .`,
      'refers to itself',
    ],
    ['a SPARQL constraint', `${SHAPE} sh:sparql [ sh:select "" ] .`, 'not run here ("sh:sparql")'],
    [
      'a qualified shape below a path',
      `${SHAPE} sh:node [ sh:property [ sh:path ex:q ; sh:qualifiedValueShape [ sh:nodeKind sh:IRI ] ; sh:qualifiedMinCount 1 ] ] .`,
      'sh:qualifiedValueShape below another path',
    ],
    [
      'a field without message',
      `${SHAPE} sh:minCount 1 ; omg:field ex:f ; sh:name "X" ; sh:severity sh:Info .`,
      'lacks a clause',
    ],
    ['a field whose group has no label', `${SHAPE} sh:minCount 1 ; omg:field ex:f ; ${WORDS} .`, 'no rdfs:label'],
    [
      'a field that no path answers',
      `ex:Group rdfs:label "G" . ${SHAPE} sh:nodeKind sh:IRI ; omg:field ex:f ; ${WORDS} .`,
      'no path of the shape answers its field',
    ],
    ['no target at all', 'ex:shape a sh:PropertyShape ; sh:path ex:p ; sh:minCount 1 .', 'no shape with a target'],
  ])('with %s names file and shape', async (_, body, message) => {
    const error = await failure(await shapesFolder({ 'site.ttl': body }));
    expect(error.message).toContain(message);
    expect(error.where).toContain('site.ttl');
  });

  it('with a fault in a blank node names the shape around it', async () => {
    const at = await shapesFolder({ 'a.ttl': `${SHAPE} sh:or ( [ sh:path ex:q ; sh:minCount -1 ] ) .` });
    expect((await failure(at)).where).toContain('http://example.org/shape');
  });
});
