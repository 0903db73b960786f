import type { Annotation, ObjectRef, OmeRecord } from '../ome/model.js';
import { recordSpill } from './recordSpill.js';

/** Keeps map annotations back until it is known which objects get others in their place. */
export interface ReplacedKeyValues {
  /** The record without the map annotations that may be replaced; undefined when nothing is left of it. */
  keep(record: OmeRecord): OmeRecord | undefined;
  /** Says that the map annotations of a namespace on an object are replaced. */
  replace(target: ObjectRef, namespace: string): void;
  /** The map annotations that were kept back, on the objects on which they are not replaced. */
  rest(): AsyncGenerator<OmeRecord>;
  close(): void;
}

type Annotated = OmeRecord & { readonly kind: 'annotated' };

/** Keeps back what is in one of the namespaces (`''`: in none); memory does not grow with their number beyond some MB. */
export function replacedKeyValues(namespaces: ReadonlySet<string>): ReplacedKeyValues {
  const kept = recordSpill<Annotated>();
  const replaced = new Set<string>();
  const isWaiting = (annotation: Annotation): boolean =>
    annotation.type === 'MapAnnotation' && namespaces.has(annotation.namespace ?? '');
  const key = (target: ObjectRef, namespace = ''): string => `${target}\n${namespace}`;
  return {
    keep(record) {
      if (record.kind === 'annotated') {
        if (!isWaiting(record.annotation)) return record;
        kept.add(record);
        return undefined;
      }
      const waiting = record.annotations.filter(isWaiting);
      if (waiting.length === 0) return record;
      const { containers } = record;
      for (const annotation of waiting)
        kept.add({ kind: 'annotated', annotation, targets: [record.object.ref], containers });
      return { ...record, annotations: record.annotations.filter((annotation) => !isWaiting(annotation)) };
    },
    replace: (target, namespace) => void replaced.add(key(target, namespace)),
    async *rest() {
      /** Annotations that lost every object they were on: nothing is said of them any more. */
      const lost = new Set<ObjectRef>();
      const alive = new Set<ObjectRef>();
      const left = ({ annotation, targets }: Annotated): readonly ObjectRef[] =>
        targets.filter((target) => !replaced.has(key(target, annotation.namespace)));
      for await (const record of kept.values()) {
        if (left(record).length > 0) alive.add(record.annotation.ref);
        else if (record.targets.length > 0) lost.add(record.annotation.ref);
      }
      for await (const record of kept.values()) {
        const targets = left(record);
        const { ref } = record.annotation;
        if (targets.length > 0 || (record.targets.length === 0 && (alive.has(ref) || !lost.has(ref))))
          yield { ...record, targets };
      }
    },
    close: () => kept.close(),
  };
}
