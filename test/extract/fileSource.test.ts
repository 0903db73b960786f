import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { fileSource } from '../../src/extract/fileSource.js';
import type { Finding } from '../../src/findings.js';
import type { OmeRecord } from '../../src/ome/model.js';
import { folderWith, hear, image, maps, ome, refs } from './reading.js';
import { tiffBytes } from './tiffBytes.js';
import { zipBytes } from './zipBytes.js';

const removals: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const remove of removals.splice(0)) await remove();
});
async function folder(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const made = await folderWith(files);
  removals.push(made.remove);
  return made.path;
}
const codesOnly = (codes: readonly string[]): string[] => codes.map((code) => code.split(' ')[0] ?? '');

const tiffData = (...names: string[]): string =>
  names
    .map(
      (name, i) =>
        `<TiffData IFD="0" FirstZ="${i}" PlaneCount="1"><UUID FileName="${name}">urn:uuid:0</UUID></TiffData>`,
    )
    .join('');
const uuid = (n: number): string => ` UUID="urn:uuid:00000000-0000-0000-0000-00000000000${n}"`;

describe('the quickstart', () => {
  it('is one Project and one Screen with every image in one of them', async () => {
    const { objects, findings, where } = await hear([resolve('examples/quickstart')]);
    expect(findings).toEqual([]);
    const containers = new Set(Object.values(where).flatMap((c) => c.split(' ')));
    expect(containers.size).toBe(2);
    expect([...containers].map((c) => c.split(':')[0]).sort()).toEqual(['Project', 'Screen']);
    const inWells = objects('Well').flatMap((r) =>
      r.object.type === 'Well' ? r.object.wellSamples.map((s) => s.image) : [],
    );
    const attached = new Set([...objects('Dataset').flatMap((r) => r.parts), ...inWells]);
    const images = objects('Image').map((r) => r.object.ref);
    expect(images.length).toBeGreaterThanOrEqual(20);
    expect(images.filter((ref) => !attached.has(ref))).toEqual([]);
  });

  it('gives the same records twice, in the same order', async () => {
    const [one, two] = [await hear([resolve('examples/quickstart')]), await hear([resolve('examples/quickstart')])];
    expect(one.records).toEqual(two.records);
  });
});

describe('OME-TIFF', () => {
  it.each([
    ['classic', 'a.ome.tif', {}],
    ['big-endian', 'a.ome.tiff', { bigEndian: true }],
    ['Big', 'a.ome.btf', { bigTiff: true }],
    ['big-endian Big', 'a.ome.tf8', { bigTiff: true, bigEndian: true }],
  ])('(%s) gives its image, fileset and file with its size', async (_kind, name, layout) => {
    const bytes = tiffBytes(ome(image('Image:0')), layout);
    const { objects, codes } = await hear([await folder({ [`sub dir/${name}`]: bytes })]);
    expect(objects('Image')[0]?.object).toMatchObject({ ref: 'Image:0', fileset: 'Fileset:0', series: 0 });
    expect(objects('Fileset')[0]?.object).toMatchObject({ originalFiles: ['OriginalFile:0'] });
    expect(objects('OriginalFile')[0]?.object).toMatchObject({
      path: `sub dir/${name}`,
      name,
      size: bytes.length,
      mimetype: 'image/tiff',
    });
    expect(codes).toEqual([]);
  });

  it('in a set, whose files all hold the metadata of all, is read once under the name of the first', async () => {
    const xml = (n: number): string =>
      ome(image('Image:0', { tiff: tiffData('b.ome.tif', 'a.ome.tif', 'c.ome.tif') }), uuid(n));
    const path = await folder({
      'x/b.ome.tif': tiffBytes(xml(1)),
      'x/a.ome.tif': tiffBytes(xml(2)),
      'x/c.ome.tif': tiffBytes(xml(3)),
    });
    const { objects, codes } = await hear([path]);
    expect(objects('Image')).toHaveLength(1);
    expect(
      objects('OriginalFile')
        .map((r) => (r.object as { path?: string }).path)
        .sort(),
    ).toEqual(['x/a.ome.tif', 'x/b.ome.tif', 'x/c.ome.tif']);
    expect(codes).toEqual([]);
    // The name of a set does not depend on which of its files is asked for, as long as the first is there.
    const idOf = async (...files: string[]) =>
      (
        await hear(
          files.map((f) => join(path, f)),
          [],
          { scoped: true },
        )
      ).objects('Image')[0]?.object.ref;
    expect(await idOf('x/c.ome.tif')).toBe(await idOf('x/a.ome.tif'));
  });

  it('whose neighbours hold other metadata, although it names them, loses nothing', async () => {
    const { objects } = await hear([
      await folder({
        'a.ome.tif': tiffBytes(ome(image('Image:0', { tiff: tiffData('a.ome.tif', 'b.ome.tif') }))),
        'b.ome.tif': tiffBytes(ome(image('Image:1'))),
      }),
    ]);
    expect(objects('Image').map((r) => r.object.ref)).toEqual(['Image:0', 'Image:1']);
  });

  it('that was renamed and still names itself as before is read without a complaint, and copies stay apart', async () => {
    const bytes = tiffBytes(ome(image('Image:0', { tiff: tiffData('before.ome.tif') })));
    const { objects, codes } = await hear([await folder({ 'one.ome.tif': bytes, 'two.ome.tif': bytes })], [], {
      scoped: true,
    });
    expect(new Set(objects('Image').map((r) => r.object.ref)).size).toBe(2);
    expect(codes).toEqual([]);
  });

  it('of a set with missing files says which', async () => {
    const { findings } = await hear([
      await folder({
        'a.ome.tif': tiffBytes(ome(image('Image:0', { tiff: tiffData('a.ome.tif', 'b.ome.tif', 'c.ome.tif') }))),
      }),
    ]);
    expect(findings).toMatchObject([{ code: 'file-missing', detail: 'b.ome.tif', count: 2 }]);
  });

  it('that names files by absolute paths publishes no part of them', async () => {
    const { records } = await hear([
      await folder({
        'a.ome.tif': tiffBytes(
          ome(
            image('Image:0', {
              tiff: tiffData('/home/jane/secret/a.ome.tif', 'C:\\Users\\jane\\a.ome.tif', '../../jane/x.tif'),
            }),
          ),
        ),
      }),
    ]);
    expect(JSON.stringify(records)).not.toContain('jane');
  });

  const pointer = (companion: string): Uint8Array =>
    tiffBytes(ome(`<BinaryOnly MetadataFile="${companion}" UUID="urn:uuid:1"/>`, uuid(2)));
  const companion = ome(image('Image:0', { tiff: tiffData('a.ome.tif', 'b.ome.tif') }), uuid(1));

  it('with a companion file gives the companion’s images with all files', async () => {
    const { objects, codes } = await hear([
      await folder({
        's/m.companion.ome': companion,
        's/a.ome.tif': pointer('m.companion.ome'),
        's/b.ome.tif': pointer('m.companion.ome'),
      }),
    ]);
    expect(objects('Image')).toHaveLength(1);
    expect(objects('OriginalFile').map((r) => (r.object as { path?: string }).path)).toEqual([
      's/m.companion.ome',
      's/a.ome.tif',
      's/b.ome.tif',
    ]);
    expect(codes).toEqual([]);
  });

  it('alone brings its companion along', async () => {
    const path = await folder({
      'm.companion.ome': companion,
      'a.ome.tif': pointer('m.companion.ome'),
      'b.ome.tif': pointer('m.companion.ome'),
    });
    expect((await hear([join(path, 'a.ome.tif')])).objects('Image')).toHaveLength(1);
  });

  it.each(['m.companion.ome', '../m.companion.ome', '/etc/passwd'])(
    'whose companion %s is missing or outside is told so',
    async (name) => {
      const { codes, objects } = await hear([
        await folder({ 'a.ome.tif': pointer(name), 'ok.ome.tif': tiffBytes(ome(image('Image:0'))) }),
      ]);
      expect(codes).toEqual(['companion-missing a.ome.tif']);
      expect(objects('Image')).toHaveLength(1);
    },
  );

  it('without OME metadata is left out with a word, unless a set names it', async () => {
    const path = await folder({
      'plain.tif': tiffBytes('just a photo'),
      'empty.tif': tiffBytes(undefined),
      'a.ome.tif': tiffBytes(ome(image('Image:0', { tiff: tiffData('a.ome.tif', 'member.tif') }))),
      'member.tif': tiffBytes(undefined),
    });
    const { codes } = await hear([path]);
    expect([...codes].sort()).toEqual(['file-not-ome empty.tif', 'file-not-ome plain.tif']);
  });
});

describe('bad input', () => {
  const bomb = '<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>';
  it.each<[string, string, string | Uint8Array, string]>([
    ['truncated XML', 'bad.ome.xml', ome(image('Image:9')).slice(0, -60), 'xml-malformed'],
    [
      'bytes that are not in the declared encoding',
      'bad.ome.xml',
      Buffer.from(ome(image('Image:9').replace('Name="Image:9"', 'Name="M\u00fcnster"')), 'latin1'),
      'xml-encoding',
    ],
    ['a DOCTYPE with entities', 'bad.ome.xml', ome(image('Image:9')).replace('<OME', `${bomb}<OME`), 'xml-doctype'],
    [
      '200 000 nested elements',
      'bad.ome.xml',
      ome(`<StructuredAnnotations><XMLAnnotation ID="Annotation:1"><Value>${'<a>'.repeat(200_000)}`),
      'xml-too-deep',
    ],
    ['another root element', 'bad.ome.xml', '<svg xmlns="http://www.w3.org/2000/svg"/>', 'ome-namespace'],
    ['nothing', 'bad.ome.xml', '', 'xml-malformed'],
    ['lying offsets', 'bad.ome.tif', tiffBytes(ome(image('Image:9')), { ifdOffset: 4e9 }), 'tiff-malformed'],
    [
      'a huge description',
      'bad.ome.tif',
      tiffBytes(ome(image('Image:9')), { descriptionLength: 4e9 }),
      'tiff-malformed',
    ],
    ['XML cut short in a TIFF', 'bad.ome.tif', tiffBytes(ome(image('Image:9')).slice(0, -20)), 'xml-malformed'],
    ['a damaged archive', 'bad.zip', 'PK\u0003\u0004 nonsense', 'pack-malformed'],
    [
      'an archive that leaves its folder',
      'bad.zip',
      zipBytes([{ name: '../x' }, { name: 'transfer.xml', content: ome('') }]),
      'pack-unsafe',
    ],
    ['an archive without transfer.xml', 'bad.zip', zipBytes([{ name: 'x.txt' }]), 'file-not-ome'],
    ['broken JSON in a Zarr', 'bad.zarr/.zattrs', '{', 'zarr-malformed'],
    ['an XML file of something else', 'bad.xml', '<project/>', 'file-not-ome'],
  ])('(%s) is a finding, and the files beside it are read', async (_what, name, content, code) => {
    const path = await folder({
      'a.ome.xml': ome(image('Image:0')),
      'z.ome.xml': ome(image('Image:1')),
      [name]: content,
    });
    const { codes, findings, objects } = await hear([path]);
    expect(codesOnly(codes)).toEqual([code]);
    expect(findings[0]?.focus).toMatch(/^bad\./);
    const read = objects('Image').map((r) => r.object.ref);
    expect(read).toContain('Image:0');
    expect(read).toContain('Image:1');
  });

  it('of control characters and lone surrogates in ids and names still gives refs and texts without them', async () => {
    const bytes = Buffer.concat([
      Buffer.from(ome('<Image ID="Image: &gt;&#9;').split('</OME>')[0] ?? ''),
      Buffer.from([0x00, 0x1f, 0xed, 0xa0, 0x80]),
      Buffer.from('" Name="&lt;\u202e"/></OME>'),
    ]);
    const { objects, codes } = await hear([await folder({ 'a.ome.xml': bytes })]);
    expect(codesOnly(codes)).toContain('text-control-character');
    expect(objects('Image')[0]?.object.ref).not.toMatch(/[\u0000-\u0008\u001f\ud800-\udfff]/);
  });

  it('of an empty folder is told so', async () => {
    const { codes, records } = await hear([await folder({ 'readme.txt': 'hello' })]);
    expect(codesOnly(codes)).toEqual(['folder-empty']);
    expect(records).toEqual([]);
  });

  it('of links in circles and into nothing ends, and each file is read once', async () => {
    const path = await folder({ 'a/x.ome.xml': ome(image('Image:0')), 'b/readme.txt': '' });
    await symlink(path, join(path, 'b/up'));
    await symlink(join(path, 'a'), join(path, '0link'));
    await symlink(join(path, 'a/x.ome.xml'), join(path, '0x.ome.xml'));
    await symlink('self', join(path, 'self'));
    await symlink(join(path, 'gone'), join(path, 'broken.ome.xml'));
    const { objects, codes } = await hear([path]);
    expect(objects('Image')).toHaveLength(1);
    expect(objects('OriginalFile')[0]?.object).toMatchObject({ path: 'a/x.ome.xml' });
    expect([...codes].sort()).toEqual(['file-unreadable broken.ome.xml', 'file-unreadable self']);
  });

  it('of a file that vanishes while others are read is a finding, and the run goes on', async () => {
    const path = await folder({
      'a.ome.xml': ome(image('Image:0')),
      'b.ome.xml': ome(image('Image:1')),
      'c.ome.xml': ome(image('Image:2')),
    });
    const findings: Finding[] = [];
    const refsRead: string[] = [];
    for await (const record of fileSource([path]).records([], { onFinding: (f) => findings.push(f) })) {
      if (refsRead.length === 0) await rm(join(path, 'b.ome.xml'));
      if (record.kind === 'object' && record.object.type === 'Image')
        refsRead.push(record.object.ref.split('.')[1] ?? '');
    }
    expect(refsRead).toEqual(['0', '2']);
    expect(findings).toMatchObject([{ code: 'file-unreadable', focus: 'b.ome.xml', detail: 'ENOENT' }]);
  });

  it('of a path that does not exist stops the run', async () => {
    await expect(hear(['/no/such/study'])).rejects.toThrow(
      '/no/such/study: there is no such file or folder; check the path of the source',
    );
  });
});

describe('files', () => {
  it('named one by one are the same objects as those found in their common folder', async () => {
    const path = await folder({
      'a.ome.xml': ome(image('Image:0')),
      'sub/b.ome.tif': tiffBytes(ome(image('Image:0'))),
    });
    const whole = await hear([path], [], { scoped: true });
    const named = await hear([join(path, 'sub/b.ome.tif'), join(path, 'a.ome.xml'), join(path, 'a.ome.xml')], [], {
      scoped: true,
    });
    expect(named.records).toEqual(whole.records);
  });

  it('are found by their content where the user names them', async () => {
    const path = await folder({
      image: tiffBytes(ome(image('Image:0'))),
      metadata: ome(image('Image:1')),
      other: 'text',
    });
    const { objects, codes } = await hear(['image', 'metadata', 'other'].map((name) => join(path, name)));
    expect(objects('Image').map((r) => r.object.ref)).toEqual(['Image:0', 'Image:1']);
    expect(codes).toEqual(['file-not-ome other']);
  });

  it('in UTF-16 are read', async () => {
    const xml = ome(image('Image:0')).replace('UTF-8', 'UTF-16');
    const { objects, codes } = await hear([await folder({ 'a.xml': Buffer.from(`\ufeff${xml}`, 'utf16le') })]);
    expect(objects('Image')).toHaveLength(1);
    expect(codes).toEqual([]);
  });

  it('are told of as progress, and reading stops when it is told to', async () => {
    const path = await folder({ 'a.ome.xml': ome(image('Image:0')), 'b.ome.xml': ome(image('Image:1')) });
    const said: string[] = [];
    const onProgress = (p: { done: number; total: number; what: string }) =>
      said.push(`${p.done}/${p.total} ${p.what}`);
    const records: OmeRecord[] = [];
    for await (const record of fileSource([path]).records([], { onFinding: () => {}, onProgress }))
      records.push(record);
    expect(said.slice(-3)).toEqual(['0/2 a.ome.xml', '1/2 b.ome.xml', '2/2 ']);
    const stop = new AbortController();
    const reading = (async () => {
      for await (const _ of fileSource([path]).records([], { onFinding: () => {}, signal: stop.signal }))
        stop.abort(new Error('stopped'));
    })();
    await expect(reading).rejects.toThrow('stopped');
  });
});

describe('an OME-Zarr with METADATA.ome.xml', () => {
  it('is read from that, with the Zarr as its file', async () => {
    const path = await folder({
      'x.zarr/.zattrs': JSON.stringify({ 'bioformats2raw.layout': 3 }),
      'x.zarr/OME/METADATA.ome.xml': ome(image('Image:0', { tiff: tiffData('original.tif') })),
      'x.zarr/0/.zattrs': JSON.stringify({ multiscales: [] }),
    });
    const { objects, codes } = await hear([join(path, 'x.zarr')]);
    expect(objects('Image')).toHaveLength(1);
    expect(objects('OriginalFile')[0]?.object).toMatchObject({ path: 'x.zarr', name: 'x.zarr' });
    expect(codes).toEqual([]);
  });
});

describe('a transfer pack', () => {
  const server = 'jdoe_2/2022-01/14/18-30-55.264/combined.tiff';
  const transfer = ome(
    '<Project ID="Project:52" Name="p"><DatasetRef ID="Dataset:7"/></Project><Dataset ID="Dataset:7" Name="d"><ImageRef ID="Image:1678"/></Dataset>' +
      image('Image:1678', {
        after:
          refs('ROIRef', 'ROI:866') +
          refs('AnnotationRef', 'Annotation:2209', 'Annotation:-1', 'Annotation:-2', 'Annotation:-3'),
      }) +
      `<StructuredAnnotations><XMLAnnotation ID="Annotation:-1" Namespace="openmicroscopy.org/cli/transfer"><Value><CLITransferServerPath xmlns=""><Path>${server}</Path></CLITransferServerPath></Value></XMLAnnotation>` +
      '<XMLAnnotation ID="Annotation:-3" Namespace="openmicroscopy.org/cli/transfer/metadata"><Value><CLITransferMetadata><origin_hostname>omero.secret</origin_hostname></CLITransferMetadata></Value></XMLAnnotation>' +
      `<CommentAnnotation ID="Annotation:-2" Namespace="Image:1678"><Value>${server}</Value></CommentAnnotation>` +
      '<MapAnnotation ID="Annotation:2209"><Value><M K="species">mouse</M></Value></MapAnnotation></StructuredAnnotations>' +
      '<ROI ID="ROI:866"><Union><Point ID="Shape:1766" X="1" Y="1"/></Union></ROI>',
  );
  const inner = tiffBytes(ome(image('Image:0')));

  it('keeps the ids of the server, and of server paths only the name of the file', async () => {
    const { records, where, carried, codes, objects } = await hear(
      [await folder({ 'pack/transfer.xml': transfer, 'pack/x/combined.ome.tiff': inner })],
      [],
      { scoped: true },
    );
    expect(codes).toEqual([]);
    expect(where).toMatchObject({
      'Project:52': 'Project:52',
      'Dataset:7': 'Project:52',
      'Image:1678': 'Project:52',
      'ROI:866': 'Project:52',
      'MapAnnotation:2209': 'Project:52',
    });
    expect(carried).toEqual({ 'Image:1678': ['MapAnnotation:2209'] });
    expect(JSON.stringify(records)).not.toMatch(/jdoe|2022-01|omero\.secret|CLITransfer/);
    expect(objects('OriginalFile').map((r) => r.object)).toMatchObject([
      { path: 'combined.tiff', name: 'combined.tiff', mimetype: 'image/tiff' },
    ]);
    expect(objects('Fileset')[0]).toMatchObject({ parts: ['Image:1678'] });
    expect(objects('Image')).toHaveLength(1);
  });

  it('says the same as a folder and as a zip', async () => {
    const folderPack = await hear([await folder({ 'pack/transfer.xml': transfer })]);
    const zip = await hear([await folder({ 'pack.zip': zipBytes([{ name: 'transfer.xml', content: transfer }]) })]);
    expect(zip.records).toEqual(folderPack.records);
  });

  it('can be asked for by the server’s ids', async () => {
    const { objects } = await hear([await folder({ 'pack/transfer.xml': transfer })], ['Image:1678']);
    expect(objects('Image')).toHaveLength(1);
  });

  it('whose transfer.xml is damaged inside an intact archive is a finding', async () => {
    const bytes = zipBytes([{ name: 'transfer.xml', content: transfer }]);
    bytes.fill(0xff, 60, 200);
    expect(codesOnly((await hear([await folder({ 'pack.zip': bytes })])).codes)).toEqual(['pack-malformed']);
  });
});

describe('visibility', () => {
  const study = ome(
    `<Project ID="Project:1" Name="secret project">${refs('ExperimenterRef', 'Experimenter:2')}${refs('DatasetRef', 'Dataset:1', 'Dataset:2')}</Project>` +
      `<Dataset ID="Dataset:1" Name="public">${refs('ExperimenterRef', 'Experimenter:1')}${refs('ExperimenterGroupRef', 'ExperimenterGroup:1')}${refs('ImageRef', 'Image:1', 'Image:2')}</Dataset>` +
      `<Dataset ID="Dataset:2" Name="secret dataset">${refs('ImageRef', 'Image:1', 'Image:3')}</Dataset>` +
      '<Experimenter ID="Experimenter:1" FirstName="Ann" LastName="Open" Email="ann@example.org" UserName="aopen"/><Experimenter ID="Experimenter:2" LastName="Secretive" UserName="shh"/>' +
      '<ExperimenterGroup ID="ExperimenterGroup:1" Name="open group"/><ExperimenterGroup ID="ExperimenterGroup:2" Name="secret group"/>' +
      image('Image:1', {
        content: refs('ExperimenterRef', 'Experimenter:1') + refs('ExperimenterGroupRef', 'ExperimenterGroup:1'),
        after: refs('ROIRef', 'ROI:1') + refs('AnnotationRef', 'Annotation:1'),
      }) +
      image('Image:2', {
        content: refs('ExperimenterRef', 'Experimenter:2') + refs('ExperimenterGroupRef', 'ExperimenterGroup:2'),
        after: refs('ROIRef', 'ROI:2') + refs('AnnotationRef', 'Annotation:1', 'Annotation:2'),
      }) +
      image('Image:3') +
      maps('Annotation:1', 'Annotation:2', 'Annotation:3') +
      ['ROI:1', 'ROI:2', 'ROI:3']
        .map((id) => `<ROI ID="${id}"><Union><Point ID="Shape:${id}" X="1" Y="1"/></Union></ROI>`)
        .join(''),
  );
  const owned = ['Dataset:1', 'Experimenter:1', 'ExperimenterGroup:1', 'Image:1', 'MapAnnotation:1', 'ROI:1'];

  it('never lets out the e-mail address and login of people', async () => {
    const { records, objects } = await hear([await folder({ 'a.ome.xml': study })]);
    expect(JSON.stringify(records)).not.toMatch(/ann@example\.org|aopen|shh/);
    expect(objects('Experimenter')[0]?.object).toEqual({
      type: 'Experimenter',
      ref: 'Experimenter:1',
      firstName: 'Ann',
      lastName: 'Open',
    });
  });

  it.each([
    ['a group by name', { groups: { allow: ['open group'] } }],
    ['both groups and denies one', { groups: { allow: ['open group', 'secret group'], deny: ['secret group'] } }],
    ['an owner by full name', { owners: { allow: ['Ann Open'] } }],
    ['an owner by login', { owners: { allow: ['aopen'] } }],
    ['all owners but one', { owners: { deny: ['Secretive'] } }],
  ])('that allows %s lets out nothing of the others, nor what has no owner', async (_rule, visibility) => {
    const { where, records, codes } = await hear([await folder({ 'a.ome.xml': study })], [], { visibility });
    expect(
      Object.keys(where)
        .filter((ref) => !/^(Fileset|OriginalFile):/.test(ref) && !(ref === 'ExperimenterGroup:1'))
        .sort(),
    ).toEqual(owned.filter((ref) => ref !== 'ExperimenterGroup:1'));
    expect(new Set(Object.values(where))).toEqual(new Set(['orphans']));
    expect(JSON.stringify(records)).not.toMatch(
      /[Ss]ecret|Image:2|Image:3|Project:1|Dataset:2|ROI:2|ROI:3|MapAnnotation:2/,
    );
    expect(codesOnly(codes)).not.toContain('id-duplicate');
  });

  it('that allows nobody lets out nothing', async () => {
    const { records } = await hear([await folder({ 'a.ome.xml': study })], [], {
      visibility: { groups: { allow: [] } },
    });
    expect(records).toEqual([]);
  });
});

it('A folder that is written to while a list of it is read stays one list', async () => {
  const path = await folder({ 'a.ome.xml': ome(image('Image:0')) });
  await mkdir(join(path, 'later'));
  let count = 0;
  for await (const record of fileSource([path]).records([], { onFinding: () => {} })) {
    if (record.kind === 'object' && record.object.type === 'Image') count += 1;
    await writeFile(join(path, 'later/b.ome.xml'), ome(image('Image:1')));
  }
  expect(count).toBe(1);
});
