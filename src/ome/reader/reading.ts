import { type Finding, type FindingCode, finding } from '../../findings.js';
import type { ObjectRef, OmeObject, OmeType } from '../model.js';
import type { OmeNode, OmeXmlOptions } from '../omeXmlReader.js';
import { type Draft, type Frame, push, type Reading } from './elementRule.js';
import { ownText } from './ownText.js';

/** How many file names, light sources and waiting objects are remembered at most. */
const REMEMBERED = 100_000;
/** How many different findings are kept apart, and how much of what was found is shown. */
const TOLD = 10_000;
const SHOWN = 200;

/** What is read so far of one document, and what waits for later elements. */
export interface DocumentReading extends Reading {
  version: string;
  /** Line of the parser; set before rules run. */
  line: number;
  /** The nodes since the last call. */
  take(): OmeNode[];
  /** Counts a finding; one a code and key, told at the end. */
  count(code: FindingCode, key: string, detail: string, times?: number): void;
  /** Remembers how much was emitted, for `undo`. */
  mark(): void;
  /** Takes back what was emitted since the last `mark`. */
  undo(): void;
  /** Emits what waited and tells the counted findings. */
  finish(): void;
}

export function documentReading(options: OmeXmlOptions): DocumentReading {
  let batch: OmeNode[] = [];
  let marked = 0;
  let markedWaiting = 0;
  const counted = new Map<string, { code: FindingCode; detail: string; line: number; count: number }>();
  const files = new Set<string>();
  let lastFile: string | undefined;
  const lightSources = new Map<string, OmeType>();
  let waitingLights: { readonly draft: Draft; readonly key: string; readonly id: string; readonly line: number }[] = [];
  const waiting: { readonly node: OmeNode & { kind: 'object' }; readonly draft: Draft }[] = [];
  const members = new Map<ObjectRef, ObjectRef[]>();

  const resolveLights = (): void => {
    waitingLights = waitingLights.filter(({ draft, key, id }) => {
      const type = lightSources.get(id);
      if (type === undefined) return true;
      draft[key] = reading.ref(type, id);
      return false;
    });
  };
  const nodeOf = (frame: Frame): OmeNode & { kind: 'object' } => ({
    kind: 'object',
    object: frame.draft as unknown as OmeObject,
    parents: frame.parents ?? [],
    children: frame.children ?? [],
    annotations: frame.annotations ?? [],
    line: frame.line,
  });

  const reading: DocumentReading = {
    version: '',
    line: 0,
    manipulations: new Map(),
    take() {
      const taken = batch;
      batch = [];
      return taken;
    },
    emit(node) {
      batch.push(node);
    },
    mark() {
      marked = batch.length;
      markedWaiting = waiting.length;
    },
    undo() {
      batch.length = Math.min(batch.length, marked);
      waiting.length = Math.min(waiting.length, markedWaiting);
    },
    emitObject(frame) {
      if (waitingLights.length > 0) resolveLights();
      if (waitingLights.length > 0 && waiting.length < REMEMBERED)
        waiting.push({ node: nodeOf(frame), draft: frame.draft });
      else batch.push(nodeOf(frame));
    },
    emitLast(frame) {
      waiting.push({ node: nodeOf(frame), draft: frame.draft });
    },
    ref(type, id) {
      const local = options.identify(id, type);
      return (local.startsWith(`${type}:`) ? local : `${type}:${local}`) as ObjectRef;
    },
    key: (id) => options.identify(id, 'Annotation'),
    knowLightSource(id, type) {
      if (lightSources.size < REMEMBERED) lightSources.set(ownText(id), type);
    },
    lightSource(draft, key, id) {
      const type = lightSources.get(id);
      if (type !== undefined) draft[key] = reading.ref(type, id);
      else waitingLights.push({ draft, key, id, line: reading.line });
    },
    member(group, experimenter) {
      const known = members.get(group);
      if (known === undefined) members.set(group, [experimenter]);
      else known.push(experimenter);
    },
    newFile(fileName) {
      if (fileName === lastFile) return undefined;
      lastFile = ownText(fileName);
      if (files.has(lastFile)) return undefined;
      if (files.size >= REMEMBERED) files.clear();
      files.add(lastFile);
      return lastFile;
    },
    invalid(frame, name, found) {
      const unit = /^\S+ \S/.test(found) && frame.attributes[`${name}Unit`] !== undefined;
      reading.count(
        unit ? 'unit-unknown' : 'ome-value-invalid',
        `${frame.name}/@${name}`,
        `${frame.name} ${name}="${found}"`,
      );
    },
    oddId(frame, id) {
      reading.count('ome-id-form', frame.name, `${frame.name} ID="${id}"`);
    },
    missing(frame, name) {
      reading.count('ome-attribute-missing', `${frame.name}/@${name}`, `${frame.name} without ${name}`);
    },
    unknown(frame, name) {
      reading.count('ome-element-unknown', `${frame.name}/${name}`, `${frame.name}/${name}`);
    },
    count(code, key, detail, times = 1) {
      const full = `${code} ${key.slice(0, SHOWN)}`;
      const known = counted.get(full) ?? (counted.size >= TOLD ? counted.get(code) : undefined);
      if (known !== undefined) known.count += times;
      else {
        const row = { code, detail: ownText(detail.slice(0, SHOWN)), line: reading.line, count: times };
        counted.set(counted.size >= TOLD ? code : ownText(full), row);
      }
    },
    finish() {
      resolveLights();
      for (const { id, line } of waitingLights) {
        reading.line = line;
        reading.count('ome-reference-dangling', id, `light source ${id}`);
      }
      for (const { node, draft } of waiting) {
        const { $manipulations, ...own } = draft;
        for (const ref of ($manipulations as ObjectRef[] | undefined) ?? []) {
          const manipulation = reading.manipulations.get(ref);
          if (manipulation !== undefined) push(own, 'microbeamManipulations', manipulation);
        }
        const experimenters = members.get(node.object.ref);
        if (experimenters !== undefined && own.type === 'ExperimenterGroup') {
          const known = (own.experimenters as ObjectRef[] | undefined) ?? [];
          own.experimenters = [...new Set([...known, ...experimenters])];
        }
        batch.push({ ...node, object: own as unknown as OmeObject });
      }
      for (const { code, detail, line, count } of counted.values()) {
        const more: Partial<Finding> = { at: `${options.file}:${line}`, detail, ...(count > 1 && { count }) };
        options.onFinding(finding(code, options.file, more));
      }
    },
  };
  return reading;
}
