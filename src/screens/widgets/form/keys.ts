import { defineCommands } from '../../commands/command.ts';
import { changedFields, type FormState, focusedField } from './state.ts';

export type FormCommandId =
  | 'form.next'
  | 'form.previous'
  | 'form.nextChoice'
  | 'form.previousChoice'
  | 'form.toggle'
  | 'form.save'
  | 'form.undo'
  | 'form.redo'
  | 'form.reveal'
  | 'form.leave'
  | 'form.first'
  | 'form.last'
  | 'form.edit';

const scope = 'Forms';
const isHiddenInPalette = true;

const hasChanges = (state: FormState) => changedFields(state).length > 0 || 'Nothing was changed.';

/** Enter goes to the next field and never saves, so that no pasted or held key can. */
export const formCommands = defineCommands<FormState, FormCommandId>([
  { id: 'form.save', title: 'Save', keys: ['ctrl+s'], scope, hint: 'Save', isEnabled: hasChanges },
  {
    id: 'form.next',
    title: 'Next field',
    keys: ['tab', 'down', 'enter', 'j'],
    scope,
    hint: 'Next',
    isHiddenInPalette,
  },
  { id: 'form.previous', title: 'Previous field', keys: ['shift+tab', 'up', 'k'], scope, isHiddenInPalette },
  { id: 'form.first', title: 'To the first field', keys: ['home', 'g'], scope, isHiddenInPalette },
  { id: 'form.last', title: 'To the last field', keys: ['end', 'G'], scope, isHiddenInPalette },
  {
    id: 'form.undo',
    title: 'Undo',
    keys: ['ctrl+z'],
    scope,
    hint: 'Undo',
    isEnabled: ({ undo }) => undo.length > 0 || 'There is nothing to undo.',
  },
  {
    id: 'form.redo',
    title: 'Redo',
    keys: ['ctrl+y'],
    scope,
    isEnabled: ({ redo }) => redo.length > 0 || 'There is nothing to redo.',
  },
  {
    id: 'form.reveal',
    title: 'Show the password while held',
    keys: ['ctrl+r'],
    scope,
    isHiddenInPalette,
    isEnabled: (state) => focusedField(state)?.kind === 'password' || 'This is not a password field.',
  },
]);

/** While a field is edited. */
export const leaveCommands = defineCommands<FormState, FormCommandId>([
  {
    id: 'form.leave',
    title: 'Leave the field, so that letters are commands',
    keys: ['escape'],
    scope,
    hint: 'Leave',
    isHiddenInPalette,
  },
]);

/** Where no field is edited, and for a text that has a screen of its own. */
export const editCommands = defineCommands<FormState, FormCommandId>([
  { id: 'form.edit', title: 'Edit the field', keys: ['enter'], scope, hint: 'Edit', isHiddenInPalette },
]);

/** While a choice is edited; these keys mean something else everywhere else. */
export const choiceCommands = defineCommands<FormState, FormCommandId>([
  {
    id: 'form.nextChoice',
    title: 'Next choice',
    keys: ['right', 'l', 'space'],
    scope,
    hint: 'Choose',
    isHiddenInPalette,
  },
  { id: 'form.previousChoice', title: 'Previous choice', keys: ['left', 'h'], scope, isHiddenInPalette },
]);

/** While a yes or no is edited. */
export const toggleCommands = defineCommands<FormState, FormCommandId>([
  { id: 'form.toggle', title: 'Change yes or no', keys: ['space'], scope, hint: 'Change', isHiddenInPalette },
]);
