import type { Filters, Instrument, KeyValue, LightSource, LightSourceSettings, ObjectRef } from '../model.js';
import type { Pen } from './pen.js';
import type { XmlTree } from './xmlTree.js';

/** An Instrument with its components in the schema's order (ome.xsd, element Instrument). */
export function instrumentTree(instrument: Instrument, pen: Pen): XmlTree {
  const device = (name: 'Detector' | 'Objective' | 'Dichroic', object: { readonly ref: ObjectRef }): XmlTree =>
    pen.element(name, object, object.ref, object.ref, pen.annotationRefs(object.ref));
  return pen.element('Instrument', instrument, instrument.ref, instrument.ref, [
    ...(instrument.microscope === undefined
      ? []
      : [pen.element('Microscope', instrument.microscope, instrument.ref, undefined)]),
    ...(instrument.lightSources ?? []).map((source) => lightSourceTree(source, pen)),
    ...(instrument.detectors ?? []).map((one) => device('Detector', one)),
    ...(instrument.objectives ?? []).map((one) => device('Objective', one)),
    ...(instrument.filterSets ?? []).map((one) =>
      pen.element('FilterSet', one, one.ref, one.ref, filterTrees(one, one.ref, pen)),
    ),
    ...(instrument.filters ?? []).map((one) =>
      pen.element('Filter', one, one.ref, one.ref, [
        ...(one.transmittanceRange === undefined
          ? []
          : [pen.element('TransmittanceRange', one.transmittanceRange, one.ref, undefined)]),
        ...pen.annotationRefs(one.ref),
      ]),
    ),
    ...(instrument.dichroics ?? []).map((one) => device('Dichroic', one)),
    ...pen.annotationRefs(instrument.ref),
  ]);
}

function lightSourceTree(source: LightSource, pen: Pen): XmlTree {
  return pen.element(source.type, source, source.ref, source.ref, [
    ...pen.annotationRefs(source.ref),
    ...(source.type === 'Laser' ? pen.references('Pump', [source.pump], source.ref) : []),
    ...(source.type === 'GenericExcitationSource' && source.map !== undefined
      ? [mapTree('Map', source.map, source.ref, pen)]
      : []),
  ]);
}

/** The filters of a light path or filter set. */
export function filterTrees(filters: Filters, focus: ObjectRef, pen: Pen): XmlTree[] {
  return [
    ...pen.references('ExcitationFilterRef', filters.excitationFilters ?? [], focus),
    ...pen.references('DichroicRef', [filters.dichroic], focus),
    ...pen.references('EmissionFilterRef', filters.emissionFilters ?? [], focus),
  ];
}

/** Settings of a light source; left out when the light source is not written. */
export function lightSourceSettingsTrees(
  settings: LightSourceSettings | undefined,
  focus: ObjectRef,
  pen: Pen,
): XmlTree[] {
  return settings === undefined ? [] : settingsTrees('LightSourceSettings', settings, settings.lightSource, focus, pen);
}

/** Settings of a device; the schema requires the device, so settings without one are left out. */
export function settingsTrees(
  name: 'LightSourceSettings' | 'DetectorSettings' | 'ObjectiveSettings',
  settings: object,
  device: ObjectRef | undefined,
  focus: ObjectRef,
  pen: Pen,
): XmlTree[] {
  return device !== undefined && pen.reachable(device, focus) ? [pen.element(name, settings, focus, device)] : [];
}

/** Keys and values in their order, repeats and empty ones included (ome.xsd, type Map). */
export function mapTree(name: string, pairs: readonly KeyValue[], focus: ObjectRef, pen: Pen): XmlTree {
  return {
    name,
    attributes: '',
    children: pairs.map(([key, value]) => ({
      ...pen.textElement('M', value, focus),
      attributes: pen.attribute('K', key, focus),
    })),
  };
}
