import { type Finding, finding } from '../findings.js';
import type { Annotation, Image, ObjectRef, OmeObject, OmeRecord } from '../ome/model.js';
import type { OmeNode } from '../ome/omeXmlReader.js';
import type { ContainerSet, Containers } from './containers.js';
import { documentAnnotations } from './documentAnnotations.js';
import { documentFilesets } from './documentFilesets.js';
import type { Fingerprints } from './fingerprints.js';
import { HELD, heldObjects } from './heldObjects.js';
import { scopeOf } from './identity.js';
import { links, refCodes } from './linkIndex.js';
import { isTransferNamespace } from './packRules.js';
import type { Selection } from './selection.js';
import type { SourceDocument } from './sourceDocument.js';
import { statedParents } from './statedParents.js';
import { withoutSecrets } from './visibility.js';

export type ObjectNode = Extract<OmeNode, { kind: 'object' }>;
type PartNode = Extract<OmeNode, { kind: 'annotated' }>;

/** What the documents of one source share. */
export interface DocumentContext {
  readonly containers: Containers;
  readonly selection: Selection;
  readonly fingerprints: Fingerprints;
  /** Whether the visibility policy forbids an object that has an owner. */
  isHidden(ref: ObjectRef): boolean;
  /** Whether the policy forbids anything, so that what nobody visible refers to stays out. */
  readonly restrictive: boolean;
  onFinding(f: Finding): void;
}

/** What the first pass learned about one document. */
export interface DocumentHints {
  /** Its containment is in the index already. */
  readonly noted: boolean;
  /** Annotations may be referred to behind their place. */
  readonly lateAnnotationRefs: boolean;
}

/** Turns the objects of one document into records, in one pass over it. */
export async function* documentRecords(
  document: SourceDocument,
  context: DocumentContext,
  hints: DocumentHints,
): AsyncGenerator<OmeRecord> {
  const emitter = documentEmitter(document, context, hints);
  try {
    for await (const nodes of document.nodes(context.onFinding)) {
      for (const node of nodes) emitter.add(node);
      yield* emitter.drain();
    }
    await emitter.finish();
    yield* emitter.drain();
  } finally {
    emitter.close();
  }
}

/** Few enough to be compared in every document: one file may use an id twice. */
const COMPARED: ReadonlySet<string> = new Set(['Project', 'Dataset', 'Screen', 'Plate', 'Folder', 'Image']);

function documentEmitter(document: SourceDocument, context: DocumentContext, hints: DocumentHints) {
  const { containers, selection, isHidden } = context;
  /** Whether what nothing refers to is published too. */
  const lossless = selection.all && !context.restrictive;
  const codes = refCodes();
  /** ROI → containers of the images it lies in. */
  const rois = links();
  const images = links();
  const held = heldObjects<ObjectNode>();
  const filesets = documentFilesets(document);
  const scope = `:${scopeOf(document.path.normalize('NFC'))}.`;
  /** Annotated parts of the object that comes next (they close before it). */
  let parts: PartNode[] = [];
  const partsOfHeld = new Map<ObjectNode, readonly PartNode[]>();
  /** ROIs inside an image that is not closed yet (before 2012-06). */
  const nested = new Map<ObjectRef, { readonly node: ObjectNode; readonly parts: readonly PartNode[] }[]>();
  let out: OmeRecord[] = [];
  let seen: ContainerSet | undefined;
  let version = '';
  let unusedDone = false;

  const annotations = documentAnnotations(codes, containers, hints.lateAnnotationRefs, (record) => {
    out.push(record);
  });
  /** The containers of the document; the orphans only where there is nothing else. */
  const everything = (): ContainerSet => seen ?? containers.orphans;
  const include = (set: ContainerSet): ContainerSet => {
    if (seen === undefined || seen === containers.orphans) seen = set;
    else if (set !== containers.orphans) seen = containers.union(seen, set);
    return set;
  };
  const visible = (refs: readonly ObjectRef[]): readonly ObjectRef[] =>
    context.restrictive ? refs.filter((ref) => !isHidden(ref)) : refs;

  const emit = (
    node: ObjectNode,
    content: OmeObject,
    set: ContainerSet,
    own: readonly PartNode[],
    children: readonly ObjectRef[] = node.children,
  ): void => {
    const record: OmeRecord = {
      kind: 'object',
      object: content,
      parents: visible(statedParents(node, containers, selection)),
      parts: children,
      annotations: [],
      containers: containers.refs(set),
    };
    out.push(withoutSecrets(record));
    annotations.carry(content.ref, node.annotations, set);
    for (const part of own) annotations.carry(part.target, part.annotations, set);
  };
  const use = (refs: readonly (ObjectRef | undefined)[], set: ContainerSet): void => {
    for (const node of held.use(refs, set)) emit(node, node.object, set, partsOfHeld.get(node) ?? []);
  };

  /** Whether this is what the source says of the object: the first to speak of it is right, the others must agree. */
  const agrees = (content: OmeObject | Annotation): boolean => {
    const shared = document.isShared(content.ref);
    if (!shared && !COMPARED.has(content.type)) return true;
    // Documents that share an object may each know some of its members.
    const { wellSamples: _s, experimenters: _e, leaders: _l, ...own } = content as unknown as Record<string, unknown>;
    if (Object.keys(own).length <= 2) return true;
    const text = JSON.stringify(own);
    const found = context.fingerprints.check(content.ref, shared ? text.replaceAll(scope, ':.') : text, document.label);
    if (found === 'new' || (found === 'same' && shared)) return true;
    const firstIn = found === 'same' ? document.label : found.firstIn;
    context.onFinding(finding('id-duplicate', content.ref, { at: document.label, detail: `first in ${firstIn}` }));
    return false;
  };

  const image = (node: ObjectNode, content: Image, own: readonly PartNode[]): void => {
    const inside = nested.get(content.ref) ?? [];
    nested.delete(content.ref);
    if (!selection.includes(content.ref, node.parents) || !agrees(content)) return;
    const set = include(containers.of(content.ref, visible(node.parents)));
    images.add(codes.code(content.ref), 0, set);
    for (const child of node.children) if (child.startsWith('ROI:')) rois.add(codes.code(child), 0, set);
    const { fileset, series } = filesets.image(content.ref, set, containers);
    emit(node, fileset === undefined ? content : { ...content, fileset, series }, set, own);
    use([content.experimenter, content.experimenterGroup, content.experiment, content.instrument], set);
    for (const roi of inside) emit(roi.node, roi.node.object, set, roi.parts);
  };

  const roi = (node: ObjectNode, own: readonly PartNode[]): void => {
    const sets: ContainerSet[] = [];
    const code = codes.known(node.object.ref);
    if (code !== undefined) rois.each(code, (_, set) => void sets.push(set));
    for (const parent of node.parents) {
      const parentCode = codes.known(parent);
      if (parentCode !== undefined && images.has(parentCode)) images.each(parentCode, (_, set) => void sets.push(set));
      else {
        const inside = nested.get(parent) ?? [];
        nested.set(parent, inside);
        inside.push({ node, parts: own });
      }
    }
    const first = sets[0];
    if (first !== undefined) emit(node, node.object, sets.reduce(containers.union, first), own);
    else if (node.parents.length === 0 && lossless) emit(node, node.object, everything(), own);
  };

  /** Projects, Datasets, Screens, Plates, Folders and what lies in them, but no image. */
  const holder = (node: ObjectNode, own: readonly PartNode[]): void => {
    const { object: content, parents } = node;
    const above = visible(parents);
    if ((parents.length > 0 && above.length === 0) || !takes(node)) return;
    // Of a second, different body only what it contains is believed.
    const said = agrees(content) ? content : bare(content);
    const isLost =
      content.type === 'Folder' && !containers.folderContent(content.ref).some((ref) => !ref.startsWith('ROI:'));
    const set = isLost ? everything() : include(containers.of(content.ref, above));
    emit(node, lossless ? said : takenWell(said), set, own, takenChildren(node));
    if ('experimenter' in content) use([content.experimenter], set);
    if ('experimenterGroup' in content) use([content.experimenterGroup], set);
  };
  const takes = ({ object: content, parents }: ObjectNode): boolean => {
    if (selection.all || selection.isAbove(content.ref) || selection.includes(content.ref, parents)) return true;
    if (content.type === 'Folder')
      return containers.folderContent(content.ref).some((ref) => selection.includes(ref, []));
    return (
      content.type === 'Well' &&
      content.wellSamples.some((s) => s.image !== undefined && selection.includes(s.image, []))
    );
  };
  const takenChildren = ({ object: content, children }: ObjectNode): readonly ObjectRef[] =>
    lossless
      ? children
      : visible(children).filter((ref) => selection.isAbove(ref) || selection.includes(ref, [content.ref]));
  const takenWell = (content: OmeObject): OmeObject => {
    if (content.type !== 'Well') return content;
    const taken = (ref: ObjectRef | undefined): boolean =>
      ref === undefined || (!isHidden(ref) && selection.includes(ref, []));
    return { ...content, wellSamples: content.wellSamples.filter((s) => taken(s.image)) };
  };

  const objectNode = (node: ObjectNode): void => {
    const { object: content } = node;
    const own = parts;
    parts = [];
    selection.seen(content.ref);
    // The wells of 2003-FC stand in the images, behind what the first pass read.
    if (!hints.noted || (version === '2003-FC' && content.type === 'Well')) containers.note(node);
    if (isHidden(content.ref)) nested.delete(content.ref);
    else if (HELD.has(content.type)) hold(node, own);
    else if (content.type === 'Image') image(node, content, own);
    else if (content.type === 'ROI') roi(node, own);
    else holder(node, own);
  };
  const hold = (node: ObjectNode, own: readonly PartNode[]): void => {
    if (!agrees(node.object)) return;
    if (own.length > 0) partsOfHeld.set(node, own);
    for (const set of held.hold(node)) emit(node, node.object, set, own);
  };
  /** People and devices that no image refers to: nothing that a file says is lost. */
  const useUnused = (): void => {
    if (unusedDone || !lossless) return;
    unusedDone = true;
    for (const node of held.unused()) use([node.object.ref], everything());
  };

  const annotation = (key: string, body: Annotation): void => {
    const own = parts;
    parts = [];
    useUnused();
    // Before 2010 annotations name what carries them.
    for (const part of own) {
      const set = part.target === body.ref ? undefined : carrierSet(part.target);
      if (set !== undefined) annotations.carry(part.target, part.annotations, set);
    }
    const known = annotations.carriers(key);
    if (document.pack && isTransferNamespace(body.namespace)) return void filesets.transfer(body, known.targets);
    if (!agrees(body)) return;
    // A tag set that nothing carries lies where its tags are.
    const inside = own.filter(({ target }) => target === body.ref).flatMap((part) => part.annotations);
    const where = [known.set, ...inside.map(annotations.where)].filter((set) => set !== undefined);
    const found = where[0] && where.reduce(containers.union, where[0]);
    annotations.body(key, body, found);
    const set = found ?? everything();
    if (found !== undefined || lossless) use([body.annotator], set);
    for (const part of own) if (part.target === body.ref) annotations.carry(part.target, part.annotations, set);
  };
  const carrierSet = (target: ObjectRef): ContainerSet | undefined => {
    if (isHidden(target)) return undefined;
    const code = codes.known(target);
    const sets: ContainerSet[] = [];
    if (code !== undefined) images.each(code, (_, set) => void sets.push(set));
    if (sets.length > 0 || target.startsWith('Image:')) return sets[0];
    return selection.all || selection.includes(target, []) ? containers.of(target, []) : undefined;
  };

  return {
    add(node: OmeNode): void {
      if (node.kind === 'object') objectNode(node);
      else if (node.kind === 'annotation') annotation(node.key, node.annotation);
      else if (node.kind === 'annotated') parts.push(node);
      else if (node.kind === 'file') filesets.file(node.fileName);
      else if (node.kind === 'root') version = node.version;
    },
    async finish(): Promise<void> {
      useUnused();
      if (lossless) {
        for (const rest of nested.values())
          for (const { node, parts: own } of rest) emit(node, node.object, everything(), own);
        for (const body of annotations.loose()) {
          out.push({ kind: 'annotated', annotation: body, targets: [], containers: containers.refs(everything()) });
        }
      }
      const dangling = annotations.dangling();
      if (dangling !== undefined) reportDangling(dangling.first, dangling.count);
      const absent = held.absent().filter((ref) => !document.isShared(ref));
      if (absent[0] !== undefined) reportDangling(absent[0], absent.length);
      out.push(...(await filesets.records(containers, context.onFinding)));
    },
    *drain(): Generator<OmeRecord> {
      const records = out;
      out = [];
      yield* records;
    },
    close: () => annotations.close(),
  };

  function reportDangling(first: string, count: number): void {
    context.onFinding(
      finding('ome-reference-dangling', document.label, { detail: first.replace(scope.slice(1), ''), count }),
    );
  }
}

/** An object of which only the containment is taken. */
function bare({ type, ref }: OmeObject): OmeObject {
  return { type, ref, ...(type === 'Well' && { wellSamples: [] }) } as unknown as OmeObject;
}
