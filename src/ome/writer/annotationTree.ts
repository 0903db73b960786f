import type { Annotation } from '../model.js';
import { judgeFragment } from './fragment.js';
import { NO_DATA } from './imageTree.js';
import { mapTree } from './instrumentTree.js';
import { isDateTime, isDouble, isLong } from './lexical.js';
import type { Pen } from './pen.js';
import type { Rules } from './writable.js';
import type { XmlTree } from './xmlTree.js';

/** Whether the schema has a place for the annotation's value; when not, the rules are told why. */
export function writableAnnotation(annotation: Annotation, rules: Rules): boolean {
  const invalid = (detail: string): false => {
    rules.report('ome-value-invalid', annotation.ref, { at: 'Value', detail });
    return false;
  };
  const writableFragment = (fragment: string): boolean => {
    const judgement = judgeFragment(fragment);
    if (judgement === 'unchecked') rules.report('ome-xml-unchecked', annotation.ref);
    return judgement !== 'invalid';
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
      return writableFragment(annotation.value) || invalid(annotation.value);
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
