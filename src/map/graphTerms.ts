import { DataFactory, type NamedNode } from 'n3';
import { PREFIXES } from '../rdf/vocabulary.js';

type Terms<Term extends string> = { readonly [K in Term]: NamedNode };

function terms<const Term extends string>(namespace: string, ...names: Term[]): Terms<Term> {
  return Object.freeze(Object.fromEntries(names.map((t) => [t, DataFactory.namedNode(namespace + t)]))) as Terms<Term>;
}

/** Links and parts of `core:` that are no attribute of the OME schema; attributes are read off that schema. */
export const CORE = terms(
  PREFIXES.core,
  ...(['hasAnnotation', 'mapEntry', 'index', 'key', 'value', 'MapEntry', 'namespace', 'annotator'] as const),
  ...(['experimenter', 'experimenter_group', 'leader', 'instrument', 'experiment', 'reagent', 'well_sample'] as const),
  ...(['image', 'pump', 'filter_set', 'fileset', 'series', 'microscope', 'microbeam_manipulation', 'roi'] as const),
  ...(['objective_settings', 'imaging_environment', 'stage_label', 'light_source_settings'] as const),
  ...(['detector_settings', 'light_path', 'LightPath', 'objective', 'light_source', 'detector'] as const),
  ...(['excitation_filter', 'dichroic', 'emission_filter', 'transmittance_range', 'channel_index'] as const),
  ...([
    'plane_summary',
    'PlaneSummary',
    'plane_count',
    'exposure_time_min',
    'exposure_time_max',
    'delta_t_max',
  ] as const),
  ...(['position_x', 'position_y', 'position_z', 'transform', 'AffineTransform'] as const),
  ...(['a00', 'a10', 'a01', 'a11', 'a02', 'a12', 'path', 'file_name', 'size', 'mime_type'] as const),
);
export const OMEKG = terms(
  PREFIXES.omekg,
  ...(['acquisition_date', 'tag_annotation_value', 'ome_details', 'json', 'download'] as const),
  ...(['red', 'green', 'blue', 'value', 'unit'] as const),
);
/** Our own terms; defined in ontologies/omegraph.ttl. */
export const OMG = terms(
  PREFIXES.omg,
  ...(['keyMapping', 'valueMapping', 'row', 'subjectForm', 'valueKind'] as const),
  ...(['quantity', 'minimum', 'maximum', 'date', 'identifier', 'channel'] as const),
);
export const DC = terms(PREFIXES.dc, 'identifier');
export const DCTERMS = terms(PREFIXES.dcterms, 'hasPart', 'isPartOf', 'created', 'dateSubmitted', 'identifier');
export const FOAF = terms(PREFIXES.foaf, 'givenName', 'familyName');
export const QUDT = terms(PREFIXES.qudt, 'QuantityValue', 'unit', 'ucumCode');
export const SPDX = terms(PREFIXES.spdx, 'Checksum', 'checksum', 'checksumValue', 'algorithm');
export const SCHEMA = terms(
  PREFIXES.schema,
  ...(['PropertyValue', 'name', 'value', 'propertyID', 'valueReference', 'taxonomicRange', 'about'] as const),
  ...(['DefinedTerm', 'Taxon', 'Dataset', 'description'] as const),
);
export const DWC = terms(PREFIXES.dwc, 'Taxon', 'scientificName');
export const DWCIRI = terms(PREFIXES.dwciri, 'measurementMethod');
export const SSSOM = terms(
  PREFIXES.sssom,
  ...(['Mapping', 'subject_label', 'object_id', 'object_label', 'predicate_id', 'mapping_justification'] as const),
  ...(['confidence', 'mapping_set_id', 'mapping_set_version', 'subject_source', 'object_source_version'] as const),
);
