/** Final letters of `ESC [ ... X` and `ESC O X`. P to S are F1 to F4 in both forms. */
export const namesByFinal: ReadonlyMap<string, string> = new Map([
  ['A', 'up'],
  ['B', 'down'],
  ['C', 'right'],
  ['D', 'left'],
  ['E', 'clear'],
  ['F', 'end'],
  ['H', 'home'],
  ['P', 'f1'],
  ['Q', 'f2'],
  ['R', 'f3'],
  ['S', 'f4'],
  ['Z', 'shift+tab'],
]);

/** Final letters that only `ESC O X` has: the keypad in application mode. */
export const namesByKeypadFinal: ReadonlyMap<string, string> = new Map([
  ['M', 'enter'],
  ['I', 'tab'],
  ['X', '='],
  ['j', '*'],
  ['k', '+'],
  ['l', ','],
  ['m', '-'],
  ['n', '.'],
  ['o', '/'],
  ...Array.from({ length: 10 }, (_, digit): [string, string] => ['pqrstuvwxy'.charAt(digit), String(digit)]),
]);

/** Numbers of `ESC [ N ~`: xterm and VT220, rxvt's 7 and 8, and what Node made of Windows keys before 22. */
export const namesByNumber: ReadonlyMap<number, string> = new Map([
  [1, 'home'],
  [2, 'insert'],
  [3, 'delete'],
  [4, 'end'],
  [5, 'pageup'],
  [6, 'pagedown'],
  [7, 'home'],
  [8, 'end'],
  [11, 'f1'],
  [12, 'f2'],
  [13, 'f3'],
  [14, 'f4'],
  [15, 'f5'],
  [17, 'f6'],
  [18, 'f7'],
  [19, 'f8'],
  [20, 'f9'],
  [21, 'f10'],
  [23, 'f11'],
  [24, 'f12'],
]);

/** `ESC [ [ X`: F1 to F5 of the Linux console and of Cygwin. */
export const namesByConsoleLetter: ReadonlyMap<string, string> = new Map([
  ['A', 'f1'],
  ['B', 'f2'],
  ['C', 'f3'],
  ['D', 'f4'],
  ['E', 'f5'],
]);

/** Windows virtual key codes of keys that type nothing, for `ESC [ Vk;Sc;Uc;Kd;Cs;Rc _`. */
export const namesByVirtualKey: ReadonlyMap<number, string> = new Map([
  [8, 'backspace'],
  [9, 'tab'],
  [13, 'enter'],
  [27, 'escape'],
  [33, 'pageup'],
  [34, 'pagedown'],
  [35, 'end'],
  [36, 'home'],
  [37, 'left'],
  [38, 'up'],
  [39, 'right'],
  [40, 'down'],
  [45, 'insert'],
  [46, 'delete'],
]);

/** The chord of a control character, or null when it means no key. */
export function controlChord(code: number): string | null {
  if (code === 0x00) return 'ctrl+space';
  // Backspace is 0x7f in most terminals and 0x08 in some Windows hosts and multiplexers.
  if (code === 0x08 || code === 0x7f) return 'backspace';
  if (code === 0x09) return 'tab';
  if (code === 0x0a || code === 0x0d) return 'enter';
  if (code === 0x1b) return 'escape';
  if (code <= 0x1a) return `ctrl+${String.fromCharCode(code + 0x60)}`;
  if (code <= 0x1f) return `ctrl+${String.fromCharCode(code + 0x40)}`;
  return null;
}

/** Adds xterm's modifier parameter (1 + shift 1, alt 2, ctrl 4) to a name. */
export function withModifiers(name: string, parameter: number): string {
  const bits = Math.max(0, parameter - 1);
  const hasShift = (bits & 1) !== 0 || name.startsWith('shift+');
  const bare = name.replace('shift+', '');
  return `${bits & 4 ? 'ctrl+' : ''}${bits & 2 ? 'alt+' : ''}${hasShift ? 'shift+' : ''}${bare}`;
}

const labels: ReadonlyMap<string, string> = new Map([
  ['up', 'Up'],
  ['down', 'Down'],
  ['left', 'Left'],
  ['right', 'Right'],
  ['home', 'Home'],
  ['end', 'End'],
  ['pageup', 'PgUp'],
  ['pagedown', 'PgDn'],
  ['enter', 'Enter'],
  ['escape', 'Esc'],
  ['tab', 'Tab'],
  ['space', 'Space'],
  ['backspace', 'Backspace'],
  ['delete', 'Del'],
  ['insert', 'Ins'],
  ['ctrl', 'Ctrl'],
  ['alt', 'Alt'],
  ['shift', 'Shift'],
]);

/** A chord as people read it: `ctrl+s` is `Ctrl+S`, `pageup` is `PgUp`, `a` stays `a`. */
export function keyLabel(chord: string): string {
  if (chord.length === 1) return chord;
  const parts = chord.endsWith('++') ? [...chord.slice(0, -2).split('+'), '+'] : chord.split('+');
  return parts.map((part) => labels.get(part) ?? part.toUpperCase()).join('+');
}
