import { describe, expect, it } from 'vitest';
import { finding, findingSentence } from '../src/findings.js';
import { findingTally } from '../src/findingTally.js';

describe('a tally of findings', () => {
  it('counts the same finding about the same thing in different places', () => {
    const tally = findingTally();
    for (const at of ['MapAnnotation:1 entry 0', 'MapAnnotation:2 entry 4'])
      tally.add(finding('key-unmapped', 'perm', { at }));
    expect(tally.rows()).toMatchObject([{ code: 'key-unmapped', focus: 'perm', count: 2 }]);
    expect(tally.total('info')).toBe(2);
  });

  it('counts a place once, however often a shared annotation is met', () => {
    const tally = findingTally();
    for (let i = 0; i < 8; i += 1) tally.add(finding('key-unmapped', 'perm', { at: 'MapAnnotation:1 entry 0' }));
    expect(tally.rows()).toMatchObject([{ count: 1 }]);
  });

  it('adds up findings that were counted before', () => {
    const tally = findingTally();
    tally.add(finding('ome-element-unknown', 'a.ome.xml', { at: 'a.ome.xml:3', count: 5 }));
    tally.add(finding('ome-element-unknown', 'a.ome.xml', { at: 'a.ome.xml:3', count: 2 }));
    expect(tally.rows()).toMatchObject([{ count: 7 }]);
  });

  it('keeps a bounded number of rows a code and says how many it dropped', () => {
    const tally = findingTally(3);
    for (let i = 0; i < 10; i += 1) tally.add(finding('key-unmapped', `key ${i}`));
    expect(tally.rows()).toHaveLength(3);
    expect(tally.dropped).toBe(7);
    expect(tally.total('info')).toBe(10);
  });

  it('puts the gravest first, then the most frequent', () => {
    const tally = findingTally();
    tally.add(finding('key-unmapped', 'rare'));
    tally.add(finding('key-unmapped', 'often', { count: 9 }));
    tally.add(finding('xml-malformed', 'b.ome.xml'));
    expect(tally.rows().map((f) => f.focus)).toEqual(['b.ome.xml', 'often', 'rare']);
  });

  it('is said as where, what is wrong, what was found and what to do, on one line', () => {
    const text = findingSentence(
      finding('unit-unknown', 'Image:1', { at: 'physical_size_x', detail: 'fur\nlong\u202e' }),
    );
    expect(text).toBe(
      'Image:1 (physical_size_x): the unit is not one of the OME model ("fur long\\u{202e}"); use a unit of OME 2016-06',
    );
  });
});
