import type { BlankNode, NamedNode, Quad } from '@rdfjs/types';
import { DataFactory } from 'n3';
import { SaxesParser, type SaxesTagNS } from 'saxes';
import { PREFIXES } from './vocabulary.js';

const RDF_NS = PREFIXES.rdf;
const XML_NS = 'http://www.w3.org/XML/1998/namespace';
const rdf = (local: string): NamedNode => DataFactory.namedNode(RDF_NS + local);
/** Names that are no node elements, and names that are no property elements (RDF 1.1 XML Syntax section 5.1). */
const CORE = [
  'RDF',
  'ID',
  'about',
  'parseType',
  'resource',
  'nodeID',
  'datatype',
  'aboutEach',
  'aboutEachPrefix',
  'bagID',
];
const SYNTAX_ATTRIBUTES = ['ID', 'about', 'parseType', 'resource', 'nodeID', 'datatype'];
const DEEPEST = 1000;
/** Blank nodes are read, never written. */
const newBlank = DataFactory.blankNode;

type Subject = NamedNode | BlankNode;

interface Frame {
  /** What the children of the element are. */
  readonly holds: 'root' | 'nodes' | 'properties' | 'value' | 'collection' | 'literal';
  readonly base: string;
  readonly language: string;
  /** Whose properties these are; of a value, whose property it is. */
  subject?: Subject;
  property?: NamedNode;
  reified?: NamedNode | undefined;
  datatype?: string | undefined;
  text: string;
  /** Whether a value held a node element. */
  filled?: boolean;
  items?: Subject[];
  /** Number of `rdf:li` so far. */
  li: number;
}

/** Reads RDF/XML (RDF 1.1 XML Syntax) piece by piece; DOCTYPE and `rdf:parseType="Literal"` are refused. */
export interface RdfXmlReader {
  /** @throws Error whose message says what is wrong; `line` says where */
  write(text: string): Quad[];
  close(): Quad[];
  /** Line of the input that is read, from 1. */
  readonly line: number;
}

/** A reader with its own blank nodes. `base` resolves relative IRIs. */
export function rdfXmlReader(base: string | undefined): RdfXmlReader {
  const parser = new SaxesParser({ xmlns: true });
  const quads: Quad[] = [];
  const frames: Frame[] = [{ holds: 'root', base: base ?? '', language: '', text: '', li: 0 }];
  const nodes = new Map<string, BlankNode>();
  const ids = new Set<string>();
  let depth = 0;

  const fresh = (name?: string): BlankNode => {
    const known = name === undefined ? undefined : nodes.get(name);
    const node = known ?? newBlank();
    if (name !== undefined) nodes.set(name, node);
    return node;
  };
  const emit = (s: Subject, p: NamedNode, o: Quad['object'], reified?: NamedNode): void => {
    quads.push(DataFactory.quad(s as never, p as never, o as never));
    if (reified === undefined) return;
    quads.push(DataFactory.quad(reified as never, rdf('type') as never, rdf('Statement') as never));
    quads.push(DataFactory.quad(reified as never, rdf('subject') as never, s as never));
    quads.push(DataFactory.quad(reified as never, rdf('predicate') as never, p as never));
    quads.push(DataFactory.quad(reified as never, rdf('object') as never, o as never));
  };
  const literal = (text: string, { language, datatype }: Pick<Frame, 'language' | 'datatype'>): Quad['object'] =>
    DataFactory.literal(
      text,
      datatype !== undefined ? DataFactory.namedNode(datatype) : language || undefined,
    ) as Quad['object'];
  const resolve = (iri: string, against: string): string => resolved(iri, against);
  const byId = (id: string, frame: Frame): NamedNode => {
    const iri = resolve(`#${ncName(id, 'rdf:ID')}`, frame.base);
    if (ids.has(iri)) throw new Error(`rdf:ID "${id}" is there twice`);
    ids.add(iri);
    return DataFactory.namedNode(iri);
  };

  /** A node element (section 7.2.11): its subject, type and property attributes. */
  const openNode = (tag: Tag, frame: Frame): Subject => {
    if (tag.uri === RDF_NS && [...CORE, 'li'].includes(tag.local))
      throw new Error(`rdf:${tag.local} is no node element`);
    only(tag, ['ID', 'about', 'nodeID'], 1);
    const { ID, about, nodeID } = tag.rdf;
    const subject =
      ID !== undefined
        ? byId(ID, frame)
        : about !== undefined
          ? DataFactory.namedNode(resolve(about, frame.base))
          : fresh(nodeID === undefined ? undefined : ncName(nodeID, 'rdf:nodeID'));
    if (tag.uri !== RDF_NS || tag.local !== 'Description')
      emit(subject, rdf('type'), DataFactory.namedNode(tag.uri + tag.local));
    attributes(subject, tag, frame);
    return subject;
  };
  const attributes = (subject: Subject, tag: Tag, frame: Frame): void => {
    for (const [iri, value] of tag.properties) {
      if (iri === rdf('type').value) emit(subject, rdf('type'), DataFactory.namedNode(resolve(value, frame.base)));
      else emit(subject, DataFactory.namedNode(iri), literal(value, { language: frame.language }));
    }
  };

  /** A property element (sections 7.2.14 to 7.2.21): what its children will be. */
  const openProperty = (tag: Tag, parent: Frame, frame: Frame): void => {
    if (tag.uri === RDF_NS && [...CORE, 'Description'].includes(tag.local))
      throw new Error(`rdf:${tag.local} is no property element`);
    if (tag.uri === '') throw new Error(`property element "${tag.local}" has no namespace`);
    const subject = parent.subject as Subject;
    if (tag.uri === RDF_NS && tag.local === 'li') parent.li += 1;
    const property =
      tag.uri === RDF_NS && tag.local === 'li' ? rdf(`_${parent.li}`) : DataFactory.namedNode(tag.uri + tag.local);
    const { ID, parseType, resource, nodeID, datatype } = tag.rdf;
    const reified = ID === undefined ? undefined : byId(ID, frame);
    Object.assign(frame, { holds: 'value', subject, property, reified });
    if (parseType !== undefined) {
      only(tag, ['ID', 'parseType'], 2);
      if (tag.properties.length > 0) throw new Error('rdf:parseType with property attributes');
      if (parseType === 'Resource') {
        const node = fresh();
        emit(subject, property, node, reified);
        Object.assign(frame, { holds: 'properties', subject: node });
      } else if (parseType === 'Collection') Object.assign(frame, { holds: 'collection', items: [] });
      else throw new Error(`rdf:parseType="${parseType}" is not supported`);
    } else if (resource !== undefined || nodeID !== undefined || tag.properties.length > 0) {
      only(tag, ['ID', 'resource', 'nodeID'], 2);
      if (resource !== undefined && nodeID !== undefined) throw new Error('rdf:resource together with rdf:nodeID');
      const node =
        resource !== undefined
          ? DataFactory.namedNode(resolve(resource, frame.base))
          : fresh(nodeID === undefined ? undefined : ncName(nodeID, 'rdf:nodeID'));
      emit(subject, property, node, reified);
      attributes(node, tag, frame);
      Object.assign(frame, { holds: 'literal' });
    } else {
      only(tag, ['ID', 'datatype'], 2);
      frame.datatype = datatype === undefined ? undefined : resolve(datatype, frame.base);
    }
  };

  parser.on('doctype', () => {
    throw new Error('a DOCTYPE is not accepted');
  });
  parser.on('error', (error) => {
    throw new Error(error.message.replace(/^\d+:\d+: /, ''));
  });
  parser.on('opentag', (opened) => {
    depth += 1;
    if (depth > DEEPEST) throw new Error(`elements are nested deeper than ${DEEPEST}`);
    const parent = frames[frames.length - 1] as Frame;
    const tag = tagOf(opened);
    const frame: Frame = {
      holds: 'properties',
      base: tag.base === undefined ? parent.base : resolve(tag.base, parent.base),
      language: tag.language ?? parent.language,
      text: '',
      li: 0,
    };
    if (parent.holds === 'root' && tag.uri === RDF_NS && tag.local === 'RDF') frames.push({ ...frame, holds: 'nodes' });
    else if (parent.holds === 'literal') throw new Error(`element "${opened.name}" where none may be`);
    else if (parent.holds === 'properties') {
      openProperty(tag, parent, frame);
      frames.push(frame);
    } else {
      const node = openNode(tag, frame);
      frame.subject = node;
      if (parent.holds === 'collection') parent.items?.push(node);
      if (parent.holds === 'value') {
        if (parent.filled || parent.datatype !== undefined || parent.text.trim() !== '')
          throw new Error('a property with more than one value');
        parent.filled = true;
        emit(parent.subject as Subject, parent.property as NamedNode, node, parent.reified);
      }
      frames.push(frame);
    }
  });
  const onText = (text: string): void => {
    const frame = frames[frames.length - 1] as Frame;
    if (frame.holds === 'value' && !frame.filled) frame.text += text;
    else if (text.trim() !== '') throw new Error(`text where none may be: "${text.trim().slice(0, 40)}"`);
  };
  parser.on('text', onText);
  parser.on('cdata', onText);
  parser.on('closetag', () => {
    depth -= 1;
    const frame = frames.pop() as Frame;
    const { holds, subject, property, reified, items, text } = frame;
    if (subject === undefined || property === undefined) return;
    if (holds === 'value' && !frame.filled) emit(subject, property, literal(text, frame), reified);
    if (holds === 'collection') {
      let list: Subject = rdf('nil');
      for (const item of (items ?? []).reverse()) {
        const cell = fresh();
        emit(cell, rdf('first'), item);
        emit(cell, rdf('rest'), list);
        list = cell;
      }
      emit(subject, property, list, reified);
    }
  });
  return {
    write: (text) => {
      parser.write(text);
      return quads.splice(0);
    },
    close: () => {
      parser.close();
      return quads.splice(0);
    },
    get line() {
      return parser.line;
    },
  };
}

interface Tag {
  readonly uri: string;
  readonly local: string;
  /** Attributes of RDF's own syntax. */
  readonly rdf: { readonly [name: string]: string | undefined };
  /** Property attributes. */
  readonly properties: readonly (readonly [iri: string, value: string])[];
  readonly base: string | undefined;
  readonly language: string | undefined;
}

function tagOf({ uri, local, attributes }: SaxesTagNS): Tag {
  const own: Record<string, string> = {};
  const properties: [string, string][] = [];
  let base: string | undefined;
  let language: string | undefined;
  for (const { uri: ns, local: name, value, prefix } of Object.values(attributes)) {
    if (prefix === 'xmlns' || (prefix === '' && name === 'xmlns')) continue;
    if (ns === XML_NS) {
      if (name === 'base') base = value;
      if (name === 'lang') language = value;
    } else if (ns === RDF_NS || (ns === '' && ['ID', 'about', 'resource', 'parseType', 'type'].includes(name))) {
      if (SYNTAX_ATTRIBUTES.includes(name)) own[name] = value;
      else if ([...CORE, 'li', 'Description'].includes(name)) throw new Error(`rdf:${name} is no property attribute`);
      else properties.push([RDF_NS + name, value]);
    } else if (/^xml/i.test(name) && ns === '') {
      // Reserved by XML; section 6.1.4 of the syntax leaves them out.
    } else if (ns === '') throw new Error(`attribute "${name}" has no namespace`);
    else properties.push([ns + name, value]);
  }
  return { uri, local, rdf: own, properties, base, language };
}

function only(tag: Tag, allowed: readonly string[], most: number): void {
  const names = Object.keys(tag.rdf);
  const other = names.find((name) => !allowed.includes(name));
  if (other !== undefined || names.length > most)
    throw new Error(`rdf:${other ?? names.join(', rdf:')} may not stand here`);
}

function ncName(text: string, what: string): string {
  if (!/^[\p{L}_][\p{L}\p{M}\p{N}._\u00b7-]*$/u.test(text)) throw new Error(`${what}="${text}" is no XML name`);
  return text;
}

/** An IRI against its base (RFC 3986 section 5); an absolute one stays as it is written. */
function resolved(iri: string, base: string): string {
  if (/^[A-Za-z][A-Za-z0-9+.-]*:/.test(iri)) return iri;
  if (!URL.canParse(base)) throw new Error(`"${iri}" is relative, and there is no base`);
  const against = base.replace(/#.*$/s, '');
  if (iri === '') return against;
  return iri.startsWith('#') ? against + iri : new URL(iri, against).href;
}
