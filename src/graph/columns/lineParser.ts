import type { Quad, Term } from '@rdfjs/types';
import { nquadsReader } from '../../rdf/nquadsReader.js';
import type { ContainerGraph, TermId } from './containerGraph.js';
import { graphOfPairs, type GrowingPairs, growingPairs } from './graphBuilder.js';
import { closeOfToken, endOfIri, nextLineFeed } from './nquadsTokens.js';
import { createTermTable } from './termTable.js';
import { createTokenTable, sameBytes, tokenHash, viewOf } from './tokenTable.js';

/** Takes the lines of an N-Quads file as bytes. */
export interface LineParser {
  /** Lines taken. */
  readonly read: number;
  /**
   * Takes whole lines: UTF-8 that ends with a line feed at `end - 1`, four more bytes in `bytes` after it. The place of
   * the first line that is not an N-Quad of a record, or -1; lines of other predicates are only looked at, not parsed.
   */
  take(bytes: Uint8Array, view: DataView, end: number): number;
  graph(): ContainerGraph;
}

const SPACE = 0x20;
const LESS_THAN = 0x3c;
const QUOTE = 0x22;
const UNKNOWN = -1;

/**
 * Parses canonical lines by comparing bytes with the line before (records are sorted, so subject and graph mostly repeat,
 * and a predicate mostly follows the one it followed last); what that does not cover goes through `nquadsReader`.
 */
export function createLineParser(wanted: ReadonlySet<string> | undefined): LineParser {
  const terms = createTermTable();
  const { tokens, insertToken } = terms;
  /** Predicates met, as `<iri> `. */
  const predicates = createTokenTable();
  let predicateBytes = viewOf(predicates.bytes);
  /** By number of predicate; undefined where it is not wanted. */
  const lists: (GrowingPairs | undefined)[] = [];
  const pairs = new Map<TermId, GrowingPairs>();
  /** Number of the predicate that came after one, at that one's number + 1. */
  let following = new Int32Array(64);
  /** Subject of the line before, as `<iri> `, and its number once a line of it was wanted. */
  let subjectBytes = new Uint8Array(256);
  let subjectView = viewOf(subjectBytes);
  let subjectLength = 0;
  let subject: TermId = UNKNOWN;
  /** What follows the object in the line before: ` <graph> .`. */
  let suffix = viewOf(Buffer.from(' .'));
  const reader = nquadsReader();
  let read = 0;

  const predicateNumber = (view: DataView, start: number, end: number): number => {
    const hash = tokenHash(view, start, end);
    const known = predicates.find(hash, view, start, end);
    if (known !== -1) return known;
    const number = predicates.insert(hash, view, start, end);
    predicateBytes = viewOf(predicates.bytes);
    const iri = predicates.bytes.toString('utf8', predicates.start(number) + 1, predicates.end(number) - 2);
    lists.push(wanted?.has(iri) === false ? undefined : growingPairs());
    if (number + 1 >= following.length) {
      const wider = new Int32Array(following.length * 2);
      wider.set(following);
      following = wider;
    }
    return number;
  };
  const takeSubject = (bytes: Uint8Array, start: number, end: number): void => {
    subjectLength = end - start;
    subject = UNKNOWN;
    if (subjectLength > subjectBytes.length) {
      subjectBytes = new Uint8Array(subjectLength * 2);
      subjectView = viewOf(subjectBytes);
    }
    for (let at = 0; at < subjectLength; at++) subjectBytes[at] = bytes[start + at] as number;
  };
  /** Number of a token that is known, or that is canonical and added; -1 for anything else. */
  const termOf = (bytes: Uint8Array, view: DataView, start: number, end: number): TermId => {
    const hash = tokenHash(view, start, end);
    const known = tokens.find(hash, view, start, end);
    if (known !== -1) return known;
    const close = closeOfToken(view, bytes, start, end);
    return close === -1 ? -1 : insertToken(hash, view, start, end, close);
  };
  /** Any line the grammar allows; false when it does not. */
  const takeSlowly = (bytes: Uint8Array, start: number, end: number): boolean => {
    const line = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('utf8');
    const quad = reader.quad(line);
    if (quad === undefined) return false;
    const graph = quad.graph.termType === 'DefaultGraph' ? ' .' : ` <${quad.graph.value}> .`;
    suffix = viewOf(Buffer.from(graph));
    const token = Buffer.from(`<${quad.predicate.value}> `);
    const list = lists[predicateNumber(viewOf(token), 0, token.length)];
    list?.add(terms.add(quad.subject), terms.add(objectAsWritten(quad, line.slice(0, -graph.length))));
    return true;
  };
  const take: LineParser['take'] = (bytes, view, end) => {
    let predicate = -1;
    for (let at = 0; at < end;) {
      const start = at;
      read += 1;
      if (subjectLength > 0 && start + subjectLength < end && sameBytes(subjectView, 0, view, start, subjectLength)) {
        at += subjectLength;
      } else {
        at = endOfIri(bytes, start);
        if (at === -1 || bytes[at] !== SPACE) return start;
        at += 1;
        takeSubject(bytes, start, at);
      }
      const likely = following[predicate + 1] as number;
      const from = predicates.start(likely);
      const length = likely < predicates.size ? predicates.end(likely) - from : 0;
      if (length > 0 && at + length < end && sameBytes(predicateBytes, from, view, at, length)) {
        predicate = likely;
        at += length;
      } else {
        const close = endOfIri(bytes, at);
        if (close === -1 || bytes[close] !== SPACE) return start;
        const number = predicateNumber(view, at, close + 1);
        following[predicate + 1] = number;
        predicate = number;
        at = close + 1;
      }
      const lineFeed = nextLineFeed(view, at);
      const after = lineFeed - suffix.byteLength;
      const first = bytes[at];
      const usual = after > at && sameBytes(suffix, 0, view, after, suffix.byteLength);
      const list = lists[predicate];
      if (usual && list === undefined && (first === LESS_THAN || first === QUOTE)) {
        at = lineFeed + 1;
        continue;
      }
      const object = usual ? termOf(bytes, view, at, after) : -1;
      if (object === -1 || list === undefined) {
        if (!takeSlowly(bytes, start, lineFeed)) return start;
      } else {
        if (subject === UNKNOWN) subject = termOf(subjectBytes, subjectView, 0, subjectLength - 1);
        list.add(subject, object);
      }
      at = lineFeed + 1;
    }
    return -1;
  };
  return {
    get read() {
      return read;
    },
    take,
    graph: () => {
      lists.forEach((list, number) => {
        if (list === undefined || list.length === 0) return;
        const token = Buffer.from(predicates.bytes.subarray(predicates.start(number), predicates.end(number) - 1));
        const id = termOf(token, viewOf(token), 0, token.length);
        pairs.set(id, list);
      });
      return graphOfPairs(terms, read, pairs);
    },
  };
}

/** The object of a quad, its language tag as the line has it: n3 writes tags in lower case. `line` ends with the object. */
function objectAsWritten({ object }: Quad, line: string): Term {
  if (object.termType !== 'Literal' || object.language === '') return object;
  const { termType, value, datatype, equals } = object;
  return { termType, value, datatype, equals, language: line.slice(line.lastIndexOf('@') + 1) } as typeof object;
}
