import { defineCommands } from '../../commands/command.ts';
import { changing } from '../../shell/screen.ts';
import type { ItemRow } from './items.ts';

export type SyncCommandId =
  | 'sync.open'
  | 'sync.add'
  | 'sync.edit'
  | 'sync.remove'
  | 'sync.moveUp'
  | 'sync.moveDown'
  | 'sync.toggle'
  | 'sync.users'
  | 'sync.simulate'
  | 'sync.now'
  | 'sync.runs'
  | 'sync.explain'
  | 'sync.settings';

/** What decides which actions are possible. */
export interface SyncCommandState {
  readonly isReadOnly: boolean;
  /** The item under the cursor. */
  readonly current: ItemRow | undefined;
  /** How many items there are, and how many of them are switched on. */
  readonly items: number;
  readonly enabled: number;
  /** Not all items are listed. */
  readonly isFiltered: boolean;
  /** A run waits for approval. */
  readonly isAwaiting: boolean;
}

const scope = 'Synchronization';
const hasItem = ({ current }: SyncCommandState) =>
  current !== undefined || 'There is no item yet. a adds one.';
const hasEnabled = ({ enabled }: SyncCommandState) => enabled > 0 || 'No item is switched on.';

type Check = (state: SyncCommandState) => true | string;

function changingItem(check: Check): Check {
  return (state) => {
    const may = changing(state);
    return may === true ? check(state) : may;
  };
}

/** Past items that are not seen nothing is moved: the first that matches a user wins. */
function movingItem(check: (row: ItemRow, state: SyncCommandState) => true | string): Check {
  return changingItem((state) => {
    if (state.current === undefined) return hasItem(state);
    return state.isFiltered ? 'The filter hides items. Esc clears it.' : check(state.current, state);
  });
}

export const syncCommands = defineCommands<SyncCommandState, SyncCommandId>([
  { id: 'sync.add', title: 'Add an item', keys: ['a'], scope, hint: 'Add', isEnabled: changing },
  { id: 'sync.edit', title: 'Edit the item', keys: ['e'], scope, hint: 'Edit', isEnabled: hasItem },
  {
    id: 'sync.remove',
    title: 'Remove the item; its users stay',
    keys: ['-', 'delete'],
    scope,
    hint: 'Remove',
    isEnabled: changingItem(hasItem),
  },
  {
    id: 'sync.moveUp',
    title: 'Move the item up: it wins over those below',
    keys: ['K'],
    scope,
    isEnabled: movingItem(({ place }) => place > 1 || 'This is the first item.'),
  },
  {
    id: 'sync.moveDown',
    title: 'Move the item down',
    keys: ['J'],
    scope,
    isEnabled: movingItem(({ place }, { items }) => place < items || 'This is the last item.'),
  },
  {
    id: 'sync.toggle',
    title: 'Switch the item on or off',
    keys: ['space'],
    scope,
    isEnabled: changingItem(hasItem),
  },
  {
    id: 'sync.users',
    title: 'The users who belong to the item',
    keys: ['u'],
    scope,
    isEnabled: (state) => {
      if (state.current === undefined) return hasItem(state);
      return state.current.users > 0 || 'The item has no users yet.';
    },
  },
  {
    id: 'sync.simulate',
    title: 'Simulate: everything but writing',
    keys: ['w'],
    scope,
    hint: 'Simulate',
    isEnabled: hasEnabled,
  },
  {
    id: 'sync.now',
    title: 'Synchronize now',
    keys: ['n'],
    scope,
    hint: 'Now',
    isEnabled: changingItem(hasEnabled),
  },
  { id: 'sync.runs', title: 'The runs with their changes', keys: ['h'], scope, hint: 'Runs' },
  { id: 'sync.explain', title: 'Explain the settings of a user', keys: ['x'], scope, hint: 'Explain' },
  { id: 'sync.settings', title: 'When it runs, and what it holds', keys: ['s'], scope, hint: 'Settings' },
  {
    id: 'sync.open',
    title: 'Look at what waits for approval; else edit the item',
    keys: ['enter'],
    scope,
    isEnabled: (state) => state.isAwaiting || hasItem(state),
  },
]);
