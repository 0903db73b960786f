import { BIA_COLUMNS } from './biaRoCrateTerms.js';
import { type CrateEntity, entity, ref } from './crateEntity.js';
import { fileListOf, MOST_IMAGES } from './fileList.js';
import { tidy } from './identifiers.js';
import { tsvRow } from './pageTab.js';
import { safePath } from './safePath.js';
import type { Associations, StudyDescription } from './studyDescription.js';
import { joinedUpTo } from './titles.js';

/**
 * The one file list of a BIA crate, with its columns declared as CSVW: images of all components, then annotation files.
 * `specimenOf` gives the id of the specimen of a combination.
 */
export function biaFileList(
  study: StudyDescription,
  specimenOf: (association: Associations | undefined) => string | undefined,
): { text: string; entities: CrateEntity[] } {
  const parts = [
    ...study.studyComponents.map((component, i) => ({
      dataset: `#dataset-${i + 1}`,
      type: 'http://bia/Image',
      files: component.files,
      associations: component.associations,
    })),
    ...study.annotations.map(({ files }, i) => ({
      dataset: `#annotations-${i + 1}`,
      type: 'http://bia/AnnotationData',
      files,
      associations: [],
    })),
  ];
  const freeColumn = freeColumns();
  const rows = parts.flatMap(({ dataset, type, files, associations }) => {
    const list = fileListOf(files);
    return files.map((file, i) => {
      const row = new Map<string, string>([
        ['file_path', safePath(file.path)],
        ['size_in_bytes', file.sizeBytes === undefined ? '' : String(file.sizeBytes)],
        ['dataset', dataset],
        ['type', type],
        [
          'label',
          tidy(
            joinedUpTo(
              MOST_IMAGES,
              file.images.map((image) => image.name),
              'images',
            ),
          ),
        ],
        ['source_image', file.sourceImage === undefined ? '' : safePath(file.sourceImage)],
        ['associated_specimen', specimenOf(associations[file.association ?? -1]) ?? ''],
      ]);
      for (const [j, column] of list.columns.entries()) {
        if (column === 'Source image' || column === 'Image name') continue;
        row.set(freeColumn(column), list.rows[i]?.cells[j] ?? '');
      }
      return row;
    });
  });
  const needed = ['file_path', 'dataset', 'type'];
  const used = new Set(rows.flatMap((row) => [...row].filter(([, cell]) => cell !== '').map(([column]) => column)));
  const fixed = Object.keys(BIA_COLUMNS).filter((column) => used.has(column) || needed.includes(column));
  const free = new Set(rows.flatMap((row) => [...row.keys()]).filter((c) => used.has(c) && !fixed.includes(c)));
  const columns = [...fixed, ...free];
  const lines = [columns, ...rows.map((row) => columns.map((column) => row.get(column) ?? ''))];
  const id = (column: string): string => `#col-${encodeURIComponent(column)}`;
  return {
    text: `${lines.map(tsvRow).join('\n')}\n`,
    entities: [
      entity('file_list.tsv', ['File', 'bia:FileList', 'csvw:Table'], { tableSchema: ref('#file-list-schema') }),
      entity('#file-list-schema', ['csvw:Schema'], { column: columns.map((column) => ref(id(column))) }),
      ...columns.map((column) =>
        entity(id(column), ['csvw:Column'], { columnName: column, propertyUrl: BIA_COLUMNS[column] }),
      ),
    ],
  };
}

/** `Starvation time (h)` → `starvation_time_h`; different names stay different. */
function freeColumns(): (name: string) => string {
  const byName = new Map<string, string>();
  const taken = new Set(Object.keys(BIA_COLUMNS));
  return (name) => {
    const known = byName.get(name);
    if (known !== undefined) return known;
    const plain =
      name
        .toLowerCase()
        .replace(/[^\p{L}\p{N}]+/gu, '_')
        .replace(/^_+|_+$/g, '') || 'value';
    let column = plain;
    for (let n = 2; taken.has(column); n++) column = `${plain}_${n}`;
    taken.add(column);
    byName.set(name, column);
    return column;
  };
}
