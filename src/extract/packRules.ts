/** The file of an omero-cli-transfer pack that holds its metadata. */
export const TRANSFER_XML = 'transfer.xml';

/** An archive that was looked into: a pack whose transfer.xml can be read (again and again), or why not. */
export type PackArchive =
  | { readonly kind: 'pack'; open(): AsyncIterable<Uint8Array>; close(): Promise<void> }
  | { readonly kind: 'unsafe' | 'malformed' | 'absent'; readonly why: string };

/** What `open` throws when the archive turns out to be damaged while it is read. */
export class DamagedArchive extends Error {
  override readonly name = 'DamagedArchive';
}

/** An archive that is not read. */
export const refused = (kind: 'unsafe' | 'malformed' | 'absent', why: string): PackArchive => ({ kind, why });

/** Why an entry's name could not be unpacked safely: absolute, a drive, `..`, a backslash or a control character. */
export function entryProblem(name: string): string | undefined {
  if (/^[/\\]|^[A-Za-z]:/.test(name)) return 'an absolute path';
  if (/[\u0000-\u001f\\]/.test(name)) return 'a control character or backslash in its name';
  return name.split('/').includes('..') ? 'a path that leaves the archive' : undefined;
}

/** 0 for `transfer.xml` at the top, 1 for one in a single folder, infinite for anything else. */
export function transferDepth(name: string): number {
  const parts = name
    .normalize('NFC')
    .split('/')
    .filter((part) => part !== '.' && part !== '');
  return parts.at(-1) === TRANSFER_XML && !name.endsWith('/') && parts.length <= 2
    ? parts.length - 1
    : Number.POSITIVE_INFINITY;
}

/** Real OME-XML compresses up to about 100 to 1; small files may do what they like. */
const MOST_RATIO = 250;
const HARMLESS = 64 * 1024 * 1024;

/** Whether so many inflated bytes from so few are an attack (a "zip bomb"). */
export const isBomb = (inflated: number, compressed: number): boolean =>
  inflated > HARMLESS && inflated > compressed * MOST_RATIO;

/** The namespaces in which omero-cli-transfer keeps server paths and who packed (its annotations are for its own use). */
const TRANSFER_NAMESPACE = /^openmicroscopy\.org\/cli\/transfer(\/|$)/;
/** Packs before 0.4 put the object's id into the namespace of a comment with the server's path. */
const OBJECT_NAMESPACE = /^(Image|Plate|Dataset|Project|Screen):\d+$/;

/** Whether an annotation of a pack is omero-cli-transfer's own: it holds server paths and must not be published. */
export const isTransferNamespace = (namespace: string | undefined): boolean =>
  namespace !== undefined && (TRANSFER_NAMESPACE.test(namespace) || OBJECT_NAMESPACE.test(namespace));

/** The names (without folders) of the files such an annotation speaks of. */
export function transferFileNames(namespace: string, value: string): string[] {
  const paths = OBJECT_NAMESPACE.test(namespace)
    ? [value]
    : [...value.matchAll(/<(?:[\w.-]+:)?Path(?:\s[^>]*)?>([^<]*)</g)].map((match) => unescaped(match[1] ?? ''));
  return paths
    .map((path) => path.trim().split(/[/\\]/).at(-1) ?? '')
    .filter((name) => name !== '' && name !== 'mock_folder');
}

const unescaped = (text: string): string =>
  text.replace(
    /&(lt|gt|quot|apos|amp);/g,
    (_, name: string) => ({ lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' })[name] ?? '',
  );
