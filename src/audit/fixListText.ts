import type { FixObject } from './fixListFacts.js';
import type { ByHandNote, Candidate, FixList, FixTable, GapNote, RepairNote } from './fixListModel.js';
import type { AuditReport } from './model.js';

/** A table with the name of the file that it is written to. */
export interface NamedTable {
  readonly file: string;
  readonly table: FixTable;
}

const SHOWN = 10;
const LONGEST = 200;

/** What a fix list says to people, as Markdown (CommonMark): which cells to fill in, what is wrong, what may be meant. */
export function fixListText(list: FixList, report: AuditReport, files: readonly NamedTable[]): string {
  const { container, label, gaps, repairs, byHand, ofFiles } = list;
  const name = label === container ? container : `${container} ${quoted(label)}`;
  return (
    [
      `# Fix list of ${name}`,
      `Profile ${plain(report.profile.label)}, audited ${report.auditedAt}. This file is for reading; the CSV files are for filling in.`,
      ...filesText(files, ofFiles),
      ...gapsText(gaps, report),
      ...repairsText(repairs, report),
      ...byHandText(byHand),
    ].join('\n\n') + '\n'
  );
}

function filesText(files: readonly NamedTable[], ofFiles: number): string[] {
  const rows = files.map(({ file, table: { type, replaces, rows: objects, open, filled } }) => {
    const what = replaces
      ? 'all pairs of objects with a wrong value; it replaces what they have in the namespaces of its columns'
      : 'what is missing; it adds to what the objects have';
    const cells = `${times(open, 'cell')} to fill in or check, ${filled} filled in already`;
    return `- \`${file}\` (${times(objects.length, `row`)}, ${type}): ${what}; ${cells}.`;
  });
  if (rows.length === 0) return ['Nothing is to be filled in.'];
  const replacing = files.some(({ table }) => table.replaces);
  const how = [
    'Fill the cells in and leave the rest as it is. Then run Import_from_csv in OMERO.web with the type in the name of the file as "Target Data_Type", or read the files with `omegraph export --key-values`.',
    replacing
      ? ' Before the script imports a file named `.replace.csv`, run Remove_KeyVal on its objects for the namespaces of its columns; `omegraph export` replaces by itself.'
      : '',
    ofFiles > 0
      ? ` ${times(ofFiles, 'object')} came from files and have no id in OMERO: only omegraph knows them.`
      : '',
  ].join('');
  return ['## Files', rows.join('\n'), how];
}

function gapsText(gaps: readonly GapNote[], report: AuditReport): string[] {
  if (gaps.length === 0) return [];
  return [
    '## What is missing',
    ...gaps.flatMap(({ field, key, places }) => {
      const { label = '', description = '', severity } = report.fields[field] ?? {};
      const lines = places.slice(0, SHOWN).map(({ object, objects, filled, why, candidates }) => {
        const reach = object.type === 'Image' || objects < 2 ? '' : ` (for ${times(objects, 'image')})`;
        const said =
          filled === undefined ? others(candidates) : `: filled in with ${quoted(filled)}, because ${why ?? ''}`;
        return `- ${named(object)}${reach}${said}`;
      });
      const more = places.length > SHOWN ? [`- and ${places.length - SHOWN} more rows`] : [];
      const column = key === undefined ? '' : ` Column ${quoted(key.key)}.`;
      return [
        `### ${plain(label)} (${severity ?? ''})`,
        `${plain(description)}${column}`,
        [...lines, ...more].join('\n'),
      ];
    }),
  ];
}

const others = (candidates: readonly Candidate[]): string =>
  candidates.length === 0
    ? ''
    : `; others beside it say ${candidates
        .slice(0, 5)
        .map(({ value }) => quoted(value))
        .join(', ')}`;

function repairsText(repairs: readonly RepairNote[], report: AuditReport): string[] {
  if (repairs.length === 0) return [];
  return [
    '## What is wrong',
    ...repairs.map(({ field, status, key, value, text, why, messages, candidates, carriers, objects }) => {
      const label = report.fields[field]?.label ?? '';
      const cell = text === value ? why : text === '' ? why : `corrected to ${quoted(text)}: ${why}`;
      const where = carriers.slice(0, SHOWN).map(named).join(', ');
      const more = carriers.length > SHOWN ? ` and ${carriers.length - SHOWN} more` : '';
      const what = status === 'invalid' ? 'wrong' : 'free text where a term is wanted';
      const lines = [
        `- on ${where}${more}; it concerns ${times(objects, 'object')}`,
        `- the cell: ${cell}`,
        ...messages.map((message) => `- ${plain(message)}`),
        ...(candidates.length === 0 ? [] : [`- it may mean ${candidates.map(candidateText).join(', ')}`]),
        ...(status === 'notGrounded' && text === value && carriers.length > 1
          ? ['- a row in your own mapping tables (`omegraph mappings suggest`) answers for all of them at once']
          : []),
      ];
      return `### ${plain(label)}: ${quoted(key)} is ${quoted(value)} (${what})\n\n${lines.join('\n')}`;
    }),
  ];
}

function candidateText({ value, curie, score }: Candidate): string {
  const about = [curie, score === undefined ? undefined : score.toFixed(2)].filter((part) => part !== undefined);
  return about.length === 0 ? quoted(value) : `${quoted(value)} (${about.join(', ')})`;
}

function byHandText(notes: readonly ByHandNote[]): string[] {
  if (notes.length === 0) return [];
  const lines = notes.map(({ what, count, examples }) => {
    const more = count > examples.length ? ' …' : '';
    return `- ${plain(what)} (${times(count, 'object')}: ${examples.map(named).join(', ')}${more})`;
  });
  return ['## Not for a CSV', lines.join('\n')];
}

const times = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;
const named = ({ ref, name }: FixObject): string => (name === '' ? plain(ref) : `${plain(ref)} ${quoted(name)}`);
const quoted = (text: string): string => `“${plain(text)}”`;

/** A text of people on one line, with nothing that Markdown or HTML would take for more than text. */
function plain(text: string): string {
  const line = text.replace(/\s+/gu, ' ').trim();
  const short = [...line].length > LONGEST ? `${[...line].slice(0, LONGEST).join('')}…` : line;
  return short.replace(/[\p{Cc}]/gu, '\ufffd').replace(/[\\`*_[\]<>&#|~]/g, (c) => `\\${c}`);
}
