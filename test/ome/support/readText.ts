import type { Finding } from '../../../src/findings.js';
import type { OmeObject } from '../../../src/ome/model.js';
import { type OmeNode, readOmeXml } from '../../../src/ome/omeXmlReader.js';

export const NS = 'http://www.openmicroscopy.org/Schemas';

/** A document of 2016-06 around some elements. */
export const ome = (inside: string, attributes = ''): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<OME xmlns="${NS}/OME/2016-06"${attributes}>${inside}</OME>`;

/** Pixels that the schema accepts, around some elements. */
export const pixels = (inside = '', attributes = ''): string =>
  `<Pixels ID="Pixels:0" DimensionOrder="XYZCT" Type="uint8" SizeX="4" SizeY="4" SizeZ="1" SizeC="1" SizeT="1"${attributes}>${inside}</Pixels>`;

export interface ReadText {
  readonly nodes: readonly OmeNode[];
  readonly findings: readonly Finding[];
}

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** What the reader makes of a document that comes in chunks of some size; local ids are those of the file. */
export async function readText(document: string | Uint8Array, chunk = 1 << 16): Promise<ReadText> {
  const nodes: OmeNode[] = [];
  const findings: Finding[] = [];
  const options = {
    file: 'a.ome.xml',
    identify: (id: string) => id.slice(id.indexOf(':') + 1),
    onFinding: (f: Finding) => void findings.push(f),
  };
  const bytes = typeof document === 'string' ? new TextEncoder().encode(document) : document;
  for await (const batch of readOmeXml(pieces(bytes, chunk), options)) nodes.push(...batch);
  return { nodes, findings };
}

/** The objects of one type. */
export function objects<T extends OmeObject['type']>(read: ReadText, type: T): Extract<OmeObject, { type: T }>[] {
  return read.nodes.flatMap((node) =>
    node.kind === 'object' && node.object.type === type ? [node.object as Extract<OmeObject, { type: T }>] : [],
  );
}

/** The codes of the findings, in order. */
export const codes = (read: ReadText): string[] => read.findings.map((f) => f.code);
