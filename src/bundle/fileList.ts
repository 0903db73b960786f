import { tidy } from './identifiers.js';
import { tsvRow } from './pageTab.js';
import { safePath } from './safePath.js';
import type { DataFile } from './studyDescription.js';
import { joinedUpTo } from './titles.js';

/** A file list: the path of each file and its named values; every row has the same columns. */
export interface FileList {
  readonly columns: readonly string[];
  readonly rows: readonly { readonly path: string; readonly cells: readonly string[] }[];
}

/** Images that a row names; a file with more says how many. */
export const MOST_IMAGES = 10;

/**
 * The file list of a component or an annotation. Paths are made safe; a file that gets another path keeps its own in
 * the column `Original path`. Columns: what differs between the files, then images and source images.
 */
export function fileListOf(files: readonly DataFile[]): FileList {
  const rows = files.map((file) => {
    const path = safePath(file.path);
    const cells = new Map(file.attributes.map(({ name, value }) => [tidy(name), tidy(value)]));
    if (file.sourceImage !== undefined) cells.set('Source image', safePath(file.sourceImage));
    const names = tidy(
      joinedUpTo(
        MOST_IMAGES,
        file.images.map((image) => image.name),
        'images',
      ),
    );
    if (names !== '') cells.set('Image name', names);
    const onServer = file.images.every((image) => /^Image:\d+$/.test(image.ref));
    const ids = joinedUpTo(
      MOST_IMAGES,
      file.images.map((image) => image.ref.slice('Image:'.length)),
      'images',
    );
    if (ids !== '') cells.set(onServer ? 'OMERO image ID' : 'Image ID', ids);
    if (path !== file.path) cells.set('Original path', tidy(file.path));
    return { path, cells };
  });
  // Source image first: the converter of the BioImage Archive looks for it, and so do readers.
  const known = new Set(rows.flatMap((row) => [...row.cells.keys()]));
  const last = ['Image name', 'OMERO image ID', 'Image ID', 'Original path'];
  const columns = [
    ...['Source image'].filter((name) => known.has(name)),
    ...[...known].filter((name) => name !== 'Source image' && !last.includes(name)),
    ...last.filter((name) => known.has(name)),
  ];
  return {
    columns,
    rows: rows.map((row) => ({ path: row.path, cells: columns.map((name) => row.cells.get(name) ?? '') })),
  };
}

/** The file list as TSV; the first header is `Files`. */
export function fileListTsv(list: FileList): string {
  const lines = [['Files', ...list.columns], ...list.rows.map((row) => [row.path, ...row.cells])];
  return `${lines.map(tsvRow).join('\n')}\n`;
}

/** The same file list as JSON; empty cells are left out. */
export function fileListJson(list: FileList): string {
  const entries = list.rows.map((row) => ({
    path: row.path,
    attributes: list.columns
      .map((name, i) => ({ name, value: row.cells[i] ?? '' }))
      .filter((attribute) => attribute.value !== ''),
    type: 'file',
  }));
  return `${JSON.stringify(entries, null, 2)}\n`;
}
