import type { TermId } from '../../graph/columns/containerGraph.js';
import { STATUS_LETTERS, STATUSES, type Status } from '../model.js';
import type { ContainerSpace, Place } from './containerSpace.js';
import { type IdSet, idSet } from './idSet.js';
import type { ShapeRun } from './plan.js';
import type { Stated } from './stated.js';

/** Focus nodes of a run, and which of them fail; those that fail only where it is waived are apart. */
export interface RunOutcome {
  readonly run: ShapeRun;
  readonly focus: Uint32Array;
  readonly failed: IdSet;
  readonly waived: IdSet;
}

const NOT_ASKED = 255;
const CODES = Object.fromEntries(STATUSES.map((status, code) => [status, code])) as Record<Status, number>;
/** The letter of each status code. */
const LETTERS = STATUSES.map((status) => STATUS_LETTERS[status]);
/** Of several statuses the one that is told first. */
const GRAVITY: Readonly<Record<Status, number>> = {
  missing: 7,
  invalid: 6,
  notGrounded: 5,
  notAudited: 4,
  waived: 3,
  inherited: 2,
  filled: 1,
  notApplicable: 0,
};
const GRAVITIES = STATUSES.map((status) => GRAVITY[status]);

/** Room for a status of each term, to be used for one field after the other. */
export function statusRoom(size: number): Uint8Array {
  return new Uint8Array(size).fill(NOT_ASKED);
}

/** Statuses of one field: calls `tell` once for each object that it is asked of. */
export function fieldStatuses(
  runs: readonly RunOutcome[],
  codes: Uint8Array,
  stated: (path: ShapeRun['onlyWhen'][number]) => Stated,
  tell: (id: TermId, status: number) => void,
): void {
  const of = (aspect: ShapeRun['aspect']): RunOutcome[] => runs.filter(({ run }) => run.aspect === aspect);
  const [validity, grounding] = [of('validity'), of('grounding')];
  const anyOf =
    (outcomes: readonly RunOutcome[], which: 'failed' | 'waived') =>
    (id: TermId): boolean =>
      outcomes.some((outcome) => outcome[which].has(id));
  const [invalid, invalidWaived] = [anyOf(validity, 'failed'), anyOf(validity, 'waived')];
  const [free, freeWaived] = [anyOf(grounding, 'failed'), anyOf(grounding, 'waived')];
  const asked: TermId[] = [];
  for (const outcome of of('presence')) {
    const onlyWhen = outcome.run.onlyWhen.map(stated);
    const own = outcome.run.answers.flatMap((a) => (a.own === undefined ? [] : [stated(a.own)]));
    const inherited = outcome.run.answers.flatMap((a) => (a.inherited === undefined ? [] : [stated(a.inherited)]));
    const statusOf = (id: TermId): Status => {
      if (outcome.failed.has(id)) return 'missing';
      if (outcome.waived.has(id)) return 'waived';
      if (onlyWhen.length > 0 && !onlyWhen.some((is) => is(id))) return 'notApplicable';
      if (invalid(id)) return 'invalid';
      if (invalidWaived(id)) return 'waived';
      if (free(id)) return 'notGrounded';
      if (freeWaived(id)) return 'waived';
      if (own.some((is) => is(id))) return 'filled';
      return inherited.some((is) => is(id)) ? 'inherited' : 'filled';
    };
    for (const id of outcome.focus) {
      const code = CODES[statusOf(id)];
      const before = codes[id] ?? NOT_ASKED;
      if (before === NOT_ASKED) asked.push(id);
      codes[id] = before === NOT_ASKED ? code : graver(before, code);
    }
  }
  for (const id of asked) {
    tell(id, codes[id] ?? NOT_ASKED);
    codes[id] = NOT_ASKED;
  }
}

/** Rows of objects: a field of a part (a channel) stands in the row of its image, with the gravest status of its parts. */
export interface ObjectRows {
  /** Takes in the status of an object; returns nothing. */
  put(id: TermId, place: Place, field: number, code: number): void;
  readonly ids: readonly TermId[];
  has(id: TermId): boolean;
  /** One letter for each field. */
  statuses(id: TermId): string;
}

/** Types with a row of their own even inside an image. */
const CONTAINERS = new Set(['Project', 'Dataset', 'Screen', 'Plate']);

/** The rows of a container: all its images, and what else fields are asked of. */
export function objectRows(space: ContainerSpace, size: number, fields: number): ObjectRows {
  const rowOf = new Int32Array(size).fill(-1);
  const ids: TermId[] = [];
  let codes = new Uint8Array(Math.max(1, space.images.length) * fields).fill(NOT_ASKED);
  const row = (id: TermId): number => {
    const before = rowOf[id] ?? -1;
    if (before >= 0) return before;
    if ((ids.length + 1) * fields > codes.length) {
      const wider = new Uint8Array(codes.length * 2 + fields).fill(NOT_ASKED);
      wider.set(codes);
      codes = wider;
    }
    rowOf[id] = ids.length;
    ids.push(id);
    return ids.length - 1;
  };
  for (const image of space.images) row(image);
  return {
    put(id, { image }, field, code) {
      const of = image < 0 || image === id || CONTAINERS.has(space.typeOf(id)) ? id : image;
      const at = row(of) * fields + field;
      codes[at] = codes[at] === NOT_ASKED ? code : graver(codes[at] ?? code, code);
    },
    ids,
    has: (id) => (rowOf[id] ?? -1) >= 0,
    statuses(id) {
      const at = (rowOf[id] ?? 0) * fields;
      let text = '';
      for (let field = 0; field < fields; field += 1) text += LETTERS[codes[at + field] ?? NOT_ASKED] ?? ' ';
      return text;
    },
  };
}

function graver(a: number, b: number): number {
  return (GRAVITIES[b] ?? 0) > (GRAVITIES[a] ?? 0) ? b : a;
}

/** A run's outcome before it ran. */
export function emptyOutcome(run: ShapeRun, focus: Uint32Array, size: number): RunOutcome {
  return { run, focus, failed: idSet(size), waived: idSet(size) };
}
