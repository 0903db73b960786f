import { tidy } from './identifiers.js';

/** Gives out titles that are tidy and unique: the same title for the same content, another for other content. */
export interface Titles {
  /** The first of the candidates that is free, else the first with a number. */
  take(candidates: readonly string[]): string;
}

export function titles(): Titles {
  const taken = new Set<string>();
  return {
    take(candidates) {
      const tidied = candidates.map((c) => clip(tidy(c))).filter((c) => c !== '');
      const base = tidied[0] ?? 'Untitled';
      let title = tidied.find((c) => !taken.has(c.toLowerCase())) ?? base;
      for (let n = 2; taken.has(title.toLowerCase()); n++) title = `${base} (${n})`;
      taken.add(title.toLowerCase());
      return title;
    },
  };
}

/** A text cut at a word boundary, with an ellipsis when something is cut off. */
export function clip(text: string, limit = 90): string {
  if (text.length <= limit) return text;
  const cut = text.slice(0, limit);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), limit / 2)).replace(/[\s,;:.]+$/, '')} …`;
}

/** `a; b`, or `384 values` when there are more than `most`. */
export function joinedUpTo(most: number, values: Iterable<string>, noun: string): string {
  const all = [...values];
  return all.length > most ? `${all.length} ${noun}` : all.join('; ');
}
