import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SiteRules } from '../../src/audit/loadProfile.js';
import { loadProfile, type Profile } from '../../src/audit/profile.js';
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
    ['a regular expression that is none', `${SHAPE} sh:pattern "(" .`, 'sh:pattern is no regular expression'],
    ['unknown flags', `${SHAPE} sh:pattern "a" ; sh:flags "!" .`, 'there is no flag "!"'],
    ['two paths', `${SHAPE} sh:path ex:q ; sh:minCount 1 .`, 'at most one sh:path'],
    ['an ill-formed path', 'ex:shape sh:targetClass core:Image ; sh:path ( ex:p ) .', 'sh:path is ill-formed'],
    ['an alternative that is no list', `${SHAPE} sh:or ex:other .`, 'is not a list ("http://example.org/other")'],
    ['a reference to nothing', `${SHAPE} sh:node ex:gone .`, 'refers to a shape that is not there'],
    ['a shape that refers to itself', 'ex:a sh:targetClass core:Image ; sh:node ex:a .', 'refers to itself'],
    [
      'a circle of shapes',
      `${SHAPE} sh:node ex:b . ex:b sh:property [ sh:path ex:p ; sh:node ex:c ] . ex:c sh:not ex:b .`,
      'refers to itself',
    ],
    ['an ill-formed query', `${SHAPE} sh:sparql [ sh:select "" ] .`, 'sh:select'],
    [
      'a field of an unknown severity',
      `ex:Group rdfs:label "G" . ${SHAPE} sh:minCount 1 ; omg:field ex:f ; sh:name "X" ; sh:severity ex:Bad ; sh:message "X." ; sh:group ex:Group .`,
      'sh:severity of a field is none of SHACL',
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
    const at = await shapesFolder({ 'a.ttl': `${SHAPE} sh:or ( [ sh:path ex:q ; sh:minCount "one" ] ) .` });
    expect((await failure(at)).where).toContain('http://example.org/shape');
  });
});

const FIELD = (name: string, more = 'sh:severity sh:Violation'): string =>
  `ex:${name} a sh:PropertyShape ; sh:targetClass core:Image ; sh:path ex:${name} ; sh:minCount 1 ; omg:field ex:${name} ;
    sh:name "${name}" ; sh:message "${name} is missing; add it." ; sh:group ex:Group ; ${more} .
  ex:${name}Says a sh:PropertyShape ; sh:targetClass core:Image ; sh:path ex:${name} ; sh:minLength 3 ; omg:field ex:${name} ;
    omg:aspect omg:validity ; sh:name "${name} says something" ; sh:message "${name} is short; write more." ; sh:group ex:Group ; ${more} .`;
const BASE = `ex:Group a sh:PropertyGroup ; rdfs:label "G" . <http://example.org/base> a omg:AuditProfile ; rdfs:label "Base" .
  ${FIELD('a')} ${FIELD('b')} ex:unused a sh:NodeShape ; sh:nodeKind sh:IRI .`;
const shapesOf = (profile: Profile): string[] =>
  profile.shapes.map((s) => `${s.node.value.slice('http://example.org/'.length)} ${s.severity}`);

describe('a profile based on another', () => {
  const based = async (rules: string): Promise<string> => {
    const base = await shapesFolder({ 'base.ttl': BASE });
    const head = '<http://example.org/own> a omg:AuditProfile ; rdfs:label "Own" ; omg:basedOn';
    return shapesFolder({ 'profile.ttl': `${head} "../${base.split('/').at(-1)}" . ${rules}` });
  };

  it('takes all shapes when it names none', async () => {
    const profile = await loadProfile(await based(''));
    expect(profile).toMatchObject({ label: 'Own', iri: 'http://example.org/own', modules: ['G'] });
    expect(shapesOf(profile)).toEqual(['a violation', 'aSays violation', 'b violation', 'bSays violation']);
  });

  it.each([
    ['a shape', 'ex:bSays', ['bSays violation']],
    ['a field', 'ex:a', ['a violation', 'aSays violation']],
    ['a module', 'ex:Group', ['a violation', 'aSays violation', 'b violation', 'bSays violation']],
  ])('takes %s by its name, and nothing else', async (_, name, expected) => {
    const profile = await loadProfile(await based(`<http://example.org/own> omg:takes ${name} .`));
    expect(shapesOf(profile)).toEqual(expected);
    expect(profile.graph.getSubjects(null, null, null).map((t) => t.value)).not.toContain('http://example.org/unused');
  });

  it('grades shapes anew, and says other words', async () => {
    const profile = await loadProfile(
      await based('ex:a sh:severity sh:Info ; sh:message "Write a; it helps." . ex:aSays sh:deactivated true .'),
    );
    expect(shapesOf(profile)).toEqual(['a info', 'b violation', 'bSays violation']);
    expect(profile.shapes[0]?.message).toBe('Write a; it helps.');
    expect(profile.shapes[0]?.file).toMatch(/base\.ttl, .*profile\.ttl$/);
  });

  it('adds shapes of its own', async () => {
    const profile = await loadProfile(await based(`${FIELD('c', 'sh:severity sh:Warning')}`));
    expect(shapesOf(profile)).toContain('c warning');
  });

  it.each([
    [
      'a shape to take that is not there',
      '<http://example.org/own> omg:takes ex:nope .',
      'to take ("http://example.org/nope")',
    ],
    ['words about a shape that is not there', 'ex:nope sh:severity sh:Info .', 'there is no such shape to change'],
  ])('with %s says so', async (_, rules, message) => {
    const error = await failure(await based(rules));
    expect(error.message).toContain(message);
    expect(error.where).toContain('profile.ttl');
  });

  it('that is based on itself says so', async () => {
    const at = await shapesFolder({ 'profile.ttl': '<http://example.org/own> a omg:AuditProfile ; omg:basedOn "." .' });
    expect((await failure(at)).message).toContain('a profile is based on itself');
  });

  it('that takes shapes of none says so', async () => {
    const at = await shapesFolder({ 'a.ttl': `${BASE} <http://example.org/base> omg:takes ex:a .` });
    expect((await failure(at)).message).toContain('names none in omg:basedOn');
  });
});

describe('rules of a site', () => {
  const profile = async (rules: SiteRules): Promise<Profile> =>
    loadProfile(await shapesFolder({ 'base.ttl': BASE }), rules);
  const rulesFile = async (text: string): Promise<string[]> => [
    join(await shapesFolder({ 'site.ttl': text }), 'site.ttl'),
  ];
  const refusal = async (rules: SiteRules): Promise<OmegraphError> => {
    const error: unknown = await profile(rules).catch((e: unknown) => e);
    if (!isOmegraphError(error)) throw new Error(`no OmegraphError but ${String(error)}`);
    return error;
  };

  it('grade shapes anew and add some, in a Turtle file', async () => {
    const shapes = await rulesFile(`ex:a sh:severity sh:Warning . ${FIELD('c', 'sh:severity sh:Info')}`);
    expect(shapesOf(await profile({ shapes }))).toEqual([
      'a warning',
      'aSays violation',
      'b violation',
      'bSays violation',
      'c info',
      'cSays info',
    ]);
  });

  it('grade a field and what is asked of its values, in the configuration', async () => {
    expect(shapesOf(await profile({ severity: { a: 'warning', 'http://example.org/b': 'info' } }))).toEqual([
      'a warning',
      'aSays warning',
      'b info',
      'bSays info',
    ]);
  });

  it('make what is asked of the values no graver than it was', async () => {
    const shapes = await rulesFile('ex:aSays sh:severity sh:Info .');
    expect(shapesOf(await profile({ shapes, severity: { a: 'warning' } })).slice(0, 2)).toEqual([
      'a warning',
      'aSays info',
    ]);
  });

  it('grade one shape by its own name, over what is said of its field', async () => {
    const severity = { aSays: 'violation', a: 'info' } as const;
    expect(shapesOf(await profile({ severity })).slice(0, 2)).toEqual(['a info', 'aSays violation']);
  });

  it('do not ask for a field that is off', async () => {
    expect(shapesOf(await profile({ severity: { a: 'off' } }))).toEqual(['b violation', 'bSays violation']);
  });

  it('about a field that is not there name those that are', async () => {
    const error = await refusal({ severity: { organsm: 'off' } });
    expect(error.tag).toBe('config');
    expect(error.message).toContain('no such field or shape ("organsm")');
    expect(error.remedy).toContain('a, b');
  });

  it.each([
    ['about a shape that is not there', 'ex:nope sh:severity sh:Info .', 'no such shape to change'],
    ['that are a profile', 'ex:p a omg:AuditProfile .', 'this is a profile, not rules for one'],
    ['that are no Turtle', 'ex:a sh:severity', 'this is not Turtle'],
    ['that make a shape ill-formed', 'ex:a sh:path ex:other .', 'at most one sh:path'],
  ])('%s name the file', async (_, text, message) => {
    const error = await refusal({ shapes: await rulesFile(text) });
    expect(error.message).toContain(message);
    expect(error.where).toContain('site.ttl');
  });

  it('that are not there say so', async () => {
    expect((await refusal({ shapes: ['/nowhere/site.ttl'] })).message).toContain('the shapes file cannot be read');
  });
});
