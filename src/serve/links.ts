import { safeIri } from '../rdf/iris.js';
import { PREFIXES } from '../rdf/vocabulary.js';

/** Where an IRI leads on the pages of this service. */
export interface Links {
  readonly base: string;
  /** Path that stands before all paths of the service, `''` or `/omegraph`. */
  readonly prefix: string;
  /** Whether the service has a page for reviewing suggested mappings. */
  readonly review: boolean;
  /** Address of a page of the service: `/audit`. */
  page(path: string): string;
  /** Where a link on a page leads; undefined when the IRI is not http(s) and is shown as text. */
  href(iri: string): string | undefined;
  /** IRIs that a path of a request may stand for, the likeliest first. */
  irisOf(path: string): readonly string[];
}

/** Paths of the service's own; an IRI that looks like one is reached through /describe. */
const OWN = /^\/(?:sparql|audit|audit\.json|audit\.csv|audit\/.*|describe|healthz|review|assets\/.*)?\/?$/i;

/**
 * Links between the IRIs of the graph, under `base`, and the pages that the service shows of them, under `publicBase`.
 * The RDF keeps the IRIs; only links on pages are rewritten, so that a graph named after another host can be looked at here.
 */
export function linksFor(base: string, publicBase: string, review = false): Links {
  const prefix = new URL(publicBase).pathname.replace(/\/+$/, '');
  const describe = (iri: string): string => `${prefix}/describe?iri=${encodeURIComponent(iri)}`;
  return {
    base,
    prefix,
    review,
    page: (path) => prefix + path,
    href(iri) {
      if (!/^https?:\/\//i.test(iri)) return undefined;
      if (iri === `${base}/`) return `${prefix}/`;
      if (!iri.startsWith(`${base}/`)) return describe(iri);
      const path = iri.slice(base.length);
      return /^\/\/|[?#\\]|\/\.{1,2}(?:\/|$)/.test(path) || OWN.test(path) ? describe(iri) : prefix + path;
    },
    irisOf(path) {
      const readable = decodeNonAscii(path);
      return [...new Set([path, readable, decoded(path)])].map((p) => base + p).filter((iri) => safeIri(iri) === iri);
    },
  };
}

/** Percent-encoded UTF-8 sequences of non-ASCII characters as the characters, as minted IRIs have them. */
function decodeNonAscii(path: string): string {
  return path.replace(/(?:%[89A-Fa-f][0-9A-Fa-f])+/g, (bytes) => decoded(bytes));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** An IRI in short: `NCBITaxon:9606`, `core:Image`, else the IRI itself. */
export function shortIri(iri: string): string {
  const [, ontology, id] = /^http:\/\/purl\.obolibrary\.org\/obo\/([A-Za-z]+)_(\w+)$/.exec(iri) ?? [];
  if (ontology !== undefined) return `${ontology}:${id}`;
  let best: readonly [string, string] | undefined;
  for (const entry of Object.entries(PREFIXES)) {
    if (iri.startsWith(entry[1]) && iri.length > entry[1].length && (!best || entry[1].length > best[1].length))
      best = entry;
  }
  return best ? `${best[0]}:${iri.slice(best[1].length)}` : iri;
}

/** The last part of an IRI as words: `physical_size_x` → "physical size x", `taxonomicRange` → "taxonomic range". */
export function localName(iri: string): string {
  const local = iri.slice(Math.max(iri.lastIndexOf('#'), iri.lastIndexOf('/')) + 1) || iri;
  return decoded(local)
    .replace(/_/g, ' ')
    .replace(/([a-z])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`);
}
