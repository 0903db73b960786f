import { type Finding, finding } from '../findings.js';
import type { Annotation, OmeObject, OmeRecord } from './model.js';
import { annotationTree } from './writer/annotationTree.js';
import { ANNOTATIONS, collect, topicOf } from './writer/collect.js';
import { OME_NAMESPACE } from './writer/fragment.js';
import { frameOf, objectTree, type Whole } from './writer/objectTree.js';
import { type Pen, pen, type Surroundings } from './writer/pen.js';
import { type Spool, spool } from './writer/spool.js';
import type { Rules } from './writer/writable.js';
import { endTag, printTree, startTag, xmlCharacters } from './writer/xmlTree.js';
import { escapeAttribute } from './xmlEscapes.js';

export interface OmeXmlWriterOptions {
  /** Told of everything that is left out, replaced or filled in. */
  readonly onFinding: (finding: Finding) => void;
  /** The root's Creator attribute. */
  readonly creator?: string | undefined;
  /** The root's UUID attribute, `urn:uuid:…`. */
  readonly uuid?: string | undefined;
  /**
   * Whether unknown sizes and types that the schema requires are written as the smallest values it takes; when false (the
   * default) the object that lacks them is left out. Either way a finding says so.
   */
  readonly placeholders?: boolean | undefined;
  /** How much of the content waits in memory before it goes to a temporary file; 16 MiB when not given. */
  readonly spoolBytes?: number | undefined;
  /** Where the temporary file goes; the system's folder when not given. */
  readonly temporaryFolder?: string | undefined;
}

/** The order of the root's children (ome.xsd, element OME); StructuredAnnotations stands between Image and ROI. */
const SECTIONS = [
  'Project',
  'Dataset',
  'Folder',
  'Experiment',
  'Plate',
  'Screen',
  'Experimenter',
  'ExperimenterGroup',
  'Instrument',
  'Image',
  ANNOTATIONS,
  'ROI',
] as const;
const CHUNK = 64 * 1024;

/**
 * Writes records as one OME-XML document that is valid against the schema 2016-06, in chunks of some 64 KiB. OME-XML is
 * ordered by type and records are not, so all records are read before the first chunk comes. Pixel data is never held:
 * Pixels have MetadataOnly. What OME-XML has no place for (filesets, original files, dates of annotations, plane
 * summaries) is counted in a finding. XML annotations are written as they are: OME elements inside them are not checked,
 * and a finding says where there are any. @throws what the temporary folder's file system throws.
 */
export async function* writeOmeXml(
  records: Iterable<OmeRecord> | AsyncIterable<OmeRecord>,
  options: OmeXmlWriterOptions,
): AsyncGenerator<string> {
  const unplaced = new Map<string, number>();
  const rules: Rules = {
    report: (...parts) => options.onFinding(finding(...parts)),
    noPlace: (what) => unplaced.set(what, (unplaced.get(what) ?? 0) + 1),
    placeholders: options.placeholders ?? false,
  };
  const spooled = spool<OmeObject | Annotation>({
    limitBytes: options.spoolBytes ?? 16 * 1024 * 1024,
    folder: options.temporaryFolder,
  });
  try {
    const around = await collect(records, spooled, rules);
    let chunk = rootTag(options);
    for await (const text of elements(spooled, around)) {
      chunk += text;
      if (chunk.length >= CHUNK) {
        yield chunk;
        chunk = '';
      }
    }
    yield `${chunk}</OME>\n`;
    for (const [what, count] of unplaced) rules.report('ome-xml-no-place', what, { count });
  } finally {
    await spooled.close();
  }
}

function rootTag({ creator, uuid }: OmeXmlWriterOptions): string {
  const attribute = (name: string, value: string | undefined): string =>
    value === undefined ? '' : ` ${name}="${escapeAttribute(xmlCharacters(value, () => undefined))}"`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<OME${attribute('xmlns', OME_NAMESPACE)}${attribute(
    'xmlns:xsi',
    'http://www.w3.org/2001/XMLSchema-instance',
  )}${attribute('xsi:schemaLocation', `${OME_NAMESPACE} ${OME_NAMESPACE}/ome.xsd`)}${attribute('UUID', uuid)}${attribute(
    'Creator',
    creator,
  )}>\n`;
}

async function* elements(spooled: Spool<OmeObject | Annotation>, around: Surroundings): AsyncGenerator<string> {
  const nib = pen(around);
  for (const section of SECTIONS) {
    if (section === ANNOTATIONS) {
      yield* annotationSection(spooled, nib);
    } else {
      for await (const object of spooled.read(topicOf(section)) as AsyncGenerator<OmeObject>) {
        yield* objectText(object, spooled, nib, around);
      }
    }
  }
}

async function* annotationSection(spooled: Spool<OmeObject | Annotation>, nib: Pen): AsyncGenerator<string> {
  const section = { name: 'StructuredAnnotations', attributes: '' };
  let opened = false;
  for await (const annotation of spooled.read(ANNOTATIONS) as AsyncGenerator<Annotation>) {
    if (!opened) yield startTag(section, '  ');
    opened = true;
    yield printTree(annotationTree(annotation, nib), '    ');
  }
  if (opened) yield endTag(section, '  ');
}

/** One element of the root; plates and screens stream what they hold. */
async function* objectText(
  object: OmeObject,
  spooled: Spool<OmeObject | Annotation>,
  nib: Pen,
  rules: Rules,
): AsyncGenerator<string> {
  if (object.type !== 'Plate' && object.type !== 'Screen') {
    yield printTree(objectTree(object as Whole, nib, rules), '  ');
    return;
  }
  const { tree, content } = frameOf(object, nib);
  yield startTag(tree, '  ');
  for (const child of content) {
    if (typeof child !== 'string') yield printTree(child, '    ');
    else
      for await (const nested of spooled.read(topicOf(child, object.ref)) as AsyncGenerator<Whole>) {
        yield printTree(objectTree(nested, nib, rules), '    ');
      }
  }
  yield endTag(tree, '  ');
}
