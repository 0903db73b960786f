import { readFileSync, writeFileSync } from 'node:fs';
import { Parser } from 'n3';
import { describe, expect, it } from 'vitest';
import { mapRecord } from '../../src/map/mapRecord.js';
import { OME_SCHEMA } from '../../src/ome/schema.js';
import { ANNOTATION_RECORDS, OBJECT_RECORDS, objectRecord } from './handMadeRecords.js';
import { context, linesOf } from './mapContext.js';

const ALL = { ...OBJECT_RECORDS, ...ANNOTATION_RECORDS };

/** Compares text with a golden file, or writes it with UPDATE_GOLDEN=1. */
function expectGolden(name: string, text: string): void {
  const file = `test/golden/map/${name}.nq`;
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(file, text);
  expect(text).toBe(readFileSync(file, 'utf8'));
}

describe('mapRecord', () => {
  for (const [name, records] of Object.entries(ALL)) {
    it(`says of ${name} what the golden file says`, () => {
      expectGolden(name, `${linesOf(records).join('\n')}\n`);
    });
  }

  it('writes only what a parser of N-Quads reads back as the same number of quads, in the default graph', () => {
    for (const records of Object.values(ALL)) {
      const lines = linesOf(records);
      const read = new Parser({ format: 'N-Quads' }).parse(lines.join('\n'));
      expect(read).toHaveLength(lines.length);
      expect(read.every((q) => q.graph.termType === 'DefaultGraph' && q.subject.termType === 'NamedNode')).toBe(true);
    }
  });

  it('states every attribute of the OME schema but those that are private', () => {
    const lines = linesOf(Object.values(OBJECT_RECORDS).flat()).join('\n');
    const snake = (key: string): string => key.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`);
    const stated = (key: string): boolean => lines.includes(`<https://ld.openmicroscopy.org/core/${snake(key)}>`);
    const attributes = [...new Set(Object.values(OME_SCHEMA).flatMap((e) => Object.keys(e)))];
    expect(attributes.filter((key) => !stated(key)).sort()).toEqual(['description', 'email', 'name', 'userName']);
    const classes = Object.keys(OME_SCHEMA).filter(
      (c) => !lines.includes(`<https://ld.openmicroscopy.org/core/${c}> .`),
    );
    expect(classes).toEqual([]);
  });

  it('never publishes an e-mail address or a login name, even when a source hands it over', () => {
    const lines = linesOf(OBJECT_RECORDS.experimenter ?? []).join('\n');
    expect(lines).not.toContain('ada@example.org');
    expect(lines).not.toContain('"ada"');
  });

  it('gives the same object the same triples from an object and from an annotation record', () => {
    const annotation = { type: 'TagAnnotation', ref: 'TagAnnotation:2', value: 'x' } as const;
    const dataset = { type: 'Dataset', ref: 'Dataset:7' } as const;
    const together = linesOf([objectRecord(dataset, { annotations: [annotation] })]);
    const apart = linesOf([
      objectRecord(dataset),
      { kind: 'annotated', annotation, targets: ['Dataset:7'], containers: ['orphans'] },
    ]);
    expect(apart).toEqual(together);
  });

  it('links objects of a server to OMERO.web, and objects of files not', () => {
    const web = { ...context, web: 'https://omero.example.org' };
    const image = (ref: `Image:${string}`) => linesOf([objectRecord({ type: 'Image', ref })], web).join('\n');
    expect(image('Image:7')).toContain('omekg#ome_details> <https://omero.example.org/webclient/img_detail/7/>');
    expect(image('Image:7')).toContain('omekg#json> <https://omero.example.org/api/v0/m/images/7/>');
    expect(image('Image:7')).toContain('omekg#download> <https://omero.example.org/webgateway/render_image/7/>');
    expect(image('Image:a1b2.0')).not.toContain('omekg#');
  });

  it('keeps value and text of an unknown unit, with a finding', () => {
    const pixels = {
      type: 'Pixels',
      ref: 'Pixels:1',
      physicalSizeX: { value: 2, unit: 'furlong' },
      channels: [],
    } as const;
    const { quads, findings } = mapRecord(objectRecord({ type: 'Image', ref: 'Image:1', pixels }), context);
    const itself = quads.filter((q) => q.subject.value.endsWith('/quantity/furlong/2e0')).map((q) => q.object.value);
    expect(itself).toEqual(['http://qudt.org/schema/qudt/QuantityValue', '2e0', 'furlong']);
    expect(findings).toMatchObject([
      { code: 'unit-unknown', focus: 'Image:1', at: 'physical_size_x', detail: 'furlong' },
    ]);
  });

  it('shares a quantity between the objects that have it and describes it once a record', () => {
    const size = { value: 0.108, unit: 'µm' };
    const pixels = { type: 'Pixels', ref: 'Pixels:1', physicalSizeX: size, physicalSizeY: size, channels: [] } as const;
    const { quads } = mapRecord(objectRecord({ type: 'Image', ref: 'Image:1', pixels }), context);
    const itself = quads.filter((q) => q.subject.value.endsWith('/quantity/µm/0.108e0'));
    expect(itself.map((q) => q.object.value).sort()).toEqual([
      '0.108e0',
      'http://qudt.org/schema/qudt/QuantityValue',
      'http://qudt.org/vocab/unit/MicroM',
      'um',
      'µm',
    ]);
    expect(quads.filter((q) => q.object.value.endsWith('/quantity/µm/0.108e0')).map((q) => q.predicate.value)).toEqual([
      'https://ld.openmicroscopy.org/core/physical_size_x',
      'https://ld.openmicroscopy.org/core/physical_size_y',
    ]);
  });

  it('leaves out a date, number or count that is none, with a finding', () => {
    const bad = [
      objectRecord({ type: 'Image', ref: 'Image:1', acquisitionDate: 'yesterday' }),
      objectRecord({ type: 'Plate', ref: 'Plate:1', rows: 1.5 }),
      {
        kind: 'annotated',
        annotation: { type: 'LongAnnotation', ref: 'LongAnnotation:1', value: 'many' },
        targets: [],
        containers: [],
      },
      {
        kind: 'annotated',
        annotation: { type: 'TimestampAnnotation', ref: 'TimestampAnnotation:1', value: '' },
        targets: [],
        containers: [],
      },
    ] as const;
    for (const record of bad) {
      const { quads, findings } = mapRecord(record, context);
      expect(new Set(findings.map((f) => f.code))).toEqual(new Set(['ome-value-invalid']));
      expect(quads.every((q) => /type$|identifier$/.test(q.predicate.value))).toBe(true);
    }
  });

  it('writes doubles so that not-a-number and infinities are valid too', () => {
    const point = (x: number) =>
      mapRecord(
        objectRecord({ type: 'ROI', ref: 'ROI:1', shapes: [{ type: 'Point', ref: 'Point:1', x }] }),
        context,
      ).quads.find((q) => q.predicate.value.endsWith('/x'))?.object.value;
    expect([1.4, 1e21, 1e-7, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY].map(point)).toEqual([
      '1.4e0',
      '1e+21',
      '1e-7',
      'NaN',
      'INF',
      '-INF',
    ]);
  });

  it('is pure: the same record twice gives the same quads and findings', () => {
    for (const record of Object.values(ALL).flat()) {
      const [first, second] = [mapRecord(record, context), mapRecord(record, context)];
      expect(linesOf([record])).toEqual(linesOf([record]));
      expect(second.findings).toEqual(first.findings);
      expect(second.rows).toEqual(first.rows);
    }
  });
});
