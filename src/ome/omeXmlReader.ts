import type { Finding } from '../findings.js';
import type { Annotation, ObjectRef, OmeObject, OmeType } from './model.js';
import { documentParser } from './reader/documentParser.js';

export interface OmeXmlOptions {
  /** Name of the document for messages. */
  readonly file: string;
  /** The local id of an element's ID attribute, as used in references (`${type}:${identify(id, type)}`), or that whole reference. */
  identify(elementId: string, type: OmeType | 'Annotation'): string;
  onFinding(f: Finding): void;
  /** How deep elements may be nested; 100 when not given. */
  readonly maxDepth?: number | undefined;
}

/** What a document says, in the order in which its elements end. `line` is where the element begins. */
export type OmeNode =
  | {
      readonly kind: 'object';
      readonly object: OmeObject;
      /** What contains it, as far as it says so itself or stands inside it. */
      readonly parents: readonly ObjectRef[];
      /** What it refers to as its content: datasets of a project, regions of an image. */
      readonly children: readonly ObjectRef[];
      /** Keys of annotation nodes. */
      readonly annotations: readonly string[];
      readonly line: number;
    }
  | { readonly kind: 'annotation'; readonly annotation: Annotation; readonly key: string; readonly line: number }
  /** A part of an object (Pixels, channel, shape, device …) or an annotation carries annotations. */
  | { readonly kind: 'annotated'; readonly target: ObjectRef; readonly annotations: readonly string[] }
  | { readonly kind: 'binaryOnly'; readonly metadataFile: string; readonly uuid: string }
  /** A file with pixel data, once each (the memory of them is bounded). */
  | { readonly kind: 'file'; readonly fileName: string; readonly uuid?: string | undefined }
  | {
      readonly kind: 'root';
      /** Schema version, `2016-06`; `2003-FC` for all before 2007. */
      readonly version: string;
      readonly uuid?: string | undefined;
      readonly creator?: string | undefined;
      readonly rights?: { readonly holder?: string | undefined; readonly held?: string | undefined } | undefined;
    };

/** Larger chunks are read in pieces, so that a batch stays small. */
const PIECE = 64 * 1024;

/**
 * Reads OME-XML of any version from 2003-FC to 2016-06 into the model of 2016-06, one batch of nodes a chunk, with memory
 * that does not grow with the document: planes are summed up, pixel data and their places are passed over. What is wrong
 * is told as findings with file and line; after a violation of XML itself (malformed, DOCTYPE, encoding, too deep) reading
 * stops, and the nodes that were complete until there are valid. @throws what `chunks` throws.
 */
export async function* readOmeXml(
  chunks: AsyncIterable<Uint8Array>,
  options: OmeXmlOptions,
): AsyncGenerator<readonly OmeNode[]> {
  const parser = documentParser(options);
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length && !parser.stopped; at += PIECE) {
      parser.write(chunk.length <= PIECE ? chunk : chunk.subarray(at, at + PIECE));
      const nodes = parser.take();
      if (nodes.length > 0) yield nodes;
    }
    if (parser.stopped) break;
  }
  parser.end();
  const nodes = parser.take();
  if (nodes.length > 0) yield nodes;
}
