import { defineCommands } from '../commands/command.ts';
import { changing } from '../shell/screen.ts';

export type TextEditorCommandId = 'text.save' | 'text.undo' | 'text.redo';

export interface TextEditorCommandState {
  readonly isReadOnly: boolean;
  readonly hasChanges: boolean;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
}

const scope = 'Edit a text';

export const textEditorCommands = defineCommands<TextEditorCommandState, TextEditorCommandId>([
  {
    id: 'text.save',
    title: 'Take the text over',
    keys: ['ctrl+s'],
    scope,
    hint: 'Take over',
    isEnabled(state) {
      const may = changing(state);
      if (may !== true) return may;
      return state.hasChanges || 'Nothing was changed.';
    },
  },
  {
    id: 'text.undo',
    title: 'Undo',
    keys: ['ctrl+z'],
    scope,
    hint: 'Undo',
    isEnabled: ({ canUndo }) => canUndo || 'There is nothing to undo.',
  },
  {
    id: 'text.redo',
    title: 'Redo',
    keys: ['ctrl+y'],
    scope,
    isEnabled: ({ canRedo }) => canRedo || 'There is nothing to redo.',
  },
]);
