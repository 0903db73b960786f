import { describe, expect, it } from 'vitest';
import { findingSentence } from '../../src/findings.js';
import { codes, NS, objects, ome, readText } from './support/readText.js';

const image = '<Image ID="Image:0" Name="whole"/>';

describe('broken XML', () => {
  it.each([
    ['ends early', `${ome(image).replace('</OME>', '<Image ID="Image:1">')}`, 'unclosed tag'],
    ['ends in an attribute', ome(image).replace('</OME>', '<Image ID="Ima'), 'unclosed tag'],
    ['closes another element', ome(`${image}<Image ID="Image:1"></Imag>`), 'unexpected close tag'],
    ['has an attribute twice', ome(`${image}<Image ID="Image:1" ID="Image:2"/>`), 'duplicate attribute'],
    ['has an entity of its own', ome(`${image}<Image ID="Image:1" Name="&lol;"/>`), 'undefined entity'],
    ['goes on after the root', `${ome(image)}<OME/>`, 'documents may contain only one root'],
  ])('that %s stops with a finding, and what was whole stays', async (_, text, wrong) => {
    const read = await readText(text);
    expect(codes(read)).toEqual(['xml-malformed']);
    expect(read.findings[0]?.detail).toContain(wrong);
    expect(read.findings[0]?.detail).toContain('reading stopped here');
    expect(objects(read, 'Image')).toEqual([{ type: 'Image', ref: 'Image:0', name: 'whole' }]);
  });

  it('is told with file, line and column', async () => {
    const read = await readText(
      `<OME xmlns="${NS}/OME/2016-06">\n  <Image ID="Image:0">\n    <a></b>\n  </Image>\n</OME>`,
    );
    expect(findingSentence(read.findings[0]!)).toMatch(
      /^a\.ome\.xml:3:1\d: the XML is not well-formed \("unexpected close tag; reading stopped here"\); export the file again/,
    );
  });

  it('without a root element is told even when it goes on for ever', async () => {
    expect(codes(await readText(''))).toEqual(['xml-malformed']);
    expect(codes(await readText(`<!--${'x'.repeat(3 << 20)}`))).toEqual(['xml-malformed']);
    expect(codes(await readText('ImageJ=1.53t\nimages=3'))).toEqual(['xml-malformed']);
  });

  it('with a text or attribute of more than 16 million characters stops', async () => {
    const long = 'x'.repeat(17 << 20);
    for (const inside of [`<Description>${long}</Description>`, `<Description><![CDATA[${long}]]></Description>`])
      expect(codes(await readText(ome(`<Image ID="Image:0">${inside}</Image>`)))).toEqual(['xml-malformed']);
    expect(codes(await readText(ome(`<Image ID="Image:0" Name="${long}"/>`)))).toEqual(['xml-malformed']);
    expect(
      codes(
        await readText(
          ome(
            `<StructuredAnnotations><XMLAnnotation ID="Annotation:0"><Value>${`<a>${'x'.repeat(1 << 20)}</a>`.repeat(17)}</Value></XMLAnnotation></StructuredAnnotations>`,
          ),
        ),
      ),
    ).toEqual(['xml-malformed']);
  });

  it('is not what 20 MB of pixel data are', async () => {
    const data = `<Pixels ID="Pixels:0"><BinData Length="20" BigEndian="true">${'AAAA'.repeat(5 << 20)}</BinData></Pixels>`;
    const read = await readText(ome(`<Image ID="Image:0">${data}</Image>`));
    expect(read.findings).toEqual([]);
    expect(objects(read, 'Image')).toHaveLength(1);
  });

  it.each([
    ['a plain one', '<!DOCTYPE OME>'],
    [
      'an entity bomb',
      `<!DOCTYPE OME [<!ENTITY a "aaaaaaaaaa">${[...'bcdefghij'].map((c, i) => `<!ENTITY ${c} "${`&${'abcdefghij'[i]};`.repeat(10)}">`).join('')}]>`,
    ],
    ['a file of the machine', '<!DOCTYPE OME [<!ENTITY x SYSTEM "file:///etc/passwd">]>'],
  ])('DOCTYPE is refused: %s', async (_, doctype) => {
    const read = await readText(
      `<?xml version="1.0"?>\n${doctype}\n<OME xmlns="${NS}/OME/2016-06"><Image ID="Image:0" Name="&j;&x;"/></OME>`,
    );
    expect(codes(read)).toEqual(['xml-doctype']);
    expect(read.nodes).toEqual([]);
  });

  it('200 000 elements inside each other are refused', async () => {
    const read = await readText(ome(`${image}${'<a>'.repeat(200_000)}${'</a>'.repeat(200_000)}`));
    expect(codes(read)).toEqual(['xml-too-deep', 'ome-element-unknown']);
    expect(objects(read, 'Image')).toHaveLength(1);
  });
});

describe('a root that is not of OME', () => {
  it.each([
    ['of HTML', '<html xmlns="http://www.w3.org/1999/xhtml"/>', '<html> in http://www.w3.org/1999/xhtml'],
    ['without namespace', '<OME><Image ID="Image:0"/></OME>', '<OME> without a namespace'],
    [
      'in a namespace that only looks like it',
      '<OME xmlns="http://www.openmicroscopy.org.evil.example/Schemas/OME/2016-06"/>',
      'evil',
    ],
    ['of another OME element', `<Image xmlns="${NS}/OME/2016-06"/>`, '<Image>'],
  ])('%s is told and not read', async (_, text, detail) => {
    const read = await readText(text);
    expect(codes(read)).toEqual(['ome-namespace']);
    expect(read.findings[0]?.detail).toContain(detail);
    expect(read.nodes).toEqual([]);
  });

  it('of a version to come is told and read', async () => {
    const read = await readText(`<OME xmlns="${NS}/OME/2031-01"><Image ID="Image:0"/></OME>`);
    expect(codes(read)).toEqual(['ome-namespace']);
    expect(objects(read, 'Image')).toHaveLength(1);
  });
});

describe('encodings', () => {
  const declared = (encoding: string): string =>
    ome('<Image ID="Image:0" Name="Zürich µm"/>').replace('UTF-8', encoding);
  const utf16 = (text: string, big: boolean, mark = true): Uint8Array => {
    const bytes = Buffer.from((mark ? '\ufeff' : '') + text, 'utf16le');
    return big ? bytes.swap16() : bytes;
  };
  it.each([
    ['UTF-8', Buffer.from(declared('UTF-8'))],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${declared('utf-8')}`)],
    ['UTF-16 LE with a byte order mark', utf16(declared('UTF-16'), false)],
    ['UTF-16 BE with a byte order mark', utf16(declared('UTF-16'), true)],
    ['UTF-16 LE without one', utf16(declared('UTF-16LE'), false, false)],
    ['UTF-16 BE without one', utf16(declared('UTF-16BE'), true, false)],
    ['ISO-8859-1', Buffer.from(declared('ISO-8859-1'), 'latin1')],
    ['nothing declared', Buffer.from(declared('UTF-8').replace(/<\?.*\?>/, ''))],
  ])('are read: %s', async (_, bytes) => {
    for (const chunk of [1, 7, 1 << 16]) {
      const read = await readText(bytes, chunk);
      expect(read.findings).toEqual([]);
      expect(objects(read, 'Image')[0]?.name).toBe('Zürich µm');
    }
  });

  it.each([
    ['UTF-16 declared over UTF-8', Buffer.from(declared('UTF-16')), 'declared UTF-16, found utf-8'],
    ['UTF-8 declared over UTF-16', utf16(declared('UTF-8'), false), 'declared UTF-8, found utf-16le'],
    ['a name that is none', Buffer.from(declared('klingon')), 'declared klingon'],
  ])('that the declaration gets wrong are told, and the text is read: %s', async (_, bytes, detail) => {
    const read = await readText(bytes);
    expect(codes(read)).toEqual(['xml-encoding']);
    expect(read.findings[0]?.detail).toContain(detail);
    expect(objects(read, 'Image')[0]?.name).toBe('Zürich µm');
  });

  it('stop at the first bytes that are not text, with the place', async () => {
    const text = ome(`${image}\n<Image ID="Image:1" Name="Z\u00fcrich"/>`);
    for (const chunk of [1, 3, 100, 1 << 16]) {
      const read = await readText(Buffer.from(text, 'latin1'), chunk);
      expect(codes(read), `${chunk}`).toEqual(['xml-encoding']);
      expect(read.findings[0]?.at).toBe('a.ome.xml:3:28');
      expect(objects(read, 'Image')).toHaveLength(1);
    }
  });

  it('stop when the last character is cut', async () => {
    const read = await readText(Buffer.concat([Buffer.from(ome(image)), Buffer.from([0xc3])]));
    expect(codes(read)).toEqual(['xml-encoding']);
  });
});

describe('characters that XML does not allow', () => {
  it('are replaced and counted: NUL and control characters', async () => {
    const read = await readText(
      ome('\n<Image ID="Image:0" Name="a\u0000b\u0007c"><Description>\u001f\ufffe</Description></Image>'),
    );
    expect(objects(read, 'Image')[0]).toMatchObject({ name: 'a\ufffdb\ufffdc', description: '\ufffd\ufffd' });
    expect(read.findings).toMatchObject([{ code: 'text-control-character', count: 4, at: 'a.ome.xml:3' }]);
  });

  it('are replaced: surrogates that stand alone', async () => {
    const [before, after] = ome('<Image ID="Image:0" Name="a|b"/>').split('|');
    const bytes = Buffer.concat([Buffer.from(before ?? ''), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from(after ?? '')]);
    for (const chunk of [1, 2, 1 << 16]) {
      const read = await readText(bytes, chunk);
      expect(objects(read, 'Image')[0]?.name).toBe('a\ufffdb');
      expect(codes(read)).toEqual(['text-control-character']);
    }
  });

  it('are replaced: references to them, and no others', async () => {
    const read = await readText(
      ome(
        '<Image ID="Image:0" Name="&#0;&#x1F;&#xD800;&#10;&#x1F600;&amp;lt;"><Description>&#11;!</Description></Image>',
      ),
    );
    expect(objects(read, 'Image')[0]).toMatchObject({
      name: '\ufffd\ufffd\ufffd\n\u{1f600}&lt;',
      description: '\ufffd!',
    });
    expect(read.findings).toMatchObject([{ code: 'text-control-character', count: 4 }]);
  });
});

it('names that objects have by themselves are names like others', async () => {
  const inside = '<Image ID="__proto__" Name="constructor" constructor="1"/><constructor/><__proto__ ID="Image:2"/>';
  const read = await readText(ome(inside));
  expect(objects(read, 'Image')).toHaveLength(1);
  expect(codes(read).sort()).toEqual([...Array(3).fill('ome-element-unknown'), 'ome-id-form']);
  expect(({} as Record<string, unknown>).ID).toBeUndefined();
});
