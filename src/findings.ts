import { sentence } from './errors.js';

/** SHACL's three severities (SHACL section 2.1.4). */
export type Severity = 'violation' | 'warning' | 'info';

/** One thing the tool says about data; the run goes on. */
export interface Finding {
  readonly code: FindingCode;
  readonly severity: Severity;
  /** What it is about: an object (`Image:7`), a file path, or a key. */
  readonly focus: string;
  /** Where it was seen: `file:line`, an element path, a mapping row. */
  readonly at?: string | undefined;
  /** What was found there, shown in quotes. */
  readonly detail?: string | undefined;
  /** How often, when the same finding is counted instead of repeated. */
  readonly count?: number | undefined;
}

interface CatalogueEntry {
  readonly severity: Severity;
  /** What is wrong, as the middle of the sentence. */
  readonly wrong: string;
  /** What to do about it. */
  readonly remedy: string;
}

/** Every finding the tool can make, by code; `docs/findings.md` documents each (a test compares them). */
export const FINDINGS = {
  // extract
  'file-unreadable': {
    severity: 'violation',
    wrong: 'the file cannot be read',
    remedy: 'check that it exists and that you may read it',
  },
  'file-not-ome': {
    severity: 'info',
    wrong: 'the file holds no OME metadata and is left out',
    remedy: 'nothing, unless you expected OME-XML here',
  },
  'folder-empty': {
    severity: 'warning',
    wrong: 'no OME-XML, OME-TIFF, OME-Zarr or transfer pack was found',
    remedy: 'point the export at the folder that holds the files',
  },
  'xml-malformed': {
    severity: 'violation',
    wrong: 'the XML is not well-formed',
    remedy: 'export the file again from its source, or repair it at the place named',
  },
  'xml-doctype': {
    severity: 'violation',
    wrong: 'the XML has a DOCTYPE, which OME-XML does not allow',
    remedy: 'remove the DOCTYPE declaration',
  },
  'xml-encoding': {
    severity: 'violation',
    wrong: 'the XML is not in the encoding that it declares',
    remedy: 'save it as UTF-8',
  },
  'xml-too-deep': {
    severity: 'violation',
    wrong: 'the XML is nested deeper than any OME-XML',
    remedy: 'check where the file comes from; it is not OME metadata',
  },
  'ome-namespace': {
    severity: 'violation',
    wrong: 'the root element is not an OME element of a known schema version',
    remedy: 'check that the file is OME-XML 2003-FC to 2016-06',
  },
  'ome-attribute-missing': {
    severity: 'warning',
    wrong: 'a required attribute is missing',
    remedy: 'export the file again with a current Bio-Formats',
  },
  'ome-value-invalid': {
    severity: 'warning',
    wrong: 'a value is not of its type and is left out',
    remedy: 'correct the value in the source',
  },
  'ome-id-form': {
    severity: 'warning',
    wrong: 'an ID has not the form that the schema asks for; it is used as it is',
    remedy: 'write it as Type:name where other programs are to read the file',
  },
  'ome-element-unknown': {
    severity: 'info',
    wrong: 'an element or attribute outside the OME model is left out',
    remedy: 'nothing, unless it holds metadata you need; then move it to a map annotation',
  },
  'ome-reference-dangling': {
    severity: 'warning',
    wrong: 'a reference points to an object that is not in the file',
    remedy: 'export the file again together with the object it refers to',
  },
  'ome-xml-incomplete': {
    severity: 'warning',
    wrong: 'OME-XML 2016-06 requires a value that is not known, so the element is left out of the written file',
    remedy: 'add the value at its source, or allow placeholders',
  },
  'ome-xml-placeholder': {
    severity: 'warning',
    wrong: 'OME-XML 2016-06 requires a value that is not known, so the written file holds a placeholder',
    remedy: 'add the value at its source, and do not trust the placeholder',
  },
  'ome-xml-unchecked': {
    severity: 'info',
    wrong: 'an XML annotation holds elements of OME-XML itself; it is written as it is, and a validator may object',
    remedy: 'give the elements of the annotation a namespace of their own',
  },
  'ome-xml-no-place': {
    severity: 'info',
    wrong: 'OME-XML 2016-06 has no place for this, so the written file is without it',
    remedy: 'keep the source or its graph beside the written file',
  },
  'id-duplicate': {
    severity: 'violation',
    wrong: 'two objects have the same id but different content',
    remedy: 'give each object its own id, or export the files one at a time',
  },
  'text-control-character': {
    severity: 'warning',
    wrong: 'a text holds control characters or lone surrogates, which were replaced',
    remedy: 'retype the text in the source',
  },
  'tiff-malformed': {
    severity: 'violation',
    wrong: 'the TIFF structure is broken',
    remedy: 'copy or export the file again',
  },
  'companion-missing': {
    severity: 'violation',
    wrong: 'the companion file with the metadata is missing',
    remedy: 'put the companion file beside the image file',
  },
  'file-missing': {
    severity: 'warning',
    wrong: 'a file that the metadata names is missing',
    remedy: 'put it beside the metadata, or correct its name there',
  },
  'zarr-malformed': {
    severity: 'violation',
    wrong: 'the OME-Zarr metadata is broken',
    remedy: 'correct the metadata at the place named',
  },
  'zarr-version-unknown': {
    severity: 'warning',
    wrong: 'this OME-Zarr version is not one of 0.4 and 0.5; what is readable was read',
    remedy: 'convert the file to OME-Zarr 0.4 or 0.5',
  },
  'pack-unsafe': {
    severity: 'violation',
    wrong:
      'an archive entry would be written outside its folder, is a link, is not a plain file or inflates beyond any pack; the archive is refused',
    remedy: 'do not unpack this archive; make it again with omero-cli-transfer',
  },
  'pack-malformed': {
    severity: 'violation',
    wrong: 'the archive is damaged or holds no transfer.xml',
    remedy: 'copy the archive again or make it again with omero-cli-transfer',
  },
  // extract: OMERO.web
  'policy-name-unknown': {
    severity: 'warning',
    wrong: 'the visibility policy names a group or owner that this account does not see, so the name rules nothing',
    remedy: 'check the spelling, or name it by id as ExperimenterGroup:3 or Experimenter:3',
  },
  'object-unreadable': {
    severity: 'violation',
    wrong: 'the server fails at this object, twice in this run, so it is missing',
    remedy: 'open it in OMERO.web, show its administrator the error, and export again',
  },
  'list-incomplete': {
    severity: 'violation',
    wrong: 'the server counts more objects in a list than it gave, so some are missing',
    remedy: 'export again; if this stays, show the list to the administrator of the server',
  },
  'list-moved': {
    severity: 'warning',
    wrong: 'a list changed each time that it was read, so objects may be missing',
    remedy: 'export again when nobody imports into it',
  },
  'container-gone': {
    severity: 'violation',
    wrong: 'the server listed this at the beginning of the run and no longer has it, or no longer shows it',
    remedy: 'export again to see what the server has now',
  },
  'children-unlisted': {
    severity: 'warning',
    wrong: 'the server counts more children than its list has',
    remedy: 'check whether they are linked twice, or whether the account may not read them all',
  },
  'web-list-unreadable': {
    severity: 'warning',
    wrong: 'a list of OMERO.web with further facts about these objects cannot be read, so the facts are missing',
    remedy: 'open the page of the webclient that shows them, and show its administrator the error',
  },
  'channels-absent': {
    severity: 'info',
    wrong: 'the server has no channels for this image',
    remedy: 'nothing, unless it shows channels in OMERO.web',
  },
  'table-owners-unknown': {
    severity: 'warning',
    wrong: 'a table names objects by id only, so the rules for owners cannot be applied; its rows are left out',
    remedy: 'drop the rules for owners, or give the table a column Dataset or Plate',
  },
  'web-class-unknown': {
    severity: 'warning',
    wrong: 'an object or annotation of a class that is not known here is left out',
    remedy: 'report the class to the authors of omegraph',
  },
  'web-value-missing': {
    severity: 'warning',
    wrong: 'an object or annotation without its id or value is left out',
    remedy: 'give it a value in OMERO, or delete it there',
  },
  'web-answer-odd': {
    severity: 'violation',
    wrong: 'an answer of OMERO.web has not the form that it should have and is left out',
    remedy: 'check the version of OMERO.web, and report the address to the authors of omegraph',
  },
  'table-unreadable': {
    severity: 'warning',
    wrong: 'a table of bulk annotations cannot be read, so its rows are missing',
    remedy: 'open the table in OMERO.web; ask the administrator whether the tables service runs',
  },
  'table-row-loose': {
    severity: 'info',
    wrong: 'rows of a table name no object that they belong to and are left out',
    remedy: 'give the table a column of image, well, plate, dataset or ROI ids',
  },
  // extract: CSV files of key-values
  'csv-encoding': {
    severity: 'warning',
    wrong: 'the file is not UTF-8; it is read as Windows-1252',
    remedy: 'check the signs beyond ASCII in it, and save it as "CSV UTF-8"',
  },
  'csv-row-ragged': {
    severity: 'violation',
    wrong: 'the row has not as many cells as the header, so nobody knows which belongs where; it is left out',
    remedy: 'put quotes around cells that hold a separator or a line break, and give every row all cells',
  },
  'csv-column-unnamed': {
    severity: 'warning',
    wrong: 'a column without a name in the header has values, which are left out',
    remedy: 'write a key above the column',
  },
  'key-values-no-object': {
    severity: 'warning',
    wrong: 'the row names no object and is left out',
    remedy: 'fill in its OBJECT_ID or OBJECT_NAME',
  },
  'key-values-id-invalid': {
    severity: 'warning',
    wrong: 'the id of the row is none, so the row is left out',
    remedy: 'write the number of the object, or its type too, as in Image:1461',
  },
  'key-values-object-unknown': {
    severity: 'warning',
    wrong: 'key-values are for an object that this export does not have, so they are left out',
    remedy: 'correct the id or name, or export what holds the object too',
  },
  'key-values-object-ambiguous': {
    severity: 'warning',
    wrong: 'several objects have the name that key-values are for, so they are left out',
    remedy: 'name the object by id in a column OBJECT_ID, or what it lies in, in a column DATASET or PLATE',
  },
  'key-values-object-twice': {
    severity: 'warning',
    wrong: 'two rows of a file give key-values to the same object; it has those of both',
    remedy: 'leave one of the rows out if it is a mistake',
  },
  'key-values-name-disagrees': {
    severity: 'warning',
    wrong: 'the object with this id has another name than the row says; the id decides',
    remedy: 'check that the ids are of this server and of this type of objects',
  },
  'key-values-tag-unknown': {
    severity: 'warning',
    wrong: 'no tag of this export has this id and name, so the tag is left out',
    remedy: 'correct the id, or write the name alone',
  },
  // map
  'key-unmapped': {
    severity: 'info',
    wrong: 'no mapping knows this key, so it counts for no REMBI field',
    remedy: 'add a row for it to a table in mappings/keys',
  },
  'value-ungrounded': {
    severity: 'info',
    wrong: 'no mapping knows this value, so the field stays free text',
    remedy: 'add a row for it to a table in mappings/values',
  },
  'accession-disagrees': {
    severity: 'warning',
    wrong: 'the accession with this value names another term, or is none of the ontologies of its field',
    remedy: 'correct the accession or the value in the source',
  },
  'accession-obsolete': {
    severity: 'info',
    wrong: 'the accession with this value is of a term that is no longer in use',
    remedy: 'write the accession of the term that replaced it',
  },
  'accession-misplaced': {
    severity: 'warning',
    wrong: 'the accession with this value is of an ontology that has no terms of this kind',
    remedy: 'correct the accession in the source, or move it to the key that it belongs to',
  },
  'accession-unknown': {
    severity: 'warning',
    wrong: 'the ontology has no term with the accession of this value',
    remedy:
      'correct the accession in the source; if it is newer than the index, add the ontology with omegraph terms add',
  },
  'accession-drift': {
    severity: 'warning',
    wrong: 'the accessions beside this value count up, as the fill handle of a spreadsheet makes them',
    remedy: 'write the same accession in all rows',
  },
  'value-drift': {
    severity: 'warning',
    wrong: 'the values beside this accession count up, as the fill handle of a spreadsheet makes them',
    remedy: 'write the same value in all rows',
  },
  'key-hidden-characters': {
    severity: 'info',
    wrong: 'the key has characters that nobody sees, such as zero-width spaces or marks of writing direction',
    remedy: 'type the key again in the source',
  },
  'key-empty': {
    severity: 'info',
    wrong: 'a key-value pair has an empty key or value',
    remedy: 'fill it in or delete the pair',
  },
  'unit-unknown': {
    severity: 'warning',
    wrong: 'the unit is not one of the OME model',
    remedy: 'use a unit of OME 2016-06',
  },
} as const satisfies Record<string, CatalogueEntry>;

export type FindingCode = keyof typeof FINDINGS;

/** A finding with the severity of the catalogue. */
export function finding(
  code: FindingCode,
  focus: string,
  more: { at?: string | undefined; detail?: string | undefined; count?: number | undefined } = {},
): Finding {
  return { code, severity: FINDINGS[code].severity, focus, ...more };
}

/** The finding as a full sentence: `where: what is wrong ("what was found"); what to do`. */
export function findingSentence(f: Finding): string {
  const { wrong, remedy } = FINDINGS[f.code];
  const where = f.at === undefined ? f.focus : f.at.startsWith(f.focus) ? f.at : `${f.focus} (${f.at})`;
  const times = f.count !== undefined && f.count > 1 ? ` (${f.count} times)` : '';
  return sentence({ where, wrong: wrong + times, found: f.detail, remedy });
}
