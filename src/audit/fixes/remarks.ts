import type { Decision } from './decisions.js';
import type { FixObject } from './containerFacts.js';
import type { ByHandNote, RepairNote } from './model.js';
import type { BadPair, Repairs } from './repairs.js';
import type { AuditReport } from '../model.js';

const EXAMPLES = 10;

/** Wrong values, each once with all objects that carry it; what concerns most objects first. */
export function repairNotes({ bad }: Repairs, decisionOf: (found: BadPair) => Decision): RepairNote[] {
  interface Draft extends RepairNote {
    readonly messages: string[];
    readonly carriers: FixObject[];
    objects: number;
  }
  const notes = new Map<string, Draft>();
  for (const [object, pairs] of bad) {
    for (const found of pairs.values()) {
      const { field, status, pair } = found;
      const { text, why, candidates } = decisionOf(found);
      const same = JSON.stringify([field, status, pair.key, pair.value, text, why]);
      const { key, value } = pair;
      const note = notes.get(same) ?? {
        ...{ field, status, key, value, text, why, candidates },
        ...{ messages: [], carriers: [], objects: 0 },
      };
      notes.set(same, note);
      note.objects += found.objects;
      note.carriers.push(object);
      for (const message of found.messages) if (!note.messages.includes(message)) note.messages.push(message);
    }
  }
  return [...notes.values()].sort((a, b) => a.field - b.field || b.objects - a.objects);
}

/** A field that no key-value can answer: what its shapes say is to be done instead. */
export function noKey(report: AuditReport, field: number, places: ReadonlyMap<FixObject, number>): ByHandNote {
  const { label, description } = report.fields[field] ?? { label: String(field), description: '' };
  const message = report.shapes.find((shape) => shape.field === field && shape.aspect === 'presence')?.message;
  return {
    what: `${label} is missing, and no key-value pair can answer it. ${message ?? description}`,
    count: [...places.values()].reduce((sum, count) => sum + count, 0),
    examples: [...places.keys()].slice(0, EXAMPLES),
  };
}

/** Fields that are wrong and come from other metadata than key-values. */
export function elsewhere(report: AuditReport, repairs: Repairs): ByHandNote[] {
  return repairs.elsewhere.map(({ field, messages, examples, objects }) => ({
    what: `${report.fields[field]?.label ?? field}: what is wrong stands in no key-value pair. ${[...messages].join(' ')}`.trim(),
    count: objects,
    examples,
  }));
}

/** Objects whose pairs a CSV cannot hold as they are: left out of the tables, or with a loss that changes no meaning. */
export function unwritten(leftOut: readonly FixObject[], lossy: readonly FixObject[]): ByHandNote[] {
  const note = (what: string, objects: readonly FixObject[]): ByHandNote[] =>
    objects.length === 0 ? [] : [{ what, count: objects.length, examples: objects.slice(0, EXAMPLES) }];
  return [
    ...note(
      'Wrong values beside pairs that CSV has no place for (values without a key, keys with the name of a column, heads of sections that say what is below them): replacing them would lose those. Correct the values where they are.',
      leftOut,
    ),
    ...note(
      'Keys without a value, heads of sections among them, go when the pairs of these objects are replaced.',
      lossy,
    ),
  ];
}

/** Wrong values that stand in a CSV of key-values beside the source. */
export function inFiles({ bad }: Repairs): ByHandNote[] {
  const files = new Map<string, { readonly lines: Set<string>; readonly objects: FixObject[] }>();
  for (const [object, pairs] of bad)
    for (const { csv } of [...pairs.values()].map(({ annotation }) => annotation)) {
      if (csv === undefined) continue;
      const file = csv.replace(/:\d+$/, '');
      const found = files.get(file) ?? { lines: new Set<string>(), objects: [] };
      files.set(file, found);
      found.lines.add(csv.slice(file.length + 1));
      if (found.objects.at(-1) !== object) found.objects.push(object);
    }
  return [...files].map(([file, { lines, objects }]) => {
    const all = [...lines].sort((a, b) => Number(a) - Number(b));
    const shown = `${all.slice(0, 20).join(', ')}${all.length > 20 ? ' …' : ''}`;
    return {
      what: `Wrong values come from ${file}, ${all.length === 1 ? 'line' : 'lines'} ${shown}: correct them there.`,
      count: objects.length,
      examples: objects.slice(0, EXAMPLES),
    };
  });
}
