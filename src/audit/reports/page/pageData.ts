import {
  type AuditedObject,
  type AuditReport,
  type AuditResult,
  STATUS_LETTERS,
  STATUSES,
  type StoredAudit,
} from '../../model.js';
import type { AuditTrend } from '../../stored/auditTrend.js';
import { termText } from '../termText.js';
import { whatToFix } from '../whatToFix.js';

/** Rows of one container, column by column; equal texts are told once. */
export interface PageRows {
  readonly refs: readonly string[];
  readonly labels: readonly string[];
  /** For each object the numbers of its parts (in `ContainerData.parts`). */
  readonly parts: readonly (readonly number[])[];
  /** For each object its place in `statusTable`. */
  readonly statuses: readonly number[];
  readonly statusTable: readonly string[];
  /** For each object its place in `people`, pairs of group and owner. */
  readonly person: readonly number[];
  readonly people: readonly (readonly [group: string, owner: string])[];
  /** Results that statuses do not tell: object, shape, place in `values` and in `about`; -1 for none. */
  readonly results: readonly (readonly [object: number, shape: number, value: number, about: number])[];
  readonly values: readonly string[];
  /** What a result is about when it is not the object itself: `Channel:7:1 DAPI`. */
  readonly about: readonly string[];
}

/** Examples of a result that the page shows. */
const EXAMPLES = 3;

/** What the page knows of the whole audit when it opens; texts of the data are made harmless for readers. */
export function pageSummary(report: AuditReport, trend?: AuditTrend): object {
  const { groups, owners, containers, ...rest } = report;
  return visible({
    ...rest,
    ...(trend !== undefined && { trend: trend.points, groupTrends: trend.groups }),
    letters: STATUSES.map((s) => STATUS_LETTERS[s]),
    groups,
    owners,
    containers: containers.map(({ parts, groups: _, ...c }) => ({ ...c, parts: parts.length })),
    fixes: whatToFix(report).map((f) => ({
      ...f,
      examples: f.examples.slice(0, EXAMPLES),
    })),
  }) as object;
}

/** What the page asks for when a reader opens a container: its parts, its results by shape, and its rows. */
export async function containerData(audit: StoredAudit, index: number, withRows: boolean): Promise<object> {
  const report = audit.report.containers[index];
  if (report === undefined) throw new RangeError(`the report has no container ${index}`);
  const { container, parts, groups } = report;
  return {
    parts: visible(parts),
    groups: visible(groups.map((g) => ({ ...g, examples: g.examples.slice(0, EXAMPLES) }))),
    ...(withRows && { rows: await rowsOf(audit, container, new Map(parts.map((p, i) => [p.ref, i]))) }),
  };
}

async function rowsOf(audit: StoredAudit, container: string, parts: ReadonlyMap<string, number>): Promise<PageRows> {
  const refs: string[] = [];
  const labels: string[] = [];
  const within: number[][] = [];
  const statuses: number[] = [];
  const person: number[] = [];
  const table = texts();
  const people = texts();
  const index = new Map<string, number>();
  const add = (o: Pick<AuditedObject, 'ref' | 'label' | 'partOf' | 'statuses' | 'group' | 'owner'>): number => {
    const at = refs.length;
    index.set(o.ref, at);
    refs.push(visibleText(o.ref));
    labels.push(visibleText(o.label));
    within.push(o.partOf.flatMap((ref) => parts.get(ref) ?? []));
    statuses.push(table.number(o.statuses));
    person.push(people.number(`${visibleText(o.group ?? '')}\n${visibleText(o.owner ?? '')}`));
    return at;
  };
  for await (const object of audit.objects(container)) add(object);
  const values = texts();
  const about = texts();
  const results: PageRows['results'][number][] = [];
  for await (const result of audit.results(container)) {
    const owner = result.image ?? result.focus;
    const at = index.get(owner.ref);
    if (at !== undefined && isTold(result, audit.report, table.texts[statuses[at] ?? 0] ?? '')) continue;
    const { ref, label } = result.focus;
    results.push([
      at ?? add({ ...owner, partOf: result.partOf.map((p) => p.ref), statuses: '', group: '', owner: '' }),
      result.shape,
      result.value === undefined
        ? -1
        : values.number(visibleText((result.says ?? termText(result.value)).slice(0, 500))),
      ref === owner.ref ? -1 : about.number(visibleText(label === ref ? ref : `${ref} ${label}`)),
    ]);
  }
  return {
    refs,
    labels,
    parts: within,
    statuses,
    statusTable: table.texts,
    person,
    people: people.texts.map((t) => t.split('\n') as unknown as [string, string]),
    results,
    values: values.texts,
    about: about.texts,
  };
}

/** Whether the status of the field says all that the result says. */
function isTold(
  { shape, value, focus, image, waived }: AuditResult,
  { shapes }: AuditReport,
  statuses: string,
): boolean {
  if (waived) return true;
  const field = shapes[shape]?.field;
  if (field === undefined || value !== undefined || (image !== undefined && image.ref !== focus.ref)) return false;
  return 'mxg'.includes(statuses[field] ?? ' ');
}

/** Texts in the order of their first use. */
function texts(): { readonly texts: string[]; number(text: string): number } {
  const known = new Map<string, number>();
  const all: string[] = [];
  return {
    texts: all,
    number(text) {
      let at = known.get(text);
      if (at === undefined) {
        known.set(text, (at = all.length));
        all.push(text);
      }
      return at;
    },
  };
}

const HIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** A text without characters that hide or turn round other text (Unicode Technical Report 36, section 2.10). */
export function visibleText(text: string): string {
  return text.toWellFormed().replace(HIDDEN, '\ufffd');
}

function visible(value: unknown): unknown {
  if (typeof value === 'string') return visibleText(value);
  if (Array.isArray(value)) return value.map(visible);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, visible(v)]));
}
