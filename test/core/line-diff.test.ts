import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type DiffLine, lineDiff } from '../../src/core/line-diff.ts';

const signs: Record<DiffLine['kind'], string> = { same: ' ', removed: '-', added: '+' };
const shown = (before: string, after: string) =>
  lineDiff(before, after).map(({ kind, text }) => `${signs[kind]}${text}`);

describe('the difference of two texts', () => {
  test.each<[string, string, string, string[]]>([
    ['nothing', 'a\nb', 'a\nb\n', [' a', ' b']],
    ['a changed line', 'a\nb\nc', 'a\nB\nc', [' a', '-b', '+B', ' c']],
    ['a new line', 'a\nc', 'a\nb\nc', [' a', '+b', ' c']],
    ['a line less', 'a\nb\nc', 'a\nc', [' a', '-b', ' c']],
    ['a line that moved', 'a\nb\nc', 'b\nc\na', ['-a', ' b', ' c', '+a']],
    ['everything', 'a', 'b', ['-a', '+b']],
    ['the ends of lines alone', 'a\r\nb', 'a\nb', [' a', ' b']],
    ['a text where there was none', '', 'a', ['+a']],
  ])('is %s', (_, before, after, lines) => expect(shown(before, after)).toEqual(lines));

  test('gives both texts again, whatever they are', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 });
    fc.assert(
      fc.property(text, text, (before, after) => {
        const diff = lineDiff(`${before.join('\n')}\n`, `${after.join('\n')}\n`);
        const without = (kind: DiffLine['kind']) =>
          diff.filter((line) => line.kind !== kind).map((line) => line.text);
        expect(without('added')).toEqual(before.length === 0 ? [''] : before);
        expect(without('removed')).toEqual(after.length === 0 ? [''] : after);
      }),
    );
  });

  test('of texts without end is told in time, as one replaced by the other', () => {
    const many = (mark: string) => Array.from({ length: 9000 }, (_, n) => `${mark}${n}`).join('\n');
    expect(lineDiff(many('a'), many('b')).filter(({ kind }) => kind === 'same')).toEqual([]);
  });
});
