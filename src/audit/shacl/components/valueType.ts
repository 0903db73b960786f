import { TERM_KIND } from '../../../graph/columns/containerGraph.js';
import { PREFIXES, RDF, RDFS } from '../../../rdf/vocabulary.js';
import type { ConstraintComponent } from '../registry.js';
import { lexicalTest } from '../xsdLexical.js';
import { core, eachValue, iriOf } from './component.js';

const LANG_STRING = `${PREFIXES.rdf}langString`;

/** Kinds of nodes by the local name of the value of sh:nodeKind: IRI, blank node, literal. */
const NODE_KINDS: Readonly<Record<string, readonly number[]>> = {
  IRI: [TERM_KIND.iri],
  BlankNode: [TERM_KIND.blank],
  Literal: [TERM_KIND.literal],
  BlankNodeOrIRI: [TERM_KIND.blank, TERM_KIND.iri],
  BlankNodeOrLiteral: [TERM_KIND.blank, TERM_KIND.literal],
  IRIOrLiteral: [TERM_KIND.iri, TERM_KIND.literal],
};

/** sh:class, sh:datatype and sh:nodeKind (SHACL section 4.1). */
export const VALUE_TYPE: readonly ConstraintComponent[] = [
  core('class', (clause) => {
    iriOf(clause, 'class');
    return {
      ...eachValue(clause, ({ instanceOf }) => instanceOf(clause.value)),
      predicates: [RDF.type.value, RDFS.subClassOf.value],
    };
  }),
  core(
    'datatype',
    (clause) => {
      const datatype = iriOf(clause, 'datatype');
      const wellFormed = lexicalTest(datatype);
      return eachValue(clause, ({ graph: { terms }, memo }) =>
        memo((id) => {
          if (terms.kind(id) !== TERM_KIND.literal || terms.datatype(id) !== datatype) return false;
          return datatype === LANG_STRING ? terms.language(id) !== '' : wellFormed(terms.value(id));
        }),
      );
    },
    { once: true },
  ),
  core(
    'nodeKind',
    (clause) => {
      const iri = iriOf(clause, 'nodeKind');
      const kinds =
        (iri.startsWith(PREFIXES.sh) ? NODE_KINDS[iri.slice(PREFIXES.sh.length)] : undefined) ??
        clause.fault('sh:nodeKind is none of the six of SHACL', iri);
      return eachValue(
        clause,
        ({ graph: { terms } }) =>
          (id) =>
            kinds.includes(terms.kind(id)),
      );
    },
    { once: true },
  ),
];
