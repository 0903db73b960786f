import { finding, type Finding } from '../findings.js';
import type { Annotation, ContainerRef, ObjectRef, OmeRecord } from '../ome/model.js';
import { scopeOf } from './identity.js';

/** The namespace of tag sets. */
const TAG_SET = 'openmicroscopy.org/omero/insight/tagset';
type Tag = Annotation & { readonly type: 'TagAnnotation' };

/** Tags as CSV files name them, among those that pass by. */
export interface KeyValueTags {
  /** Asks for a tag (`Tag`, `Tag[TagSet]`, `Tag[id]`), before any passes. */
  want(text: string): void;
  see(record: OmeRecord): void;
  /** The records that tag an object: with the one tag of the export that is meant, or that it carries already, else with a tag of the file. */
  records(text: string, file: string, at: string, target: ObjectRef, containers: readonly ContainerRef[]): OmeRecord[];
}

interface Parts {
  readonly name: string;
  readonly id?: string | undefined;
  readonly set?: string | undefined;
}

/** Import_from_csv (5.8.4) tells id and set by digits. */
function partsOf(text: string): Parts {
  const [, name = '', inside = ''] = /^([^[\]]*)\[([^[\]]+)\]$/s.exec(text.trim()) ?? [];
  if (inside === '') return { name: text.trim() };
  return /^\d+$/.test(inside) ? { name: name.trim(), id: inside } : { name: name.trim(), set: inside };
}

/** No tags yet; keeps only those that are asked for. */
export function keyValueTags(onFinding: (f: Finding) => void): KeyValueTags {
  const wantedIds = new Set<string>();
  const wantedNames = new Set<string>();
  const wantedSets = new Set<string>();
  const tags = new Map<ObjectRef, Tag>();
  const sets = new Map<ObjectRef, Tag>();
  /** Refs of what carries a tag, where that is a tag set. */
  const inSets = new Map<ObjectRef, Set<ObjectRef>>();
  /** Objects that carry a tag, which decides between several tags of one name. */
  const carriers = new Map<ObjectRef, Set<ObjectRef>>();

  const owned = (file: string, local: string, value: string, namespace?: string): Tag => ({
    type: 'TagAnnotation',
    ref: `TagAnnotation:${scopeOf(`key-values ${file}`)}.${local}`,
    ...(namespace !== undefined && { namespace }),
    value,
  });
  const known = ({ name, set }: Parts, target: ObjectRef): { tag: Tag; set?: Tag } | undefined => {
    const found = [...tags.values()]
      .filter((tag) => tag.value === name)
      .flatMap((tag): { tag: Tag; set?: Tag }[] => {
        if (set === undefined) return [{ tag }];
        const around = [...(inSets.get(tag.ref) ?? [])].flatMap((ref) => sets.get(ref) ?? []);
        return around.filter(({ value }) => value === set).map((one) => ({ tag, set: one }));
      });
    return found.length === 1 ? found[0] : found.find(({ tag }) => carriers.get(tag.ref)?.has(target));
  };

  return {
    want(text) {
      const { name, id, set } = partsOf(text);
      if (id !== undefined) wantedIds.add(`TagAnnotation:${id}`);
      else wantedNames.add(name);
      if (set !== undefined) wantedSets.add(set);
    },
    see(record) {
      for (const annotation of record.kind === 'annotated' ? [record.annotation] : record.annotations) {
        if (annotation.type !== 'TagAnnotation') continue;
        const tag = annotation as Tag;
        if (tag.namespace === TAG_SET) {
          if (wantedSets.has(tag.value)) sets.set(tag.ref, tag);
        } else if (wantedIds.has(tag.ref) || wantedNames.has(tag.value)) {
          tags.set(tag.ref, tag);
          const around = inSets.get(tag.ref) ?? new Set();
          inSets.set(tag.ref, around);
          const carrying = carriers.get(tag.ref) ?? new Set();
          carriers.set(tag.ref, carrying);
          if (record.kind === 'object') carrying.add(record.object.ref);
          else for (const ref of record.targets) (ref.startsWith('TagAnnotation:') ? around : carrying).add(ref);
        }
      }
    },
    records(text, file, at, target, containers) {
      const parts = partsOf(text);
      const annotated = (annotation: Annotation, targets: readonly ObjectRef[]): OmeRecord => ({
        kind: 'annotated',
        annotation,
        targets,
        containers,
      });
      if (parts.id !== undefined) {
        const tag = tags.get(`TagAnnotation:${parts.id}`);
        if (tag !== undefined && (parts.name === '' || parts.name === tag.value)) return [annotated(tag, [target])];
        onFinding(finding('key-values-tag-unknown', text, { at, detail: tag?.value }));
        return [];
      }
      if (parts.name === '') return [];
      const found = known(parts, target);
      if (parts.set === undefined)
        return [annotated(found?.tag ?? owned(file, `tag.${parts.name}`, parts.name), [target])];
      const set = found?.set ?? owned(file, `set.${parts.set}`, parts.set, TAG_SET);
      const tag = found?.tag ?? owned(file, `set.${parts.set}.tag.${parts.name}`, parts.name);
      return [annotated(tag, [target]), annotated(set, []), annotated(tag, [set.ref])];
    },
  };
}
