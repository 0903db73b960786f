import { OmegraphError } from '../../errors.js';
import type { FormatName } from '../../rdf/formats.js';
import { termStem } from '../accession.js';
import { collectTerms } from './collectTerms.js';
import { EDAM_STEM } from './curieOfIri.js';
import { readLexicon } from './lexiconReader.js';
import { readObo } from './oboReader.js';
import { readObographs } from './obographsReader.js';
import { readOwl } from './owlReader.js';
import { malformed, type OntologySource, ontologySource, type SourceNote, type SourceTerm } from './sourceTerm.js';
import { fileBytes, textLines } from './textLines.js';
import type { IndexOntology } from './writeIndex.js';

/** Formats of ontology files that are read. */
export type OntologyFormat = 'obo' | 'obographs' | 'lexicon' | Extract<FormatName, 'rdfxml' | 'turtle' | 'ntriples'>;

/** What a caller knows better than the file. */
export interface ReadOptions {
  /** File or URL for messages and as the source; the path as it is given when left out. */
  readonly where?: string | undefined;
  /** Prefix of the terms to take; else the one that the file names, else the one that most terms have. */
  readonly prefix?: string | undefined;
  readonly title?: string | undefined;
  readonly version?: string | undefined;
  /** Used when the file does not tell. */
  readonly licence?: string | undefined;
}

/** An ontology file that was read. */
export interface ReadOntology {
  readonly ontology: IndexOntology;
  /** What was left out. */
  readonly notes: readonly SourceNote[];
  /** Number of terms of other ontologies in the file, by prefix; they are not taken. */
  readonly others: ReadonlyMap<string, number>;
}

/** Reads one ontology from a file in any of the formats, packed with gzip or not. @throws OmegraphError (input) */
export async function readOntology(file: string, options: ReadOptions = {}): Promise<ReadOntology> {
  const source = ontologySource(options.where ?? file);
  const byPrefix = await collectTerms(termsOf(file, await formatOf(file, source.where), source), source);
  const { head } = source;
  const prefix = options.prefix ?? ownPrefix(byPrefix, head.prefix);
  const terms = byPrefix.get(prefix);
  if (terms === undefined)
    throw new OmegraphError('input', {
      where: source.where,
      wrong: 'no term has this prefix',
      found: prefix,
      remedy: `name one of ${[...byPrefix.keys()].slice(0, 20).join(', ')}`,
    });
  return {
    ontology: {
      prefix,
      title: options.title ?? head.title ?? prefix,
      version: options.version ?? head.version ?? 'unknown',
      licence: head.licence ?? options.licence ?? 'unknown',
      source: source.where,
      stem: stemOf(prefix, source),
      terms,
    },
    notes: source.notes,
    others: new Map([...byPrefix].filter(([p]) => p !== prefix).map(([p, list]) => [p, list.length])),
  };
}

/** What stands before the local part in the IRIs of a prefix. */
function stemOf(prefix: string, { head }: OntologySource): string {
  if (prefix === 'EDAM') return EDAM_STEM;
  return head.stems.get(prefix) ?? termStem(prefix);
}

function ownPrefix(byPrefix: ReadonlyMap<string, readonly SourceTerm[]>, named: string | undefined): string {
  const all = [...byPrefix].sort((a, b) => b[1].length - a[1].length).map(([prefix]) => prefix);
  return all.find((p) => p.toLowerCase() === named?.toLowerCase()) ?? (all[0] as string);
}

function termsOf(file: string, format: OntologyFormat, source: OntologySource): AsyncGenerator<SourceTerm> {
  const bytes = fileBytes(file);
  switch (format) {
    case 'obo':
      return readObo(textLines(bytes, source.where), source);
    case 'lexicon':
      return readLexicon(textLines(bytes, source.where), source);
    case 'obographs':
      return readObographs(bytes, source);
    default:
      return readOwl(bytes, format, source);
  }
}

/** The format of a file by how it begins; names lie more often. @throws OmegraphError (input) when it is none */
export async function formatOf(file: string, where: string): Promise<OntologyFormat> {
  let start = '';
  for await (const piece of fileBytes(file)) {
    start += Buffer.from(piece).toString('utf8');
    if (start.length > 5000) break;
  }
  const text = start.replace(/^\ufeff/, '').trimStart();
  if (/^format-version:/.test(text)) return 'obo';
  if (/^\{/.test(text)) return 'obographs';
  if (/^ontology\tcurie\t/.test(text)) return 'lexicon';
  if (/^<(?:\?xml|!DOCTYPE|!--|rdf:RDF)/.test(text)) return 'rdfxml';
  if (/^(?:@prefix|@base|PREFIX|BASE|#)/i.test(text)) return 'turtle';
  if (/^<[^<>\s]+>\s+<[^<>\s]+>\s/.test(text)) return 'ntriples';
  throw malformed(where, 1, 'this is no OBO, OWL, SKOS, OBO Graphs JSON or lexicon file', text.slice(0, 60));
}
