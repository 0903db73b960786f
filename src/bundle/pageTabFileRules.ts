import type { Severity } from '../findings.js';
import { at, type CheckedSubmission, sectionsOf, type Told, valuesOf } from './checkedSubmission.js';
import type { FileList } from './fileList.js';
import type { PageTabSection } from './pageTab.js';
import { isAllowedPath } from './safePath.js';

/** One list a section, allowed and unique paths, no folder together with a file inside, columns that tell something. */
export function fileListRule(checked: CheckedSubmission): Told[] {
  const told: Told[] = [];
  const owners = new Map<string, string>();
  const lists = new Set<string>();
  for (const section of sectionsOf(checked, 'Study Component', 'Annotation', 'Annotations')) {
    const [name] = valuesOf(section, 'File List');
    if (name === undefined) continue;
    const tell = (wrong: string, found: string | undefined, remedy: string, severity?: Severity): void => {
      told.push({ element: 'File List', where: name, wrong, found, remedy, ...(severity && { severity }) });
    };
    if (!isAllowedPath(name)) tell('its name has characters that BioStudies refuses', name, 'rename it');
    if (lists.has(name)) tell('two sections have the same file list', name, 'give each section its own');
    lists.add(name);
    const list = checked.fileLists.get(name);
    if (list === undefined) {
      tell('there is no such file list', name, 'write it');
      continue;
    }
    if (list.rows.length === 0) tell('it has no file', undefined, 'list the files');
    for (const { path } of list.rows) {
      if (!isAllowedPath(path)) tell('a path has characters that BioStudies refuses', path, 'rename the file');
      if (owners.has(path)) tell('a path is listed twice', path, 'list each file once');
      owners.set(path, name);
    }
    for (const [i, column] of list.columns.entries()) {
      if (column.trim() === '') tell('a column has no name', undefined, 'name it');
      const values = new Set(list.rows.map((row) => row.cells[i] ?? ''));
      if (list.rows.length > 1 && values.size === 1 && !/^(?:Channel \d+|Annotation type)$/.test(column)) {
        tell('a column has the same value for all files', column, 'say it in a section instead', 'warning');
      }
    }
  }
  for (const path of owners.keys()) {
    for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
      const folder = path.slice(0, slash);
      if (!owners.has(folder)) continue;
      told.push({
        element: 'File List',
        where: owners.get(path) ?? '',
        wrong: 'a folder and a file inside it are both listed',
        found: path,
        remedy: `list ${folder} only`,
      });
    }
  }
  return told;
}

/** Every annotation file names an image of a study component as its source. */
export function sourceImageRule(checked: CheckedSubmission): Told[] {
  const told: Told[] = [];
  const listOf = (section: PageTabSection): FileList | undefined =>
    checked.fileLists.get(valuesOf(section, 'File List')[0] ?? '');
  const images = new Set(
    sectionsOf(checked, 'Study Component').flatMap((s) => listOf(s)?.rows.map((row) => row.path) ?? []),
  );
  for (const annotation of sectionsOf(checked, 'Annotation', 'Annotations')) {
    const list = listOf(annotation);
    if (list === undefined) continue;
    const column = list.columns.indexOf('Source image');
    for (const row of list.rows) {
      const source = column < 0 ? '' : (row.cells[column] ?? '');
      if (images.has(source)) continue;
      told.push({
        element: 'Source image',
        where: at(annotation, row.path),
        wrong: 'it is not a file of a study component',
        found: source,
        remedy: 'write the path of the image in its file list',
      });
    }
  }
  return told;
}
