import type { NamedNode } from 'n3';
import type {
  Experiment,
  Filter,
  FilterSet,
  Filters,
  Instrument,
  LightSource,
  LightSourceSettings,
  MicrobeamManipulation,
} from '../ome/model.js';
import type { OmeElement } from '../ome/schema.js';
import { RDF } from '../rdf/vocabulary.js';
import { addAttributes } from './attributes.js';
import { CORE } from './graphTerms.js';
import { addContainment, addIdentity, addLink, addLinks, addPairs } from './links.js';
import { add, coreClass, node, type Sink } from './sink.js';

/** Adds an instrument's microscope, light sources, detectors, objectives and filters. */
export function addInstrument(sink: Sink, subject: NamedNode, instrument: Instrument): void {
  addPart(sink, subject, CORE.microscope, 'microscope', 'Microscope', instrument.microscope);
  const component = (item: { readonly ref: string; readonly type: string }): NamedNode => {
    const part = addIdentity(sink, item.ref, item.type);
    addContainment(sink, subject, part);
    return part;
  };
  for (const source of instrument.lightSources ?? []) addLightSource(sink, component(source), source);
  for (const detector of instrument.detectors ?? []) addAttributes(sink, 'Detector', component(detector), detector);
  for (const objective of instrument.objectives ?? [])
    addAttributes(sink, 'Objective', component(objective), objective);
  for (const set of instrument.filterSets ?? []) addFilterSet(sink, component(set), set);
  for (const filter of instrument.filters ?? []) addFilter(sink, component(filter), filter);
  for (const dichroic of instrument.dichroics ?? []) addAttributes(sink, 'Dichroic', component(dichroic), dichroic);
}

/** Adds a part without an id of its own, `{subject}/{name}`, with its class and attributes. */
export function addPart(
  sink: Sink,
  subject: NamedNode,
  predicate: NamedNode,
  name: string,
  element: OmeElement,
  attributes: object | undefined,
): NamedNode | undefined {
  if (attributes === undefined) return undefined;
  const part = node(`${subject.value}/${name}`);
  add(sink, subject, predicate, part);
  add(sink, part, RDF.type, coreClass(element));
  addAttributes(sink, element, part, attributes);
  return part;
}

function addLightSource(sink: Sink, subject: NamedNode, source: LightSource): void {
  addAttributes(sink, source.type, subject, source);
  addLink(sink, subject, CORE.pump, source.pump);
  addPairs(sink, subject, source.map);
}

function addFilterSet(sink: Sink, subject: NamedNode, set: FilterSet): void {
  addAttributes(sink, 'FilterSet', subject, set);
  addFilters(sink, subject, set);
}

/** Adds the links of a light path or filter set to its filters. */
export function addFilters(sink: Sink, subject: NamedNode, filters: Filters): void {
  addLinks(sink, subject, CORE.excitation_filter, filters.excitationFilters);
  addLink(sink, subject, CORE.dichroic, filters.dichroic);
  addLinks(sink, subject, CORE.emission_filter, filters.emissionFilters);
}

function addFilter(sink: Sink, subject: NamedNode, filter: Filter): void {
  addAttributes(sink, 'Filter', subject, filter);
  const range = filter.transmittanceRange;
  addPart(sink, subject, CORE.transmittance_range, 'transmittance_range', 'TransmittanceRange', range);
}

/** Adds the settings of a light source under `name`, linked to the light source. */
export function addLightSourceSettings(
  sink: Sink,
  subject: NamedNode,
  name: string,
  settings: LightSourceSettings | undefined,
): void {
  const part = addPart(sink, subject, CORE.light_source_settings, name, 'LightSourceSettings', settings);
  if (part !== undefined) addLink(sink, part, CORE.light_source, settings?.lightSource);
}

/** Adds an experiment with its microbeam manipulations. */
export function addExperiment(sink: Sink, subject: NamedNode, experiment: Experiment): void {
  addAttributes(sink, 'Experiment', subject, experiment);
  addLink(sink, subject, CORE.experimenter, experiment.experimenter);
  for (const manipulation of experiment.microbeamManipulations ?? []) addManipulation(sink, subject, manipulation);
}

function addManipulation(sink: Sink, experiment: NamedNode, manipulation: MicrobeamManipulation): void {
  const subject = addIdentity(sink, manipulation.ref, manipulation.type);
  addContainment(sink, experiment, subject);
  addAttributes(sink, 'MicrobeamManipulation', subject, manipulation);
  addLinks(sink, subject, CORE.roi, manipulation.rois);
  addLink(sink, subject, CORE.experimenter, manipulation.experimenter);
  manipulation.lightSourceSettings?.forEach((settings, i) => {
    addLightSourceSettings(sink, subject, `light_source_settings/${i}`, settings);
  });
}
