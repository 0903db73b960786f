import { DataFactory, type NamedNode } from 'n3';

/** What RFC 3987 does not allow in an IRI: controls, blanks (Unicode's too), `<>"{}|^\``, backslash, private use, non-characters, a stray `%`. */
const UNSAFE =
  /[\u0000-\u0020<>"{}|^`\\\u007f-\u00a0\s\ufff0-\uffff\u{e0000}-\u{e0fff}\p{Co}\p{NChar}]|%(?![0-9A-Fa-f]{2})/gu;
/** Scheme and authority, where an IPv6 address may stand in brackets. */
const AUTHORITY = /^[A-Za-z][A-Za-z0-9+.-]*:\/\/(?:[^/?#[\]]*@)?\[[0-9A-Fa-f:.]+\](?=[:/?#]|$)/;

/**
 * A text made safe inside an IRI reference (RFC 3987 section 2.2, N-Triples IRIREF): what an IRI may not hold there is percent-encoded
 * as UTF-8, a lone surrogate as U+FFFD; everything else, percent-encodings included, stays as it is.
 */
export function safeIri(text: string): string {
  if (/^[A-Za-z0-9:/._~@!$&'()*+,;=?-]*#?[A-Za-z0-9:/._~@!$&'()*+,;=?-]*$/.test(text)) return text;
  const safe = text.toWellFormed().replace(UNSAFE, encodeURIComponent);
  const authority = AUTHORITY.exec(safe)?.[0] ?? '';
  const fragment = safe.indexOf('#') + 1;
  const rest = fragment === 0 ? safe : safe.slice(0, fragment) + safe.slice(fragment).replaceAll('#', '%23');
  return authority + rest.slice(authority.length).replace(/[[\]]/g, encodeURIComponent);
}

/** One path segment of a minted IRI: everything but unreserved characters, `:@!$&'()*+,;=` and non-ASCII letters is percent-encoded, `%` too (injective). */
export function safeSegment(text: string): string {
  return /^[A-Za-z0-9._~-]+$/.test(text)
    ? text
    : text
        .toWellFormed()
        .replace(
          /[^A-Za-z0-9._~\-:@!$&'()*+,;=\u00a1-\u167f\u1681-\u1fff\u200b-\u2027\u202a-\u202e\u2030-\u205e\u2060-\u2fff\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufefe\uff00-\uffef]/gu,
          (c) => encodeURIComponent(c),
        );
}

/** The IRIs that an export mints under its base; `base` has no trailing slash. */
export interface Iris {
  readonly base: string;
  /** `{base}/Image/1461` for the reference `Image:1461`. */
  object(ref: string): NamedNode;
  /** `{base}/MapAnnotation/7/entry/0`. */
  entry(annotationRef: string, index: number): NamedNode;
  /** `{base}/Pixels/9/physical_size_x`: a quantity or other part that has no id of its own. */
  part(ref: string, name: string): NamedNode;
  /** `{base}/graph/Project/52`; `{base}/graph/orphans`. */
  graph(container: string): NamedNode;
  readonly provenanceGraph: NamedNode;
  readonly descriptionGraph: NamedNode;
}

/** Mints IRIs under a base such as `https://omero.example.org`; @throws TypeError when the base is no absolute IRI. */
export function irisUnder(base: string): Iris {
  if (!/^[A-Za-z][A-Za-z0-9+.-]*:/.test(base) || safeIri(base) !== base)
    throw new TypeError(`not an absolute IRI: ${base}`);
  const root = base.replace(/\/+$/, '');
  const path = (ref: string): string => {
    const colon = ref.indexOf(':');
    return colon < 0 ? safeSegment(ref) : `${ref.slice(0, colon)}/${safeSegment(ref.slice(colon + 1))}`;
  };
  const node = DataFactory.namedNode;
  return {
    base: root,
    object: (ref) => node(`${root}/${path(ref)}`),
    entry: (ref, index) => node(`${root}/${path(ref)}/entry/${index}`),
    part: (ref, name) => node(`${root}/${path(ref)}/${name}`),
    graph: (container) => node(`${root}/graph/${path(container)}`),
    provenanceGraph: node(`${root}/graph/provenance`),
    descriptionGraph: node(`${root}/graph/description`),
  };
}
