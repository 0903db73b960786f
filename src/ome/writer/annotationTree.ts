import { SaxesParser } from 'saxes';
import type { Annotation } from '../model.js';
import { NO_DATA } from './imageTree.js';
import { mapTree } from './instrumentTree.js';
import { isDateTime, isDouble, isLong } from './lexical.js';
import type { Pen } from './pen.js';
import type { Rules } from './writable.js';
import type { XmlTree } from './xmlTree.js';

/** The namespace of OME-XML 2016-06. */
export const OME_NAMESPACE = 'http://www.openmicroscopy.org/Schemas/OME/2016-06';

/** Whether the schema has a place for the annotation's value; when not, the rules are told why. */
export function writableAnnotation(annotation: Annotation, rules: Rules): boolean {
  const invalid = (detail: string): false => {
    rules.report('ome-value-invalid', annotation.ref, { at: 'Value', detail });
    return false;
  };
  if (annotation.date !== undefined) rules.noPlace('date of an annotation');
  switch (annotation.type) {
    case 'LongAnnotation':
      return isLong(annotation.value.trim()) || invalid(annotation.value);
    case 'DoubleAnnotation':
      return isDouble(annotation.value.trim()) || invalid(annotation.value);
    case 'TimestampAnnotation':
      return isDateTime(annotation.value.trim()) || invalid(annotation.value);
    case 'XMLAnnotation':
      return isFragment(annotation.value) || invalid(annotation.value);
    case 'FileAnnotation':
      if (
        annotation.file?.size !== undefined &&
        Number.isSafeInteger(annotation.file.size) &&
        annotation.file.size >= 0
      )
        return true;
      rules.report('ome-xml-incomplete', annotation.ref, { at: 'BinaryFile', detail: 'Size' });
      return false;
    default:
      return true;
  }
}

/** Whether a text is what xsd:any takes: well-formed elements with nothing but blanks between them, no DOCTYPE. */
function isFragment(fragment: string): boolean {
  let valid = true;
  let depth = 0;
  const fail = (): void => {
    valid = false;
  };
  const parser = new SaxesParser({ xmlns: true });
  parser.on('error', fail);
  parser.on('doctype', fail);
  parser.on('opentag', () => {
    depth += 1;
  });
  parser.on('closetag', () => {
    depth -= 1;
    // a fragment that closes our own element would write outside it
    if (depth === 0) closed += 1;
  });
  let closed = 0;
  const outside = (text: string): void => {
    if (depth === 1 && text.trim() !== '') fail();
  };
  parser.on('text', outside);
  parser.on('cdata', outside);
  try {
    parser.write(`<Value xmlns="${OME_NAMESPACE}">`).write(fragment);
    if (closed > 0) return false;
    parser.write('</Value>').close();
  } catch {
    return false;
  }
  return valid;
}

/** An annotation with its children in the schema's order (ome.xsd, type Annotation and its extensions). */
export function annotationTree(annotation: Annotation, pen: Pen): XmlTree {
  const { ref } = annotation;
  const annotator = annotation.annotator;
  const attributes =
    pen.idAttribute(ref) +
    pen.namespace(annotation.namespace, ref) +
    (annotator !== undefined && pen.reachable(annotator, ref)
      ? pen.idAttribute(annotator).replace(' ID=', ' Annotator=')
      : '');
  return {
    name: annotation.type,
    attributes,
    children: [
      ...(annotation.description === undefined ? [] : [pen.textElement('Description', annotation.description, ref)]),
      ...pen.annotationRefs(ref),
      ...valueTrees(annotation, pen),
    ],
  };
}

function valueTrees(annotation: Annotation, pen: Pen): XmlTree[] {
  const { ref } = annotation;
  switch (annotation.type) {
    case 'ListAnnotation':
      return [];
    case 'MapAnnotation':
      return [mapTree('Value', annotation.value, ref, pen)];
    case 'XMLAnnotation':
      return [{ name: 'Value', attributes: '', text: annotation.value }];
    case 'BooleanAnnotation':
      return [pen.textElement('Value', String(annotation.value), ref)];
    case 'FileAnnotation': {
      const { fileName = '', size = 0, mimeType } = annotation.file ?? {};
      const attributes =
        pen.attribute('FileName', fileName, ref) +
        pen.attribute('Size', String(size), ref) +
        (mimeType === undefined ? '' : pen.attribute('MIMEType', mimeType, ref));
      return [{ name: 'BinaryFile', attributes, children: [NO_DATA] }];
    }
    default:
      return [pen.textElement('Value', annotation.value, ref)];
  }
}
