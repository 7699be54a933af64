import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { KeyDecoder } from '../../../src/screens/terminal/key-decoder.ts';
import { rowIndexOf, rowStarts } from '../../../src/screens/widgets/text-area/rows.ts';
import { reduceTextArea, rowsOfArea } from '../../../src/screens/widgets/text-area/state.ts';
import { createTextArea, type TextArea } from '../../../src/screens/widgets/text-area/text-area.ts';
import { textAreaLines } from '../../../src/screens/widgets/text-area/text-area-lines.ts';
import { TextAreaView } from '../../../src/screens/widgets/text-area/text-area-view.tsx';
import { harmfulCharacters, hostileTexts } from '../../helpers/hostile-texts.ts';
import { renderFrame } from '../helpers/render-frame.tsx';

const [up, down, right, left] = ['\x1b[A', '\x1b[B', '\x1b[C', '\x1b[D'];
const [home, end, pageUp, pageDown] = ['\x1b[H', '\x1b[F', '\x1b[5~', '\x1b[6~'];

function open(
  text: string,
  options: { isOneLine?: boolean; longest?: number; width?: number } = {},
): TextArea {
  const { width = 12, isOneLine = false, longest = 1000 } = options;
  const area = createTextArea({ text, isOneLine, longest });
  area.dispatch({ type: 'resize', width, height: 4 });
  return area;
}

function press(area: TextArea, bytes: string): void {
  const decoder = new KeyDecoder();
  for (const event of [...decoder.push(Buffer.from(bytes)), ...decoder.flush()]) area.capture(event);
}

const paste = (text: string) => `\x1b[200~${text}\x1b[201~`;
const rowTexts = (area: TextArea) =>
  rowsOfArea(area.get()).map(({ line, from, to }) => area.get().lines[line]?.slice(from, to));

/** The text with `|` where the cursor is. */
function shown(area: TextArea): string {
  const { lines, cursor } = area.get();
  return lines
    .map((line, index) =>
      index === cursor.line ? `${line.slice(0, cursor.offset)}|${line.slice(cursor.offset)}` : line,
    )
    .join('\n');
}

describe('keys in a text of several lines', () => {
  test.each<[string, string, string, string]>([
    ['type where the cursor is', 'ab', `x${right}y`, 'xay|b'],
    ['begin a line', 'ab', `${right}\r`, 'a\n|b'],
    ['go up and down', 'abc\nd\nefg', `${right}${right}${down}${down}x`, 'abc\nd\nefx|g'],
    ['go from line to line at their edges', 'ab\ncd', `${end}${right}x${left}${left}y`, 'aby|\nxcd'],
    ['go to the ends of a line', 'ab\ncd', `${down}${end}x${home}y`, 'ab\ny|cdx'],
    ['have those of a shell for that', 'ab', '\x05x\x01y', 'y|abx'],
    ['delete characters', 'abcd', `${right}${right}\x7f\x1b[3~`, 'a|d'],
    ['join lines', 'ab\ncd', `${down}\x7f\x05\x1b[3~`, 'abcd|'],
    ['join with the line below', 'ab\ncd', `${end}\x1b[3~`, 'ab|cd'],
    ['delete a word', 'one two', `${end}\x17`, 'one |'],
    ['delete to the start', 'one two', `${end}${left}\x15`, '|o'],
    ['delete to the end, then the end of the line', 'one\ntwo', '\x0b\x0b', '|two'],
    ['take whole characters', 'a👩🏽‍💻é', `${end}\x7f\x7f`, 'a|'],
    ['take wide ones', '山田花子', `${right}\x7f`, '|田花子'],
    ['paste lines', 'ab', `${right}${paste('1\r\n2\n3')}`, 'a1\n2\n3|b'],
    ['paste nothing that acts', 'a', paste('\x1b[31m\u202e\tx\x00'), '[31m    x|a'],
  ])('%s', (_, text, keys, result) => {
    const area = open(text);
    press(area, keys);
    expect(shown(area)).toBe(result);
  });

  test('keep the column that Up and Down began with', () => {
    const area = open('abcdef\n\nabcdef');
    press(area, `${right.repeat(4)}${down}${down}`);
    expect(shown(area)).toBe('abcdef\n\nabcd|ef');
    press(area, `${up}${up}`);
    expect(shown(area)).toBe('abcd|ef\n\nabcdef');
  });

  test('go through the rows of a long line', () => {
    const area = open('one two three four');
    expect(rowTexts(area)).toEqual(['one two ', 'three four']);
    press(area, `${right}${down}`);
    expect(shown(area)).toBe('one two t|hree four');
    press(area, `${down}`);
    expect(shown(area)).toBe('one two t|hree four');
    press(area, `${end}${up}`);
    expect(shown(area)).toBe('one two| three four');
  });

  test('go page by page and scroll', () => {
    const area = open(Array.from({ length: 20 }, (_, n) => `l${n}`).join('\n'));
    press(area, `${pageDown}${pageDown}`);
    expect(area.get()).toMatchObject({ cursor: { line: 6 }, top: 3 });
    press(area, pageUp);
    expect(area.get()).toMatchObject({ cursor: { line: 3 }, top: 3 });
    area.dispatch({ type: 'go', line: 99, column: 99 });
    expect(area.get()).toMatchObject({ cursor: { line: 19, offset: 3 }, top: 16 });
  });

  test('stop at the longest text', () => {
    const area = open('ab', { longest: 5 });
    press(area, paste('1234567'));
    expect(area.text()).toBe('123ab');
    press(area, 'x\r');
    expect(area.text()).toBe('123ab');
  });
});

describe('a text of one line', () => {
  test('leaves Enter, Up and Down to others, and makes one line of many', () => {
    const area = open('ab', { isOneLine: true });
    for (const chord of ['enter', 'up', 'down', 'pageup', 'tab', 'escape'])
      expect(area.takes(chord)).toBe(false);
    press(area, `${paste(' c\nd\n')}\r${up}x`);
    expect(shown(area)).toBe('ab c dx|');
  });
});

describe('undo', () => {
  test('takes back what was typed at once, what was pasted, and what was deleted, each for itself', () => {
    const area = open('');
    const states: string[] = [];
    for (const keys of ['ab', '\r', 'cd', paste('x\ny'), '\x7f\x7f']) {
      states.push(area.text());
      press(area, keys);
    }
    const last = area.text();
    expect(last).toBe('ab\ncdx');
    for (const text of states.toReversed()) {
      area.dispatch({ type: 'undo' });
      expect(area.text()).toBe(text);
    }
    area.dispatch({ type: 'undo' });
    expect(area.text()).toBe('');
    for (let step = 0; step < 5; step++) area.dispatch({ type: 'redo' });
    expect(area.text()).toBe(last);
  });

  test('forgets what was taken back when something else is typed', () => {
    const area = open('');
    press(area, 'a\rb');
    area.dispatch({ type: 'undo' });
    press(area, 'c');
    area.dispatch({ type: 'redo' });
    expect(area.text()).toBe('a\nc');
  });
});

describe('the rows of a line', () => {
  test.each<[string, string, number, string[]]>([
    ['break after spaces', 'one two three', 8, ['one two ', 'three']],
    ['let a space stay that has no room', 'abcd ef', 4, ['abcd ', 'ef']],
    ['break a word that is too long', 'abcdefgh', 3, ['abc', 'def', 'gh']],
    ['count wide characters twice', '山田花子', 5, ['山田', '花子']],
    ['never cut an accent off', 'e\u0301e\u0301e\u0301', 2, ['e\u0301e\u0301', 'e\u0301']],
    ['are one for an empty line', '', 5, ['']],
  ])('%s', (_, line, width, rows) => {
    const starts = rowStarts(line, width);
    expect(starts.map((from, index) => line.slice(from, starts[index + 1]))).toEqual(rows);
  });
});

test('whatever is done, the cursor is in the text and its row is seen', () => {
  const action = fc.oneof(
    fc.record({
      type: fc.constant('insert' as const),
      text: fc.constantFrom('a', ' ', '\n', 'x\ny', '山', '👍🏽'),
    }),
    fc.record({
      type: fc.constant('delete' as const),
      what: fc.constantFrom('before', 'after', 'wordBefore', 'toStart', 'toEnd'),
    }),
    fc.record({
      type: fc.constant('move' as const),
      to: fc.constantFrom('left', 'right', 'wordLeft', 'wordRight', 'start', 'end', 'textStart', 'textEnd'),
    }),
    fc.record({ type: fc.constant('rows' as const), by: fc.constantFrom(1, -1, 5) }),
    fc.record({
      type: fc.constant('resize' as const),
      width: fc.integer({ min: 3, max: 9 }),
      height: fc.constant(3),
    }),
    fc.constant({ type: 'undo' as const }),
    fc.constant({ type: 'redo' as const }),
  );
  fc.assert(
    fc.property(fc.array(action, { maxLength: 60 }), (actions) => {
      let state = open('one two\n山田 花子\n\nfour').get();
      for (const one of actions) {
        state = reduceTextArea(state, one);
        const { lines, starts, cursor, top, height, width } = state;
        expect(cursor.offset).toBeLessThanOrEqual(lines[cursor.line]?.length ?? -1);
        expect(starts).toEqual(lines.map((line) => rowStarts(line, width)));
        const row = rowIndexOf(rowsOfArea(state), cursor);
        expect(row).toBeGreaterThanOrEqual(top);
        expect(row).toBeLessThan(top + height);
      }
    }),
  );
});

describe('the picture of a text', () => {
  test('has line numbers, the cursor, what stands out and the line with a problem', async () => {
    const area = open('Hello <$pim$>\nsecond line that is longer');
    const frame = renderFrame(
      <TextAreaView area={area} width={20} height={4} isFocused highlight={/<\$.*?\$>/g} markedLine={1} />,
      { columns: 20, rows: 4 },
    );
    expect(await frame.lines()).toEqual(['!1 Hello <$pim$>', ' 2 second line', '   that is longer', '']);
    frame.close();
  });

  test('shows the cursor on its character, or behind the last one', () => {
    const area = open('a<$b$>');
    const spans = () => {
      const [line = []] = textAreaLines(area.get(), {
        isFocused: true,
        highlight: /<\$.*?\$>/g,
        warning: '!',
      });
      return line.slice(1).map(({ text, token }) => `${token ?? ''}:${text}`);
    };
    expect(spans()).toEqual(['selection:a', 'accent:<$b$>']);
    press(area, `${right}${right}`);
    expect(spans()).toEqual([':a', 'accent:<', 'selection:$', 'accent:b$>']);
    press(area, end);
    expect(spans()).toEqual([':a', 'accent:<$b$>', 'selection: ']);
  });

  test('holds nothing that harms, and is never wider than its room', async () => {
    for (const text of hostileTexts) {
      const area = createTextArea({ text, longest: 100_000 });
      const frame = renderFrame(<TextAreaView area={area} width={30} height={6} isFocused />, {
        columns: 40,
        rows: 6,
      });
      const screen = await frame.text();
      expect(screen).not.toMatch(harmfulCharacters);
      expect(Math.max(...screen.split('\n').map((line) => line.length))).toBeLessThanOrEqual(30);
      frame.close();
    }
  });
});
