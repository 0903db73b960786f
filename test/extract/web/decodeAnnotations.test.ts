import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/extract/json.js';
import { annotationPeople, decodeAnnotations } from '../../../src/extract/web/decodeAnnotations.js';
import { listening } from './decoding.js';

const link = (parentClass = 'ImageI', parent: number | string = 301, owner = 3) => ({
  id: 5000,
  owner: { id: owner },
  parent: { id: parent, class: parentClass, name: 'cell.czi' },
  date: '2023-11-14T23:36:53+00:00',
  permissions: { canEdit: true },
});
const entry = (name: string, value: object, more: object = {}) => ({
  ...{ id: 1001, ns: null, name: null, description: null, owner: { id: 2 }, date: '2023-11-14T22:30:01+00:00' },
  ...{ permissions: { canEdit: true }, link: link(), class: name, ...value, ...more },
});
const answer = (...annotations: object[]) => ({ annotations, experimenters: [] }) as unknown as Json;
const one = (name: string, value: object, more: object = {}) => {
  const context = listening();
  const [found] = decodeAnnotations(answer(entry(name, value, more)), context);
  return { found, told: context.told };
};
const BASE = { annotator: 'Experimenter:2', date: '2023-11-14T22:30:01Z' };

describe('Annotations of the web client', () => {
  const pairs = [
    ['Gene', 'TUBB'],
    ['Gene', 'H2BC1'],
    ['', ''],
    ['µ', 'a "b"\nc'],
  ];
  it.each([
    ['MapAnnotationI', { values: pairs }, 'MapAnnotation', pairs],
    ['MapAnnotationI', { values: [] }, 'MapAnnotation', []],
    ['MapAnnotationI', { values: [['k', null]] }, 'MapAnnotation', [['k', '']]],
    ['TagAnnotationI', { textValue: 'metaphase' }, 'TagAnnotation', 'metaphase'],
    ['CommentAnnotationI', { textValue: '' }, 'CommentAnnotation', ''],
    ['XmlAnnotationI', { textValue: '<a>1 &lt; 2</a>' }, 'XMLAnnotation', '<a>1 &lt; 2</a>'],
    ['TermAnnotationI', { termValue: 'GO:0000278' }, 'TermAnnotation', 'GO:0000278'],
    ['TimestampAnnotationI', { timeValue: 1672531200000 }, 'TimestampAnnotation', '2023-01-01T00:00:00'],
    ['LongAnnotationI', { longValue: 4 }, 'LongAnnotation', '4'],
    ['LongAnnotationI', { longValue: '-9223372036854775808' }, 'LongAnnotation', '-9223372036854775808'],
    ['DoubleAnnotationI', { doubleValue: 12.75 }, 'DoubleAnnotation', '12.75'],
    ['DoubleAnnotationI', { doubleValue: 5 }, 'DoubleAnnotation', '5.0'],
    ['DoubleAnnotationI', { doubleValue: 1e300 }, 'DoubleAnnotation', '1e+300'],
    ['DoubleAnnotationI', { doubleValue: 'NaN' }, 'DoubleAnnotation', 'NaN'],
    ['DoubleAnnotationI', { doubleValue: '-Infinity' }, 'DoubleAnnotation', '-INF'],
    ['BooleanAnnotationI', { boolValue: false }, 'BooleanAnnotation', false],
  ])('%s with %j', (name, json, type, value) => {
    const { found, told } = one(name, json);
    expect(found).toEqual({
      annotation: { type, ref: `${type}:1001`, ...BASE, value },
      ...{ target: 'Image:301', owner: '2', linkOwner: '3', isTagSet: false },
    });
    expect(told).toEqual([]);
  });

  it('keep namespace and description; an empty or missing one is none', () => {
    const ns = 'openmicroscopy.org/omero/insight/rating';
    expect(one('LongAnnotationI', { longValue: 4 }, { ns, description: 'd' }).found?.annotation).toEqual({
      ...{ type: 'LongAnnotation', ref: 'LongAnnotation:1001', ...BASE, namespace: ns, description: 'd', value: '4' },
    });
    const bare = one('TagAnnotationI', { textValue: 't' }, { ns: '', description: undefined, owner: null, date: null });
    expect(bare.found?.annotation).toEqual({ type: 'TagAnnotation', ref: 'TagAnnotation:1001', value: 't' });
    expect(bare.told).toEqual([]);
  });

  it('of files keep name, size and type, and never a path', () => {
    const file = { id: 2002, name: 'protocol v2.pdf', size: 12345, path: '/home/ada/', mimetype: 'application/pdf' };
    const { found } = one('FileAnnotationI', { file });
    expect(found?.annotation).toEqual({
      ...{ type: 'FileAnnotation', ref: 'FileAnnotation:1001', ...BASE },
      file: { fileName: 'protocol v2.pdf', size: 12345, mimeType: 'application/pdf' },
    });
    expect(JSON.stringify(found)).not.toContain('/home');
  });

  it.each([
    ['C:\\Users\\ada\\t.csv', 't.csv'],
    ['/home/ada/t.csv', 't.csv'],
    ['~/secret/t.csv', 't.csv'],
    ['\\\\server\\ada\\t.csv', 't.csv'],
    ['1/2 dilution.csv', '1/2 dilution.csv'],
  ])('of a file called %s keep %s', (name, fileName) => {
    expect(one('FileAnnotationI', { file: { id: 1, name } }).found?.annotation).toMatchObject({ file: { fileName } });
  });

  it('of a file that may not be read have no file', () => {
    expect(one('FileAnnotationI', {}).found?.annotation).not.toHaveProperty('file');
  });

  it.each([
    [{ ns: 'openmicroscopy.org/omero/bulk_annotations' }, 'text/csv', '2002'],
    [{}, 'OMERO.tables', '2002'],
    [{}, 'text/csv', undefined],
  ])('that hold a table say so: %j, %s', (more, mimetype, table) => {
    expect(one('FileAnnotationI', { file: { id: 2002, name: 't', mimetype } }, more).found?.table).toBe(table);
  });

  it('that are tag sets say so', () => {
    const ns = 'openmicroscopy.org/omero/insight/tagset';
    expect(one('TagAnnotationI', { textValue: 't' }, { ns }).found?.isTagSet).toBe(true);
    expect(one('CommentAnnotationI', { textValue: 't' }, { ns }).found?.isTagSet).toBe(false);
  });

  it.each([
    ['ProjectI', 'Project'],
    ['DatasetI', 'Dataset'],
    ['ImageI', 'Image'],
    ['ScreenI', 'Screen'],
    ['PlateI', 'Plate'],
    ['PlateAcquisitionI', 'PlateAcquisition'],
    ['WellI', 'Well'],
  ])('of a %s are on a %s', (parent, type) => {
    const more = { link: link(parent, '9007199254740993') };
    expect(one('TagAnnotationI', { textValue: 't' }, more).found?.target).toBe(`${type}:9007199254740993`);
  });

  it('come once a link, and links of the same annotation share it', () => {
    const tag = entry('TagAnnotationI', { textValue: 't' });
    const other = entry('LongAnnotationI', { longValue: 1 });
    const links = decodeAnnotations(answer(tag, { ...tag, link: link('ImageI', 302, 2) }, other), listening());
    expect(links.map(({ annotation, target, linkOwner }) => [annotation.ref, target, linkOwner])).toEqual([
      ['TagAnnotation:1001', 'Image:301', '3'],
      ['TagAnnotation:1001', 'Image:302', '2'],
      ['LongAnnotation:1001', 'Image:301', '3'],
    ]);
    expect(links[0]?.annotation).toBe(links[1]?.annotation);
  });

  it.each([
    [entry('QuantumAnnotationI', {}), 'web-class-unknown QuantumAnnotationI/@class'],
    [entry('toString', {}), 'web-class-unknown toString/@class'],
    [entry('TagAnnotationI', { textValue: 't' }, { id: 'x' }), 'ome-value-invalid TagAnnotationI/@id'],
    [entry('TagAnnotationI', { textValue: null }), 'web-value-missing TagAnnotation:1001/@textValue'],
    [entry('TagAnnotationI', { textValue: 7 }), 'ome-value-invalid TagAnnotation:1001/@textValue'],
    [entry('LongAnnotationI', { longValue: 1.5 }), 'ome-value-invalid LongAnnotation:1001/@longValue'],
    [entry('LongAnnotationI', { longValue: 2 ** 60 }), 'ome-value-invalid LongAnnotation:1001/@longValue'],
    [entry('DoubleAnnotationI', { doubleValue: 'x' }), 'ome-value-invalid DoubleAnnotation:1001/@doubleValue'],
    [entry('BooleanAnnotationI', { boolValue: 1 }), 'ome-value-invalid BooleanAnnotation:1001/@boolValue'],
    [entry('TimestampAnnotationI', { timeValue: 'x' }), 'ome-value-invalid TimestampAnnotation:1001/@timeValue'],
    [entry('MapAnnotationI', { values: { k: 'v' } }), 'ome-value-invalid MapAnnotation:1001/@values'],
    [entry('FileAnnotationI', { file: 'x' }), 'ome-value-invalid FileAnnotation:1001/@file'],
    [entry('TagAnnotationI', { textValue: 't' }, { link: {} }), 'web-value-missing TagAnnotation:1001/@link'],
    [entry('TagAnnotationI', { textValue: 't' }, { link: link('RoiI') }), 'web-class-unknown TagAnnotation:1001/@link'],
  ])('that cannot be decoded are left out with a finding: %j', (json, told) => {
    const context = listening();
    expect(decodeAnnotations(answer(json), context)).toEqual([]);
    expect(context.told).toEqual([told]);
  });

  it.each([
    [{ date: 'x' }, 'ome-value-invalid TagAnnotation:1001/@date'],
    [{ ns: 5 }, 'ome-value-invalid TagAnnotation:1001/@ns'],
    [{ name: 'a name' }, 'ome-element-unknown TagAnnotation/@name'],
  ])('lose only what cannot be decoded: %j', (more, told) => {
    const { found, told: all } = one('TagAnnotationI', { textValue: 't' }, more);
    expect(found?.annotation).toMatchObject({ ref: 'TagAnnotation:1001', value: 't' });
    expect(all).toEqual([told]);
  });

  it('lose single pairs and sizes that are none', () => {
    const map = one('MapAnnotationI', { values: [['a', 'b'], ['c'], 'd', [1, 2], ['e', 'f']] });
    const kept = [
      ['a', 'b'],
      ['e', 'f'],
    ];
    expect(map.found?.annotation).toMatchObject({ value: kept });
    expect(map.told).toEqual(Array.from({ length: 3 }, () => 'ome-value-invalid MapAnnotation:1001/@values'));
    const file = one('FileAnnotationI', { file: { id: 1, name: 'a', size: -5 } });
    expect(file.found?.annotation).toMatchObject({ file: { fileName: 'a' } });
    expect(file.told).toEqual(['ome-value-invalid FileAnnotation:1001/@size']);
  });

  it.each([[null], [[]], [{}], [{ annotations: {} }], ['<html>']])(
    'are none in an answer of another form: %j',
    (json) => {
      const context = listening();
      expect(decodeAnnotations(json, context)).toEqual([]);
      expect(context.told).toEqual(['web-answer-odd annotations/@annotations']);
    },
  );

  it('come with the people who made them', () => {
    const experimenters = [
      { id: 2, omeName: 'ada', firstName: 'Ada', lastName: 'Lovelace' },
      { id: 'x' },
      7,
      { id: 3 },
    ];
    expect(annotationPeople({ annotations: [], experimenters })).toEqual([
      { type: 'Experimenter', ref: 'Experimenter:2', userName: 'ada', firstName: 'Ada', lastName: 'Lovelace' },
      { type: 'Experimenter', ref: 'Experimenter:3' },
    ]);
  });
});
