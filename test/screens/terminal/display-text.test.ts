import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  displayText,
  displayWidth,
  fitColumns,
  takeColumns,
  truncate,
  wrapWords,
} from '../../../src/screens/terminal/display-text.ts';

describe('text that is displayed', () => {
  test.each([
    ['a plain name', 'Ada Smith', 'Ada Smith'],
    ['letters of other languages', 'Zoë Łukasz Ωμέγα Иван', 'Zoë Łukasz Ωμέγα Иван'],
    ['an escape sequence', '\x1b[31mred', '\u{fffd}[31mred'],
    ['line breaks and tabs', 'a\r\n\tb', 'a\u{fffd}\u{fffd}\u{fffd}b'],
    ['marks of direction', 'a\u202eb', 'a\u{fffd}b'],
    ['a picture of several parts', '👨‍👩‍👧‍👦x', '\u{fffd}x'],
    ['a flag', '🇩🇪x', '\u{fffd}x'],
    ['half a surrogate pair', 'a\ud83dx', 'a\u{fffd}x'],
  ])('shows %s harmlessly', (_, text, shown) => {
    expect(displayText(text)).toBe(shown);
  });

  test('keeps three accents of a pile and 512 characters of a name', () => {
    expect(displayText(`e${'\u0301'.repeat(50)}`)).toBe(`e${'\u0301'.repeat(3)}`);
    expect(displayText('x'.repeat(10_000))).toHaveLength(512);
  });

  test('never contains a control character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(displayText(text)).not.toMatch(/[\0-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/);
      }),
    );
  });
});

describe('widths', () => {
  test.each([
    ['abc', 3],
    ['日本', 4],
    ['e\u0301', 1],
    ['█▒─', 3],
    ['', 0],
  ])('%s takes %i columns', (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });

  test.each([
    ['abcdef', 4, 'abc…'],
    ['abcd', 4, 'abcd'],
    ['日本語', 5, '日本…'],
    ['日本語', 4, '日…'],
    ['abc', 1, '…'],
    ['abc', 0, ''],
  ])('%s is shortened to %i columns as %s', (text, columns, expected) => {
    expect(truncate(text, columns, '…')).toBe(expected);
  });

  test('a fitted text takes exactly its columns, whatever it contains', () => {
    const texts = fc.string({ unit: 'grapheme' }).map(displayText);
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 40 }), (text, columns) => {
        expect(displayWidth(fitColumns(text, columns, '…'))).toBe(columns);
      }),
    );
  });

  test('cutting never parts a letter from its accent', () => {
    expect(takeColumns('ae\u0301o', 2)).toBe('ae\u0301');
  });

  test('lines are broken at spaces, and inside words only where they must be', () => {
    expect(wrapWords('one two three', 7)).toEqual(['one two', 'three']);
    expect(wrapWords('abcdefgh', 3)).toEqual(['abc', 'def', 'gh']);
    expect(wrapWords('日本', 1)).toEqual(['日', '本']);
  });
});
