import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { InputEvent } from '../../../src/screens/terminal/input-event.ts';
import { KeyDecoder } from '../../../src/screens/terminal/key-decoder.ts';

/** Chords of keys, and pastes as `paste:text`. */
function names(events: readonly InputEvent[]): string[] {
  return events.map((event) => (event.type === 'key' ? event.chord : `paste:${event.text}`));
}

function decode(text: string): string[] {
  return names(new KeyDecoder().push(Buffer.from(text)));
}

function decodeInParts(bytes: Uint8Array, cuts: readonly number[]): string[] {
  const decoder = new KeyDecoder();
  const edges = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).toSorted((a, b) => a - b), bytes.length];
  const events = edges.slice(1).flatMap((end, index) => decoder.push(bytes.subarray(edges[index], end)));
  return names(events);
}

describe('keys', () => {
  test.each([
    ['letters of one packet', 'jjj', ['j', 'j', 'j']],
    ['text and Enter in one packet', 'abc\r', ['a', 'b', 'c', 'enter']],
    ['Tab between letters', 'a\tb', ['a', 'tab', 'b']],
    ['a space', ' ', ['space']],
    ['letters beyond ASCII', 'é日𝒳', ['é', '日', '𝒳']],
    ['CR LF as one Enter', '\r\n\n', ['enter', 'enter']],
    ['both forms of Backspace', '\x7f\x08', ['backspace', 'backspace']],
    ['Ctrl with letters', '\x01\x13\x1a\x03', ['ctrl+a', 'ctrl+s', 'ctrl+z', 'ctrl+c']],
    ['Ctrl+Space and Ctrl+\\', '\0\x1c', ['ctrl+space', 'ctrl+\\']],
    ['arrows', '\x1b[A\x1b[B\x1b[C\x1b[D', ['up', 'down', 'right', 'left']],
    ['arrows in application mode', '\x1bOA\x1bOD', ['up', 'left']],
    [
      'Home and End of xterm, VT220 and rxvt',
      '\x1b[H\x1b[1~\x1b[7~\x1b[F\x1b[4~',
      ['home', 'home', 'home', 'end', 'end'],
    ],
    ['paging and editing keys', '\x1b[5~\x1b[6~\x1b[2~\x1b[3~', ['pageup', 'pagedown', 'insert', 'delete']],
    [
      'modifiers',
      '\x1b[1;5C\x1b[1;2A\x1b[3;5~\x1b[1;8D',
      ['ctrl+right', 'shift+up', 'ctrl+delete', 'ctrl+alt+shift+left'],
    ],
    ['modifiers of old terminals', '\x1bO5A', ['ctrl+up']],
    ['Shift+Tab in both forms', '\x1b[Z\x1bOZ', ['shift+tab', 'shift+tab']],
    ['F keys of xterm', '\x1bOP\x1b[15~\x1b[24~', ['f1', 'f5', 'f12']],
    ['F keys of the Linux console and of older Node on Windows', '\x1b[[A\x1b[[E', ['f1', 'f5']],
    ['the keypad', '\x1bOM\x1bOq\x1bOk', ['enter', '1', '+']],
    ['Alt with letters', '\x1bb\x1b\x7f', ['alt+b', 'alt+backspace']],
    ['Escape before another sequence', '\x1b\x1b[A', ['escape', 'up']],
    ['a record of Windows', '\x1b[65;30;97;1;0;1_\x1b[65;30;97;0;0;1_\x1b[38;72;0;1;0;2_', ['a', 'up', 'up']],
    ['AltGr on Windows', '\x1b[56;9;91;1;9;1_', ['[']],
    ['modifyOtherKeys and CSI u', '\x1b[27;5;115~\x1b[97;5u\x1b[13u', ['ctrl+s', 'ctrl+a', 'enter']],
  ])('reads %s', (_, text, expected) => {
    expect(decode(text)).toEqual(expected);
  });

  test.each([
    ['mouse reports', '\x1b[<0;10;5Ma'],
    ['focus reports', '\x1b[I\x1b[Oa'],
    ['cursor reports', '\x1b[24;80Ra'],
    ['device attributes', '\x1b[?62;22ca'],
    ['answers about colours', '\x1b]11;rgb:0000/0000/0000\x07a'],
    ['device control strings', '\x1bP>|term 1.0\x1b\\a'],
    ['C1 controls and broken UTF-8', '\u{85}a'],
  ])('swallows %s whole', (_, text) => {
    expect(decode(text)).toEqual(['a']);
  });

  test('reads a key after a sequence that another one broke off', () => {
    expect(decode('\x1b[1;\x1b[Aé')).toEqual(['up', 'é']);
  });

  test('gives up a sequence that never ends', () => {
    expect(decode(`\x1b[${'1'.repeat(100)}`).filter((name) => name !== '1')).toEqual([]);
    expect(new KeyDecoder().push(Buffer.from(`\x1b[${';'.repeat(500)}`)).length).toBeLessThan(500);
  });
});

describe('Escape', () => {
  test('is a key when nothing follows it in time', () => {
    const decoder = new KeyDecoder();
    expect(decoder.push(Buffer.from('\x1b'))).toEqual([]);
    expect(decoder.pending).toBe('sequence');
    expect(names(decoder.flush())).toEqual(['escape']);
  });

  test('swallows the rest of its sequence that comes too late', () => {
    const decoder = new KeyDecoder();
    decoder.push(Buffer.from('\x1b'));
    decoder.flush();
    expect(names(decoder.push(Buffer.from('[Aj')))).toEqual(['j']);
  });

  test('lets the next typed bracket through', () => {
    const decoder = new KeyDecoder();
    decoder.push(Buffer.from('\x1b'));
    decoder.flush();
    expect(names(decoder.push(Buffer.from('[')))).toEqual(['[']);
    expect(decoder.pending).toBe('nothing');
  });

  test('forgets a sequence that was given up after a second wait', () => {
    const decoder = new KeyDecoder();
    decoder.push(Buffer.from('\x1b['));
    decoder.flush();
    expect(decoder.pending).toBe('rest');
    decoder.flush();
    expect(names(decoder.push(Buffer.from('A')))).toEqual(['A']);
  });

  test('reads a sequence that was cut by a long wait', () => {
    const decoder = new KeyDecoder();
    decoder.push(Buffer.from('\x1b[1;'));
    decoder.flush();
    expect(names(decoder.push(Buffer.from('5C')))).toEqual(['ctrl+right']);
  });
});

describe('paste', () => {
  test('is one event, whatever it contains', () => {
    expect(decode('\x1b[200~one\r\ntwo\x1b[Athree\r\x1b[201~x')).toEqual([
      'paste:one\ntwo\x1b[Athree\n',
      'x',
    ]);
  });

  test('that lost its end is taken after a wait', () => {
    const decoder = new KeyDecoder();
    decoder.push(Buffer.from('\x1b[200~half'));
    expect(decoder.pending).toBe('paste');
    expect(names(decoder.flush())).toEqual(['paste:half']);
    expect(names(decoder.push(Buffer.from('q')))).toEqual(['q']);
  });

  test('has a largest size', () => {
    const decoder = new KeyDecoder();
    decoder.push(Buffer.from(`\x1b[200~${'a'.repeat(3_000_000)}`));
    const [paste] = decoder.push(Buffer.from('\x1b[201~'));
    expect(paste?.text.length).toBe(1_000_000);
  });
});

const pieces = [
  'a',
  'é',
  '日',
  '𝒳',
  '\r',
  '\n',
  '\t',
  ' ',
  '\x03',
  '\x7f',
  '\x1b[A',
  '\x1bOB',
  '\x1b[1;5C',
  '\x1b[15~',
  '\x1b[[A',
  '\x1b[Z',
  '\x1bb',
  '\x1b]11;rgb:0/0/0\x07',
  '\x1bP>|x\x1b\\',
  '\x1b[<0;1;1M',
  '\x1b[200~pa\rste\x1b[201~',
  '\x1b[',
  '\x1b',
  '\x1bO',
  '\x1b]',
  '[',
  ']',
  '~',
  '1',
  ';',
  '\xff',
  '\x1b[65;30;97;1;0;1_',
];

describe('packets', () => {
  test('may be cut anywhere without changing a key', () => {
    const streams = fc
      .array(fc.constantFrom(...pieces), { maxLength: 30 })
      .map((parts) => Buffer.from(parts.join('')));
    fc.assert(
      fc.property(streams, fc.array(fc.nat(), { maxLength: 8 }), (bytes, cuts) => {
        expect(decodeInParts(bytes, cuts)).toEqual(decodeInParts(bytes, []));
      }),
      { numRuns: 500 },
    );
  });

  test('of any bytes never break the decoder', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.array(fc.nat(), { maxLength: 8 }), (bytes, cuts) => {
        expect(decodeInParts(bytes, cuts)).toEqual(decodeInParts(bytes, []));
      }),
    );
  });
});
