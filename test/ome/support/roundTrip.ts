import type { Finding } from '../../../src/findings.js';
import type { Annotation, ObjectRef, OmeRecord } from '../../../src/ome/model.js';
import { type OmeNode, readOmeXml } from '../../../src/ome/omeXmlReader.js';
import { writeOmeXml } from '../../../src/ome/omeXmlWriter.js';

/** The ids of a file as they are: `Image:k7.0` stays `Image:k7.0`, `Annotation:1` becomes `MapAnnotation:1`. */
const identify = (id: string): string => id.slice(id.indexOf(':') + 1);

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** The nodes of a document with what the reader said about it. */
export async function read(xml: string | Uint8Array): Promise<{ nodes: OmeNode[]; findings: Finding[] }> {
  const findings: Finding[] = [];
  const nodes: OmeNode[] = [];
  const bytes = typeof xml === 'string' ? new TextEncoder().encode(xml) : xml;
  const options = { file: 'test', identify, onFinding: (f: Finding) => findings.push(f) };
  for await (const batch of readOmeXml(once(bytes), options)) nodes.push(...batch);
  return { nodes, findings };
}

/** The document of some records with what the writer said about them. */
export async function write(records: Iterable<OmeRecord>): Promise<{ xml: string; findings: Finding[] }> {
  const findings: Finding[] = [];
  let xml = '';
  for await (const chunk of writeOmeXml(records, { onFinding: (f) => findings.push(f) })) xml += chunk;
  return { xml, findings };
}

/** The records that the nodes of one document amount to. */
export function recordsOf(nodes: readonly OmeNode[]): OmeRecord[] {
  const annotations = new Map<string, Annotation>();
  const targets = new Map<string, ObjectRef[]>();
  const records: OmeRecord[] = [];
  const carry = (target: ObjectRef, keys: readonly string[]): void => {
    for (const key of keys) targets.set(key, [...(targets.get(key) ?? []), target]);
  };
  for (const node of nodes) {
    if (node.kind === 'annotation') annotations.set(node.key, node.annotation);
    else if (node.kind === 'annotated') carry(node.target, node.annotations);
    else if (node.kind === 'object') {
      carry(node.object.ref, node.annotations);
      records.push({
        kind: 'object',
        object: node.object,
        parents: node.parents,
        parts: node.children,
        annotations: [],
        containers: [],
      });
    }
  }
  for (const [key, annotation] of annotations) {
    records.push({ kind: 'annotated', annotation, targets: targets.get(key) ?? [], containers: [] });
  }
  return records;
}

/** What the records state, comparable: empty lists and texts of a Description count as nothing, plane summaries are dropped. */
export function statements(records: Iterable<OmeRecord>): Record<string, unknown> {
  const stated = new Map<string, unknown>();
  for (const record of records) {
    const carried: [Annotation, readonly ObjectRef[]][] =
      record.kind === 'annotated'
        ? [[record.annotation, record.targets]]
        : record.annotations.map((annotation) => [annotation, [record.object.ref]]);
    for (const [annotation, targets] of carried) {
      stated.set(annotation.ref, plain(annotation));
      for (const target of targets) stated.set(`${target} carries ${annotation.ref}`, true);
    }
    if (record.kind === 'annotated') continue;
    stated.set(record.object.ref, plain(record.object));
    for (const parent of record.parents) stated.set(`${parent} holds ${record.object.ref}`, true);
    for (const part of record.parts) stated.set(`${record.object.ref} holds ${part}`, true);
  }
  return Object.fromEntries([...stated].sort(([a], [b]) => (a < b ? -1 : 1)));
}

const plain = (value: object): unknown =>
  Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]: [string, unknown]) => {
      if (inner === undefined || key === 'planes' || (key === 'description' && inner === '')) return [];
      if (Array.isArray(inner)) {
        const list = inner.map((one: unknown) => (isPlainObject(one) ? plain(one) : one));
        return list.length === 0 && key !== 'value' ? [] : [[key, list]];
      }
      return [[key, isPlainObject(inner) ? plain(inner) : inner]];
    }),
  );
const isPlainObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
