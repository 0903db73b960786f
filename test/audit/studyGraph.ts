import { DataFactory, Store } from 'n3';
import { PREFIXES } from '../../src/rdf/vocabulary.js';
import { turtle as quadsOf } from './turtle.js';

export const BASE = 'https://omero.example.org';
/** Base of the objects in the Turtle snippets of these tests: `<Image/1>`. */
const HEAD = `${Object.entries(PREFIXES)
  .map(([prefix, iri]) => `@prefix ${prefix}: <${iri}> .`)
  .join('\n')}\n@base <${BASE}/> .\n`;

/** A graph from a Turtle snippet with the graph's own prefixes. */
export function graphOf(turtle: string): Store {
  return new Store(quadsOf(HEAD + turtle));
}

/** Parent and child, linked both ways as an export does. */
export function within(parent: string, ...children: string[]): string {
  return children.map((c) => `<${parent}> dcterms:hasPart <${c}> . <${c}> dcterms:isPartOf <${parent}> .\n`).join('');
}

/** One image with pixels and channels; `facts` go onto the image. */
export function image(
  id: number,
  options: { parent?: string; channels?: number; facts?: string; bare?: boolean } = {},
): string {
  const { parent, channels = 1, facts = '', bare = false } = options;
  const lines = [`<Image/${id}> a core:Image ; dc:identifier ${id} ; rdfs:label "image ${id}" . ${facts}\n`];
  if (parent !== undefined) lines.push(within(parent, `Image/${id}`));
  if (bare) return lines.join('');
  lines.push(
    within(`Image/${id}`, `Pixels/${id}`),
    `<Pixels/${id}> a core:Pixels ; core:size_x 512 ; core:size_y 512 ; core:size_z 1 ; core:size_c ${channels} ; core:size_t 1 ;
      core:physical_size_x <Pixels/${id}/physical_size_x> ; core:physical_size_y <Pixels/${id}/physical_size_y> .
    <Pixels/${id}/physical_size_x> a qudt:QuantityValue ; omekg:value 0.1e0 ; omekg:unit "µm" .
    <Pixels/${id}/physical_size_y> a qudt:QuantityValue ; omekg:value 0.1e0 ; omekg:unit "µm" .\n`,
  );
  for (let c = 0; c < channels; c += 1) {
    const channel = `Channel/${id * 10 + c}`;
    lines.push(
      within(`Pixels/${id}`, channel),
      `<${channel}> a core:Channel ; core:channel_index ${c} ; rdfs:label "DAPI" .\n`,
    );
  }
  return lines.join('');
}

/** A project with one dataset of `images` images, for measuring: instrument, ROIs and annotations included. */
export function syntheticStore(images: number, options: { rois?: number } = {}): Store {
  const store = new Store();
  const iri = (path: string) => DataFactory.namedNode(`${BASE}/${path}`);
  const term = (prefix: keyof typeof PREFIXES, name: string) => DataFactory.namedNode(PREFIXES[prefix] + name);
  const add = (s: string, [prefix, name]: [keyof typeof PREFIXES, string], o: string | number | { iri: string }) =>
    store.addQuad(
      iri(s),
      term(prefix, name),
      typeof o === 'object' ? DataFactory.namedNode(o.iri) : DataFactory.literal(o as string),
    );
  const type = (s: string, name: string) => add(s, ['rdf', 'type'], { iri: PREFIXES.core + name });
  const part = (parent: string, child: string) => {
    add(parent, ['dcterms', 'hasPart'], { iri: iri(child).value });
    add(child, ['dcterms', 'isPartOf'], { iri: iri(parent).value });
  };
  type('Project/1', 'Project');
  add('Project/1', ['rdfs', 'label'], 'synthetic');
  add('Project/1', ['rembi', 'organism'], 'Homo sapiens');
  type('Dataset/1', 'Dataset');
  part('Project/1', 'Dataset/1');
  for (let i = 1; i <= images; i += 1) {
    const me = `Image/${i}`;
    type(me, 'Image');
    add(me, ['rdfs', 'label'], `image ${i}`);
    part('Dataset/1', me);
    if (i % 2 === 0) add(me, ['rembi', 'biologicalEntity'], 'HeLa cell');
    add(me, ['core', 'instrument'], { iri: iri('Instrument/1').value });
    part(me, `Pixels/${i}`);
    type(`Pixels/${i}`, 'Pixels');
    for (const axis of ['x', 'y', 'z', 'c', 't']) add(`Pixels/${i}`, ['core', `size_${axis}`], 512);
    for (let c = 0; c < 3; c += 1) {
      const channel = `Channel/${i * 10 + c}`;
      type(channel, 'Channel');
      part(`Pixels/${i}`, channel);
      if (c > 0) add(channel, ['rdfs', 'label'], `channel ${c}`);
    }
    for (let r = 0; r < (options.rois ?? 5); r += 1) {
      const roi = `ROI/${i * 1000 + r}`;
      type(roi, 'ROI');
      part(me, roi);
      type(`Rectangle/${i * 1000 + r}`, 'Rectangle');
      part(roi, `Rectangle/${i * 1000 + r}`);
      for (const a of ['x', 'y', 'width', 'height']) add(`Rectangle/${i * 1000 + r}`, ['core', a], 10);
    }
    for (let k = 0; k < 8; k += 1) {
      const entry = `MapAnnotation/${i}/entry/${k}`;
      add(`MapAnnotation/${i}`, ['core', 'mapEntry'], { iri: iri(entry).value });
      type(entry, 'MapEntry');
      add(entry, ['core', 'key'], `key ${k}`);
      add(entry, ['core', 'value'], `value ${i} ${k}`);
    }
  }
  return store;
}
