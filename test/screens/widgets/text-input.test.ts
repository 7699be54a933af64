import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { graphemes } from '../../../src/screens/terminal/display-text.ts';
import { KeyDecoder } from '../../../src/screens/terminal/key-decoder.ts';
import { textInputAction } from '../../../src/screens/widgets/text-input/keys.ts';
import {
  reduceTextInput,
  type TextInputState,
  textInput,
} from '../../../src/screens/widgets/text-input/state.ts';
import { textInputSpans } from '../../../src/screens/widgets/text-input/text-input.ts';

/** Types keys, given as bytes, into a field. */
function type(bytes: string, state: TextInputState = textInput()): TextInputState {
  for (const event of new KeyDecoder().push(Buffer.from(bytes))) {
    const action = textInputAction(event);
    if (action !== null) state = reduceTextInput(state, action);
  }
  return state;
}

/** The value with `|` at the cursor. */
function shown({ value, cursor }: TextInputState): string {
  return `${value.slice(0, cursor)}|${value.slice(cursor)}`;
}

describe('a text field', () => {
  test.each([
    ['types letters, spaces and what other screens use as commands', 'q j/:?', 'q j/:?|'],
    ['moves by arrows, Home and End', 'abc\x1b[D\x1b[Dx\x1b[Hy\x1b[Fz', 'yaxbcz|'],
    ['goes to both ends with Ctrl+A and Ctrl+E', 'bc\x01a\x05d', 'abcd|'],
    ['deletes before and after the cursor', 'abcd\x7f\x1b[D\x1b[3~', 'ab|'],
    ['deletes a word with Ctrl+W', 'one two  \x17', 'one |'],
    ['deletes to the start with Ctrl+U', 'abc\x1b[D\x15', '|c'],
    ['deletes to the end with Ctrl+K', 'abc\x1b[D\x0b', 'ab|'],
    ['treats a letter and its accent as one', 'xe\u0301\x7f', 'x|'],
    ['makes one line of a paste', '\x1b[200~one\r\ntwo\r\n\x1b[201~', 'one two|'],
    ['drops escape sequences of a paste', '\x1b[200~a\x1b[31mb\x1b[201~', 'a[31mb|'],
  ])('%s', (_, bytes, expected) => {
    expect(shown(type(bytes))).toBe(expected);
  });

  test('leaves Enter, Tab and Escape to others', () => {
    const keys = new KeyDecoder().push(Buffer.from('\r\t\x1b\x1b[A'));
    expect(keys.map((key) => textInputAction(key))).toEqual([null, null, null, null]);
  });

  test('keeps its cursor between two letters, whatever happens', () => {
    const actions = fc.constantFrom(
      'a',
      'e\u0301',
      '日',
      '\x1b[D',
      '\x1b[C',
      '\x7f',
      '\x1b[3~',
      '\x17',
      '\x01',
    );
    fc.assert(
      fc.property(fc.array(actions, { maxLength: 40 }), (parts) => {
        const { value, cursor } = type(parts.join(''));
        const before = value.slice(0, cursor);
        expect(cursor).toBeLessThanOrEqual(value.length);
        expect([...graphemes(before), ...graphemes(value.slice(cursor))].join('')).toBe(value);
        expect(before.length === 0 || !before.endsWith('\ud83d')).toBe(true);
      }),
    );
  });

  test('scrolls sideways so that the cursor is seen, and masks a password', () => {
    const long = type('abcdefghij');
    const text = (spans: readonly { text: string }[]) => spans.map((span) => span.text).join('');
    expect(text(textInputSpans(long, { width: 5, isFocused: true }))).toBe('ghij ');
    expect(text(textInputSpans(type('\x01', long), { width: 5, isFocused: true }))).toBe('abcde');
    expect(text(textInputSpans(type('geheim'), { width: 9, isFocused: true, mask: '*' }))).toBe('****** ');
  });
});
