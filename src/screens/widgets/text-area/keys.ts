import { type Command, defineCommands } from '../../commands/command.ts';
import type { InputEvent } from '../../terminal/input-event.ts';
import { isTextKey, textInputAction } from '../text-input/keys.ts';
import type { TextAreaAction } from './state.ts';

const actions = {
  'area.up': { type: 'rows', by: -1 },
  'area.down': { type: 'rows', by: 1 },
  'area.pageUp': { type: 'page', by: -1 },
  'area.pageDown': { type: 'page', by: 1 },
  'area.newLine': { type: 'insert', text: '\n' },
} as const satisfies Record<string, TextAreaAction>;

type TextAreaCommandId = keyof typeof actions;

function editing(id: TextAreaCommandId, title: string, keys: string[]): Command<unknown, TextAreaCommandId> {
  return { id, title, keys, scope: 'Texts of several lines', isHiddenInPalette: true };
}

/** What a text of several lines takes beside the keys of a text field. */
export const textAreaCommands = defineCommands<unknown, TextAreaCommandId>([
  editing('area.up', 'One row up', ['up']),
  editing('area.down', 'One row down', ['down']),
  editing('area.pageUp', 'One page up', ['pageup']),
  editing('area.pageDown', 'One page down', ['pagedown']),
  editing('area.newLine', 'Begin a line', ['enter']),
]);

/** Whether a text takes a key. */
export function isTextAreaKey(chord: string, isOneLine: boolean): boolean {
  return isTextKey(chord) || (!isOneLine && textAreaCommands.some(({ keys }) => keys.includes(chord)));
}

/** What an event does in a text; null when it is not for one. */
export function textAreaAction(event: InputEvent, isOneLine: boolean): TextAreaAction | null {
  if (event.type === 'key' && !isOneLine) {
    const command = textAreaCommands.find(({ keys }) => keys.includes(event.chord));
    if (command !== undefined) return actions[command.id];
  }
  return textInputAction(event);
}
