import { OmegraphError } from '../../errors.js';
import type { Synonym } from '../term.js';

/** A term as an ontology file says it. */
export interface SourceTerm {
  /** `FBbi:00000253` */
  readonly curie: string;
  readonly label: string;
  readonly synonyms: readonly Synonym[];
  readonly obsolete: boolean;
  readonly replacedBy?: string | undefined;
  /** CURIEs; those of other ontologies too. */
  readonly parents: readonly string[];
  /** Line in the file, where the format has lines. */
  readonly line?: number | undefined;
}

/** What a file says about itself; a caller may know better. */
export interface SourceHead {
  /** Prefix of its own terms, where the file tells: `FBbi`. */
  prefix?: string | undefined;
  title?: string | undefined;
  version?: string | undefined;
  licence?: string | undefined;
  /** Beginning of the IRIs of a prefix's terms, where it is none of the known. */
  readonly stems: Map<string, string>;
}

/** What is left out of an index, said once a place. */
export interface SourceNote {
  /** `file:line` */
  readonly where: string;
  readonly wrong: string;
  readonly found?: string | undefined;
}

/** An ontology file while it is read. */
export interface OntologySource {
  /** File or URL for messages. */
  readonly where: string;
  readonly head: SourceHead;
  readonly notes: SourceNote[];
}

/** An empty source. */
export function ontologySource(where: string): OntologySource {
  return { where, head: { stems: new Map() }, notes: [] };
}

/** The error of a file that is not what it should be. */
export function malformed(where: string, line: number | undefined, wrong: string, found?: string): OmegraphError {
  return new OmegraphError('input', {
    where: line === undefined ? where : `${where}:${line}`,
    wrong,
    found,
    remedy: 'get the file again from its source, or correct it at the place named',
  });
}

const LICENCES: readonly (readonly [RegExp, string])[] = [
  [/creativecommons\.org\/publicdomain\/zero\/1\.0|\bCC0\b/i, 'CC0-1.0'],
  [/creativecommons\.org\/licenses\/(by(?:-[a-z]{2})*)\/(\d\.\d)/i, 'CC-$1-$2'],
  [/apache\.org\/licenses\/LICENSE-2\.0/i, 'Apache-2.0'],
];

/** The SPDX identifier of a licence's address, or the words as they are. */
export function licenceOf(text: string): string {
  for (const [pattern, spdx] of LICENCES) {
    const match = pattern.exec(text);
    if (match) return spdx.replace('$1', (match[1] ?? '').toUpperCase()).replace('$2', match[2] ?? '');
  }
  return text;
}
