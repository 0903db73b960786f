import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { OmegraphError } from '../errors.js';

/** A query kept in an `.rq` file with its description in the comments at its head. */
export interface StoredQuery {
  /** Name of the file without `.rq`. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly keywords: readonly string[];
  /** The query without the head. */
  readonly text: string;
}

/** The folder of example queries that is shipped. */
export const EXAMPLE_QUERIES = fileURLToPath(new URL('../../examples/queries/', import.meta.url));

/** Reads all `.rq` files of a folder, in the order of their names. @throws OmegraphError (input) */
export async function loadQueries(folder: string = EXAMPLE_QUERIES): Promise<readonly StoredQuery[]> {
  const names = (await readdir(folder).catch(() => [])).filter((n) => n.endsWith('.rq')).sort();
  return Promise.all(names.map(async (n) => parseQueryFile(await readFile(join(folder, n), 'utf8'), join(folder, n))));
}

/**
 * Reads the head of an `.rq` file: the comment lines before the query, as `# title: …`, `# description: …`,
 * `# keywords: a, b`; a comment line without a name goes on from the one before. @throws OmegraphError (input) without a title
 */
export function parseQueryFile(content: string, file: string): StoredQuery {
  const lines = content.split(/\r?\n/);
  const end = lines.findIndex((line) => line.trim() !== '' && !line.startsWith('#'));
  const fields = new Map<string, string>();
  let last = 'description';
  for (const line of lines.slice(0, end < 0 ? lines.length : end)) {
    const [, name, value = ''] = /^#\s*(?:(title|description|keywords):)?\s*(.*)$/.exec(line) ?? [];
    last = name ?? last;
    fields.set(last, `${fields.get(last) ?? ''} ${value}`.trim());
  }
  const title = fields.get('title');
  if (!title || end < 0) {
    throw new OmegraphError('input', {
      where: file,
      wrong: end < 0 ? 'there is no query' : 'the query has no title',
      remedy: 'begin the file with "# title: …" and "# description: …", then the query',
    });
  }
  return {
    name: basename(file, '.rq'),
    title,
    description: fields.get('description') ?? '',
    keywords: (fields.get('keywords') ?? '')
      .split(',')
      .map((k) => k.trim())
      .filter((k) => k !== ''),
    text: lines.slice(end).join('\n').trim(),
  };
}
