import { defineCommands } from '../commands/command.ts';
import { changing } from '../shell/screen.ts';
import type { StatusState } from './state.ts';

export type StatusCommandId =
  | 'status.up'
  | 'status.down'
  | 'status.pageUp'
  | 'status.pageDown'
  | 'status.first'
  | 'status.last'
  | 'status.open'
  | 'status.backUp';

const scope = 'Status';
const isHiddenInPalette = true;

export interface StatusCommandState extends StatusState {
  readonly isReadOnly: boolean;
}

export const statusCommands = defineCommands<StatusCommandState, StatusCommandId>([
  {
    id: 'status.open',
    title: 'Go where this is looked after',
    keys: ['enter'],
    scope,
    hint: 'Go there',
    isHiddenInPalette,
    isEnabled: (state) => {
      const item = state.items[state.cursor];
      if (item?.target === 'backup') return changing(state);
      if (item?.target || item?.command !== undefined) return true;
      return 'There is nothing to open here.';
    },
  },
  { id: 'status.backUp', title: 'Back up', keys: ['b'], scope, hint: 'Back up', isEnabled: changing },
  { id: 'status.up', title: 'One line up', keys: ['up', 'k'], scope, isHiddenInPalette },
  { id: 'status.down', title: 'One line down', keys: ['down', 'j'], scope, isHiddenInPalette },
  { id: 'status.pageUp', title: 'One page up', keys: ['pageup'], scope, isHiddenInPalette },
  { id: 'status.pageDown', title: 'One page down', keys: ['pagedown'], scope, isHiddenInPalette },
  { id: 'status.first', title: 'To the first line', keys: ['home', 'g'], scope, isHiddenInPalette },
  { id: 'status.last', title: 'To the last line', keys: ['end', 'G'], scope, isHiddenInPalette },
]);
