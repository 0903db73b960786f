import { describe, expect, it } from 'vitest';
import { documentIdentity, packIdentity, scopeOf } from '../../src/extract/identity.js';

describe('ids of objects in files', () => {
  it('are the file and the id within it', () => {
    const identify = documentIdentity('plate/a.ome.xml');
    expect(identify('Image:0', 'Image')).toBe(`Image:${scopeOf('plate/a.ome.xml')}.0`);
    expect(identify('Image:0', 'Image')).toMatch(/^Image:[a-z2-7]{12}\.0$/);
  });

  it('start with the first sixty bits of SHA-256 in base32', () => {
    // SHA-256("abc") = ba7816bf 8f01cfea …
    expect(scopeOf('abc')).toBe('xj4bnp4pahh6');
  });

  it('differ between files, whether or not the ids do', () => {
    expect(documentIdentity('a.ome.xml')('Image:0', 'Image')).not.toBe(
      documentIdentity('b.ome.xml')('Image:0', 'Image'),
    );
  });

  it('are the same for one name in two Unicode normal forms', () => {
    const [composed, decomposed] = ['M\u00fcnster.ome.xml', 'Mu\u0308nster.ome.xml'];
    expect(documentIdentity(decomposed)('Image:0', 'Image')).toBe(documentIdentity(composed)('Image:0', 'Image'));
  });

  it('are the same object for one LSID in two files', () => {
    const lsid = 'urn:lsid:example.org:Project:1:rev2';
    const expected = `Project:${scopeOf('example.org')}.1:rev2`;
    expect(documentIdentity('a.ome.xml')(lsid, 'Project')).toBe(expected);
    expect(documentIdentity('b.ome.xml')(lsid.replace('example', 'EXAMPLE'), 'Project')).toBe(expected);
  });

  it.each([
    ['LightSource:1', 'Laser', '1'],
    ['Shape:1', 'Rectangle', '1'],
    ['Annotation:Tag:1', 'TagAnnotation', 'Tag:1'],
    ['Group:1', 'ExperimenterGroup', '1'],
    ['Image:0', 'Dataset', '_Image:0'],
    ['0', 'Image', '_0'],
    ['Image:', 'Image', '_Image:'],
    [':0', 'Image', '_:0'],
    ['urn:lsid:broken', 'Image', '_urn:lsid:broken'],
  ])('of %s as %s end in %s', (id, type, local) => {
    expect(documentIdentity('a')(id, type)).toBe(`${type}:${scopeOf('a')}.${local}`);
  });

  it("stay OMERO's own in a transfer pack, except made-up negative ones", () => {
    const identify = packIdentity('pack.zip');
    expect(identify('Image:1678', 'Image')).toBe('Image:1678');
    expect(identify('Shape:7', 'Line')).toBe('Line:7');
    expect(identify('Annotation:-242965625845933864455559976333404928513', 'CommentAnnotation')).toBe(
      `CommentAnnotation:${scopeOf('pack.zip')}.-242965625845933864455559976333404928513`,
    );
  });
});
