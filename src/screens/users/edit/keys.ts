import { defineCommands } from '../../commands/command.ts';
import { changing } from '../../shell/screen.ts';

export type EditCommandId = 'edit.nextUser' | 'edit.previousUser' | 'edit.generatePin';

export interface EditCommandState {
  readonly isReadOnly: boolean;
  /** A user that is not stored yet. */
  readonly isNew: boolean;
}

const scope = 'Edit user';
const isStored = ({ isNew }: EditCommandState) => !isNew || 'Save the new user first.';

export const editCommands = defineCommands<EditCommandState, EditCommandId>([
  {
    id: 'edit.nextUser',
    title: 'Next user of the list',
    keys: ['ctrl+n'],
    scope,
    hint: 'Next user',
    isEnabled: isStored,
  },
  {
    id: 'edit.previousUser',
    title: 'Previous user of the list',
    keys: ['ctrl+p'],
    scope,
    hint: 'Previous',
    isEnabled: isStored,
  },
  { id: 'edit.generatePin', title: 'Generate a PIN', keys: ['ctrl+g'], scope, isEnabled: changing },
]);
