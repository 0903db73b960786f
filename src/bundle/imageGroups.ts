import type { NamedNode } from 'n3';
import { type AcquisitionFact, acquisitionFacts, channelsOf, instrumentText } from './acquisitionText.js';
import { filesOf, type SourceFile } from './imageFiles.js';
import type { KeyValueFact, SignalChannel } from './studyDescription.js';
import { byNumbers, refOf, type StudyGraph } from './studyGraph.js';

/** An image with everything that the sections and file lists are made from. */
export interface StudyImage {
  readonly ref: string;
  readonly name: string;
  /** Label of its well ("A1"), on a plate. */
  readonly well?: string | undefined;
  readonly acquiredOn?: string | undefined;
  readonly facts: readonly KeyValueFact[];
  readonly acquisition: readonly AcquisitionFact[];
  readonly channels: readonly SignalChannel[];
  readonly instrument?: string | undefined;
  readonly files: readonly SourceFile[];
}

/** The images of one Dataset or Plate, or of none. */
export interface ImageGroup {
  readonly name: string;
  readonly description?: string | undefined;
  readonly source?: string | undefined;
  readonly images: readonly StudyImage[];
}

/** The images of a container by Dataset and Plate; those of neither form a group of their own. Each image is in one group. */
export function imageGroups(graph: StudyGraph, containerName: string | undefined): ImageGroup[] {
  const members = new Map<string, NamedNode[]>();
  const homes = new Map<string, NamedNode>();
  for (const image of graph.instances('Image')) {
    const home = homeOf(graph, image);
    if (home !== undefined) homes.set(home.value, home);
    const list = members.get(home?.value ?? '') ?? [];
    list.push(image);
    members.set(home?.value ?? '', list);
  }
  return [...members]
    .map(([iri, images]) => {
      const home = homes.get(iri);
      return {
        name:
          (home && graph.label(home)) ?? (home ? refOf(home.value) : (containerName ?? 'Images outside any dataset')),
        description: home && graph.text(home, 'rdfs:comment'),
        source: home && refOf(home.value),
        images: images.map((image) => studyImage(graph, image)),
      };
    })
    .sort((a, b) => byNumbers(a.name, b.name) || byNumbers(a.source ?? '', b.source ?? ''));
}

/** The Dataset of an image, else the Plate of its well. */
function homeOf(graph: StudyGraph, image: NamedNode): NamedNode | undefined {
  const parents = graph.nodes(image, 'dcterms:isPartOf');
  const dataset = parents.find((parent) => graph.hasType(parent, 'Dataset'));
  return (
    dataset ??
    wellsOf(graph, image)
      .flatMap((well) => graph.nodes(well, 'dcterms:isPartOf'))
      .find((parent) => graph.hasType(parent, 'Plate'))
  );
}

function wellsOf(graph: StudyGraph, image: NamedNode): NamedNode[] {
  return graph
    .nodes(image, 'dcterms:isPartOf')
    .filter((parent) => graph.hasType(parent, 'WellSample'))
    .flatMap((sample) => graph.nodes(sample, 'dcterms:isPartOf'))
    .filter((parent) => graph.hasType(parent, 'Well'));
}

function studyImage(graph: StudyGraph, image: NamedNode): StudyImage {
  const ref = refOf(image.value);
  const facts = graph.effectiveFacts(image);
  const [well] = wellsOf(graph, image);
  return {
    ref,
    name: graph.label(image) ?? ref,
    well: well && graph.label(well),
    acquiredOn: graph.text(image, 'omekg:acquisition_date')?.slice(0, 10),
    facts,
    acquisition: acquisitionFacts(graph, image),
    channels: signalChannels(graph, image, facts),
    instrument: instrumentText(graph, image),
    files: filesOf(graph, image),
  };
}

/**
 * What each channel shows: from pairs like `Channel 1 - content`, from a pair like `Channels` = `dye:target;dye:target`,
 * else the fluorophore and name of the OME channel.
 */
function signalChannels(graph: StudyGraph, image: NamedNode, facts: readonly KeyValueFact[]): SignalChannel[] {
  const ome = channelsOf(graph, image).map((channel) => ({
    name: graph.label(channel),
    fluor: graph.text(channel, 'core:fluor'),
  }));
  const content = new Map<number, string>();
  const entity = new Map<number, string>();
  const numbers = facts.filter(isChannelFact).map((fact) => channelNumber(fact.key) ?? 0);
  // People count channels from 0 or from 1; only a 0 tells.
  const first = numbers.length === 0 ? 0 : numbers.includes(0) ? 0 : 1;
  for (const fact of facts) {
    const number = channelNumber(fact.key);
    if (isChannelFact(fact) && number !== undefined) {
      (fact.field === 'channelContent' ? content : entity).set(number - first, fact.value);
    }
    for (const [i, pair] of channelPairs(fact).entries()) {
      content.set(i, pair[0]);
      entity.set(i, pair[1]);
    }
  }
  const count = Math.max(ome.length, ...[...content.keys(), ...entity.keys()].map((i) => i + 1));
  const mechanism = facts.find((fact) => fact.field === 'signalContrastMechanism')?.value;
  return Array.from({ length: count }, (_, i) => ({
    identifier: String(i),
    content: content.get(i) ?? ome[i]?.fluor ?? (entity.get(i) === undefined ? ome[i]?.name : undefined),
    biologicalEntity: entity.get(i),
    contrastMechanism: mechanism,
  })).filter((channel) => channel.content !== undefined || channel.biologicalEntity !== undefined);
}

/** Whether a pair says something about one numbered channel. */
export function isChannelFact(fact: KeyValueFact): boolean {
  const isChannel = fact.field === 'channelContent' || fact.field === 'channelBiologicalEntity';
  return isChannel && fact.value !== '' && channelNumber(fact.key) !== undefined;
}

function channelNumber(key: string): number | undefined {
  const match = /\b(?:channel|ch)[\s_.-]*(\d{1,3})\b/i.exec(key);
  return match === null ? undefined : Number(match[1]);
}

/** `H2B-mCherry:chromatin;eGFP:lamin` under the key Channels, as the Image Data Resource writes it. */
export function channelPairs(fact: KeyValueFact): [string, string][] {
  if (!/^channels?$/i.test(fact.key.trim())) return [];
  const pairs = fact.value
    .split(';')
    .filter((p) => p.trim() !== '')
    .map((p) => p.split(':').map((part) => part.trim()));
  return pairs.every((p) => p.length === 2 && p[0] !== '' && p[1] !== '')
    ? pairs.map(([a = '', b = '']) => [a, b])
    : [];
}
