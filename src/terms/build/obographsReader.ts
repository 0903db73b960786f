import type { Synonym, SynonymScope } from '../term.js';
import { curieOfIri } from './curieOfIri.js';
import { versionIn } from './oboReader.js';
import { licenceOf, malformed, type OntologySource, type SourceTerm } from './sourceTerm.js';

const SCOPES: Readonly<Record<string, SynonymScope>> = {
  hasExactSynonym: 'exact',
  hasRelatedSynonym: 'related',
  hasNarrowSynonym: 'narrow',
  hasBroadSynonym: 'broad',
};
/** V8 holds no longer text. */
const MOST_CHARACTERS = 500_000_000;

type Json = { readonly [key: string]: unknown };
const object = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const valuesOf = (meta: Json, pred: RegExp): string[] =>
  list(meta.basicPropertyValues)
    .map(object)
    .filter((p) => pred.test(text(p.pred)))
    .map((p) => text(p.val));

/** The terms of an OBO Graphs JSON document (obographs schema). @throws OmegraphError (input) when it is none */
export async function* readObographs(
  pieces: AsyncIterable<Uint8Array>,
  source: OntologySource,
): AsyncGenerator<SourceTerm> {
  const { where, head } = source;
  const graphs = list(object(await json(pieces, where)).graphs).map(object);
  if (graphs.length === 0) throw malformed(where, undefined, 'the JSON has no "graphs"; it is no OBO Graphs document');
  for (const graph of graphs) {
    const meta = object(graph.meta);
    head.prefix ??= text(graph.id)
      .replace(/^.*[/#]/, '')
      .replace(/\.(?:owl|json|obo)$/, '');
    if (head.version === undefined && text(meta.version) !== '') head.version = versionIn(text(meta.version));
    head.version ??= valuesOf(meta, /versionInfo$/)[0];
    head.title ??= valuesOf(meta, /[/#]title$/)[0];
    const licence = valuesOf(meta, /[/#](?:license|rights)$/)[0];
    if (licence !== undefined) head.licence ??= licenceOf(licence);
    const parents = new Map<string, string[]>();
    for (const edge of list(graph.edges).map(object)) {
      if (edge.pred !== 'is_a') continue;
      const [sub, obj] = [text(edge.sub), text(edge.obj)];
      const known = parents.get(sub);
      if (known) known.push(obj);
      else parents.set(sub, [obj]);
    }
    for (const [i, value] of list(graph.nodes).entries()) {
      const node = object(value);
      const id = text(node.id);
      if (id === '') throw malformed(where, undefined, `node ${i} has no id`);
      if (node.type === undefined ? text(node.lbl) !== '' : node.type === 'CLASS')
        yield termOf(id, node, parents.get(id) ?? [], source);
    }
  }
}

function termOf(id: string, node: Json, parents: readonly string[], source: OntologySource): SourceTerm {
  const meta = object(node.meta);
  const curie = (iri: string): string => curieOfIri(iri, source.head.stems) ?? iri;
  const synonyms: Synonym[] = list(meta.synonyms)
    .map(object)
    .map((s) => ({ text: text(s.val), scope: SCOPES[text(s.pred)] ?? 'related' }));
  for (const name of valuesOf(meta, /[/#](?:alternative_term|IAO_0000118|prefLabel|altLabel)$/))
    synonyms.push({ text: name, scope: 'exact' });
  const replacedBy = valuesOf(meta, /IAO_0100001$/)[0];
  return {
    curie: curie(id),
    label: text(node.lbl),
    synonyms,
    obsolete: meta.deprecated === true,
    parents: parents.map(curie),
    ...(replacedBy !== undefined && { replacedBy: curie(replacedBy) }),
  };
}

async function json(pieces: AsyncIterable<Uint8Array>, where: string): Promise<unknown> {
  const decoder = new TextDecoder('utf-8');
  let whole = '';
  for await (const piece of pieces) {
    whole += decoder.decode(piece, { stream: true });
    if (whole.length > MOST_CHARACTERS)
      throw malformed(where, undefined, 'the JSON is too large to be read whole; take the OBO file of the ontology');
  }
  try {
    return JSON.parse(whole + decoder.decode());
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : '';
    const at = /at position (\d+)/.exec(message)?.[1];
    const line = at === undefined ? whole.split('\n').length : whole.slice(0, Number(at)).split('\n').length;
    throw malformed(where, line, 'the JSON is malformed or cut off', message);
  }
}
