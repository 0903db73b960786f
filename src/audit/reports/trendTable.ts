import { oneLine } from '../../errors.js';
import type { AuditTrend, Series } from '../stored/auditTrend.js';
import { counted, grouped, percent } from './share.js';
import { padded, title, WIDTH } from './terminalText.js';

/** Points of a trend that fit beside a name. */
const POINTS = 7;
const NAME = 37;
const ROWS = 25;

/** How completeness went from audit to audit, for a terminal of 100 columns: the last seven of them, the first one always. */
export function trendTable(trend: AuditTrend): string {
  const { points, profile } = trend;
  const shown = chosen(points.length);
  const row = (name: string, cells: readonly string[]): string =>
    (padded(name, NAME) + cells.map((c) => c.padStart(9)).join('')).trimEnd();
  const series = (name: string, of: Series): string =>
    row(
      name,
      shown.map((i) => percent(of[i] ?? null)),
    );
  const at = (value: (point: AuditTrend['points'][number]) => string): string[] =>
    shown.map((i) => {
      const point = points[i];
      return point === undefined ? '' : value(point);
    });
  const block = <T extends { readonly series: Series }>(
    name: string,
    items: readonly T[],
    nameOf: (item: T) => string,
  ) =>
    items.length === 0
      ? []
      : [
          [
            name,
            ...items.slice(0, ROWS).map((item) => series(nameOf(item), item.series)),
            ...more(items.length - ROWS),
          ],
        ];
  const blocks = [
    [
      oneLine(`${profile.label}: ${counted(points.length, 'audit')}`, WIDTH),
      row(
        '',
        at((p) => p.auditedAt.slice(2, 10)),
      ),
      series(
        'Everything',
        points.map((p) => p.completeness),
      ),
      row(
        'violations',
        at((p) => grouped(p.results.violation)),
      ),
      row(
        'warnings',
        at((p) => grouped(p.results.warning)),
      ),
      row(
        'images',
        at((p) => grouped(p.images)),
      ),
    ],
    ...block('By group', trend.groups.length > 1 ? trend.groups : [], (g) => g.label),
    ...block('By container', trend.containers, (c) => title(c.container, c.label)),
    ...block(
      'By field',
      trend.fields.filter(({ series: s }) => new Set(s).size > 1),
      (f) => f.label,
    ),
    ...(trend.otherProfiles > 0
      ? [[`${counted(trend.otherProfiles, 'other audit')} of another profile or record left aside.`]]
      : []),
  ];
  return `${blocks.map((b) => b.join('\n')).join('\n\n')}\n`;
}

/** The first audit, and the last ones. */
function chosen(points: number): readonly number[] {
  if (points <= POINTS) return Array.from({ length: points }, (_, i) => i);
  return [0, ...Array.from({ length: POINTS - 1 }, (_, i) => points - POINTS + 1 + i)];
}

function more(left: number): string[] {
  return left > 0 ? [`… and ${grouped(left)} more: see the JSON report.`] : [];
}
