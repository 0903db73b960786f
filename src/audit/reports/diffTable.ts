import type { AuditDiff, Shift } from '../stored/diffAudits.js';
import type { AuditTrend } from '../stored/auditTrend.js';
import { counted, grouped, percent } from '../../words.js';
import { indented, padded, title } from './terminalText.js';
import { localName } from '../localName.js';

const MOST = 12;

/** What two audits have and have not in common, for a terminal: results first, then where completeness moved most. */
export function diffTable(diff: AuditDiff): string {
  const { before, after, counts } = diff;
  const lost = counts.gone > 0 ? `, ${grouped(counts.gone)} gone with their objects` : '';
  const waived = counts.waived > 0 ? `, ${grouped(counts.waived)} waived since` : '';
  const added = counts.added > 0 ? `, ${grouped(counts.added)} on objects that are new` : '';
  const lines = [
    `${diff.profile.label} audit, ${day(before.auditedAt)} → ${day(after.auditedAt)}`,
    '',
    `  fixed       ${grouped(counts.fixed)}${lost}${waived}`,
    `  new         ${grouped(counts.new)}${added}`,
    `  still open  ${grouped(counts.open)}`,
    `  complete    ${moved(diff.server)}`,
    ...section(
      'Fields',
      diff.fields.map((f) => ({ ...f, name: f.label })),
    ),
    ...section(
      'Containers',
      diff.containers.map((c) => ({ ...c, name: title(c.container, c.label) })),
    ),
    ...section(
      'Groups',
      diff.groups.map((g) => ({ ...g, name: g.label })),
    ),
    ...messages(diff, 'new', 'New'),
    ...messages(diff, 'fixed', 'Fixed'),
    ...onlyIn(before, 'before'),
    ...onlyIn(after, 'after'),
  ];
  return `${lines.join('\n')}\n`;
}

/** Completeness and results of several audits, the oldest first, for a terminal. */
export function trendTable(trend: AuditTrend): string {
  const rows = trend.points.map(
    ({ auditedAt, completeness, images, results, partial }) =>
      `  ${day(auditedAt)}  ${percent(completeness).padStart(6)}  ${grouped(images).padStart(9)}  ${grouped(results.violation).padStart(10)}  ${grouped(results.warning).padStart(9)}${partial ? '  not all was audited' : ''}`,
  );
  const others =
    trend.otherProfiles > 0 ? [`  ${counted(trend.otherProfiles, 'audit')} against other profiles left out`] : [];
  return [
    `${trend.profile.label} audits`,
    '  when               complete     images  violations   warnings',
    ...rows,
    ...others,
    '',
  ].join('\n');
}

const day = (time: string): string => time.slice(0, 16).replace('T', ' ');

function moved({ before, after }: Shift): string {
  const points = typeof before === 'number' && typeof after === 'number' ? Math.round((after - before) * 1000) / 10 : 0;
  const by = points === 0 ? '' : `  (${points > 0 ? '+' : ''}${points} points)`;
  return `${percent(before ?? null)} → ${percent(after ?? null)}${by}`;
}

/** Those that moved, the furthest first. */
function section(head: string, rows: readonly (Shift & { readonly name: string })[]): string[] {
  const change = ({ before, after }: Shift): number => Math.abs((after ?? 0) - (before ?? 0));
  const shifted = rows.filter((r) => r.before !== undefined && r.after !== undefined && change(r) > 1e-9);
  shifted.sort((a, b) => change(b) - change(a));
  if (shifted.length === 0) return [];
  const more = shifted.length > MOST ? [`  and ${shifted.length - MOST} more`] : [];
  return ['', head, ...shifted.slice(0, MOST).map((r) => `  ${padded(r.name, 44)} ${moved(r)}`), ...more];
}

function messages({ shapes }: AuditDiff, change: 'new' | 'fixed', head: string): string[] {
  const rows = shapes.filter((s) => s.counts[change] > 0).sort((a, b) => b.counts[change] - a.counts[change]);
  if (rows.length === 0) return [];
  return [
    '',
    head,
    ...rows
      .slice(0, MOST)
      .flatMap((s) => indented(s.message, `${grouped(s.counts[change])} ×`.padStart(8).concat(' '), ' '.repeat(9))),
    ...(rows.length > MOST ? [`  and ${rows.length - MOST} more`] : []),
  ];
}

function onlyIn({ onlyContainers, onlyShapes, notAudited }: AuditDiff['before'], when: 'before' | 'after'): string[] {
  const names = (list: readonly string[]): string =>
    list.slice(0, 8).join(', ') + (list.length > 8 ? ` and ${list.length - 8} more` : '');
  const lists: [string, readonly string[]][] = [
    [`Containers only ${when}, not compared: `, onlyContainers],
    [`Rules only ${when}, not compared: `, onlyShapes.map(localName)],
    [`Not audited ${when}: `, notAudited],
  ];
  return lists.flatMap(([text, list]) => (list.length === 0 ? [] : ['', ...indented(names(list), text, '  ')]));
}
