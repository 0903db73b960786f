/** Pairs that are joined at once, before all are counted again. */
const AT_ONCE = 4;

/**
 * The parts of words that shorten them most, by joining the most frequent pair of neighbours again and again (byte pair
 * encoding); of words with how often each occurs, in ASCII.
 */
export function frequentParts(words: ReadonlyMap<string, number>, limit: number): string[] {
  const texts = [...words].sort((a, b) => (a[0] < b[0] ? -1 : 1));
  let tokens: number[][] = texts.map(([word]) => [...Buffer.from(word, 'latin1')]);
  const parts: string[] = [];
  const spelling = (token: number): string => (token < 128 ? String.fromCharCode(token) : (parts[token - 128] ?? ''));
  while (parts.length < limit) {
    const counts = new Uint32Array(256 * 256);
    tokens.forEach((word, i) => {
      const count = texts[i]?.[1] ?? 0;
      for (let at = 1; at < word.length; at++) counts[(word[at - 1] as number) * 256 + (word[at] as number)]! += count;
    });
    const best = [...counts.keys()]
      .filter((pair) => (counts[pair] as number) > 1)
      .sort((a, b) => (counts[b] as number) - (counts[a] as number) || a - b)
      .slice(0, Math.min(AT_ONCE, limit - parts.length));
    if (best.length === 0) break;
    const joined = new Map<number, number>();
    for (const pair of best) {
      joined.set(pair, 128 + parts.length);
      parts.push(spelling(pair >> 8) + spelling(pair & 255));
    }
    tokens = tokens.map((word) => join(word, joined));
  }
  return parts;
}

function join(word: number[], joined: ReadonlyMap<number, number>): number[] {
  const made: number[] = [];
  for (let at = 0; at < word.length; at++) {
    const token = at + 1 < word.length ? joined.get((word[at] as number) * 256 + (word[at + 1] as number)) : undefined;
    if (token === undefined) made.push(word[at] as number);
    else {
      made.push(token);
      at++;
    }
  }
  return made;
}
