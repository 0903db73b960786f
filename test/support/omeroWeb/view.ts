import type { DateText } from './dates.js';
import type { HeardRequest, Reply } from './intercept.js';
import { pythonInt } from './answers.js';
import type { OmeroWebOptions } from './serverOptions.js';
import type { Store } from './store.js';
import type { Viewer } from './viewer.js';

/** What a view answers from. */
export interface ViewContext {
  readonly store: Store;
  readonly options: OmeroWebOptions;
  readonly viewer: Viewer;
  readonly request: HeardRequest;
  readonly query: URLSearchParams;
  /** What the parts of the route's pattern matched. */
  readonly parts: readonly string[];
  readonly dateText: DateText;
  /** Absolute URL of a path of the web application. */
  absolute(path: string): string;
}

export type View = (context: ViewContext) => Reply;

/** An integer of the query, or undefined without it; a bad one raises with the status. */
export function intOf(query: URLSearchParams, name: string, status = 500): number | undefined {
  const value = query.get(name);
  return value === null ? undefined : pythonInt(value, status);
}

/** `omero.util`'s reading of a truth value. */
export const truthOf = (query: URLSearchParams, name: string): boolean =>
  ['true', 'yes', 'y', 't', '1', 'on'].includes((query.get(name) ?? '').toLowerCase());

/** Rows by lower-case name, then id: `lower(name), id`. */
export function byName<R extends { id: number; name?: string }>(rows: readonly R[]): R[] {
  return rows
    .map((row) => ({ row, key: (row.name ?? '').toLowerCase() }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.row.id - b.row.id))
    .map(({ row }) => row);
}

/** The part of a list on a page counted from 1; page 0 is the whole list. */
export function onPage<R>(rows: readonly R[], page: number, limit: number): readonly R[] {
  return page > 0 ? rows.slice((page - 1) * limit, page * limit) : rows;
}
