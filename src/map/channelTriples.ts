import type { NamedNode } from 'n3';
import { REMBI, type RembiField } from '../rdf/rembi.js';
import { RDFS } from '../rdf/vocabulary.js';
import type { ValueKind } from '../terms/valueKinds.js';
import { parseChannels } from './channels.js';
import { CORE, OMG, SCHEMA } from './graphTerms.js';
import { add, addText, addTextIf, integerLiteral, node, type Sink } from './sink.js';

/** Grounds one text of a kind and says the term's IRI; the caller describes the term. */
export type GroundText = (kind: ValueKind, text: string) => NamedNode | undefined;

/**
 * Adds what a packed text of channels says (docs/graph.md, layer 2): one part a channel, with content and biological entity,
 * and both on the objects that carry the pair. False, and nothing added, when the text has no such form.
 */
export function addChannels(
  sink: Sink,
  entry: NamedNode,
  targets: readonly NamedNode[],
  value: string,
  ground?: GroundText,
): boolean {
  const channels = parseChannels(value).filter((c) => c.content !== undefined || c.biologicalEntity !== undefined);
  const say = (part: NamedNode, field: RembiField, kind: ValueKind, text: string | undefined): void => {
    if (text === undefined) return;
    const bia = sink.compiled.bia.get(field);
    const term = ground?.(kind, text);
    addText(sink, part, REMBI[field], text);
    if (term !== undefined) add(sink, part, SCHEMA.about, term);
    for (const target of targets) {
      addText(sink, target, REMBI[field], text);
      if (bia !== undefined) addText(sink, target, bia, text);
      if (term !== undefined) add(sink, target, SCHEMA.about, term);
    }
  };
  channels.forEach(({ channel, content, biologicalEntity }, index) => {
    const part = node(`${entry.value}/channel/${index}`);
    add(sink, entry, OMG.channel, part);
    add(sink, part, CORE.index, integerLiteral(index));
    addTextIf(sink, part, RDFS.label, channel);
    say(part, 'channelContent', 'stain', content);
    say(part, 'channelBiologicalEntity', 'cellularComponent', biologicalEntity);
  });
  return channels.length > 0;
}
