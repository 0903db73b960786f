import { oneLine } from '../../errors.js';

/** Columns of a terminal. */
export const WIDTH = 100;

/** Cut or padded to a width. */
export function padded(text: string, width: number): string {
  return oneLine(text, width).padEnd(width);
}

/** `Project:52 Mitotic spindle study`. */
export function title(ref: string, label: string): string {
  return label === '' || label === ref ? ref : `${ref} ${label}`;
}

/** A text on lines of at most `WIDTH` columns, the first after `first`, the others after `next`. */
export function indented(text: string, first: string, next: string): string[] {
  return wrap(oneLine(text, 2000), WIDTH - Math.max(first.length, next.length)).map(
    (line, i) => (i === 0 ? first : next) + line,
  );
}

/** Lines of at most `width` characters, broken at blanks; longer words are cut. */
function wrap(text: string, width: number): string[] {
  const lines = [''];
  for (const word of text.split(' ').flatMap((w) => w.match(new RegExp(`.{1,${width}}`, 'gu')) ?? [])) {
    const last = lines[lines.length - 1] ?? '';
    if (last === '') lines[lines.length - 1] = word;
    else if (last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
