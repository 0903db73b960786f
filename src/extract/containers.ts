import type { ContainerRef, ObjectRef, OmeObject } from '../ome/model.js';
import { type Links, links, refCodes } from './linkIndex.js';

/** What the containment of an object needs: itself, and the links it states. */
export interface ContainmentNode {
  readonly object: OmeObject;
  readonly parents: readonly ObjectRef[];
  readonly children: readonly ObjectRef[];
}

/** A set of containers as a small number; `refs` gives its members. */
export type ContainerSet = number;

/** Which object lies in which container, over all documents of a source. */
export interface Containers {
  /** Remembers the containment that a Project, Dataset, Screen, Plate, Well or Folder states. */
  note(node: ContainmentNode): void;
  /** The containers of an object: the Projects and Screens above it, else the orphans. */
  of(ref: ObjectRef, parents: readonly ObjectRef[]): ContainerSet;
  union(a: ContainerSet, b: ContainerSet): ContainerSet;
  refs(set: ContainerSet): readonly ContainerRef[];
  /** The parents of an object that any document states. */
  parents(ref: ObjectRef): readonly ObjectRef[];
  /** The direct content of a folder. */
  folderContent(ref: ObjectRef): readonly ObjectRef[];
  readonly orphans: ContainerSet;
}

const NOTED: ReadonlySet<string> = new Set(['Project', 'Dataset', 'Screen', 'Plate', 'Folder']);

/** An index without links. Only containment is kept, as numbers: 44 to 84 bytes a link. */
export function containers(): Containers {
  const codes = refCodes();
  const up: Links = links();
  const inFolder: Links = links();
  const sets: (readonly ContainerRef[])[] = [];
  const setIds = new Map<string, ContainerSet>();
  const unions = new Map<number, ContainerSet>();
  const memo = new Map<number, ContainerSet>();

  const intern = (refs: readonly ContainerRef[]): ContainerSet => {
    const key = refs.join('\n');
    const known = setIds.get(key);
    if (known !== undefined) return known;
    const id = sets.push(refs) - 1;
    setIds.set(key, id);
    return id;
  };
  const orphans = intern(['orphans']);
  const each = (from: Links, ref: ObjectRef): ObjectRef[] => {
    const code = codes.known(ref);
    const found = new Set<ObjectRef>();
    if (code !== undefined) from.each(code, (value) => void found.add(codes.ref(value) as ObjectRef));
    return [...found];
  };
  const link = (child: ObjectRef, parent: ObjectRef): void => up.add(codes.code(child), codes.code(parent));

  const union = (a: ContainerSet, b: ContainerSet): ContainerSet => {
    if (a === b) return a;
    const key = Math.min(a, b) * 2 ** 26 + Math.max(a, b);
    const known = unions.get(key);
    if (known !== undefined) return known;
    const both = intern([...new Set([...(sets[a] ?? []), ...(sets[b] ?? [])])].sort());
    unions.set(key, both);
    return both;
  };
  const unionOf = (found: readonly ContainerSet[]): ContainerSet => found.reduce(union, found[0] ?? orphans);

  const of = (
    ref: ObjectRef,
    parents: readonly ObjectRef[],
    visiting: ReadonlySet<string> = new Set(),
  ): ContainerSet => {
    if (ref.startsWith('Project:') || ref.startsWith('Screen:')) return intern([ref as ContainerRef]);
    // Images and ROIs are many and asked for once; what holds them is asked for again and again.
    const keep = parents.length === 0 && !/^(Image|ROI):/.test(ref);
    const code = keep ? codes.code(ref) : 0;
    const known = keep ? memo.get(code) : undefined;
    if (known !== undefined) return known;
    const path = new Set([...visiting, ref]);
    const above = [...parents, ...each(up, ref)].filter((parent) => !path.has(parent));
    // A folder is where its content is; an empty one where its parent is.
    const content = ref.startsWith('Folder:')
      ? each(inFolder, ref).filter((part) => !part.startsWith('ROI:') && !path.has(part))
      : [];
    const found = unionOf((content.length > 0 ? content : above).map((other) => of(other, [], path)));
    if (keep && visiting.size === 0) memo.set(code, found);
    return found;
  };

  return {
    orphans,
    note({ object, parents, children }) {
      if (object.type === 'Well') {
        const plate = parents.find((parent) => parent.startsWith('Plate:'));
        if (plate !== undefined)
          for (const { image } of object.wellSamples) if (image !== undefined) link(image, plate);
      }
      if (!NOTED.has(object.type)) return;
      for (const parent of parents) link(object.ref, parent);
      for (const child of children) {
        if (object.type === 'Folder') inFolder.add(codes.code(object.ref), codes.code(child));
        if (object.type === 'Folder' ? child.startsWith('Folder:') : /^(Dataset|Image|Plate):/.test(child))
          link(child, object.ref);
      }
    },
    of: (ref, parents) => of(ref, parents),
    union,
    refs: (set) => sets[set] ?? [],
    parents: (ref) => each(up, ref),
    folderContent: (ref) => each(inFolder, ref),
  };
}
