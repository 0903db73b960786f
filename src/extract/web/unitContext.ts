import type { Finding } from '../../findings.js';
import type { Annotation, ContainerRef, ObjectRef, OmeObject } from '../../ome/model.js';
import { withoutSecrets } from '../visibility.js';
import { idOf } from './annotationBatches.js';
import type { DecodeContext } from './decodeContext.js';
import type { FailedObject, HarvestLine, HarvestOptions, RetryTask } from './harvestLine.js';
import { DEFAULT_PARTS, type Part } from './parts.js';
import type { ServerMap } from './serverMap.js';
import type { WebSession } from './webSession.js';

/** Where an object is written to, and the group that decides with the owner whether it may be. */
export interface Place {
  readonly containers: readonly ContainerRef[];
  /** Id. */
  readonly group?: string | undefined;
}

/** A tag that was met, with where. */
export interface MetTag {
  readonly annotation: Annotation;
  readonly group: string | undefined;
  readonly containers: Set<ContainerRef>;
}

/** A table that was met as an attached file. */
export interface MetTable {
  readonly carrier: ObjectRef;
  readonly annotation: Annotation;
}

/** What the parts of the harvest of one unit share. */
export interface UnitContext {
  readonly session: WebSession;
  readonly map: ServerMap;
  /** Key of the unit. */
  readonly unit: string;
  readonly decode: DecodeContext;
  readonly signal: AbortSignal | undefined;
  reads(part: Part): boolean;
  say(finding: Finding): void;
  /** The line of an object; people and groups that it names are remembered. */
  object(object: OmeObject, parents: readonly ObjectRef[], containers: readonly ContainerRef[]): HarvestLine;
  annotated(annotation: Annotation, targets: readonly ObjectRef[], containers: readonly ContainerRef[]): HarvestLine;
  failed(ref: string, retry: RetryTask, why: string): { readonly failed: FailedObject };
  /** The findings since the last call. */
  said(): Iterable<HarvestLine>;
  /** The people and groups that lines named, in the containers of those lines. */
  named(): Iterable<HarvestLine>;
  /** Tags by ref. */
  readonly tags: Map<ObjectRef, MetTag>;
  /** Tables by id of their OriginalFile, with the object that carries them. */
  readonly tables: Map<string, MetTable>;
  /** Runs that fields of wells named. */
  readonly runs: Set<ObjectRef>;
  /** Visible objects of the unit; empty unless tables are read. */
  readonly seen: Map<ObjectRef, Place>;
}

/** The context of a unit of which nothing was read. */
export function unitContext(session: WebSession, map: ServerMap, unit: string, options: HarvestOptions): UnitContext {
  const parts = new Set<Part>(options.parts ?? DEFAULT_PARTS);
  const names = new Map<ObjectRef, Set<ContainerRef>>();
  let findings: Finding[] = [];
  const say = (finding: Finding): void => void findings.push(finding);
  const name = (ref: ObjectRef | undefined, containers: readonly ContainerRef[]): void => {
    if (ref === undefined) return;
    const known = names.get(ref) ?? new Set();
    names.set(ref, known);
    for (const container of containers) known.add(container);
  };
  return {
    session,
    map,
    unit,
    signal: options.signal,
    decode: { onFinding: say, timeZone: options.timeZone ?? 'UTC' },
    reads: (part) => parts.has(part),
    say,
    object(object, parents, containers) {
      if ('experimenter' in object) name(object.experimenter, containers);
      if ('experimenterGroup' in object) name(object.experimenterGroup, containers);
      return { record: { kind: 'object', object, parents, parts: [], annotations: [], containers } };
    },
    annotated(annotation, targets, containers) {
      name(annotation.annotator, containers);
      return { record: { kind: 'annotated', annotation, targets, containers } };
    },
    failed: (ref, retry, why) => ({ failed: { ref, retry, why } }),
    *said() {
      const lines = findings;
      findings = [];
      for (const finding of lines) yield { finding };
    },
    *named() {
      for (const [ref, containers] of names) {
        const object = ref.startsWith('Experimenter:') ? map.people.person(idOf(ref)) : map.people.group(idOf(ref));
        yield {
          record: withoutSecrets({
            kind: 'object',
            object,
            parents: [],
            parts: [],
            annotations: [],
            containers: [...containers].sort(),
          }),
        };
      }
      names.clear();
    },
    tags: new Map(),
    tables: new Map(),
    runs: new Set(),
    seen: new Map(),
  };
}
