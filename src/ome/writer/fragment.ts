import { SaxesParser } from 'saxes';

/** The namespace of OME-XML 2016-06. */
export const OME_NAMESPACE = 'http://www.openmicroscopy.org/Schemas/OME/2016-06';

/** Elements that ome.xsd declares at its top: a validator looks into them wherever they stand (`processContents="lax"`). */
const DECLARED: ReadonlySet<string> = new Set(
  (
    'OME Rights Project Dataset Folder Experiment MicrobeamManipulation Plate Well WellSample PlateAcquisition Screen Reagent ' +
    'Experimenter ExperimenterGroup Leader Instrument Microscope Laser Arc Filament LightEmittingDiode GenericExcitationSource Pump ' +
    'Detector Objective FilterSet Filter TransmittanceRange Dichroic Image ObjectiveSettings ImagingEnvironment StageLabel Pixels ' +
    'Channel LightSourceSettings DetectorSettings LightPath MetadataOnly TiffData BinData BinaryFile External Plane ROI Rectangle ' +
    'Mask Point Ellipse Line Polyline Polygon Label StructuredAnnotations MapAnnotation FileAnnotation XMLAnnotation ListAnnotation ' +
    'CommentAnnotation LongAnnotation DoubleAnnotation BooleanAnnotation TimestampAnnotation TagAnnotation TermAnnotation ' +
    'AnnotationRef ChannelRef DatasetRef DichroicRef ExperimenterGroupRef ExperimenterRef ExperimentRef FilterSetRef FolderRef ' +
    'ImageRef InstrumentRef MicrobeamManipulationRef ProjectRef ReagentRef ROIRef WellSampleRef'
  ).split(' '),
);

/**
 * What a text is as the value of an XMLAnnotation: `valid` are well-formed elements with nothing but blanks between them
 * and no DOCTYPE (ome.xsd, xsd:any); `unchecked` has elements in it that OME-XML itself declares; the rest is `invalid`.
 */
export function judgeFragment(fragment: string): 'valid' | 'unchecked' | 'invalid' {
  let valid = true;
  let unchecked = false;
  let depth = 0;
  let ended = false;
  const fail = (): void => {
    valid = false;
  };
  const parser = new SaxesParser({ xmlns: true });
  parser.on('error', fail);
  parser.on('doctype', fail);
  parser.on('opentag', ({ uri, local }) => {
    depth += 1;
    if (uri === OME_NAMESPACE && DECLARED.has(local)) unchecked = true;
  });
  parser.on('closetag', () => {
    depth -= 1;
    // a fragment that closes our own element would go on outside of it
    if (depth === 0) ended = true;
  });
  const outside = (text: string): void => {
    if (depth === 1 && text.trim() !== '') fail();
  };
  parser.on('text', outside);
  parser.on('cdata', outside);
  try {
    parser.write(`<Value xmlns="${OME_NAMESPACE}">`).write(fragment);
    if (ended) return 'invalid';
    parser.write('</Value>').close();
  } catch {
    return 'invalid';
  }
  return valid ? (unchecked ? 'unchecked' : 'valid') : 'invalid';
}
