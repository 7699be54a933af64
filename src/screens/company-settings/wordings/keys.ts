import { defineCommands } from '../../commands/command.ts';
import { changing } from '../../shell/screen.ts';
import type { WordingRow } from './rows.ts';

export type WordingsCommandId = 'wordings.edit' | 'wordings.reset';

export interface WordingsCommandState {
  readonly isReadOnly: boolean;
  readonly row: WordingRow | undefined;
}

const scope = 'Wordings';

export const wordingsCommands = defineCommands<WordingsCommandState, WordingsCommandId>([
  {
    id: 'wordings.edit',
    title: 'Edit a wording, with what is read of it',
    keys: ['enter', 'e'],
    scope,
    hint: 'Edit',
    isEnabled: ({ row }) => row !== undefined || 'There is no wording here.',
  },
  {
    id: 'wordings.reset',
    title: 'Take the built-in wording again',
    keys: ['-'],
    scope,
    hint: 'Reset',
    isEnabled(state) {
      const may = changing(state);
      if (may !== true) return may;
      return state.row?.isEdited === true || 'This wording is the built-in one.';
    },
  },
]);
