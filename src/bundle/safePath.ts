import { createHash } from 'node:crypto';

/** What BioStudies allows in a path (backend and submission tool agree). */
const ALLOWED = /^(?!\.\/)(?!.*\/$)(?!.*\.\.\/)[0-9A-Za-z!\-_*'(). /]+$/;

/** Longest file name that file systems take, in bytes. */
const LONGEST_NAME = 200;

/** Whether BioStudies takes a path: its characters, no `./` in front, no `../`, no `/` at the end, no doubled blank. */
export function isAllowedPath(path: string): boolean {
  return (
    ALLOWED.test(path) && !path.includes('  ') && path.split('/').every((part) => part !== '' && part === part.trim())
  );
}

/**
 * A path that BioStudies takes: allowed paths stay as they are, in others the characters outside the allowed set become
 * `_` and a hash of the original path goes before the extension. Deterministic and injective, whatever the other paths:
 * a path that looks like the result of a renaming is renamed itself.
 */
export function safePath(path: string): string {
  if (isAllowedPath(path) && !looksRenamed(path) && tooLong(path) === undefined) return path;
  const hash = createHash('sha256').update(path).digest('hex').slice(0, 16);
  const parts = path
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replaceAll('µ', 'u')
    .replaceAll('μ', 'u')
    .split('/')
    .filter((part) => part !== '')
    .map((part) =>
      part
        .replace(/[^0-9A-Za-z!\-_*'().]+/g, '_')
        .slice(0, LONGEST_NAME - 40)
        .replace(/\.+$/, '_'),
    );
  const name = parts.pop() ?? '_';
  const extension = extensionOf(path);
  const stem =
    extension !== '' && name.endsWith(extension) ? name.slice(0, -extension.length) : name.replace(/\.+$/, '');
  return [...parts, `${stem}-${hash}${extension}`].join('/');
}

/** The extension, the double ones of OME kept together: `.ome.tiff`, `.ome.zarr.zip`; empty when it is not allowed itself. */
export function extensionOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return /(?:\.ome)?(?:\.zarr)?\.[0-9A-Za-z]{1,12}$/.exec(name)?.[0] ?? '';
}

function looksRenamed(path: string): boolean {
  const extension = extensionOf(path);
  return /-[0-9a-f]{16}$/.test(extension === '' ? path : path.slice(0, -extension.length));
}

function tooLong(path: string): string | undefined {
  return path.split('/').find((part) => part.length > LONGEST_NAME);
}
