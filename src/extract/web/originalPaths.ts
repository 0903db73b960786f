import type { ObjectRef } from '../../ome/model.js';
import { documentIdentity } from '../identity.js';
import { asArray, asObject, asText } from '../json.js';
import { idOf } from './annotationBatches.js';
import { digitsOf } from './decodeContext.js';
import type { HarvestLine } from './harvestLine.js';
import { retryOf } from './imageParts.js';
import type { Place, UnitContext } from './unitContext.js';
import { WebFailure } from './webFailure.js';

/** The line of a fileset of which the files are not known. */
export const filesetLine = (context: UnitContext, fileset: string, place: Place): HarvestLine =>
  context.object({ type: 'Fileset', ref: `Fileset:${fileset}`, originalFiles: [] }, [], place.containers);

/**
 * The Fileset of an image with its files, one request. Paths are relative to the folder that holds all files of the fileset: what is
 * above it names a person and a time, and the client's paths are nobody's business. No ids come with them, so a file is named by its
 * fileset and path.
 */
export async function* harvestFiles(context: UnitContext, image: ObjectRef, place: Place): AsyncGenerator<HarvestLine> {
  let answer: ReturnType<typeof asObject>;
  try {
    answer = asObject(await context.session.get(`webgateway/original_file_paths/${idOf(image)}/`));
  } catch (error) {
    if (!(error instanceof WebFailure)) throw error;
    yield context.failed(`${image}/files`, retryOf('files', context, image, place), error.message);
    return;
  }
  const fileset = digitsOf(asObject(answer?.fileset)?.id);
  if (fileset === undefined) return;
  const paths = (asArray(answer?.repo) ?? []).map(asText).filter((path) => path !== undefined);
  const files = withoutCommonFolder(paths).map((path) => ({
    ref: documentIdentity(`Fileset:${fileset}/${path}`)('OriginalFile:0', 'OriginalFile') as `OriginalFile:${string}`,
    path,
    name: path.slice(path.lastIndexOf('/') + 1),
  }));
  const ref = `Fileset:${fileset}` as const;
  yield context.object({ type: 'Fileset', ref, originalFiles: files.map((file) => file.ref) }, [], place.containers);
  for (const file of files) yield context.object({ type: 'OriginalFile', ...file }, [], place.containers);
}

/** What OMERO puts before the files of an import by default: `%user%_%userId%//%year%-%month%/%day%/%time%`. */
const TEMPLATE = /^\/*[^/]+_\d+\/+\d{4}-\d\d\/\d\d\/\d\d-\d\d-\d\d[^/]*\//;

/**
 * Paths below the deepest folder that they share. An import puts all its files into one folder, so paths that share none, and do
 * not look like one of OMERO's, may name people in any part: of them only the names of the files are kept.
 */
export function withoutCommonFolder(paths: readonly string[]): readonly string[] {
  const isOmero = paths.every((path) => TEMPLATE.test(path));
  const split = paths.map((path) =>
    (isOmero ? path.replace(TEMPLATE, '') : path).split('/').filter((part) => part !== '' && part !== '.'),
  );
  const [first = []] = split;
  let shared = 0;
  while (
    shared + 1 < first.length &&
    split.every((parts) => parts.length > shared + 1 && parts[shared] === first[shared])
  )
    shared += 1;
  const from = (parts: readonly string[]): number => (shared === 0 && !isOmero ? parts.length - 1 : shared);
  return [...new Set(split.map((parts) => parts.slice(from(parts)).join('/')))];
}
