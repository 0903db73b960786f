import { oneLine } from '../errors.js';
import type { AuditReport, Example, ModuleReport, ResultGroup } from './auditReport.js';

/** Columns of a terminal. */
const WIDTH = 100;
const NAME = 44;
const BAR = 10;

/** The report for a terminal: completeness by container, part and module, then what to do; plain text of at most 100 columns. */
export function auditTable(report: AuditReport): string {
  const { totals, profile } = report;
  const head = `${profile.label} audit of ${count(totals.containers, 'container')} with ${count(totals.images, 'image')}`;
  return `${[
    [oneLine(head, WIDTH)],
    containerRows(report),
    moduleRows(totals.modules),
    adviceRows(report),
    notAuditedRows(report),
    [verdict(report)],
  ]
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`;
}

function containerRows(report: AuditReport): string[] {
  const row = (name: string, cells: readonly string[]): string =>
    padded(name, NAME) + cells.map((c) => c.padStart(11)).join('');
  return [
    row('', ['images', 'complete', 'violations', 'warnings', 'infos']),
    ...report.containers.flatMap((c) => [
      row(title(c.container, c.label), [`${c.images}`, percent(c.completeness), ...severities(c.results)]),
      ...c.parts.map((p) =>
        row(`  ${title(p.type, p.label)}`, [`${p.images}`, percent(p.completeness), ...severities(p.results)]),
      ),
    ]),
  ];
}

function severities(counts: { violation: number; warning: number; info: number }): string[] {
  return [`${counts.violation}`, `${counts.warning}`, `${counts.info}`];
}

function moduleRows(modules: readonly ModuleReport[]): string[] {
  const rows = modules.map(({ module, completeness, fields }) => {
    const gaps = fields.filter((f) => f.severity !== 'info' && f.missing + f.invalid > 0).map((f) => f.label);
    const note = completeness === null ? 'not used here' : gaps.length === 0 ? '' : `gaps: ${gaps.join(', ')}`;
    const start = `${padded(module, 19)} ${bar(completeness)} ${percent(completeness).padStart(6)}  `;
    return (start + padded(note, WIDTH - start.length)).trimEnd();
  });
  return ['By module (own or inherited values; infos do not count)', ...rows];
}

/** Groups of all containers, the gravest and most frequent first. */
function adviceRows(report: AuditReport): string[] {
  const merged = new Map<string, ResultGroup>();
  for (const group of report.containers.flatMap((c) => c.groups)) {
    const key = `${group.shape}\n${group.severity}\n${group.message}`;
    const before = merged.get(key);
    merged.set(
      key,
      before === undefined
        ? group
        : {
            ...before,
            count: before.count + group.count,
            examples: [...before.examples, ...group.examples].slice(0, 10),
          },
    );
  }
  const groups = [...merged.values()].sort((a, b) => b.count - a.count);
  const sections = (['violation', 'warning'] as const).flatMap((severity) => {
    const rows = groups.filter((g) => g.severity === severity).flatMap(advice);
    return rows.length === 0
      ? []
      : [`${severity === 'violation' ? 'Violations' : 'Warnings'}, most frequent first`, ...rows, ''];
  });
  const { info } = report.totals.results;
  if (info > 0) sections.push(`${count(info, 'info')} on optional fields: see the JSON or CSV report.`);
  while (sections.at(-1) === '') sections.pop();
  return sections;
}

function advice(group: ResultGroup): string[] {
  const indent = ' '.repeat(9);
  const text = wrap(oneLine(group.message, 2000), WIDTH - indent.length);
  const shown = group.examples.slice(0, 3).map(exampleName);
  const more = group.count - shown.length;
  const where = `on ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  return [
    `${`${group.count} ×`.padStart(indent.length - 1)} ${text[0] ?? ''}`,
    ...text.slice(1).map((line) => indent + line),
    ...wrap(where, WIDTH - indent.length).map((line) => indent + line),
  ];
}

/** `Image:7 name`; ids that a file was given are hashes, so there the type is enough: `Image "name"`. */
function exampleName({ ref, label, image }: Example): string {
  const within = image === undefined ? '' : ` of ${oneLine(image, 30)}`;
  if (label === ref) return ref + within;
  const short = oneLine(label, 30);
  return (/^\w+:\d+$/.test(ref) ? `${ref} ${short}` : `${ref.replace(/:.*/, '')} "${short}"`) + within;
}

function notAuditedRows(report: AuditReport): string[] {
  if (report.notAudited.length === 0) return [];
  return [
    'Not audited',
    ...report.notAudited.flatMap((n) =>
      wrap(
        `${title(n.container, n.label ?? '')} (${count(n.images, 'image')}): ${oneLine(n.reason, 500)}`,
        WIDTH - 2,
      ).map((line, i) => (i === 0 ? `  ${line}` : `    ${line}`.slice(0, WIDTH))),
    ),
  ];
}

function verdict(report: AuditReport): string {
  const { results, completeness, conforms, containers } = report.totals;
  if (containers === 0) return 'Nothing was audited.';
  const state = conforms
    ? report.notAudited.length === 0
      ? 'Conforms: nothing is missing'
      : 'Nothing is missing in what was audited'
    : `${count(results.violation, 'violation')}, ${count(results.warning, 'warning')}, ${count(results.info, 'info')}`;
  return `${percent(completeness).trim()} complete. ${state}.`;
}

function title(ref: string, label: string): string {
  return label === '' || label === ref ? ref : `${ref} ${label}`;
}

function percent(share: number | null): string {
  // rounded down, so that 100 % means all
  return share === null ? '–' : `${Math.floor(share * 100 + 1e-9)} %`;
}

function bar(share: number | null): string {
  const full = Math.floor((share ?? 0) * BAR + 1e-9);
  return '█'.repeat(full) + '░'.repeat(BAR - full);
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}

/** Cut or padded to a width. */
function padded(text: string, width: number): string {
  return oneLine(text, width).padEnd(width);
}

/** Lines of at most `width` characters, broken at blanks; longer words are cut. */
function wrap(text: string, width: number): string[] {
  const lines = [''];
  for (const word of text.split(' ').flatMap((w) => w.match(new RegExp(`.{1,${width}}`, 'gu')) ?? [])) {
    const last = lines[lines.length - 1] ?? '';
    if (last === '') lines[lines.length - 1] = word;
    else if (last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
