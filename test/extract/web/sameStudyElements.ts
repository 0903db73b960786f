import { refs } from '../reading.js';

/** References to annotations. */
export const carries = (...ids: number[]): string => refs('AnnotationRef', ...ids.map((id) => `Annotation:${id}`));
/** The owner and group of an object. */
export const owned = (person: number, group: number): string =>
  refs('ExperimenterRef', `Experimenter:${person}`) + refs('ExperimenterGroupRef', `ExperimenterGroup:${group}`);
/** In place of pixel data. */
export const BINARY = '<MetadataOnly/>';
/** What all Pixels have. */
export const PIXELS = 'DimensionOrder="XYZCT" SizeX="512" SizeY="256"';
/** One plane. */
export const one = 'SizeZ="1" SizeC="1" SizeT="1"';

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;').replaceAll('\n', '&#10;');
function head(type: string, id: number, annotator: number | undefined, namespace: string, description = ''): string {
  const more =
    (namespace === '' ? '' : ` Namespace="${namespace}"`) +
    (annotator === undefined ? '' : ` Annotator="Experimenter:${annotator}"`);
  return `<${type} ID="Annotation:${id}"${more}>${description === '' ? '' : `<Description>${description}</Description>`}`;
}
/** An annotation with one value. */
export function value(
  type: string,
  id: number,
  annotator: number | undefined,
  namespace: string,
  content: string,
  description = '',
  more = '',
): string {
  return `${head(type, id, annotator, namespace, description)}${more}<Value>${content}</Value></${type}>`;
}
/** A map annotation. */
export function pairs(
  id: number,
  annotator: number | undefined,
  namespace: string,
  content: readonly (readonly [string, string])[],
  description = '',
): string {
  const entries = content.map(([key, text]) => `<M K="${escaped(key)}">${escaped(text)}</M>`).join('');
  return value('MapAnnotation', id, annotator, namespace, entries, description);
}
/** An attached file. */
export const file = (
  id: number,
  annotator: number | undefined,
  namespace: string,
  name: string,
  size: number,
  mimeType: string,
  description = '',
): string =>
  `${head('FileAnnotation', id, annotator, namespace, description)}<BinaryFile FileName="${name}" Size="${size}" MIMEType="${mimeType}"><External href="x" SHA1="0000"/></BinaryFile></FileAnnotation>`;
