import { defineCommands } from '../../../commands/command.ts';

export type ItemCommandId = 'syncItem.try' | 'syncItem.place';

export interface ItemCommandState {
  readonly isReadOnly: boolean;
}

const scope = 'Synchronization item';

/** Letters work where no text is typed; the keys with Ctrl work everywhere. */
export const itemCommands = defineCommands<ItemCommandState, ItemCommandId>([
  {
    id: 'syncItem.try',
    title: 'Try it: whom it finds now',
    keys: ['f', 'ctrl+f'],
    scope,
    hint: 'Try',
  },
  {
    id: 'syncItem.place',
    title: 'Choose another container, group or search',
    keys: ['o', 'ctrl+o'],
    scope,
    hint: 'Place',
    isEnabled: ({ isReadOnly }) => !isReadOnly || 'This console was started with --read-only.',
  },
]);
