import { createHash } from 'node:crypto';
import { relative } from 'node:path';
import { OmegraphError } from '../errors.js';
import {
  decided,
  NO_TERM_FOUND,
  type ReviewRow,
  type ReviewTable,
  reviewRow,
  subjectOf,
  writeReview,
} from '../map/reviewTable.js';
import { REMBI_FIELDS, type RembiField } from '../rdf/rembi.js';
import type { ReviewAct, ReviewDesk, ReviewSubject } from '../serve/reviewDesk.js';
import type { TermIndex } from '../terms/termIndex.js';
import { readReviewIfAny } from './mappingsSuggest.js';
import { writeWhole } from './writeWhole.js';

const labelOf = (field: RembiField): string => `${REMBI_FIELDS[field].module} / ${REMBI_FIELDS[field].label}`;
const idOf = (row: ReviewRow): string => createHash('sha256').update(subjectOf(row)).digest('hex').slice(0, 12);

/** A table to review, for the page of the service. The file is read for every page, so that it may be edited meanwhile. */
export function reviewDesk(file: string, terms: () => Promise<TermIndex>, today: () => string): ReviewDesk {
  let queue: Promise<unknown> = Promise.resolve();
  const read = async (): Promise<ReviewTable> => {
    const table = await readReviewIfAny(file);
    if (table !== undefined) return table;
    throw new OmegraphError('input', {
      where: file,
      wrong: 'there is no table to review',
      remedy: 'run `omegraph mappings suggest` first',
    });
  };
  const decide = async (id: string, act: ReviewAct, reviewer: string): Promise<string | undefined> => {
    const table = await read();
    const own = table.rows.filter((r) => idOf(r) === id);
    const [first] = own;
    if (first === undefined) return 'The table no longer has this text; it was changed meanwhile.';
    const said = (row: ReviewRow, decision: ReviewRow['decision']): ReviewRow =>
      decided(row, decision, reviewer === '' ? undefined : reviewer, today());
    if (act.act === 'other') {
      const added = await otherRow(act.object, first, terms);
      if (typeof added === 'string') return added;
      const { row, prefix } = added;
      const rows = table.rows.flatMap((r) => {
        const here = idOf(r) === id && r.object === row.object ? [] : [open(r, id, said)];
        return r === own.at(-1) ? [...here, said(row, 'accepted')] : here;
      });
      await save({ ...table, rows, prefixes: new Map([...table.prefixes, ...prefix]) });
      return undefined;
    }
    const object = 'object' in act ? act.object : NO_TERM_FOUND;
    if ((act.act === 'accept' || act.act === 'reject') && !own.some((r) => r.object === object))
      return 'The table no longer has this candidate; it was changed meanwhile.';
    const rows = table.rows.map((r) => {
      if (idOf(r) !== id) return r;
      switch (act.act) {
        case 'accept':
          return r.object === object ? said(r, 'accepted') : open(r, id, said);
        case 'none':
          return r.object === NO_TERM_FOUND ? said(r, 'accepted') : open(r, id, said);
        case 'reject':
          return r.object === object ? said(r, 'rejected') : r;
        case 'reject-all':
          return r.object === NO_TERM_FOUND || r.decision !== 'open' ? r : said(r, 'rejected');
        case 'reopen':
          return said(r, 'open');
      }
    });
    const isNew = act.act === 'none' && !own.some((r) => r.object === NO_TERM_FOUND);
    const none = isNew ? [said(ownRow(first, NO_TERM_FOUND, 'no term', undefined), 'accepted')] : [];
    await save({ ...table, rows: [...rows, ...none] });
    return undefined;
  };
  const save = (table: ReviewTable): Promise<void> => writeWhole(file, writeReview(table));
  return {
    file: relative('', file) || file,
    fields: (Object.keys(REMBI_FIELDS) as RembiField[]).map((f) => ({ object: `rembi:${f}`, label: labelOf(f) })),
    async subjects() {
      const groups = new Map<string, ReviewRow[]>();
      for (const row of (await read()).rows) {
        const rows = groups.get(idOf(row)) ?? [];
        groups.set(idOf(row), rows);
        rows.push(row);
      }
      return [...groups].map(([id, rows]) => subjectFrom(id, rows));
    },
    decide(id, act, reviewer) {
      // One after the other: each reads what the one before has written.
      const done = queue.then(() => decide(id, act, reviewer));
      queue = done.catch(() => undefined);
      return done;
    },
  };
}

/** Only one row of a text can be accepted. */
function open(row: ReviewRow, id: string, said: (row: ReviewRow, decision: 'open') => ReviewRow): ReviewRow {
  return idOf(row) === id && row.decision === 'accepted' ? said(row, 'open') : row;
}

function subjectFrom(id: string, rows: readonly ReviewRow[]): ReviewSubject {
  const [first] = rows;
  const comments = rows.map((r) => (r.cells.get('comment') ?? '').split('; '));
  // What all rows say is about the text; what is left is about the candidate.
  const shared = (comments[0] ?? []).filter((part) => /^(?:in |of the key|with values)/.test(part));
  const occurrences = first?.cells.get('occurrences');
  const isDecided = rows.some((r) => r.decision === 'accepted') || rows.every((r) => r.decision === 'rejected');
  return {
    id,
    text: first?.subject ?? '',
    kind: first?.field === undefined ? 'key' : 'value',
    field: first?.field && labelOf(first.field),
    objects: occurrences === undefined ? undefined : Number(occurrences),
    where: shared.join('; '),
    state: isDecided ? 'decided' : 'open',
    candidates: rows.map((r, i) => {
      const score = r.cells.get('similarity_score');
      return {
        object: r.object,
        label: r.cells.get('object_label') ?? r.object,
        score: score === undefined ? undefined : Number(score),
        because: (comments[i] ?? []).filter((part) => !shared.includes(part)).join('; '),
        decision: r.decision,
        isNone: r.object === NO_TERM_FOUND,
      };
    }),
  };
}

async function otherRow(
  object: string,
  like: ReviewRow,
  terms: () => Promise<TermIndex>,
): Promise<{ readonly row: ReviewRow; readonly prefix: ReadonlyMap<string, string> } | string> {
  if (like.field === undefined) {
    const field = (Object.keys(REMBI_FIELDS) as RembiField[]).find((f) => object === `rembi:${f}`);
    if (field === undefined) return 'Choose a field first.';
    return { row: ownRow(like, object, labelOf(field), undefined), prefix: new Map() };
  }
  const term = object === '' ? undefined : (await terms()).term(object);
  if (term === undefined) return `The ontologies at hand have no term "${object}"; write one such as UBERON:0000955.`;
  if (term.obsolete)
    return `${term.curie} (${term.label}) is obsolete${term.replacedBy === undefined ? '' : `; use ${term.replacedBy}`}.`;
  const colon = term.curie.indexOf(':');
  const prefix = new Map([[term.curie.slice(0, colon), term.iri.slice(0, colon - term.curie.length + 1)]]);
  return { row: ownRow(like, term.curie, term.label, 'skos:exactMatch'), prefix };
}

function ownRow(like: ReviewRow, object: string, label: string, predicate: string | undefined): ReviewRow {
  return reviewRow({
    subject_label: like.subject,
    subject_source: like.field && `rembi:${like.field}`,
    object_id: object,
    object_label: label,
    predicate_id: predicate ?? 'skos:closeMatch',
    mapping_justification: 'semapv:ManualMappingCuration',
    occurrences: like.cells.get('occurrences'),
  });
}
