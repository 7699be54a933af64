import { type Command, defineCommands } from '../../commands/command.ts';

export type FormDialogCommandId =
  | 'formDialog.next'
  | 'formDialog.previous'
  | 'formDialog.accept'
  | 'formDialog.submit'
  | 'formDialog.left'
  | 'formDialog.right'
  | 'formDialog.reveal'
  | 'formDialog.cancel';

function command(
  id: FormDialogCommandId,
  title: string,
  keys: string[],
  hint?: string,
): Command<unknown, FormDialogCommandId> {
  const base = { id, title, keys, scope: 'Dialogs with fields', isHiddenInPalette: true };
  return hint === undefined ? base : { ...base, hint };
}

/** Enter goes from field to field and presses a button only on a button, so that no held key submits. */
export const formDialogCommands = defineCommands<unknown, FormDialogCommandId>([
  command('formDialog.next', 'Next field or button', ['tab', 'down'], 'Next'),
  command('formDialog.previous', 'Previous field or button', ['shift+tab', 'up']),
  command('formDialog.accept', 'Next field, or press the button', ['enter']),
  command('formDialog.submit', 'Do it', ['ctrl+s'], 'Do it'),
  command('formDialog.left', 'Button at the left', ['left']),
  command('formDialog.right', 'Button at the right', ['right']),
  command('formDialog.reveal', 'Show the password while held', ['ctrl+r']),
  command('formDialog.cancel', 'Leave without doing anything', ['escape', 'ctrl+c'], 'Cancel'),
]);
