import { defineCommands } from '../../commands/command.ts';
import type { DialogAction, DialogState } from './state.ts';

export type DialogCommandId =
  | 'dialog.previous'
  | 'dialog.next'
  | 'dialog.pageUp'
  | 'dialog.pageDown'
  | 'dialog.accept'
  | 'dialog.escape';

const hasLines = ({ dialog }: DialogState) =>
  dialog.kind === 'report' || dialog.kind === 'error' || 'There is nothing to scroll.';
const hasButtons = ({ dialog }: DialogState) => dialog.kind !== 'number' || 'Enter accepts, Esc cancels.';

export const dialogCommands = defineCommands<DialogState, DialogCommandId>([
  {
    id: 'dialog.previous',
    title: 'Previous button, or one line up',
    keys: ['left', 'shift+tab', 'up'],
    isEnabled: hasButtons,
    scope: 'Dialogs',
    isHiddenInPalette: true,
  },
  {
    id: 'dialog.next',
    title: 'Next button, or one line down',
    keys: ['right', 'tab', 'down'],
    isEnabled: hasButtons,
    scope: 'Dialogs',
    hint: 'Next',
    isHiddenInPalette: true,
  },
  {
    id: 'dialog.pageUp',
    title: 'Ten lines up',
    keys: ['pageup'],
    isEnabled: hasLines,
    scope: 'Dialogs',
    isHiddenInPalette: true,
  },
  {
    id: 'dialog.pageDown',
    title: 'Ten lines down',
    keys: ['pagedown'],
    isEnabled: hasLines,
    scope: 'Dialogs',
    isHiddenInPalette: true,
  },
  {
    id: 'dialog.accept',
    title: 'Press the button',
    keys: ['enter'],
    scope: 'Dialogs',
    hint: 'Accept',
    isHiddenInPalette: true,
  },
  {
    id: 'dialog.escape',
    title: 'Leave without doing anything',
    keys: ['escape', 'q', 'ctrl+c'],
    scope: 'Dialogs',
    hint: 'Cancel',
    isHiddenInPalette: true,
  },
]);

export function dialogAction(id: DialogCommandId): DialogAction {
  switch (id) {
    case 'dialog.previous':
      return { type: 'previous' };
    case 'dialog.next':
      return { type: 'next' };
    case 'dialog.pageUp':
      return { type: 'page', by: -1 };
    case 'dialog.pageDown':
      return { type: 'page', by: 1 };
    case 'dialog.accept':
      return { type: 'accept' };
    case 'dialog.escape':
      return { type: 'escape' };
  }
}
