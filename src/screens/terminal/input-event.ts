/**
 * One key. `chord` names it as bindings do: the character itself (`a`, `S`, `?`), `space`, or a name with
 * its modifiers in the order ctrl, alt, shift (`enter`, `ctrl+s`, `shift+tab`, `pageup`).
 */
export interface KeyPress {
  readonly type: 'key';
  readonly chord: string;
  /** What the key types into a text field; empty for keys that type nothing. */
  readonly text: string;
}

/** A bracketed paste as a whole. Lines end with `\n`; other control characters are as they came. */
export interface Paste {
  readonly type: 'paste';
  readonly text: string;
}

export type InputEvent = KeyPress | Paste;

/** A key that types nothing. */
export function namedKey(chord: string): KeyPress {
  return { type: 'key', chord, text: '' };
}

/** A key that types one character. */
export function typedKey(text: string): KeyPress {
  return { type: 'key', chord: text === ' ' ? 'space' : text, text };
}

/**
 * Alt with a key is sent as ESC and the key, and so are Esc and the key when a slow link joins them. Where
 * nothing is bound to the first, it is read as the second; null for keys that cannot be meant so.
 */
export function escapeAndKey(event: InputEvent): readonly [KeyPress, KeyPress] | null {
  if (event.type !== 'key') return null;
  const [, ctrl = '', name] = /^(ctrl\+)?alt\+(.|enter|tab|backspace|space)$/u.exec(event.chord) ?? [];
  if (name === undefined) return null;
  if (ctrl !== '' || /^(enter|tab|backspace)$/.test(name)) return [namedKey('escape'), namedKey(ctrl + name)];
  return [namedKey('escape'), typedKey(name === 'space' ? ' ' : name)];
}
