import type { NamedNode } from 'n3';
import type { Annotation } from '../ome/model.js';
import { RDFS } from '../rdf/vocabulary.js';
import { CORE, DCTERMS, OMEKG } from './graphTerms.js';
import { addKeyValues } from './keyValues.js';
import { addIdentity, addLink } from './links.js';
import {
  add,
  addDateTime,
  addInteger,
  addText,
  addTextIf,
  booleanLiteral,
  report,
  type Sink,
  typedLiteral,
} from './sink.js';

/** Adds an annotation, the links of the objects that carry it, and what it says about them. */
export function addAnnotation(sink: Sink, annotation: Annotation, targets: readonly NamedNode[]): void {
  const focus = sink.focus;
  sink.focus = annotation.ref;
  const subject = addIdentity(sink, annotation.ref, annotation.type);
  addTextIf(sink, subject, CORE.namespace, annotation.namespace);
  addTextIf(sink, subject, RDFS.comment, annotation.description);
  addLink(sink, subject, CORE.annotator, annotation.annotator);
  if (annotation.date !== undefined) addDateTime(sink, subject, DCTERMS.created, annotation.date);
  for (const target of targets) add(sink, target, CORE.hasAnnotation, subject);
  addValue(sink, subject, annotation, targets);
  sink.focus = focus;
}

const NUMBER = {
  LongAnnotation: { datatype: 'integer', lexical: /^[+-]?\d+$/ },
  DoubleAnnotation: { datatype: 'double', lexical: /^(?:[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|[+-]?INF|NaN)$/ },
} as const;

function addValue(sink: Sink, subject: NamedNode, annotation: Annotation, targets: readonly NamedNode[]): void {
  switch (annotation.type) {
    case 'MapAnnotation':
      addKeyValues(sink, subject, annotation, targets);
      break;
    case 'FileAnnotation':
      addTextIf(sink, subject, CORE.file_name, annotation.file?.fileName);
      if (annotation.file?.size !== undefined) addInteger(sink, subject, CORE.size, annotation.file.size);
      addTextIf(sink, subject, CORE.mime_type, annotation.file?.mimeType);
      break;
    case 'TagAnnotation':
      addText(sink, subject, CORE.value, annotation.value);
      addTextIf(sink, subject, RDFS.label, annotation.value);
      for (const target of targets) addText(sink, target, OMEKG.tag_annotation_value, annotation.value);
      break;
    case 'CommentAnnotation':
    case 'TermAnnotation':
    case 'XMLAnnotation':
      addText(sink, subject, CORE.value, annotation.value);
      break;
    case 'TimestampAnnotation':
      addDateTime(sink, subject, CORE.value, annotation.value);
      break;
    case 'LongAnnotation':
    case 'DoubleAnnotation': {
      const { datatype, lexical } = NUMBER[annotation.type];
      if (lexical.test(annotation.value)) add(sink, subject, CORE.value, typedLiteral(annotation.value, datatype));
      else report(sink, 'ome-value-invalid', 'value', annotation.value);
      break;
    }
    case 'BooleanAnnotation':
      add(sink, subject, CORE.value, booleanLiteral(annotation.value));
      break;
    case 'ListAnnotation':
      break;
  }
}
