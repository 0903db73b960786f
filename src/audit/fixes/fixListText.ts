import { type FixObject, isOfServer } from './containerFacts.js';
import type { ByHandNote, Candidate, FixList, FixTable, GapNote, RepairNote } from './model.js';
import type { AuditReport } from '../model.js';

/** A table with the name of the file that it is written to. */
export interface NamedTable {
  readonly file: string;
  readonly table: FixTable;
}

/** Objects named in one place, and single values listed of a field. */
const SHOWN = 10;
const MOST_RANGES = 40;
const MOST_VALUES = 100;
/** Resemblance below this is chance. */
const ALIKE = 0.5;
const LONGEST = 200;

/** What a fix list says to people, as Markdown (CommonMark): which cells to fill in, what is wrong, what may be meant. */
export function fixListText(list: FixList, report: AuditReport, files: readonly NamedTable[]): string {
  const { container, label, gaps, repairs, byHand } = list;
  const name = label === container ? container : `${container} ${quoted(label)}`;
  const blocks = [
    `# Fix list of ${name}`,
    `Profile ${plain(report.profile.label)}, audited ${report.auditedAt}. This file is for reading; the CSV files are for filling in.`,
    ...filesText(list, files),
    ...gapsText(gaps, report),
    ...repairsText(repairs, report),
    ...byHandText(byHand),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function filesText({ ofFiles }: FixList, files: readonly NamedTable[]): string[] {
  if (files.length === 0) return ['Nothing is to be filled in.'];
  const lines = files.map(({ file, table: { replaces, rows, open, filled } }) => {
    const what = replaces ? 'wrong values, with all pairs beside them' : 'what is missing';
    const done = filled === 0 ? '' : `, ${filled} filled in already`;
    return `- \`${file}\`: ${what}; ${times(rows.length, 'row')}, ${times(open, 'cell')} to fill in or check${done}`;
  });
  const how = ['Fill the cells in and leave the rest as it is; `omegraph export --key-values` reads the files.'];
  if (files.some(({ table }) => table.rows.some(({ object }) => isOfServer(object)))) {
    how.push(
      'In OMERO.web run Import_from_csv on the container, with the type in the name of the file as "Target Data_Type".',
    );
    if (files.some(({ table }) => table.replaces))
      how.push(
        'It adds: before a file named `.replace.csv` run Remove_KeyVal on the objects of that file for the namespaces in its first row. `omegraph export` replaces by itself.',
      );
  }
  if (ofFiles > 0) how.push(`Of files, without an id in OMERO: ${times(ofFiles, 'object')}.`);
  return ['## Files', lines.join('\n'), how.join(' ')];
}

function gapsText(gaps: readonly GapNote[], report: AuditReport): string[] {
  if (gaps.length === 0) return [];
  const notes = gaps.map(({ field, key, places }) => {
    const { label = '', description = '', severity = '' } = report.fields[field] ?? {};
    const column = key === undefined ? '' : ` Column ${quoted(key.key)}.`;
    // Places with the same to say are one line.
    const lines = new Map<string, FixObject[]>();
    for (const { object, objects, filled, why, candidates } of places) {
      const reach = object.type === 'Image' || objects < 2 ? '' : ` (for ${times(objects, 'object')})`;
      const said = filled === undefined ? beside(candidates) : `: ${quoted(filled)}, because ${why ?? ''}`;
      const same = lines.get(reach + said);
      if (same === undefined) lines.set(reach + said, [object]);
      else same.push(object);
    }
    const items = [...lines].slice(0, MOST_VALUES).map(([said, objects]) => `- ${listed(objects)}${said}`);
    return [`### ${plain(label)} (${severity})`, `${plain(description)}${column}`, items.join('\n')].join('\n\n');
  });
  return ['## What is missing', ...notes];
}

const beside = (candidates: readonly Candidate[]): string => {
  const values = candidates.slice(0, 5).map(({ value }) => quoted(value));
  return values.length === 0 ? '' : `; others beside it say ${values.join(', ')}`;
};

function repairsText(repairs: readonly RepairNote[], report: AuditReport): string[] {
  if (repairs.length === 0) return [];
  const byField = new Map<string, RepairNote[]>();
  for (const note of repairs) {
    const heading = `${plain(report.fields[note.field]?.label ?? '')} (${note.status === 'invalid' ? 'wrong' : 'free text where a term is wanted'})`;
    const same = byField.get(heading);
    if (same === undefined) byField.set(heading, [note]);
    else same.push(note);
  }
  const notes = [...byField].map(([heading, ofField]) => {
    const messages = new Set(ofField.flatMap((note) => note.messages));
    const items = ofField.slice(0, MOST_VALUES).map(repairText);
    const more = ofField.length - items.length;
    return [
      `### ${heading}`,
      [...messages].map(plain).join(' '),
      [...items, ...(more > 0 ? [`- and ${times(more, 'more value')}`] : [])].join('\n'),
    ].join('\n\n');
  });
  return ['## What is wrong', ...notes];
}

function repairText({ key, value, text, why, candidates, carriers, objects }: RepairNote): string {
  const alike = candidates.filter(({ score }) => score === undefined || score >= ALIKE);
  const cell = text === value || text === '' ? why : `now ${quoted(text)}: ${why}`;
  const meant = alike.length === 0 ? '' : `. It may mean ${alike.map(candidateText).join(', ')}`;
  const reach = objects > carriers.length ? `, for ${times(objects, 'object')}` : '';
  return `- ${quoted(key)} is ${quoted(value)} on ${listed(carriers)}${reach}; ${cell}${meant}`;
}

function candidateText({ value, curie, score }: Candidate): string {
  const about = [curie, score?.toFixed(2)].filter((part) => part !== undefined);
  return about.length === 0 ? quoted(value) : `${quoted(value)} (${about.join(', ')})`;
}

function byHandText(notes: readonly ByHandNote[]): string[] {
  if (notes.length === 0) return [];
  const lines = notes.map(({ what, count, examples }) => {
    const more = count > examples.length ? ' …' : '';
    return `- ${plain(what)} ${times(count, 'object')}: ${listed(examples)}${more}`;
  });
  return ['## Not for a CSV', lines.join('\n')];
}

const times = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;
const quoted = (text: string): string => `“${plain(text)}”`;

/** Objects with their names, or as ranges of ids where they are many. */
function listed(objects: readonly FixObject[]): string {
  const named = ({ ref, name }: FixObject): string => (name === '' ? plain(ref) : `${plain(ref)} ${quoted(name)}`);
  if (objects.length <= SHOWN) return objects.map(named).join(', ');
  const ranges: { from: string; to: string; next: number }[] = [];
  for (const { ref } of objects) {
    const [, type = '', id] = /^([A-Za-z]+:)(\d{1,15})$/.exec(ref) ?? [];
    const last = ranges.at(-1);
    if (id !== undefined && last?.next === Number(id) && last.from.startsWith(type)) {
      last.to = id;
      last.next += 1;
    } else ranges.push({ from: ref, to: '', next: id === undefined ? NaN : Number(id) + 1 });
  }
  const shown = ranges.slice(0, MOST_RANGES).map(({ from, to }) => plain(to === '' ? from : `${from}–${to}`));
  return `${times(objects.length, 'object')} (${shown.join(', ')}${ranges.length > MOST_RANGES ? ', …' : ''})`;
}

/** A text of people on one line, with nothing that Markdown or HTML would take for more than text. */
function plain(text: string): string {
  const line = text.replace(/\s+/gu, ' ').trim();
  const short = [...line].length > LONGEST ? `${[...line].slice(0, LONGEST).join('')}…` : line;
  return short.replace(/\p{Cc}/gu, '\ufffd').replace(/[\\`*_[\]<>&#|~]/g, (c) => `\\${c}`);
}
