import type { Synonym, SynonymScope } from '../term.js';
import { curieOfIri } from './curieOfIri.js';
import { licenceOf, malformed, type OntologySource, type SourceTerm } from './sourceTerm.js';
import type { TextLine } from './textLines.js';

const SCOPES: Readonly<Record<string, SynonymScope>> = {
  EXACT: 'exact',
  RELATED: 'related',
  NARROW: 'narrow',
  BROAD: 'broad',
};
/** Properties whose value is a name as good as the label. */
const NAMES =
  /^(?:(?:skos:)?(?:prefLabel|altLabel)|IAO:0000118|(?:efo:)?alternative_term|\S*[/#](?:prefLabel|altLabel|alternative_term|IAO_0000118)) "/;
const LICENCE = /^(?:dc|dcterms|terms):license |\/license /;
const TITLE = /^(?:dc|dcterms|terms):title |\/title /;

interface Stanza {
  readonly kind: string;
  readonly line: number;
  id?: string;
  name?: string;
  synonyms: Synonym[];
  obsolete: boolean;
  replacedBy?: string;
  merged: string[];
  parents: string[];
}

/** The terms of an OBO file (OBO flat file format 1.2 and 1.4). @throws OmegraphError (input) that names the line */
export async function* readObo(lines: AsyncIterable<TextLine>, source: OntologySource): AsyncGenerator<SourceTerm> {
  const { where } = source;
  let stanza: Stanza | undefined;
  let seen = false;
  for await (const { text, line, ended } of lines) {
    const trimmed = text.trim();
    if (trimmed === '' || trimmed.startsWith('!')) continue;
    const opened = /^\[([A-Za-z]+)\]$/.exec(trimmed);
    if (opened) {
      if (stanza?.kind === 'Term') yield* termsOf(stanza, where);
      stanza = { kind: opened[1] ?? '', line, synonyms: [], obsolete: false, merged: [], parents: [] };
      continue;
    }
    const tag = /^([^\s:"]+):(?:\s+|$)(.*)$/s.exec(trimmed);
    if (tag === null)
      throw malformed(where, line, ended ? 'this is no line of an OBO file' : 'the file is cut off', trimmed);
    const [, name = '', value = ''] = tag;
    if (stanza === undefined) {
      if (!seen && name !== 'format-version')
        throw malformed(where, line, 'an OBO file begins with format-version', trimmed);
      seen = true;
      header(name, value, source);
    } else if (stanza.kind === 'Term') clause(stanza, name, value, where, line);
  }
  if (stanza === undefined) throw malformed(where, undefined, 'the OBO file has no stanza; it is empty or cut off');
  if (stanza.kind === 'Term') yield* termsOf(stanza, where);
}

function header(name: string, value: string, { head }: OntologySource): void {
  if (name === 'ontology') head.prefix ??= value.replace(/^.*[/#]/, '').replace(/\.(?:obo|owl)$/, '');
  else if (name === 'data-version') head.version ??= versionIn(value);
  else if (name === 'idspace') {
    const [, prefix = '', stem = ''] = /^(\S+)\s+(\S+)/.exec(value) ?? [];
    if (stem !== '') head.stems.set(prefix, stem);
  } else if (name === 'property_value') {
    const given = /(?:\s|^)"(.*)"|\s(\S+)(?:\s+xsd:\S+)?$/s.exec(value);
    const text = given?.[1] ?? given?.[2] ?? '';
    if (LICENCE.test(value)) head.licence ??= licenceOf(text);
    else if (TITLE.test(value)) head.title ??= text;
  }
}

/** The date or number in a version IRI (`releases/2020-11-06/fbbi.owl`), or the text as it is. */
export function versionIn(text: string): string {
  return /\d{4}-\d{2}-\d{2}|\d+(?:\.\d+)+/.exec(text)?.[0] ?? text.trim();
}

function clause(stanza: Stanza, name: string, value: string, where: string, line: number): void {
  switch (name) {
    case 'id':
      if (stanza.id !== undefined) throw malformed(where, line, 'a stanza has two ids', value);
      stanza.id = identifier(value);
      break;
    case 'name':
      stanza.name = unescaped(value);
      break;
    case 'synonym': {
      const parts = /^"((?:[^"\\]|\\.)*)"\s*([A-Z]+)?/s.exec(value);
      if (parts === null) throw malformed(where, line, 'a synonym is not closed', value);
      stanza.synonyms.push({ text: unescaped(parts[1] ?? ''), scope: SCOPES[parts[2] ?? ''] ?? 'related' });
      break;
    }
    case 'exact_synonym':
    case 'related_synonym':
    case 'narrow_synonym':
    case 'broad_synonym': {
      const text = /^"((?:[^"\\]|\\.)*)"/s.exec(value)?.[1];
      if (text === undefined) throw malformed(where, line, 'a synonym is not closed', value);
      stanza.synonyms.push({ text: unescaped(text), scope: name.slice(0, name.indexOf('_')) as SynonymScope });
      break;
    }
    case 'alt_id':
      stanza.merged.push(identifier(value));
      break;
    case 'is_a':
      stanza.parents.push(identifier(value));
      break;
    case 'is_obsolete':
      stanza.obsolete = value.startsWith('true');
      break;
    case 'replaced_by':
      stanza.replacedBy = identifier(value);
      break;
    case 'property_value':
      if (NAMES.test(value)) {
        const text = /"((?:[^"\\]|\\.)*)"/s.exec(value)?.[1] ?? '';
        stanza.synonyms.push({ text: unescaped(text), scope: 'exact' });
      }
  }
}

/** The term of a stanza, and those that were merged into it: they are obsolete and replaced by it. */
function* termsOf({ id, name = '', kind: _kind, merged, ...rest }: Stanza, where: string): Generator<SourceTerm> {
  if (id === undefined) throw malformed(where, rest.line, 'a term has no id');
  yield { curie: id, label: name, ...rest };
  if (rest.obsolete) return;
  const { line } = rest;
  for (const curie of merged)
    yield { curie, label: name, synonyms: [], obsolete: true, replacedBy: id, parents: [], line };
}

/** An id without trailing modifiers and comment; an IRI as a CURIE where its form allows. */
function identifier(value: string): string {
  const id = value.replace(/\s+(?:\{.*\}\s*)?(?:!.*)?$/s, '').trim();
  return curieOfIri(id) ?? id;
}

const ESCAPES: Readonly<Record<string, string>> = { n: ' ', W: ' ', t: ' ' };

function unescaped(text: string): string {
  return text
    .replace(/\s+(?:\{.*\}\s*)?!.*$/s, '')
    .replace(/\\(.)/gs, (_, c: string) => ESCAPES[c] ?? c)
    .trim();
}
