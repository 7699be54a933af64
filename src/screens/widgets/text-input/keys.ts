import type { Command } from '../../commands/command.ts';
import { defineCommands } from '../../commands/command.ts';
import type { InputEvent } from '../../terminal/input-event.ts';
import type { TextInputAction } from './state.ts';

const actions = {
  'text.left': { type: 'move', to: 'left' },
  'text.right': { type: 'move', to: 'right' },
  'text.wordLeft': { type: 'move', to: 'wordLeft' },
  'text.wordRight': { type: 'move', to: 'wordRight' },
  'text.start': { type: 'move', to: 'start' },
  'text.end': { type: 'move', to: 'end' },
  'text.deleteBefore': { type: 'delete', what: 'before' },
  'text.deleteAfter': { type: 'delete', what: 'after' },
  'text.deleteWord': { type: 'delete', what: 'wordBefore' },
  'text.deleteToStart': { type: 'delete', what: 'toStart' },
  'text.deleteToEnd': { type: 'delete', what: 'toEnd' },
} as const satisfies Record<string, TextInputAction>;

type TextInputCommandId = keyof typeof actions;

function editing(
  id: TextInputCommandId,
  title: string,
  keys: string[],
): Command<unknown, TextInputCommandId> {
  return { id, title, keys, scope: 'Text fields', isHiddenInPalette: true };
}

/** The editing keys of a shell's command line; everything else that has a character types it. */
export const textInputCommands = defineCommands<unknown, TextInputCommandId>([
  editing('text.left', 'One character left', ['left']),
  editing('text.right', 'One character right', ['right']),
  editing('text.wordLeft', 'One word left', ['ctrl+left', 'alt+b']),
  editing('text.wordRight', 'One word right', ['ctrl+right', 'alt+f']),
  editing('text.start', 'To the start', ['home', 'ctrl+a']),
  editing('text.end', 'To the end', ['end', 'ctrl+e']),
  editing('text.deleteBefore', 'Delete the character before', ['backspace']),
  editing('text.deleteAfter', 'Delete the character after', ['delete']),
  editing('text.deleteWord', 'Delete the word before', ['ctrl+w', 'alt+backspace']),
  editing('text.deleteToStart', 'Delete to the start', ['ctrl+u']),
  editing('text.deleteToEnd', 'Delete to the end', ['ctrl+k']),
]);

/** Whether a text field takes a key. */
export function isTextKey(chord: string): boolean {
  const isCharacter = chord === 'space' || Array.from(chord).length === 1;
  return isCharacter || textInputCommands.some(({ keys }) => keys.includes(chord));
}

/** What an event does in a text field; null when it is not for a text field. */
export function textInputAction(event: InputEvent): TextInputAction | null {
  if (event.type === 'paste' || event.text !== '') return { type: 'insert', text: event.text };
  const command = textInputCommands.find(({ keys }) => keys.includes(event.chord));
  return command === undefined ? null : actions[command.id];
}
