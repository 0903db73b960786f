import type { NamedNode, Term } from 'n3';
import type { StudyGraph } from './studyGraph.js';

/** A named fact of an image's acquisition. */
export interface AcquisitionFact {
  readonly name: string;
  readonly value: string;
}

const LIGHT_SOURCES = ['Laser', 'Arc', 'Filament', 'LightEmittingDiode', 'GenericExcitationSource'];

/** The instrument in one text, composed from the OME objects of an image: microscope, objective, detectors, light sources. */
export function instrumentText(graph: StudyGraph, image: NamedNode): string | undefined {
  const sentences: string[] = [];
  const instruments = graph.nodes(image, 'core:instrument');
  const parts = instruments.flatMap((instrument) => graph.nodes(instrument, 'dcterms:hasPart'));
  for (const microscope of instruments.flatMap((i) => graph.nodes(i, 'core:microscope'))) {
    add(sentences, 'Microscope', words(maker(graph, microscope), bracketed(graph.choice(microscope, 'core:type'))));
  }
  const used = graph.nodes(image, 'core:objective_settings').flatMap((s) => graph.nodes(s, 'core:objective'));
  const objectives = parts.filter((part) => graph.hasType(part, 'Objective'));
  // An instrument lists every objective of its turret: without settings only a lone one is known to be used.
  for (const objective of used.length > 0 ? used : objectives.length === 1 ? objectives : []) {
    add(sentences, 'Objective', objectiveText(graph, objective));
  }
  const channels = channelsOf(graph, image);
  const detectors = channels
    .flatMap((channel) => graph.nodes(channel, 'core:detector_settings'))
    .flatMap((settings) => graph.nodes(settings, 'core:detector'));
  for (const detector of unique(detectors.length > 0 ? detectors : parts.filter((p) => graph.hasType(p, 'Detector')))) {
    add(sentences, 'Detector', words(maker(graph, detector), bracketed(graph.choice(detector, 'core:type'))));
  }
  const lights = channels
    .flatMap((channel) => graph.nodes(channel, 'core:light_source_settings'))
    .flatMap((settings) => graph.nodes(settings, 'core:light_source'));
  const isLight = (part: NamedNode): boolean => LIGHT_SOURCES.some((type) => graph.hasType(part, type));
  for (const light of unique(lights.length > 0 ? lights : parts.filter(isLight))) {
    const kind = LIGHT_SOURCES.find((type) => graph.hasType(light, type))
      ?.replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
      .toLowerCase();
    const details = [graph.choice(light, 'core:type'), quantity(graph, light, 'core:wavelength')]
      .filter(isSaid)
      .join(', ');
    add(sentences, 'Light source', words(maker(graph, light), kind, bracketed(details === '' ? undefined : details)));
  }
  return sentences.length === 0 ? undefined : [...new Set(sentences)].join(' ');
}

/** How an image was acquired, fact by fact: sizes, pixel size, time step, channels, exposure. */
export function acquisitionFacts(graph: StudyGraph, image: NamedNode): AcquisitionFact[] {
  const facts: AcquisitionFact[] = [];
  const put = (name: string, value: string | undefined): void => {
    if (value !== undefined && value !== '') facts.push({ name, value });
  };
  for (const pixels of graph
    .nodes(image, 'dcterms:hasPart')
    .filter((p) => graph.hasType(p, 'Pixels'))
    .slice(0, 1)) {
    const axes = ['x', 'y', 'z', 'c', 't'] as const;
    const sizes = axes.map((axis) => graph.number(pixels, `core:size_${axis}`));
    if (sizes.every((size) => size !== undefined)) put('Dimensions (XYZCT)', sizes.join(' × '));
    const physical = (['x', 'y', 'z'] as const).map((axis) => quantity(graph, pixels, `core:physical_size_${axis}`));
    put('Pixel size', physical.filter(isSaid).join(' × '));
    put('Time increment', quantity(graph, pixels, 'core:time_increment'));
    put('Pixel type', graph.choice(pixels, 'core:type'));
    for (const planes of graph.nodes(pixels, 'core:plane_summary')) {
      const least = quantity(graph, planes, 'core:exposure_time_min');
      const most = quantity(graph, planes, 'core:exposure_time_max');
      put('Exposure time', least === most ? least : [least, most].filter(isSaid).join(' to '));
    }
  }
  for (const [i, channel] of channelsOf(graph, image).entries())
    put(`Channel ${i} settings`, channelText(graph, channel));
  return facts;
}

/** The channels of an image in their order (`core:channel_index`). */
export function channelsOf(graph: StudyGraph, image: NamedNode): NamedNode[] {
  return graph
    .nodes(image, 'dcterms:hasPart')
    .filter((part) => graph.hasType(part, 'Pixels'))
    .slice(0, 1)
    .flatMap((pixels) => graph.nodes(pixels, 'dcterms:hasPart').filter((part) => graph.hasType(part, 'Channel')))
    .map((channel) => ({ channel, index: graph.number(channel, 'core:channel_index') ?? 0 }))
    .sort((a, b) => a.index - b.index)
    .map(({ channel }) => channel);
}

/** A quantity as `0.108 µm`. */
export function quantity(graph: StudyGraph, subject: Term, property: string): string | undefined {
  const [part] = graph.nodes(subject, property);
  if (part === undefined) return undefined;
  const value = graph.number(part, 'omekg:value');
  return value === undefined ? undefined : words(String(value), graph.text(part, 'omekg:unit'));
}

function channelText(graph: StudyGraph, channel: NamedNode): string | undefined {
  const excitation = quantity(graph, channel, 'core:excitation_wavelength');
  const emission = quantity(graph, channel, 'core:emission_wavelength');
  const name = graph.label(channel) ?? graph.text(channel, 'core:fluor');
  const details = [
    excitation && `excitation ${excitation}`,
    emission && `emission ${emission}`,
    graph.choice(channel, 'core:acquisition_mode')?.replace(/(?<=[a-z])(?=[A-Z])/g, ' '),
    graph.choice(channel, 'core:contrast_method')?.replace(/(?<=[a-z])(?=[A-Z])/g, ' '),
  ].filter(isSaid);
  if (details.length === 0) return name;
  return name === undefined ? details.join(', ') : `${name} (${details.join(', ')})`;
}

function objectiveText(graph: StudyGraph, objective: NamedNode): string | undefined {
  const magnification = graph.number(objective, 'core:nominal_magnification');
  const na = graph.number(objective, 'core:lens_na');
  const optics = [
    magnification === undefined ? undefined : `${magnification}x`,
    na === undefined ? undefined : String(na),
  ];
  return words(
    maker(graph, objective),
    optics.filter(isSaid).join('/') || undefined,
    graph.choice(objective, 'core:correction'),
    graph.choice(objective, 'core:immersion')?.toLowerCase(),
  );
}

function maker(graph: StudyGraph, device: NamedNode): string | undefined {
  const manufacturer = graph.text(device, 'core:manufacturer');
  const model = graph.text(device, 'core:model');
  return manufacturer !== undefined && model?.startsWith(manufacturer) ? model : words(manufacturer, model);
}

function bracketed(text: string | undefined): string | undefined {
  return text === undefined ? undefined : `(${text})`;
}

function words(...parts: readonly (string | undefined)[]): string | undefined {
  const said = parts.filter(isSaid);
  return said.length === 0 ? undefined : said.join(' ');
}

function add(sentences: string[], what: string, text: string | undefined): void {
  if (text !== undefined) sentences.push(`${what}: ${text}.`);
}

function isSaid(text: string | undefined): text is string {
  return text !== undefined && text !== '';
}

function unique(nodes: readonly NamedNode[]): NamedNode[] {
  return [...new Map(nodes.map((n) => [n.value, n])).values()];
}
