import { parseAccession } from '../accession.js';

/** Terms of EDAM are `data_0006`, `topic_3385` under one address. */
const EDAM = /^https?:\/\/edamontology\.org\/([A-Za-z]+_\S+)$/;
const TERM = /^(https?:\/\/\S*[/#])([A-Za-z][A-Za-z0-9.-]*)_([A-Za-z0-9][A-Za-z0-9_-]*)$/;

/** Beginning of the IRIs of EDAM's terms. */
export const EDAM_STEM = 'http://edamontology.org/';

/**
 * The CURIE of a term's IRI: the ontologies that are known in their own spelling, others as `…/PREFIX_local` says;
 * undefined for an IRI of another form.
 */
export function curieOfIri(iri: string, stems?: Map<string, string>): string | undefined {
  if (!/^https?:/.test(iri)) return undefined;
  const edam = EDAM.exec(iri);
  if (edam) return `EDAM:${edam[1]}`;
  const known = parseAccession(iri);
  if (known !== undefined) return known.curie;
  if (stems !== undefined)
    for (const [prefix, stem] of stems)
      if (iri.startsWith(stem) && iri.length > stem.length) return `${prefix}:${iri.slice(stem.length)}`;
  const parts = TERM.exec(iri);
  if (parts === null) return undefined;
  const [, place = '', prefix = '', local = ''] = parts;
  stems?.set(prefix, `${place}${prefix}_`);
  return `${prefix}:${local}`;
}
