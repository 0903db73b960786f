import { OmegraphError } from '../../errors.js';
import type { AuditedObject, AuditResult, ObjectLabel, ShapeInfo, StoredAudit } from '../model.js';
import { compareObjects } from './refs.js';

/**
 * What became of one object and one shape between two audits. `gone`: the object is no longer there; `added`: it was not there
 * before; `waived`: a waiver holds now; `open`: as it was.
 */
export const CHANGES = ['fixed', 'gone', 'waived', 'open', 'new', 'added'] as const;
export type Change = (typeof CHANGES)[number];

/** One change, told by the result before it (`fixed`, `gone`) or after it. */
export interface AuditChange {
  readonly change: Change;
  readonly result: AuditResult;
  readonly shape: ShapeInfo;
}

/** What two audits have in common, which is all that can be compared. */
export interface Comparable {
  /** IRIs of shapes. */
  readonly shapes: ReadonlySet<string>;
  /** Containers that both audited. */
  readonly containers: readonly string[];
}

/** What two audits have in common. @throws OmegraphError (input) when they are of different profiles or records */
export function comparable({ report: before }: StoredAudit, { report: after }: StoredAudit): Comparable {
  const differ = (wrong: string, a: string, b: string): OmegraphError =>
    new OmegraphError('input', {
      where: `audits of ${before.auditedAt} and ${after.auditedAt}`,
      wrong,
      found: `${a} and ${b}`,
      remedy: 'compare two audits of the same record against the same profile',
    });
  if (before.profile.iri !== after.profile.iri)
    throw differ('the two are against different profiles', before.profile.label, after.profile.label);
  if (before.base !== after.base) throw differ('the two are of different records', before.base, after.base);
  const afterShapes = new Set(after.shapes.map((s) => s.shape));
  const afterContainers = new Set(after.containers.map((c) => c.container));
  return {
    shapes: new Set(before.shapes.map((s) => s.shape).filter((shape) => afterShapes.has(shape))),
    containers: before.containers.map((c) => c.container).filter((container) => afterContainers.has(container)),
  };
}

/**
 * What changed between two audits, container by container, object by object; rows are merged as they are read, so memory is
 * that of the objects that came or went in one container. Shapes and containers that only one of them has are left out.
 * @throws OmegraphError (input) as `comparable` does, or when rows cannot be read
 */
export async function* auditChanges(before: StoredAudit, after: StoredAudit): AsyncGenerator<AuditChange> {
  const { shapes, containers } = comparable(before, after);
  const words = [before, after].map(({ report }) => new Map(report.shapes.map((s) => [s.shape, s])));
  for (const container of containers) {
    const [gone, added] = await cameAndWent(before.objects(container), after.objects(container));
    const pairs = merged(byFocus(before.results(container)), byFocus(after.results(container)), (g) => g.focus);
    for await (const [was, is] of pairs) {
      const known = new Map<string, { was?: AuditResult; is?: AuditResult }>();
      collect(known, 'was', was?.results ?? [], before, shapes);
      collect(known, 'is', is?.results ?? [], after, shapes);
      for (const [shape, { was: old, is: now }] of known) {
        const result = now ?? old;
        if (result === undefined) continue;
        const change = changeOf(old, now, (set) => set.has((result.image ?? result.focus).node), gone, added);
        const info = words[now === undefined ? 0 : 1]?.get(shape);
        if (change !== undefined && info !== undefined) yield { change, result, shape: info };
      }
    }
  }
}

function changeOf(
  was: AuditResult | undefined,
  is: AuditResult | undefined,
  isIn: (set: ReadonlySet<string>) => boolean,
  gone: ReadonlySet<string>,
  added: ReadonlySet<string>,
): Change | undefined {
  const [wasOpen, isOpen] = [was !== undefined && !was.waived, is !== undefined && !is.waived];
  if (isOpen) return wasOpen ? 'open' : was === undefined && isIn(added) ? 'added' : 'new';
  if (!wasOpen) return undefined;
  if (is !== undefined) return 'waived';
  return isIn(gone) ? 'gone' : 'fixed';
}

/** Results by the IRI of their shape; one that is not waived stands for all of that shape. */
function collect(
  known: Map<string, { was?: AuditResult; is?: AuditResult }>,
  side: 'was' | 'is',
  results: readonly AuditResult[],
  { report }: StoredAudit,
  shapes: ReadonlySet<string>,
): void {
  for (const result of results) {
    const shape = report.shapes[result.shape]?.shape;
    if (shape === undefined || !shapes.has(shape)) continue;
    const entry = known.get(shape) ?? {};
    if (entry[side] === undefined || entry[side].waived) entry[side] = result;
    known.set(shape, entry);
  }
}

/** Objects that are only before, and only after. */
async function cameAndWent(
  before: AsyncIterable<AuditedObject>,
  after: AsyncIterable<AuditedObject>,
): Promise<[ReadonlySet<string>, ReadonlySet<string>]> {
  const [gone, added] = [new Set<string>(), new Set<string>()];
  for await (const [was, is] of merged(before, after, (object) => object)) {
    if (is === undefined && was !== undefined) gone.add(was.node);
    if (was === undefined && is !== undefined) added.add(is.node);
  }
  return [gone, added];
}

interface FocusGroup {
  readonly focus: ObjectLabel;
  readonly results: readonly AuditResult[];
}

/** Results of one object after the other. */
async function* byFocus(rows: AsyncIterable<AuditResult>): AsyncGenerator<FocusGroup> {
  let results: AuditResult[] = [];
  for await (const row of rows) {
    const [first] = results;
    if (first !== undefined && first.focus.node !== row.focus.node) {
      yield { focus: first.focus, results };
      results = [];
    }
    results.push(row);
  }
  const [first] = results;
  if (first !== undefined) yield { focus: first.focus, results };
}

/** Two sorted streams as pairs of what is the same object; one side is undefined where only the other has it. */
async function* merged<Row>(
  before: AsyncIterable<Row>,
  after: AsyncIterable<Row>,
  objectOf: (row: Row) => ObjectLabel,
): AsyncGenerator<readonly [Row | undefined, Row | undefined]> {
  const sides = [before[Symbol.asyncIterator](), after[Symbol.asyncIterator]()] as const;
  const next = async (side: 0 | 1): Promise<Row | undefined> => {
    const { done, value } = (await sides[side].next()) as IteratorResult<Row, undefined>;
    return done === true ? undefined : value;
  };
  try {
    let [a, b] = [await next(0), await next(1)];
    while (a !== undefined || b !== undefined) {
      const order = a === undefined ? 1 : b === undefined ? -1 : Math.sign(compareObjects(objectOf(a), objectOf(b)));
      yield [order <= 0 ? a : undefined, order >= 0 ? b : undefined];
      if (order <= 0) a = await next(0);
      if (order >= 0) b = await next(1);
    }
  } finally {
    await Promise.all(sides.map((side) => side.return?.()));
  }
}
