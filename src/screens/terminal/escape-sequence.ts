/** What the beginning of a text that starts with ESC is. */
export type Sequence =
  /** It may go on: wait for more, or for the Escape timeout. */
  | { readonly kind: 'unfinished' }
  /** ESC is a key of its own; what follows it is read separately. */
  | { readonly kind: 'escape' }
  /** Alt with one character, `length` characters of text in all. */
  | { readonly kind: 'alt'; readonly length: number }
  | { readonly kind: 'csi'; readonly length: number; readonly parameters: string; readonly final: string }
  | { readonly kind: 'ss3'; readonly length: number; readonly parameters: string; readonly final: string }
  | { readonly kind: 'console'; readonly length: number; readonly final: string }
  /** Nothing that a key sends: to be swallowed whole. */
  | { readonly kind: 'unknown'; readonly length: number };

/** No key and no report is longer; without an end a sequence is given up after so many characters. */
const longestSequence = 64;
/** Answers of a terminal (colours, clipboard) may be long. */
const longestString = 4096;

/**
 * Recognises the escape sequence at the beginning of `text`, which starts with ESC. The answer depends only
 * on the characters, never on how they were cut into packets.
 */
export function readSequence(text: string): Sequence {
  const second = text[1];
  if (second === undefined) return { kind: 'unfinished' };
  if (second === '\x1b') return { kind: 'escape' };
  if (second === '[') return readCsi(text);
  if (second === 'O') return readSs3(text);
  if (stringStart.test(text)) return readString(text);
  if (unfinishedStringStart.test(text)) return { kind: 'unfinished' };
  const character = String.fromCodePoint(text.codePointAt(1) ?? 0);
  return { kind: 'alt', length: 1 + character.length };
}

function readCsi(text: string): Sequence {
  if (text[2] === '[') {
    const final = text[3];
    if (final === undefined) return { kind: 'unfinished' };
    return /[A-E]/.test(final) ? { kind: 'console', length: 4, final } : { kind: 'unknown', length: 3 };
  }
  return readParameters(text, 'csi', /[\x20-\x3f]/);
}

function readSs3(text: string): Sequence {
  const sequence = readParameters(text, 'ss3', /[0-9;]/);
  // No terminal sends ESC O and something else: it was Alt+Shift+O before another key.
  return sequence.kind === 'unknown' && sequence.length === 2 ? { kind: 'alt', length: 2 } : sequence;
}

function readParameters(text: string, kind: 'csi' | 'ss3', parameter: RegExp): Sequence {
  const isCsi = kind === 'csi';
  for (let index = 2; index < text.length; index++) {
    const character = text.charAt(index);
    if (index >= longestSequence) return { kind: 'unknown', length: index };
    if (parameter.test(character)) continue;
    if (isCsi ? /[\x40-\x7e]/.test(character) : /[A-Za-z]/.test(character)) {
      return { kind, length: index + 1, parameters: text.slice(2, index), final: character };
    }
    // A control character or foreign text breaks the sequence off and is read on its own.
    return { kind: 'unknown', length: index };
  }
  return { kind: 'unfinished' };
}

// Only answers to questions have these forms. `ESC ]` alone is Alt+], and `]` is a key of this console.
const stringStart = /^\x1b(?:\]\d{1,4};|P[0-9;]*[>$+!]|_G)/;
const unfinishedStringStart = /^\x1b(?:\]\d{0,4}|P[0-9;]{0,16}|_)$/;

function readString(text: string): Sequence {
  const end = /\x07|\x1b\\/.exec(text.slice(2, longestString));
  if (end) return { kind: 'unknown', length: 2 + end.index + end[0].length };
  return text.length >= longestString ? { kind: 'unknown', length: longestString } : { kind: 'unfinished' };
}
