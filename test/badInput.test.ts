import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execFileSync, spawn } from 'node:child_process';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demo } from '../src/cli/demo.js';
import { answered, run } from '../src/cli/main.js';
import { parseAll } from '../src/rdf/parse.js';
import { tarBytes } from './extract/tarBytes.js';
import { tiffBytes } from './extract/tiffBytes.js';
import { zipBytes } from './extract/zipBytes.js';

/**
 * Every bad input, from the command line to the message: what is wrong is said with its place and a remedy, the exit code
 * is the documented one, the good file beside the bad one is exported, and nothing half-written stays.
 */
const home = mkdtempSync(join(tmpdir(), 'omegraph-bad-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

type Work = (io: Parameters<typeof run>[1], signal: AbortSignal) => Promise<number>;

async function ran(work: Work, env: Record<string, string> = {}, signal = new AbortController().signal): Promise<Ran> {
  let out = '';
  let err = '';
  const io = { stdout: { write: (t: string) => (out += t) }, stderr: { write: (t: string) => (err += t) } };
  const code = await work({ ...io, env: { SOURCE_DATE_EPOCH: '1800000000', ...env } }, signal);
  expect(err).not.toMatch(/^ +at |this is a bug/m);
  return { code, out, err };
}

const omegraph = (...args: string[]): Promise<Ran> => ran((io, signal) => run(args, io, signal));

const NS = 'http://www.openmicroscopy.org/Schemas/OME/2016-06';
const PIXELS =
  '<Pixels ID="Pixels:0" DimensionOrder="XYZCT" Type="uint8" SizeX="1" SizeY="1" SizeZ="1" SizeC="1" SizeT="1"><MetadataOnly/></Pixels>';
const ome = (body: string): string => `<?xml version="1.0" encoding="UTF-8"?>\n<OME xmlns="${NS}">${body}</OME>`;
const image = (id = 'Image:0', name = 'bad', more = ''): string =>
  `<Image ID="${id}" Name="${name}">${PIXELS}${more}</Image>`;
const mapped = (key: string, value: string): string =>
  ome(
    `${image('Image:0', 'bad', '<AnnotationRef ID="Annotation:0"/>')}<StructuredAnnotations><MapAnnotation ID="Annotation:0"><Value><M K="${key}">${value}</M></Value></MapAnnotation></StructuredAnnotations>`,
  );
const GOOD = ome(image('Image:0', 'the good one'));
const LSID = 'urn:lsid:example.org:Image:1';

type Content = string | Buffer;
type Make = Readonly<Record<string, Content | ((file: string) => void)>>;

let folders = 0;
function folderOf(files: Make): string {
  const folder = join(home, `${(folders += 1)}`, 'study');
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    if (typeof content === 'function') content(join(folder, name));
    else writeFileSync(join(folder, name), content);
  }
  return folder;
}

interface Exported extends Ran {
  readonly nquads: string;
}

/** Exports a folder; what was written is N-Quads of whole, legal IRIs, and what its manifest says. */
async function exported(files: Make): Promise<Exported> {
  const source = folderOf(files);
  const data = join(dirname(source), 'data');
  const result = await omegraph('export', '--source', source, '--data', data);
  expect(readdirSync(data).sort()).toEqual(['graphs', 'manifest.json']);
  const manifest = JSON.parse(readFileSync(join(data, 'manifest.json'), 'utf8')) as {
    source: string;
    containers: { file: string; sha256: string; quads: number }[];
  };
  expect(manifest.source).toBe('study');
  let nquads = '';
  for (const { file, sha256, quads } of manifest.containers) {
    const text = readFileSync(join(data, file), 'utf8');
    expect(createHash('sha256').update(text).digest('hex')).toBe(sha256);
    expect((await parseAll(text, 'nquads', { where: file })).length).toBe(quads);
    nquads += text;
  }
  expect(nquads).not.toContain(home);
  expect(result.err).not.toContain(home.concat('/etc'));
  return { ...result, nquads };
}

const bomb = `<!DOCTYPE OME [<!ENTITY a "ha">${Array.from({ length: 10 }, (_, i) => `<!ENTITY x${i} "${`&${i === 0 ? 'a' : `x${i - 1}`};`.repeat(10)}">`).join('')}]>`;
const deep = (text: string): string => text.repeat(200_000);
const REFUSED_PACK = /: an archive entry would be written outside its folder.* \("/;

/** Bad files that lie beside a good one: the message and the exit code, for each of the issue's list. */
const BESIDE_A_GOOD_ONE: readonly (readonly [what: string, files: Make, code: 0 | 4, message: RegExp])[] = [
  [
    'truncated XML',
    { 'bad.ome.xml': ome(image()).slice(0, 200) },
    4,
    /bad\.ome\.xml:2:\d+: the XML is not well-formed \("unclosed tag: Image; reading stopped here"\); export the file again/,
  ],
  ['an empty file', { 'bad.ome.xml': '' }, 4, /bad\.ome\.xml:1:1: the XML is not well-formed/],
  [
    'bytes that are not of the declared encoding',
    { 'bad.ome.xml': Buffer.from(ome(image('Image:0', 'caf\u00e9')), 'latin1') },
    4,
    /bad\.ome\.xml:2:\d+: the XML is not in the encoding that it declares \("bytes that are not utf-8.*save it as UTF-8/,
  ],
  [
    'an encoding that nobody knows',
    { 'bad.ome.xml': ome(image()).replace('UTF-8', 'KLINGON') },
    4,
    /the XML is not in the encoding that it declares \("declared KLINGON/,
  ],
  [
    'UTF-16 that says it is UTF-8',
    { 'bad.ome.xml': Buffer.concat([Buffer.from([255, 254]), Buffer.from(ome(image()), 'utf16le')]) },
    4,
    /declared UTF-8, found utf-16le/,
  ],
  [
    'entities that multiply',
    { 'bad.ome.xml': `<?xml version="1.0"?>${bomb}<OME xmlns="${NS}">&x9;</OME>` },
    4,
    /bad\.ome\.xml:1:\d+: the XML has a DOCTYPE, which OME-XML does not allow \("<!DOCTYPE OME .*remove the DOCTYPE/,
  ],
  [
    'an entity that is another file',
    { 'bad.ome.xml': `<!DOCTYPE OME [<!ENTITY f SYSTEM "file:///etc/passwd">]><OME xmlns="${NS}">&f;</OME>` },
    4,
    /the XML has a DOCTYPE/,
  ],
  ['an entity that is not declared', { 'bad.ome.xml': ome(image('Image:0', '&nbsp;')) }, 4, /undefined entity/],
  [
    '200 000 elements inside each other',
    { 'bad.ome.xml': ome(image('Image:0', 'bad', deep('<a>') + deep('</a>'))) },
    4,
    /bad\.ome\.xml:2:\d+: the XML is nested deeper than any OME-XML \("more than 100 elements/,
  ],
  [
    '200 000 elements inside an XML annotation',
    {
      'bad.ome.xml': ome(
        `<StructuredAnnotations><XMLAnnotation ID="Annotation:0"><Value>${deep('<a>')}${deep('</a>')}</Value></XMLAnnotation></StructuredAnnotations>`,
      ),
    },
    4,
    /the XML is nested deeper than any OME-XML/,
  ],
  [
    'JSON nested 100 000 deep',
    {
      'bad.zarr/zarr.json': `{"zarr_format":3,"node_type":"group","attributes":{"ome":{"version":"0.5","multiscales":${'['.repeat(1e5)}${']'.repeat(1e5)}}}}`,
      'bad.zarr/c/0': '',
    },
    4,
    /bad\.zarr: the OME-Zarr metadata is broken/,
  ],
  [
    'a zip that would write outside its folder',
    { 'bad.zip': zipBytes([{ name: 'transfer.xml', content: GOOD }, { name: '../evil.txt' }]) },
    4,
    /bad\.zip: an archive entry would be written outside its folder.*\("invalid relative path: \.\.\/evil\.txt"\); do not unpack/,
  ],
  [
    'a zip with a link',
    { 'bad.zip': zipBytes([{ name: 'transfer.xml', content: '/etc/passwd', mode: 0o120777 }]) },
    4,
    /\("transfer\.xml: not a plain file"\); do not unpack this archive/,
  ],
  [
    'a zip that inflates without end',
    { 'bad.zip': zipBytes([{ name: 'transfer.xml', content: Buffer.alloc(120e6, ' ') }]) },
    4,
    /inflates beyond any pack.*\("transfer\.xml inflates from \d+ to 120000000 bytes"\)/,
  ],
  [
    'a truncated zip',
    { 'bad.zip': zipBytes([{ name: 'transfer.xml', content: GOOD }]).subarray(0, -30) },
    4,
    /bad\.zip: the archive is damaged/,
  ],
  ['a tar that would write outside its folder', { 'bad.tar': tarBytes([{ name: '../evil' }]) }, 4, REFUSED_PACK],
  ['a tar with a link', { 'bad.tar': tarBytes([{ name: 'transfer.xml', type: '2' }]) }, 4, REFUSED_PACK],
  ['a tar.gz that is no gzip', { 'bad.tar.gz': 'no' }, 4, /bad\.tar\.gz: the archive is damaged/],
  [
    'a truncated tar.gz',
    { 'bad.tar.gz': gzipSync(tarBytes([{ name: 'transfer.xml', content: GOOD }])).subarray(0, 60) },
    4,
    /damaged/,
  ],
  [
    'a TIFF whose first IFD is beyond its end',
    { 'bad.tif': tiffBytes(ome(image()), { ifdOffset: 4e9 }) },
    4,
    /bad\.tif: the TIFF structure is broken \("the first IFD is at 4000000000 of \d+ bytes"\); copy or export/,
  ],
  [
    'a TIFF whose first IFD is its header',
    { 'bad.tif': tiffBytes(ome(image()), { ifdOffset: 0 }) },
    4,
    /the first IFD is at 0/,
  ],
  [
    'a TIFF that claims 65 535 entries',
    { 'bad.tif': tiffBytes(ome(image()), { entryCount: 65535 }) },
    4,
    /claims 65535 entries/,
  ],
  [
    'a TIFF with a description beyond its end',
    { 'bad.tif': tiffBytes(ome(image()), { descriptionOffset: 4294967290 }) },
    4,
    /ImageDescription claims/,
  ],
  [
    'a TIFF with a description of 4 GiB',
    { 'bad.tif': tiffBytes(ome(image()), { descriptionLength: 4294967295 }) },
    4,
    /ImageDescription claims 4294967295 bytes/,
  ],
  [
    'a BigTIFF with a count beyond 2^53',
    { 'bad.tif': tiffBytes(ome(image()), { bigTiff: true, entryCount: 2 ** 60 }) },
    4,
    /the TIFF structure is broken/,
  ],
  ['a TIFF of four bytes', { 'bad.tif': 'II*\0' }, 4, /only 4 bytes long/],
  ['a TIFF that is a text', { 'bad.tif': 'this is a note' }, 4, /it does not start with II or MM/],
  ['a TIFF with a DOCTYPE', { 'bad.ome.tif': tiffBytes(`<!DOCTYPE OME>${ome(image())}`) }, 4, /bad\.ome\.tif.*DOCTYPE/],
  [
    'a TIFF whose companion would be outside',
    { 'bad.ome.tif': tiffBytes(ome('<BinaryOnly MetadataFile="../../../etc/passwd" UUID="urn:uuid:1"/>')) },
    4,
    /the companion file with the metadata is missing \("\.\.\/\.\.\/\.\.\/etc\/passwd"\)/,
  ],
  [
    'a broken link, which nobody can read',
    { 'bad.ome.xml': (file) => symlinkSync('nowhere', file) },
    4,
    /bad\.ome\.xml: the file cannot be read \("a broken link"\); check that it exists and that you may read it/,
  ],
  [
    'a link to itself',
    { 'bad.ome.xml': (file) => symlinkSync('bad.ome.xml', file) },
    4,
    /bad\.ome\.xml: the file cannot be read/,
  ],
  [
    'a folder named like a file',
    { 'bad.ome.xml/inside.ome.xml': ome(image()).slice(0, 200) },
    4,
    /bad\.ome\.xml\/inside\.ome\.xml:2:\d+: the XML is not/,
  ],
  [
    'two files that give the same id to different objects',
    { 'bad1.ome.xml': ome(image(LSID, 'first')), 'bad2.ome.xml': ome(image(LSID, 'second')) },
    4,
    /Image:\S+ \(bad2\.ome\.xml\): two objects have the same id but different content \("first in bad1\.ome\.xml"\); give each object its own id/,
  ],
  [
    'two objects of a file with the same id',
    { 'bad.ome.xml': ome(image('Image:1', 'first') + image('Image:1', 'second')) },
    4,
    /two objects have the same id but different content/,
  ],
  [
    'a NUL',
    { 'bad.ome.xml': ome(image('Image:0', 'a\0b')) },
    0,
    /bad\.ome\.xml:2: a text holds control characters or lone surrogates, which were replaced .*retype the text/,
  ],
  [
    'a reference to NUL',
    { 'bad.ome.xml': ome(image('Image:0', 'a&#0;b')) },
    0,
    /control characters or lone surrogates.*\("a reference to a character that XML does not allow"\)/,
  ],
  ['a control character', { 'bad.ome.xml': ome(image('Image:0', 'a\u0001b')) }, 0, /control characters/],
  ['lone surrogates', { 'bad.ome.xml': mapped('Org&#xDFFF;', 'x&#xD800;') }, 0, /lone surrogates.*\(2 times\)/],
  [
    'a reference beyond Unicode',
    { 'bad.ome.xml': ome(image('Image:0', 'a&#x110000;b')) },
    0,
    /a character that XML does not allow/,
  ],
  [
    'no OME-XML in an .ome.xml',
    { 'bad.ome.xml': '<html/>' },
    4,
    /bad\.ome\.xml:1:\d+: the root element is not an OME element of a known schema version \("<html> without a namespace"\)/,
  ],
];

describe('a bad file beside a good one', () => {
  it.each(BESIDE_A_GOOD_ONE)('is told and does not keep the good one out: %s', async (_what, files, code, message) => {
    const result = await exported({ ...files, 'good.ome.xml': GOOD });
    expect(result.err).toMatch(message);
    expect(result.code).toBe(code);
    expect(result.nquads).toContain('"the good one"');
    expect(result.nquads).not.toContain('root:');
    expect(result.nquads).not.toMatch(/[\u0000-\u0009\u000b-\u001f\ufffe\uffff]/);
  });

  it('may be a pipe, which is not waited for', async () => {
    const source = folderOf({ 'good.ome.xml': GOOD });
    execFileSync('mkfifo', [join(source, 'bad.ome.xml')]);
    const pipe = join(source, 'bad.ome.xml');
    for (const paths of [[source], [pipe, join(source, 'good.ome.xml')]]) {
      const data = join(dirname(source), 'data');
      const { code, err } = await omegraph('export', ...paths.flatMap((p) => ['--source', p]), '--data', data);
      expect(err).toContain('bad.ome.xml: the file cannot be read ("not a plain file")');
      expect(code).toBe(4);
    }
  });
});

describe('what becomes an IRI', () => {
  it.each([
    'Image:1 2',
    'Image:1&gt;2',
    'Image:&lt;x&gt;',
    'Image:&quot;',
    'Image:{}|\\^`',
    'Image:a#b?c',
    'Image:%zz',
    'Image:/../..',
    'Image:\u00e9\u{1f600}',
    'Image:__proto__',
    'Image:1&#10;2',
    'Image:.',
    'urn:lsid:ex ample>:Image:1 2',
    'Image:&#xD800;',
    `Image:${'9'.repeat(3000)}`,
  ])('may hold anything: the id %j', async (id) => {
    const { nquads } = await exported({ 'bad.ome.xml': ome(image(id)), 'good.ome.xml': GOOD });
    for (const line of nquads.split('\n').filter((l) => l !== ''))
      expect(line).toMatch(
        /^<[^\u0000-\u0020<>"{}|^`\\]+> <[^\u0000-\u0020<>"{}|^`\\]+> .* <[^\u0000-\u0020<>"{}|^`\\]+> \.$/,
      );
    expect(nquads).toContain('"the good one"');
  });

  it.each(['javascript:alert(1)', 'Project:1', 'Image', '__proto__'])('is nothing else than an id: %j', async (id) => {
    const { err, nquads } = await exported({ 'bad.ome.xml': ome(image(id)), 'good.ome.xml': GOOD });
    expect(err).toMatch(/bad\.ome\.xml:2: an ID has not the form that the schema asks for/);
    expect(err).toContain(`("Image ID="${id}"")`);
    expect(nquads).not.toContain('<javascript:');
    expect(nquads).toContain('"the good one"');
  });

  it.each([
    ['http://x y&gt;z', 'NCBITaxon:9606 &gt; x'],
    ['Organism', 'http://a b/&lt;&gt;"'],
    ['Organism\u202e', '\u0090human'],
  ])('is not a key or value: %j %j', async (key, value) => {
    const { code } = await exported({
      'bad.ome.xml': mapped(key, value.replaceAll('"', '&quot;')),
      'good.ome.xml': GOOD,
    });
    expect(code).toBe(0);
  });

  it.each([
    '\u202egnp.ome.xml',
    '\u{1f600}.ome.xml',
    'a\nb.ome.xml',
    'sp ace>.ome.xml',
    '-rf.ome.xml',
    `${'x'.repeat(240)}.ome.xml`,
  ])('may come from a file named %j', async (name) => {
    const { code, err } = await exported({ [name]: ome(image()).slice(0, 150), [`good-${name.slice(-100)}`]: GOOD });
    expect(code).toBe(4);
    expect(err).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
    expect(err.split('\n').filter((l) => l.includes('not well-formed'))).toHaveLength(1);
  });

  it('cannot write to the terminal through a label', async () => {
    const evil = `&#x9;\u202e\u009b31m${'P'.repeat(300)}`;
    const { err } = await exported({ 'bad.ome.xml': ome(`<Project ID="Project:1" Name="${evil}"/>`) });
    expect(err).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u0080-\u009f\u202e]/);
    expect(err).not.toContain('P'.repeat(100));
  });
});

describe('an empty folder', () => {
  it('is told, and so is what cannot be done with its record', async () => {
    const source = folderOf({});
    const data = join(dirname(source), 'data');
    const { code, err } = await omegraph('export', '--source', source, '--data', data);
    expect(code).toBe(0);
    expect(err).toContain('data): nothing\n');
    expect(err).toContain('study: no OME-XML, OME-TIFF, OME-Zarr or transfer pack was found; point the export at');
    expect(await omegraph('audit', '--data', data)).toEqual({
      code: 2,
      out: '',
      err: `omegraph: ${data}: the record holds no container, so there is nothing to audit; export files that hold OME metadata first\n`,
    });
    const bundle = await omegraph('bundle', 'zenodo', '--data', data, '--out', join(home, 'none'));
    expect(bundle.code).toBe(2);
    expect(bundle.err).toContain('the record holds no container, so there is nothing to bundle');
  });
});

describe('a name of the source', () => {
  it.each([['.'], ['..'], ['./'], ['../study']])(
    'is that of the folder that %j means, without the way to it',
    async (path) => {
      const source = folderOf({ 'inner/good.ome.xml': GOOD });
      const data = join(dirname(source), 'data');
      const from = path === '..' ? join(source, 'inner') : source;
      // The working folder cannot be changed in a worker thread; what the shell would resolve is the same.
      await omegraph('export', '--source', `${from}/${path}`, '--source', `${source}/`, '--data', data, '--quiet');
      expect(readFileSync(join(data, 'manifest.json'), 'utf8')).toContain('"source": "study, study"');
    },
  );
});

describe('a command line', () => {
  let data = '';
  beforeAll(async () => {
    const source = folderOf({ 'good.ome.xml': GOOD });
    data = join(dirname(source), 'data');
    await omegraph('export', '--source', source, '--data', data, '--quiet');
  });

  it.each([
    [['export', '--source', ''], "option '--source <path>' argument '' is invalid. write a path; nothing was given."],
    [['audit', '--data', ''], 'write a path; nothing was given.'],
    [
      ['export', '--source', 'examples/quickstart', '--data', 'package.json'],
      'package.json: the data folder cannot be written',
    ],
    [
      ['export', '--source', 'examples/quickstart', '--base', 'http://a.org/#b', '--data', join(home, 'x')],
      '--base: this is not an absolute IRI without query and fragment',
    ],
    [
      ['bundle', 'zenodo', '--study', 'nowhere.yaml', '--data'],
      'nowhere.yaml: the study file cannot be read ("ENOENT"); check its name',
    ],
    [['bundle', 'zenodo', '--study', 'LICENSE', '--data'], 'LICENSE:1: this is not YAML'],
    [
      ['bundle', 'zenodo', '--draft', '--force', '--out', 'src', '--data'],
      'src: the folder holds other things than a bundle',
    ],
    [['audit', '--output', join(home, 'no/where.csv'), '--data'], 'where.csv: the file cannot be written ("ENOENT")'],
    [['audit', '--profile', home, '--data'], 'the folder holds no Turtle files'],
    [
      ['serve', '--host', '203.0.113.1', '--port', '0', '--data'],
      '203.0.113.1:0: the service cannot listen here ("listen EADDRNOTAVAIL',
    ],
  ])('is refused with what to do instead: %j', async (args, message) => {
    const { code, out, err } = await omegraph(...args, ...(args.at(-1) === '--data' ? [data] : []));
    expect(err).toContain(message);
    expect(out).toBe('');
    expect(code).toBe(2);
  });

  it('has a clock that is a number of seconds', async () => {
    for (const epoch of ['tomorrow', '1e99', '99999999999999', '-1']) {
      const args = ['export', '--source', 'examples/quickstart', '--data', join(home, 'clock')];
      const { code, err } = await ran((io, signal) => run(args, io, signal), { SOURCE_DATE_EPOCH: epoch });
      expect(err).toContain(`SOURCE_DATE_EPOCH: this is not a number of seconds since 1970 ("${epoch}")`);
      expect(code).toBe(2);
    }
  });
});

describe('a study file', () => {
  it.each([
    ['license: *none\n', 'an alias of the YAML cannot be followed ("Unresolved alias'],
    ['title: [\n', 'this is not YAML'],
    ['- a\n', 'the file is not of the right form'],
    ['license: MIT\n', ':1: license has a value that is not valid ("MIT")'],
    ['titel: x\n', ':1: this key is not known ("titel")'],
    [
      'a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c]\n',
      'an alias of the YAML cannot be followed',
    ],
  ])('is refused with its line: %j', async (text, message) => {
    const source = folderOf({ 'good.ome.xml': GOOD, 'study.yaml': text });
    const data = join(dirname(source), 'data');
    await omegraph('export', '--source', source, '--data', data, '--quiet');
    const out = join(dirname(source), 'out');
    const refused = await omegraph(
      'bundle',
      'zenodo',
      '--data',
      data,
      '--study',
      join(source, 'study.yaml'),
      '--out',
      out,
    );
    expect(refused.err).toContain(message);
    expect(refused.code).toBe(2);
    expect(readdirSync(dirname(source)).sort()).toEqual(['data', 'study']);
  });
});

describe('a release date', () => {
  it.each([
    ['1800000000', false],
    ['1900000000', true],
  ])('that has passed is refused by the clock of SOURCE_DATE_EPOCH=%s: %s', async (epoch, refused) => {
    const source = folderOf({ 'good.ome.xml': GOOD });
    const data = join(dirname(source), 'data');
    const study = 'examples/quickstart/study.yaml';
    await omegraph('export', '--source', source, '--data', data, '--quiet');
    const args = ['bundle', 'bioimage-archive', '--data', data, '--study', study, '--out', join(data, 'no')];
    const { code, out } = await ran((io, signal) => run(args, io, signal), { SOURCE_DATE_EPOCH: epoch });
    expect(/release ?date/i.test(out)).toBe(refused);
    expect(code).toBe(3);
  });
});

describe('a damaged record', () => {
  async function damaged(hurt: (data: string, graph: string) => void): Promise<string> {
    const source = folderOf({ 'good.ome.xml': GOOD });
    const data = join(dirname(source), 'data');
    await omegraph('export', '--source', source, '--data', data, '--quiet');
    hurt(data, join(data, 'graphs', readdirSync(join(data, 'graphs')).find((f) => f.startsWith('orphans')) ?? ''));
    return data;
  }
  const inManifest = (from: string | RegExp, to: string) => (data: string) => {
    const file = join(data, 'manifest.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace(from, to));
  };

  it.each([
    ['is no JSON', (data: string) => writeFileSync(join(data, 'manifest.json'), '{'), 'the manifest is not JSON'],
    [
      'is of another version',
      inManifest('"version": 1', '"version": 9'),
      'does not have the form of a record at /version',
    ],
    ['names a file outside', inManifest('"graphs/orphans', '"../graphs/orphans'), 'at /containers/0/file'],
    [
      'names a container twice',
      inManifest(/"containers": \[\s*(\{[^]*?\n {4}\})/, '"containers": [$1, $1'),
      'the manifest names a container twice ("orphans")',
    ],
  ])('is refused by every command when its manifest %s', async (_how, hurt, message) => {
    const data = await damaged(hurt);
    const commands = [
      ['audit'],
      ['serve', '--port', '0'],
      ['bundle', 'zenodo', '--out', join(home, 'no')],
      ['export', '--source', 'examples/quickstart'],
    ];
    for (const command of commands) {
      const { code, err } = await omegraph(...command, '--data', data);
      expect(err).toContain(message);
      expect(code).toBe(2);
    }
  });

  it.each([
    ['is gone', (_data: string, graph: string) => rmSync(graph), /orphans.*ENOENT/],
    [
      'ends early',
      (_data: string, graph: string) => writeFileSync(graph, readFileSync(graph).subarray(0, 500)),
      /orphans/,
    ],
    ['holds what is no N-Quads', (_data: string, graph: string) => writeFileSync(graph, 'not a quad\n'), /orphans.*/],
  ])('is audited in part, with exit code 4, and not served when a file %s', async (_how, hurt, message) => {
    const data = await damaged(hurt);
    const audit = await omegraph('audit', '--data', data);
    expect(audit.out).toMatch(/Not audited\n {2}orphans/);
    expect(audit.code).toBe(4);
    const serve = await omegraph('serve', '--port', '0', '--data', data);
    expect(serve.err).toMatch(message);
    expect(serve.err).not.toMatch(/node:|\.js:\d/);
    expect(serve.code).toBe(2);
    expect((await omegraph('export', '--source', join(dirname(data), 'study'), '--data', data, '--quiet')).code).toBe(
      0,
    );
    expect((await omegraph('audit', '--data', data, '--quiet')).code).toBe(0);
  });
});

describe('an export that is stopped half-way', () => {
  it('leaves the record of before, and nothing else, and exits with 130', async () => {
    const source = folderOf({ 'good.ome.xml': GOOD });
    const data = join(dirname(source), 'data');
    const args = ['export', '--source', source, '--data', data];
    await omegraph(...args, '--quiet');
    const before = readFileSync(join(data, 'manifest.json'), 'utf8');
    writeFileSync(join(source, 'more.ome.xml'), mapped('Organism', 'human'));
    const stop = new AbortController();
    let err = '';
    const stderr = { isTTY: true, write: (text: string) => ((err += text), stop.abort()) };
    const code = await run(args, { stdout: { write: () => expect.fail() }, stderr, env: {} }, stop.signal);
    expect(err).toMatch(/reading 0 of 2[^]*omegraph: stopped; nothing half-written was left behind/);
    expect(code).toBe(130);
    expect(readFileSync(join(data, 'manifest.json'), 'utf8')).toBe(before);
    expect(readdirSync(data).sort()).toEqual(['graphs', 'manifest.json']);
  });
});

describe('a pipe that is closed', () => {
  it.each(['stdout', 'stderr'] as const)('is no crash: %s', async (stream) => {
    const source = folderOf({ 'good.ome.xml': GOOD });
    const data = join(dirname(source), 'data');
    await omegraph('export', '--source', source, '--data', data, '--quiet');
    const args = stream === 'stdout' ? ['audit'] : ['export', '--source', source];
    const child = spawn(process.execPath, ['dist/cli/main.js', ...args, '--data', data]);
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += String(chunk)));
    child[stream].destroy();
    const code = await new Promise((done) => child.on('exit', done));
    expect(code).toBe(0);
    expect(said).not.toContain('EPIPE');
  });
});

describe('a port that is taken', () => {
  let other: Server;
  let port = '';
  beforeAll(async () => {
    other = createServer().listen(0, '127.0.0.1');
    await new Promise((done) => other.once('listening', done));
    port = String((other.address() as AddressInfo).port);
  });
  afterAll(() => void other.close());

  it('is one line, from the service and, before it does any work, from the demo', async () => {
    const line = `omegraph: 127.0.0.1:${port}: the port is taken by another program; choose another with --port, or stop that program\n`;
    const source = folderOf({ 'good.ome.xml': GOOD });
    const data = join(dirname(source), 'data');
    await omegraph('export', '--source', source, '--data', data, '--quiet');
    expect(await omegraph('serve', '--data', data, '--port', port)).toEqual({ code: 2, out: '', err: line });
    const args = ['--port', port, '--out', join(home, 'demo-taken')];
    expect(await ran((io, signal) => answered(() => demo(args, io, signal), io, signal))).toEqual({
      code: 2,
      out: '',
      err: line,
    });
  });
});

describe('the demo', () => {
  const run = (...args: string[]): Promise<Ran> =>
    ran((io, signal) => answered(() => demo(args, io, signal), io, signal));
  const out = join(home, 'demo');

  it('begins anew with another port, and touches nothing that it did not write', async () => {
    mkdirSync(out);
    writeFileSync(join(out, 'mine.txt'), 'mine');
    expect((await run('--no-serve', '--port', '8091', '--out', out)).code).toBe(0);
    const again = await run('--no-serve', '--port', '8092', '--out', out);
    expect(again.code).toBe(0);
    expect(again.out).toMatch(/zenodo: \d+ files in .*, complete/);
    expect(readFileSync(join(out, 'data', 'manifest.json'), 'utf8')).toContain('http://localhost:8092');
    expect(readdirSync(out).sort()).toEqual(['audit.html', 'bioimage-archive', 'data', 'mine.txt', 'zenodo']);
  }, 60_000);

  it.each([
    [['--prt'], 'demo: an option is wrong ("Unknown option \'--prt\'"); write npm run demo -- [--no-serve]'],
    [['--port', 'abc'], 'demo: an option is wrong ("write a whole number from 1 to 65535.")'],
    [['--no-serve', '--out', 'package.json'], 'the data folder cannot be written'],
  ])('refuses %j with what to write', async (args, message) => {
    const { code, err } = await run(...args);
    expect(err).toContain(message);
    expect(code).toBe(2);
  });
});
