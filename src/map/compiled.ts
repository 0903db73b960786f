import { DataFactory, type NamedNode } from 'n3';
import { type Iris, safeIri } from '../rdf/iris.js';
import { REMBI_FIELDS, type RembiField } from '../rdf/rembi.js';
import type { TermIndex } from '../terms/termIndex.js';
import type { MappingRow, MappingSet } from './mappingSet.js';
import { mappingRowIri } from './provenance.js';

/** What the mapping needs besides the record. */
export interface MapContext {
  readonly iris: Iris;
  readonly mappings: MappingSet;
  /** Ontologies as a look-up; without it values are known by the tables only and accessions are not audited. */
  readonly terms?: TermIndex | undefined;
  /** Namespace of BIA's properties. */
  readonly biaBase: string;
  /** Address of OMERO.web, without slash at the end; objects with server ids get links to it. */
  readonly web?: string | undefined;
}

/** A context with what is worth computing once. */
export interface Compiled extends MapContext {
  /** BIA's property of a field, where there is one. */
  readonly bia: ReadonlyMap<RembiField, NamedNode>;
  rowIri(row: MappingRow): NamedNode;
}

const COMPILED = new WeakMap<MapContext, Compiled>();

/** The compiled form of a context; the same context gives the same one. */
export function compile(context: MapContext): Compiled {
  const known = COMPILED.get(context);
  if (known !== undefined) return known;
  const rowIris = new Map<MappingRow, NamedNode>();
  const bia = Object.entries(REMBI_FIELDS).flatMap(([field, row]) =>
    'bia' in row ? [[field as RembiField, DataFactory.namedNode(safeIri(context.biaBase + row.bia))] as const] : [],
  );
  const made: Compiled = {
    ...context,
    bia: new Map(bia),
    rowIri(row) {
      const iri = rowIris.get(row) ?? mappingRowIri(row, context.iris);
      rowIris.set(row, iri);
      return iri;
    },
  };
  COMPILED.set(context, made);
  return made;
}
