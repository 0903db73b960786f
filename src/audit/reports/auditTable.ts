import { oneLine } from '../../errors.js';
import type { Severity } from '../../findings.js';
import { type AuditReport, type ObjectLabel, type Scope, STATUSES, type StoredAudit } from '../model.js';
import { counted, grouped, percent } from '../../words.js';
import { indented, padded, title, WIDTH } from './terminalText.js';
import { type Fix, whatToFix } from './whatToFix.js';

const NAME = 44;
const BAR = 10;
/** Rows of a table before the best of them are left out. */
const ROWS = 40;
/** Kinds of results that are told in full, of each severity. */
const KINDS = { violation: 12, warning: 8, info: 0 } as const;

/** The report for a terminal: plain text of at most 100 columns. */
export async function* auditTable({ report }: Pick<StoredAudit, 'report'>): AsyncGenerator<string> {
  yield tableText(report);
}

/** `auditTable` as one text: completeness by group, container, part and module, then what to do. */
export function tableText(report: AuditReport): string {
  const blocks = [
    head(report),
    sharedRows('By group', report.groups),
    containerRows(report),
    moduleRows(report),
    fixRows(report),
    waiverRows(report),
    notAuditedRows(report),
    shapeRows(report),
    [verdict(report)],
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`;
}

function head({ profile, containers, server }: AuditReport): string[] {
  const images = server.images - server.imagesNotAudited;
  return [
    oneLine(
      `${profile.label} audit of ${counted(containers.length, 'container')} with ${counted(images, 'image')}`,
      WIDTH,
    ),
    ...(profile.description === undefined ? [] : indented(profile.description, '  ', '  ')),
  ];
}

const row = (name: string, cells: readonly string[]): string =>
  padded(name, NAME) + cells.map((c) => c.padStart(11)).join('');
const HEADER = ['images', 'complete', 'violations', 'warnings', 'infos'];

function scopeRow(name: string, { images, completeness, results }: Scope): string {
  const { violation, warning, info } = results;
  return row(name, [grouped(images), percent(completeness), ...[violation, warning, info].map(grouped)]);
}

function sharedRows(name: string, scopes: AuditReport['groups']): string[] {
  if (scopes.length < 2) return [];
  const shown = leastComplete(scopes);
  return [row(name, HEADER), ...shown.map((s) => scopeRow(s.label, s)), ...more(scopes.length - shown.length, 'group')];
}

function containerRows({ containers }: AuditReport): string[] {
  const shown = leastComplete(containers);
  // parts are told where there is room for all of them
  const withParts = containers.reduce((n, c) => n + 1 + c.parts.length, 0) <= ROWS;
  return [
    row(containers.length > shown.length ? 'Least complete containers' : 'By container', HEADER),
    ...shown.flatMap((c) => [
      scopeRow(title(c.container, c.label), c),
      ...(withParts ? c.parts.map((p) => scopeRow(`  ${title(p.type, p.label)}`, p)) : []),
    ]),
    ...more(containers.length - shown.length, 'container'),
  ];
}

/** All in their order when they fit, else the least complete. */
function leastComplete<T extends Scope>(scopes: readonly T[]): readonly T[] {
  if (scopes.length <= ROWS) return scopes;
  return [...scopes].sort((a, b) => (a.completeness ?? 2) - (b.completeness ?? 2)).slice(0, ROWS);
}

function more(left: number, noun: string): string[] {
  return left > 0 ? [`… and ${counted(left, `more ${noun}`)}: see the HTML report.`] : [];
}

function moduleRows({ modules, fields, server }: AuditReport): string[] {
  const open = (field: number): number =>
    (server.counts[field]?.[STATUSES.indexOf('missing')] ?? 0) +
    (server.counts[field]?.[STATUSES.indexOf('invalid')] ?? 0);
  const rows = modules.map((module, m) => {
    const share = server.moduleCompleteness[m] ?? null;
    const gaps = fields.flatMap((f, i) => (f.module === module && f.severity !== 'info' && open(i) > 0 ? f.label : []));
    const note = share === null ? 'not used here' : gaps.length === 0 ? '' : `gaps: ${gaps.join(', ')}`;
    const start = `${padded(module, 19)} ${bar(share)} ${percent(share).padStart(6)}  `;
    return (start + padded(note, WIDTH - start.length)).trimEnd();
  });
  return ['By module (own or inherited values; infos do not count)', ...rows];
}

const TITLES: readonly (readonly [Severity, string])[] = [
  ['violation', 'Violations, most frequent first'],
  ['warning', 'Warnings, most frequent first'],
];

function fixRows(report: AuditReport): string[] {
  const fixes = whatToFix(report);
  const sections = TITLES.flatMap(([severity, heading]) => {
    const own = fixes.filter((f) => f.severity === severity);
    const shown = own.slice(0, KINDS[severity]);
    return own.length === 0 ? [] : [heading, ...shown.flatMap(advice), ...more(own.length - shown.length, 'kind'), ''];
  });
  const { info } = report.server.results;
  if (info > 0) sections.push(`${counted(info, 'info')} on optional fields: see the HTML, JSON or CSV report.`);
  while (sections.at(-1) === '') sections.pop();
  return sections;
}

function advice({ count, message, examples, containers }: Fix): string[] {
  const shown = examples.slice(0, 3).map(exampleName);
  const left = count - shown.length;
  const across = containers.length > 1 ? ` in ${counted(containers.length, 'container')}` : '';
  const where = `on ${shown.join(', ')}${left > 0 ? ` and ${grouped(left)} more` : ''}${across}`;
  const start = `${`${grouped(count)} ×`.padStart(8)} `;
  return [...indented(message, start, ' '.repeat(9)), ...indented(where, ' '.repeat(9), ' '.repeat(9))];
}

/** `Image:7 name`; ids that a file was given are hashes, so there the type is enough: `Image "name"`. */
function exampleName({ ref, label, image }: ObjectLabel & { readonly image?: string | undefined }): string {
  const within = image === undefined ? '' : ` of ${oneLine(image, 30)}`;
  if (label === ref) return ref + within;
  const short = oneLine(label, 30);
  return (/^\w+:\d+$/.test(ref) ? `${ref} ${short}` : `${ref.replace(/:.*/, '')} "${short}"`) + within;
}

function waiverRows({ waivers, fields, shapes, server }: AuditReport): string[] {
  if (waivers.length === 0) return [];
  const name = (about: string): string =>
    fields.find((f) => f.field === about)?.label ?? shapes.find((s) => s.shape === about)?.label ?? about;
  return [
    `Waivers (${counted(server.waived, 'result')} waived)`,
    ...waivers.flatMap(({ about, on, reason, until, expired, used }) => {
      const held = expired
        ? `has expired on ${until ?? ''} and no longer holds`
        : `${counted(used, 'result')}${until === undefined ? '' : `, until ${until}`}`;
      return indented(`${name(about)} on ${on}: ${held}. ${reason}`, '  ', '    ');
    }),
  ];
}

function notAuditedRows({ notAudited }: AuditReport): string[] {
  if (notAudited.length === 0) return [];
  return [
    'Not audited',
    ...notAudited.flatMap((n) =>
      indented(`${title(n.container, n.label ?? '')} (${counted(n.images, 'image')}): ${n.reason}`, '  ', '    '),
    ),
  ];
}

function shapeRows({ shapeWarnings, shapes }: AuditReport): string[] {
  const elsewhere = shapes.filter((s) => s.way !== 'columns');
  const notes = [
    ...shapeWarnings.map((w) => w.message),
    ...elsewhere.map(
      (s) => `${s.label || s.shape} was run by ${WAYS[s.way]}${s.reason === undefined ? '' : `: ${s.reason}`}`,
    ),
  ];
  if (notes.length === 0) return [];
  const shown = notes.slice(0, ROWS / 2);
  return [
    'About the shapes',
    ...shown.flatMap((n) => indented(n, '  ', '    ')),
    ...more(notes.length - shown.length, 'note'),
  ];
}

const WAYS = { columns: 'columns', sparql: 'SPARQL', reference: 'the reference engine' } as const;

export function verdict({ server, conforms, containers, notAudited, partial }: AuditReport): string {
  if (containers.length === 0) return 'Nothing was audited.';
  const { violation, warning, info } = server.results;
  const all = !partial && notAudited.length === 0;
  const state = conforms
    ? all
      ? 'Conforms: nothing is missing'
      : 'Nothing is missing in what was audited'
    : `${counted(violation, 'violation')}, ${counted(warning, 'warning')}, ${counted(info, 'info')}`;
  const why = notAudited.length > 0 ? `${counted(server.imagesNotAudited, 'image')} not audited` : 'see the shapes';
  const left = all ? '' : ` The audit is partial: ${why}.`;
  return `${percent(server.completeness)} complete. ${state}.${left}`;
}

function bar(share: number | null): string {
  const full = Math.floor((share ?? 0) * BAR + 1e-9);
  return '█'.repeat(full) + '░'.repeat(BAR - full);
}
