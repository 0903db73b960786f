import { DataFactory } from 'n3';
import { PREFIXES } from '../rdf/vocabulary.js';
import type { ObjectLabel, PartReport } from './auditReport.js';
import { type ContainerGraph, isOfType, labelled } from './containerGraph.js';
import { pathValues, type ShaclPath } from './shaclPath.js';

/** Where an object sits in its container. */
export interface Placement {
  /** The image it is or belongs to. */
  readonly image?: ObjectLabel | undefined;
  /** The datasets and plates it is or belongs to. */
  readonly parts: readonly ObjectLabel[];
}

/** Looks up placements by IRI, with all datasets and plates of the container. */
export interface Placements {
  (node: string): Placement;
  readonly parts: readonly Pick<PartReport, 'node' | 'ref' | 'label' | 'type'>[];
}

const CONTAINED_IN: ShaclPath = {
  kind: 'zeroOrMore',
  path: { kind: 'predicate', predicate: DataFactory.namedNode(`${PREFIXES.dcterms}isPartOf`) },
};
const PARTS = ['Dataset', 'Plate'] as const;

/** Places every object of a container by `dcterms:isPartOf`; each is looked up once. */
export function placements(graph: ContainerGraph): Placements {
  const known = new Map<string, Placement>();
  const parts = PARTS.flatMap((type) =>
    graph
      .instances(DataFactory.namedNode(PREFIXES.core + type))
      .map((node) => ({ ...labelled(graph, node), type }))
      .sort((a, b) => (a.ref < b.ref ? -1 : 1)),
  );
  const labels = new Map<string, ObjectLabel>(parts.map(({ node, ref, label }) => [node, { node, ref, label }]));
  const place = (node: string): Placement => {
    let found = known.get(node);
    if (found === undefined) {
      const above = pathValues(graph, DataFactory.namedNode(node), CONTAINED_IN);
      const image = above.find((n) => isOfType(graph, n, 'Image'));
      found = { image: image && labelled(graph, image), parts: above.flatMap((n) => labels.get(n.value) ?? []) };
      known.set(node, found);
    }
    return found;
  };
  return Object.assign(place, { parts });
}
