import type { Sequence } from './escape-sequence.ts';
import { type InputEvent, namedKey, typedKey } from './input-event.ts';
import {
  controlChord,
  namesByConsoleLetter,
  namesByFinal,
  namesByKeypadFinal,
  namesByNumber,
  namesByVirtualKey,
  withModifiers,
} from './key-names.ts';

/** The keys that a complete sequence stands for; none for reports and for what nobody knows. */
export function keysOfSequence(sequence: Sequence): readonly InputEvent[] {
  switch (sequence.kind) {
    case 'csi':
      return keysOfCsi(sequence.parameters, sequence.final);
    case 'ss3':
      return keysOfSs3(sequence.parameters, sequence.final);
    case 'console':
      return named(namesByConsoleLetter.get(sequence.final));
    default:
      return [];
  }
}

function keysOfCsi(parameters: string, final: string): readonly InputEvent[] {
  if (!/^[0-9;:]*$/.test(parameters)) return [];
  const numbers = parameters.split(';').map((part) => Number.parseInt(part, 10) || 0);
  const [first = 0, second = 0, third = 0] = numbers;
  if (final === '~') {
    // xterm's modifyOtherKeys: 27 ; modifiers ; character.
    if (first === 27 && third > 0) return keyOfCode(third, second);
    return named(namesByNumber.get(first), second);
  }
  if (final === 'u') return keyOfCode(first, second);
  if (final === '_') return keysOfWindowsRecord(numbers);
  // Keys repeat 1 before their modifiers; larger numbers are reports, such as the cursor's place.
  return first > 1 ? [] : named(namesByFinal.get(final), second);
}

function keysOfSs3(parameters: string, final: string): readonly InputEvent[] {
  const keypad = namesByKeypadFinal.get(final);
  if (keypad !== undefined) return [keypad.length === 1 ? typedKey(keypad) : namedKey(keypad)];
  // Old xterms put the modifier alone between: ESC O 5 A.
  const modifiers = Number.parseInt(parameters.split(';').at(-1) ?? '', 10) || 0;
  return named(namesByFinal.get(final), modifiers);
}

function named(name: string | undefined, modifiers = 0): readonly InputEvent[] {
  return name === undefined ? [] : [namedKey(withModifiers(name, modifiers))];
}

/** A key by its character code and xterm's modifier parameter. */
function keyOfCode(code: number, modifiers: number): readonly InputEvent[] {
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return [];
  const bits = Math.max(0, modifiers - 1);
  const control = code < 0x20 || code === 0x7f ? controlChord(code) : null;
  if (control !== null) return [namedKey(withModifiers(control, modifiers))];
  const character = String.fromCodePoint(code);
  if ((bits & 6) === 0) return [typedKey(bits & 1 ? character.toUpperCase() : character)];
  const name = character === ' ' ? 'space' : character.toLowerCase();
  return [namedKey(withModifiers(name, modifiers))];
}

/** The record that Windows sends in win32-input-mode: Vk; Sc; Uc; Kd; Cs; Rc. Key releases are nothing. */
function keysOfWindowsRecord(numbers: readonly number[]): readonly InputEvent[] {
  const [virtualKey = 0, , character = 0, isDown = 0, state = 0, repeat = 1] = numbers;
  if (isDown !== 1) return [];
  const count = Math.min(Math.max(1, repeat), 100);
  const hasShift = (state & 0x10) !== 0;
  const hasCtrl = (state & 0x0c) !== 0;
  const hasAlt = (state & 0x03) !== 0;
  // AltGr is Ctrl with Alt and types characters.
  const typesText = character >= 0x20 && character !== 0x7f && hasCtrl === hasAlt;
  const parameter = 1 + (hasShift ? 1 : 0) + (hasAlt ? 2 : 0) + (hasCtrl ? 4 : 0);
  const name = namesByVirtualKey.get(virtualKey);
  let keys: readonly InputEvent[] = [];
  if (name !== undefined) keys = named(name, parameter);
  else if (typesText) keys = [typedKey(String.fromCharCode(character))];
  else if (character > 0 && character < 0x20) keys = named(controlChord(character) ?? undefined);
  else if (character > 0) keys = keyOfCode(character, parameter);
  return Array.from({ length: count }, () => keys).flat();
}
