import { defineCommands } from '../../commands/command.ts';
import type { DialogAction, DialogState } from './state.ts';

export type DialogCommandId =
  | 'dialog.previous'
  | 'dialog.next'
  | 'dialog.accept'
  | 'dialog.escape'
  | 'dialog.details'
  | 'dialog.close';

const scope = 'Dialogs';
const isHiddenInPalette = true;

const hasButtons = ({ dialog }: DialogState) =>
  dialog.kind !== 'number' || 'Type the number. Enter accepts, Esc cancels.';

/** Where something is asked. */
export const dialogCommands = defineCommands<DialogState, DialogCommandId>([
  {
    id: 'dialog.previous',
    title: 'Previous button',
    keys: ['left', 'shift+tab', 'up'],
    isEnabled: hasButtons,
    scope,
    isHiddenInPalette,
  },
  {
    id: 'dialog.next',
    title: 'Next button',
    keys: ['right', 'tab', 'down'],
    isEnabled: hasButtons,
    scope,
    hint: 'Next',
    isHiddenInPalette,
  },
  {
    id: 'dialog.accept',
    title: 'Press the button',
    keys: ['enter'],
    scope,
    hint: 'Accept',
    isHiddenInPalette,
  },
  {
    id: 'dialog.escape',
    title: 'Leave without doing anything',
    keys: ['escape', 'q', 'ctrl+c'],
    scope,
    hint: 'Cancel',
    isHiddenInPalette,
  },
]);

/** Where details stand behind Enter. */
export const detailsCommands = defineCommands<DialogState, DialogCommandId>([
  {
    id: 'dialog.details',
    title: 'Show the details',
    keys: ['enter'],
    scope,
    hint: 'Details',
    isHiddenInPalette,
  },
]);

/** The way out of what is read. */
export const closeCommands = defineCommands<DialogState, DialogCommandId>([
  {
    id: 'dialog.close',
    title: 'Close',
    keys: ['escape', 'q', 'ctrl+c', 'enter'],
    scope,
    hint: 'Close',
    isHiddenInPalette,
  },
]);

const actions: Record<DialogCommandId, DialogAction> = {
  'dialog.previous': { type: 'previous' },
  'dialog.next': { type: 'next' },
  'dialog.accept': { type: 'accept' },
  'dialog.details': { type: 'accept' },
  'dialog.escape': { type: 'escape' },
  'dialog.close': { type: 'escape' },
};

export function dialogAction(id: DialogCommandId): DialogAction {
  return actions[id];
}
