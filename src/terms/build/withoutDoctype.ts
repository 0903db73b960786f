import { malformed } from './sourceTerm.js';

/** Characters within which a DOCTYPE has to end. */
const HEAD = 200_000;
const LONGEST_ENTITY = 1000;

/**
 * RDF/XML with the entities of its DOCTYPE put in and the DOCTYPE gone, as ontology editors write it; lines keep their
 * numbers. Entities are namespaces there: one that is outside the file, or has another in it, is refused.
 * @throws OmegraphError (input)
 */
export async function* withoutDoctype(pieces: AsyncIterable<Uint8Array>, where: string): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let pending = '';
  let entities: Map<string, string> | undefined;
  const ready = (last: boolean): string => {
    if (entities === undefined) {
      // The first element says that no DOCTYPE follows.
      const element = /<[A-Za-z]/.exec(pending);
      if (element === null && !last && pending.length < HEAD) return '';
      ({ entities, text: pending } = replacedDoctype(pending, where));
    }
    const known = entities;
    if (known.size === 0) {
      const text = pending;
      pending = '';
      return text;
    }
    // An entity may be cut by the end of a piece.
    const open = last ? -1 : pending.lastIndexOf('&');
    const end = open < 0 || pending.length - open > 100 || pending.indexOf(';', open) >= 0 ? pending.length : open;
    const text = pending.slice(0, end);
    pending = pending.slice(end);
    return text.replace(/&([A-Za-z_][\w.-]*);/g, (whole, name: string) => known.get(name) ?? whole);
  };
  const decoded = (piece?: Uint8Array): string => {
    try {
      return piece === undefined ? decoder.decode() : decoder.decode(piece, { stream: true });
    } catch {
      throw malformed(where, undefined, 'the XML is not UTF-8');
    }
  };
  for await (const piece of pieces) {
    pending += decoded(piece);
    yield ready(false);
  }
  pending += decoded();
  yield ready(true);
}

function replacedDoctype(text: string, where: string): { entities: Map<string, string>; text: string } {
  const entities = new Map<string, string>();
  const start = /^(?:\ufeff)?\s*(?:<\?[^>]*\?>\s*|<!--(?:(?!-->).)*-->\s*)*(?=<!DOCTYPE)/s.exec(text);
  if (start === null) return { entities, text };
  const doctype = /^<!DOCTYPE\s+[^\s[>]+\s*(?:\[((?:[^\]"']|"[^"]*"|'[^']*')*)\]\s*)?>/.exec(
    text.slice(start[0].length),
  );
  if (doctype === null) throw malformed(where, undefined, 'the DOCTYPE is not closed, or names another file');
  const inside = (doctype[1] ?? '').replace(/<!--(?:(?!-->).)*-->/gs, '');
  const rest = inside.replace(
    /<!ENTITY\s+([A-Za-z_][\w.-]*)\s+(?:"([^"]*)"|'([^']*)')\s*>/g,
    (_, name: string, double?: string, single?: string) => {
      const value = double ?? single ?? '';
      if (/[&<%]/.test(value) || value.length > LONGEST_ENTITY)
        throw malformed(where, undefined, 'an entity of the DOCTYPE is no plain text', name);
      entities.set(name, value);
      return '';
    },
  );
  if (rest.trim() !== '') throw malformed(where, undefined, 'the DOCTYPE has more than entities', rest.trim());
  const end = start[0].length + doctype[0].length;
  return { entities, text: start[0] + doctype[0].replace(/[^\n]/g, '') + text.slice(end) };
}
