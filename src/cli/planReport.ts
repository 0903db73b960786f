import { oneLine } from '../errors.js';
import type { PlannedContainer, SourcePlan } from '../extract/metadataSource.js';
import { counted, grouped } from '../words.js';
import type { Context } from './command.js';
import { columns } from './terminal.js';

/** What a dry run found, for people: groups first, then containers, then the cost. */
export function reportPlan(plan: SourcePlan, context: Context): void {
  const { terminal } = context;
  const table = (rows: readonly (readonly (string | number)[])[]): void => {
    if (rows.length > 0) terminal.print(columns(rows).replace(/^/gm, '  '));
  };
  if (plan.groups.length > 0) {
    terminal.print('Groups:');
    table(
      plan.groups.map((g) => [
        oneLine(g.name, 40),
        g.level ?? '',
        g.visible ? counted(g.containers, 'container') : 'not published',
        g.visible ? counted(g.images, 'image') : (g.why ?? ''),
      ]),
    );
  }
  const [shown, hidden] = [plan.containers.filter((c) => c.visible), plan.containers.filter((c) => !c.visible)];
  terminal.print(`Would be read and published:${shown.length === 0 ? ' nothing' : ''}`);
  table(shown.map(row));
  if (hidden.length > 0) {
    terminal.print('Would be left out:');
    table(hidden.map((c) => [...row(c).slice(0, 3), c.why ?? '']));
  }
  if (plan.requests === 0) return;
  terminal.print(
    `Cost: ${counted(plan.requests, 'request')}${plan.seconds > 0 ? `, about ${duration(plan.seconds)}` : ''}`,
  );
  table(plan.parts.filter((p) => p.requests > 0).map((p) => [p.what, p.requests]));
}

const row = (c: PlannedContainer): readonly string[] => [
  c.ref,
  oneLine(c.label ?? '', 50),
  [c.group, c.owner].filter((name) => name !== undefined && name !== '').join(', '),
  c.images === undefined ? '' : counted(c.images, 'image'),
];

/** `40 s`, `12 min`, `3 h 20 min`. */
export function duration(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `${minutes} min`;
  const rest = minutes % 60;
  return `${grouped(Math.floor(minutes / 60))} h${rest === 0 ? '' : ` ${rest} min`}`;
}
