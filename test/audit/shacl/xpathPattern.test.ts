import { describe, expect, it } from 'vitest';
import { xpathPattern } from '../../../src/audit/shacl/xpathPattern.js';

describe('a pattern of XPath', () => {
  it.each([
    ['^\\d{4}$', '', '2024', true],
    ['^\\d{4}$', '', '20245', false],
    ['^[a-z-[aeiou]]+$', '', 'xyz', true],
    ['^[a-z-[aeiou]]+$', '', 'xaz', false],
    ['^[^a-c-[x]]+$', '', 'def', true],
    ['^[^a-c-[x]]+$', '', 'xdef', false],
    ['^\\i\\c*$', '', '_a1-b', true],
    ['^\\i\\c*$', '', '1a', false],
    ['^\\p{Lu}\\P{Lu}+$', '', 'Éab', true],
    ['^\\p{IsBasicLatin}+$', '', 'abc', true],
    ['^\\p{IsBasicLatin}+$', '', 'abcé', false],
    ['^\\w+$', '', 'Äö_9', true],
    ['^\\w+$', '', 'a b', false],
    ['^[\\w\\-]+$', '', 'a-b', true],
    ['^[^\\s]+$', '', 'a\u00a0b', true],
    ['a\\-b', '', 'a-b', true],
    ['a\\/b', '', 'a/b', true],
    ['^[.+*&&!!~@#(){}|/^$-]+$', '', '.+*&!~@#(){}|/^$-', true],
    ['^[-a]+$', '', 'a-', true],
    ['^a.b$', '', 'a\nb', false],
    ['^a.b$', 's', 'a\nb', true],
    ['^a.b$', '', 'a\u2028b', true],
    ['^a$', '', 'a\nb', false],
    ['^b$', 'm', 'a\nb\nc', true],
    ['^b$', 'm', 'a\rb\rc', false],
    ['^$', 'm', 'a\n', false],
    ['HELLO', 'i', 'hello', true],
    ['h e l l o', 'x', 'hello', true],
    ['h e[ ]l', 'x', 'he l', true],
    ['a.b(c)[d]', 'q', 'xa.b(c)[d]x', true],
    ['a.b', 'q', 'acb', false],
    ['A.B', 'qi', 'a.b', true],
    ['^(a)\\1$', '', 'aa', true],
    ['^(?!data:).+$', '', 'http://', true],
    ['^(?!data:).+$', '', 'data:x', false],
    ['\u{1F600}{2}', '', '\u{1F600}\u{1F600}', true],
  ])('%j with flags %j on %j gives %s', (pattern, flags, text, expected) => {
    expect(xpathPattern(pattern, flags).test(text)).toBe(expected);
  });

  it.each([
    ['(', ''],
    ['[a', ''],
    ['a{2,1}', ''],
    ['*a', ''],
    ['a\\', ''],
    ['\\y', ''],
    ['\\p{Nonsense}', ''],
    ['\\p{IsKlingon}', ''],
    ['\\pL', ''],
    ['[z-a]', ''],
    ['a', 'g'],
    ['a', 'u'],
  ])('%j with flags %j is refused', (pattern, flags) => {
    expect(() => xpathPattern(pattern, flags)).toThrow(Error);
  });
});
