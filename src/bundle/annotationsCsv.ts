import { REMBI_FIELDS } from '../rdf/rembi.js';
import { tidy } from './identifiers.js';
import type { StudyDescription } from './studyDescription.js';

const HEADER = [
  'component',
  'file',
  'images',
  'image names',
  'key',
  'value',
  'rembi element',
  'term',
  'term label',
  'on',
];

/** Every key-value pair that holds for each file, as CSV (RFC 4180): one pair a row, with its REMBI element and term. */
export function annotationsCsv(study: StudyDescription): string {
  const rows = study.studyComponents.flatMap((component) =>
    component.files.flatMap((file) => {
      const refs = file.images.map((image) => image.ref).join('; ');
      const names = file.images.map((image) => image.name).join('; ');
      const start = [component.name, file.path, refs, names].map(tidy);
      if (file.facts.length === 0) return [[...start, '', '', '', '', '', '']];
      return file.facts.map((fact) => [
        ...start,
        fact.key,
        fact.value,
        fact.field === undefined ? '' : REMBI_FIELDS[fact.field].label,
        fact.term?.iri ?? '',
        fact.term?.label ?? '',
        fact.on,
      ]);
    }),
  );
  return [HEADER, ...rows].map((cells) => `${cells.map(csvCell).join(',')}\r\n`).join('');
}

/** A CSV cell; what a spreadsheet would run as a formula gets an apostrophe in front. */
export function csvCell(text: string): string {
  const inert = /^(?:[=@\t\r]|[+-](?![\d.]))/.test(text) ? `'${text}` : text;
  return /[",\r\n]|^\s|\s$/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
