import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FixObject, FixType } from '../../../src/audit/fixes/containerFacts.js';
import { type Need, placesFor } from '../../../src/audit/fixes/placesFor.js';
import { siblingValues } from '../../../src/audit/fixes/siblingValues.js';
import { PREFIXES } from '../../../src/rdf/vocabulary.js';

interface Made extends FixObject {
  readonly parents: Made[];
  readonly children: Made[];
}
let id = 0;
function made(type: FixType, parents: readonly Made[] = [], values: Readonly<Record<string, string>> = {}): Made {
  id += 1;
  const pairs = Object.entries(values).map(([field, value]) => ({
    ...{ index: 0, key: field, value, field: PREFIXES.rembi + field, terms: [], settled: false },
  }));
  const annotations = pairs.length === 0 ? [] : [{ node: `a${id}`, namespace: undefined, pairs }];
  const object: Made = {
    ...{ node: `n${id}`, ref: `${type}:${id}`, type, name: `o${id}` },
    ...{ parents: [...parents], children: [], annotations },
  };
  for (const parent of parents) parent.children.push(object);
  return object;
}
const above = (object: FixObject): FixObject[] => [object, ...object.parents.flatMap(above)];

describe('where a missing field is stated', () => {
  const study = () => {
    const project = made('Project');
    const [control, taxol] = [made('Dataset', [project]), made('Dataset', [project])];
    const images = [made('Image', [control]), made('Image', [control]), made('Image', [taxol])] as const;
    return { project, control, taxol, images };
  };
  const places = (images: readonly FixObject[], needs: readonly Need[]) =>
    [...placesFor(new Map(images.map((image, i) => [image, needs[i] ?? 'has'])))].map(([o, n]) => `${o.type} ${n}`);

  it('is the outermost object of which every image lacks it', () => {
    const { images } = study();
    expect(places(images, ['lacks', 'lacks', 'lacks'])).toEqual(['Project 3']);
    expect(places(images, ['lacks', 'lacks', 'has'])).toEqual(['Dataset 2']);
    expect(places(images, ['lacks', 'has', 'has'])).toEqual(['Image 1']);
    expect(places(images, ['has', 'has', 'has'])).toEqual([]);
  });

  it('counts images that have a cell of their own to fill in as neither here nor there', () => {
    const { images } = study();
    expect(places(images, ['lacks', 'indifferent', 'indifferent'])).toEqual(['Project 1']);
    expect(places(images, ['indifferent', 'indifferent', 'has'])).toEqual([]);
  });

  it('is no row of its own for an image of two datasets, when one of them answers for it', () => {
    const { control, taxol } = study();
    const both = made('Image', [control, taxol]);
    const images = [...control.children, ...taxol.children.filter((image) => image !== both)];
    const found = placesFor(new Map(images.map((image) => [image, image.parents.includes(control) ? 'lacks' : 'has'])));
    expect([...found]).toEqual([[control, 3]]);
  });

  it('climbs from images over wells and plates to the screen', () => {
    const screen = made('Screen');
    const wells = [made('Plate', [screen]), made('Plate', [screen])].map((plate) => made('Well', [plate]));
    const images = wells.flatMap((well) => [made('Image', [well]), made('Image', [well])]);
    expect(places(images, ['lacks', 'lacks', 'lacks', 'lacks'])).toEqual(['Screen 4']);
    expect(places(images, ['lacks', 'lacks', 'lacks', 'has'])).toEqual(['Plate 2', 'Image 1']);
  });

  it('answers for every image that lacks it and for none that has it, whatever lies in what', () => {
    const need = fc.constantFrom<Need>('lacks', 'has', 'indifferent');
    const images = fc.array(fc.tuple(need, fc.array(fc.nat(5), { maxLength: 3 })), { maxLength: 12 });
    fc.assert(
      fc.property(images, fc.array(fc.nat(1), { minLength: 6, maxLength: 6 }), (list, projects) => {
        const tops = [made('Project'), made('Project')];
        const datasets = projects.map((n) => made('Dataset', tops.slice(n, n + 1)));
        const needs = new Map<FixObject, Need>();
        for (const [one, within] of list) {
          const parents = [...new Set(within)].flatMap((n) => datasets[n] ?? []);
          needs.set(made('Image', parents), one);
        }
        const found = placesFor(needs);
        for (const [image, one] of needs) {
          const covers = above(image).filter((object) => found.has(object));
          if (one === 'lacks') expect(covers.length).toBeGreaterThan(0);
          if (one === 'has') expect(covers).toEqual([]);
        }
        const lacking = [...needs.values()].filter((one) => one === 'lacks').length;
        expect([...found.values()].reduce((sum, n) => sum + n, 0)).toBe(lacking);
      }),
    );
  });
});

describe('what siblings say', () => {
  const organism = `${PREFIXES.rembi}organism`;
  const asked = (values: readonly (string | undefined)[], field = 'organism') => {
    const dataset = made('Dataset');
    for (const value of values) made('Image', [dataset], value === undefined ? {} : { [field]: value });
    return siblingValues(() => false)(made('Image', [dataset]), PREFIXES.rembi + field);
  };

  it('is agreed when all that say something say the same, and they are not few', () => {
    expect(asked(['a', 'a']).agreed).toBe('a');
    expect(asked(['a', 'a', undefined]).agreed).toBe('a');
    expect(asked(['a', undefined, undefined]).agreed).toBeUndefined();
    expect(asked(['a', 'b', 'a'])).toMatchObject({
      values: [
        ['a', 2],
        ['b', 1],
      ],
    });
    expect(asked([]).agreed).toBeUndefined();
  });

  it('is never agreed for what differs by design', () => {
    expect(asked(['a', 'a'], 'extrinsicVariable')).toEqual({ values: [['a', 2]], stating: 2, siblings: 2 });
  });

  it('is what they hold where they say nothing themselves; what is wrong does not count', () => {
    const project = made('Project');
    const stating = made('Dataset', [project]);
    made('Image', [stating], { organism: 'mouse' });
    const wrong = made('Dataset', [project], { organism: 'TBD' });
    const lacking = made('Dataset', [project]);
    const siblings = siblingValues((_, pair) => pair.value === 'TBD');
    expect(siblings(lacking, organism).values).toEqual([['mouse', 1]]);
    expect(siblings(wrong, organism).values).toEqual([['mouse', 1]]);
  });
});
