import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** Folder of the shared corpus beside the checkout; tests over it skip where it is absent. */
export const CORPUS = resolve('..', 'shared', 'data');

export function hasCorpus(folder: string): boolean {
  const there = existsSync(resolve(CORPUS, folder));
  if (!there) console.log(`corpus ${folder} is not there: its tests are skipped`);
  return there;
}

export function corpusText(path: string): string {
  return readFileSync(resolve(CORPUS, path), 'utf8');
}

export function corpusJson(path: string): unknown {
  return JSON.parse(corpusText(path));
}
