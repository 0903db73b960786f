import { DataFactory, type Quad, Store, termFromId, termToId } from 'n3';
import type { Profile } from '../profile.js';

/** A profile as text that another thread can read. */
export function packProfile(profile: Profile): string {
  const quads = profile.graph.getQuads(null, null, null, null);
  const graph = quads.map((q) => [q.subject, q.predicate, q.object].map(termToId));
  return JSON.stringify({ ...profile, graph });
}

/** The profile of a packed one. Blank nodes keep their names, and all readers of one text see shapes in the same order. */
export function unpackProfile(text: string): Profile {
  const { graph, ...rest } = JSON.parse(text, (_, value: unknown) =>
    isPackedIri(value) ? DataFactory.namedNode(value.value) : value,
  ) as Omit<Profile, 'graph'> & { readonly graph: readonly (readonly [string, string, string])[] };
  const store = new Store();
  for (const [s, p, o] of graph) {
    const [subject, predicate, object] = [termFromId(s), termFromId(p), termFromId(o)];
    store.addQuad(subject as Quad['subject'], predicate as Quad['predicate'], object as Quad['object']);
  }
  return { ...rest, graph: store };
}

function isPackedIri(value: unknown): value is { readonly value: string } {
  if (typeof value !== 'object' || value === null) return false;
  return 'termType' in value && value.termType === 'NamedNode' && 'value' in value && typeof value.value === 'string';
}
