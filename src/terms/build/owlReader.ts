import type { Term as RdfTerm } from '@rdfjs/types';
import { parse } from '../../rdf/parse.js';
import type { FormatName } from '../../rdf/formats.js';
import type { Synonym, SynonymScope } from '../term.js';
import { curieOfIri } from './curieOfIri.js';
import { versionIn } from './oboReader.js';
import { licenceOf, type OntologySource, type SourceTerm } from './sourceTerm.js';
import { withoutDoctype } from './withoutDoctype.js';

const OWL = 'http://www.w3.org/2002/07/owl#';
const SKOS = 'http://www.w3.org/2004/02/skos/core#';
const RDFS = 'http://www.w3.org/2000/01/rdf-schema#';
const OBO_IN_OWL = 'http://www.geneontology.org/formats/oboInOwl#';
const OBO = 'http://purl.obolibrary.org/obo/';
const TYPE = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type';

const CLASSES: ReadonlySet<string> = new Set([`${OWL}Class`, `${RDFS}Class`, `${SKOS}Concept`]);
const SYNONYMS: ReadonlyMap<string, SynonymScope> = new Map([
  [`${OBO_IN_OWL}hasExactSynonym`, 'exact'],
  [`${OBO_IN_OWL}hasRelatedSynonym`, 'related'],
  [`${OBO_IN_OWL}hasNarrowSynonym`, 'narrow'],
  [`${OBO_IN_OWL}hasBroadSynonym`, 'broad'],
  [`${SKOS}prefLabel`, 'exact'],
  [`${SKOS}altLabel`, 'related'],
  [`${OBO}IAO_0000118`, 'exact'],
  ['http://www.ebi.ac.uk/efo/alternative_term', 'exact'],
]);
const PARENTS: ReadonlySet<string> = new Set([`${RDFS}subClassOf`, `${SKOS}broader`]);

interface Building {
  type: 'class' | 'ontology' | undefined;
  label: string | undefined;
  synonyms: Synonym[];
  obsolete: boolean;
  replacedBy: string | undefined;
  parents: string[];
}

/**
 * The terms of an OWL or SKOS file in an RDF syntax: classes and concepts with their names in English or no language.
 * @throws OmegraphError (input) that names the line where the file is malformed or cut off
 */
export async function* readOwl(
  pieces: AsyncIterable<Uint8Array>,
  format: FormatName,
  source: OntologySource,
): AsyncGenerator<SourceTerm> {
  const { where, head } = source;
  const found = new Map<string, Building>();
  const input = format === 'rdfxml' ? withoutDoctype(pieces, where) : pieces;
  for await (const { subject, predicate, object } of parse(input, format, { where, base: 'urn:omegraph:base' })) {
    if (subject.termType !== 'NamedNode') continue;
    let building = found.get(subject.value);
    if (building === undefined) {
      building = {
        type: undefined,
        label: undefined,
        synonyms: [],
        obsolete: false,
        replacedBy: undefined,
        parents: [],
      };
      found.set(subject.value, building);
    }
    const about = predicate.value;
    if (about === TYPE && object.value === `${OWL}Ontology`) {
      building.type = 'ontology';
      head.prefix ??= subject.value.replace(/^.*[/#](?=.)/, '').replace(/\.(?:owl|rdf|ttl)$/, '');
    } else if (about === TYPE && CLASSES.has(object.value)) building.type = 'class';
    else describe(building, about, object, source);
  }
  for (const [iri, building] of found) {
    if (building.type !== 'class') continue;
    const curie = (other: string): string => curieOfIri(other, head.stems) ?? other;
    const { label, synonyms, obsolete, replacedBy, parents } = building;
    // SKOS has no rdfs:label.
    const name = label ?? synonyms.find((s) => s.scope === 'exact')?.text ?? '';
    yield {
      curie: curie(iri),
      label: name,
      synonyms,
      obsolete,
      parents: parents.map(curie),
      ...(replacedBy !== undefined && { replacedBy: curie(replacedBy) }),
    };
  }
}

function describe(building: Building, about: string, object: RdfTerm, { head }: OntologySource): void {
  if (object.termType === 'NamedNode') {
    if (PARENTS.has(about)) building.parents.push(object.value);
    else if (about === `${OBO}IAO_0100001`) building.replacedBy ??= object.value;
    else if (about === `${OWL}versionIRI`) head.version ??= versionIn(object.value);
    else if (/\/license$/.test(about)) head.licence ??= licenceOf(object.value);
    return;
  }
  if (object.termType !== 'Literal' || !/^(?:|en(?:-.*)?)$/i.test(object.language)) return;
  const text = object.value.replace(/\s+/g, ' ').trim();
  const scope = SYNONYMS.get(about);
  if (scope !== undefined) building.synonyms.push({ text, scope });
  else if (about === `${RDFS}label`) {
    if (building.label === undefined) building.label = text;
    else if (text !== building.label) building.synonyms.push({ text, scope: 'exact' });
  } else if (about === `${OWL}deprecated`) building.obsolete = /^(?:true|1)$/.test(text);
  else if (about === `${OBO}IAO_0100001`) building.replacedBy ??= text;
  else if (about === `${OWL}versionInfo`) head.version ??= text;
  else if (/\/(?:license|rights)$/.test(about)) head.licence ??= licenceOf(text);
  else if (/[/#]title$/.test(about)) head.title ??= text;
}
