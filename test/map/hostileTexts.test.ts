import fc from 'fast-check';
import { Parser } from 'n3';
import { describe, expect, it } from 'vitest';
import { mapRecord } from '../../src/map/mapRecord.js';
import type { KeyValue, ObjectRef, OmeRecord } from '../../src/ome/model.js';
import { annotatedRecord, objectRecord } from './handMadeRecords.js';
import { context, linesOf } from './mapContext.js';

const NASTY = [
  '\u0000',
  '\ud800',
  '\udc00x',
  '>',
  '"',
  '\\',
  '\n\r\t',
  '\u202eabc',
  'a b',
  '{}|^`',
  '\u2028',
  '%',
  '#',
  '?/',
  '𝄞',
  'µ',
  "'; DROP",
];
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.array(fc.constantFrom(...NASTY), { maxLength: 5 }).map((parts) => parts.join('')),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 8 }).map((codes) => String.fromCharCode(...codes)),
);

const parsed = (records: readonly OmeRecord[]) => new Parser({ format: 'N-Quads' }).parse(linesOf(records).join('\n'));
const IRI = /^[a-z][a-z0-9+.-]*:[^\u0000-\u0020<>"{}|^`\\]*$/i;

describe('hostile texts', () => {
  it('in keys and values survive a round trip; only lone surrogates are replaced', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 6 }), (pairs) => {
        const value: KeyValue[] = pairs;
        const quads = parsed([annotatedRecord({ type: 'MapAnnotation', ref: 'MapAnnotation:1', value }, 'Image:1')]);
        const read = (index: number, property: string): string | undefined =>
          quads.find(
            (q) => q.subject.value.endsWith(`/entry/${index}`) && q.predicate.value.endsWith(`core/${property}`),
          )?.object.value;
        pairs.forEach(([key, val], i) => {
          expect(read(i, 'key')).toBe(key.toWellFormed());
          expect(read(i, 'value')).toBe(val.toWellFormed());
        });
      }),
    );
  });

  it('in names, ids, enumerations, units and paths give valid N-Quads with valid IRIs', () => {
    fc.assert(
      fc.property(text, text, (nasty, other) => {
        const id = other === '' ? 'x' : other;
        const records: OmeRecord[] = [
          objectRecord(
            {
              type: 'Image',
              ref: `Image:${id}`,
              name: nasty,
              description: nasty,
              pixels: {
                type: 'Pixels',
                ref: `Pixels:${id}`,
                kind: nasty,
                physicalSizeX: { value: 1, unit: nasty },
                channels: [],
              },
            },
            { parents: [`Dataset:${nasty}` as ObjectRef] },
          ),
          objectRecord({ type: 'OriginalFile', ref: `OriginalFile:${id}`, path: nasty, name: nasty, mimetype: nasty }),
        ];
        const quads = parsed(records);
        expect(quads).toHaveLength(linesOf(records).length);
        for (const quad of quads) {
          for (const term of [quad.subject, quad.predicate, quad.object]) {
            if (term.termType === 'NamedNode') expect(term.value).toMatch(IRI);
          }
        }
        const label = quads.find((q) => q.predicate.value.endsWith('#label'))?.object.value;
        if (nasty !== '') expect(label).toBe(nasty.toWellFormed());
      }),
    );
  });

  it('with lone surrogates are reported', () => {
    const { findings } = mapRecord(objectRecord({ type: 'Dataset', ref: 'Dataset:1', name: 'a\ud800' }), context);
    expect(findings).toMatchObject([{ code: 'text-control-character', focus: 'Dataset:1', detail: 'a\ufffd' }]);
  });

  it('as keys never throw and never reach the graph as a predicate', () => {
    fc.assert(
      fc.property(text, text, (key, value) => {
        const { quads } = mapRecord(
          annotatedRecord({ type: 'MapAnnotation', ref: 'MapAnnotation:1', value: [[key, value]] }, 'Image:1'),
          context,
        );
        expect(
          quads.every((q) =>
            /^https?:\/\/(?:ld\.openmicroscopy|purl|www\.w3|schema|w3id|rs\.tdwg|bia)/.test(q.predicate.value),
          ),
        ).toBe(true);
      }),
    );
  });

  it('of a million characters in one pair are mapped in one go', () => {
    const long = 'x('.repeat(500_000);
    const { quads } = mapRecord(
      annotatedRecord(
        {
          type: 'MapAnnotation',
          ref: 'MapAnnotation:1',
          value: [
            [long, long],
            ['Organism', long],
          ],
        },
        'Image:1',
      ),
      context,
    );
    expect(quads.filter((q) => q.object.value === long).length).toBeGreaterThan(3);
  });

  it('in 20 000 pairs of one annotation are paired with their accessions without going quadratic', () => {
    const value = Array.from({ length: 10_000 }, (_, i): KeyValue[] => [
      ['Organism', `o${i}`],
      ['Organism Term Accession', `NCBITaxon:${i + 1}`],
    ]).flat();
    const { quads } = mapRecord(
      annotatedRecord({ type: 'MapAnnotation', ref: 'MapAnnotation:1', value }, 'Image:1'),
      context,
    );
    expect(quads.filter((q) => q.predicate.value.endsWith('/taxonomicRange'))).toHaveLength(10_000);
  });
});
