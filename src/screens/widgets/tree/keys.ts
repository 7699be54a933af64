import { type Command, defineCommands } from '../../commands/command.ts';
import type { TreeState } from './state.ts';

export type TreeCommandId =
  | 'tree.up'
  | 'tree.down'
  | 'tree.pageUp'
  | 'tree.pageDown'
  | 'tree.first'
  | 'tree.last'
  | 'tree.expand'
  | 'tree.collapse'
  | 'tree.mark'
  | 'tree.refresh';

function moving(id: TreeCommandId, title: string, keys: string[]): Command<TreeState, TreeCommandId> {
  return { id, title, keys, scope: 'Trees', isHiddenInPalette: true };
}

export const treeCommands = defineCommands<TreeState, TreeCommandId>([
  moving('tree.up', 'One line up', ['up', 'k']),
  moving('tree.down', 'One line down', ['down', 'j']),
  moving('tree.pageUp', 'One page up', ['pageup']),
  moving('tree.pageDown', 'One page down', ['pagedown']),
  moving('tree.first', 'To the first line', ['home', 'g']),
  moving('tree.last', 'To the last line', ['end', 'G']),
  { ...moving('tree.expand', 'Open, or go into it', ['right', 'l']), hint: 'Open' },
  moving('tree.collapse', 'Close, or go to the one above', ['left', 'h']),
  {
    ...moving('tree.mark', 'Mark with all below', ['space']),
    hint: 'Mark',
    isEnabled: ({ cursor, nodes }) =>
      cursor === null ? 'The tree is empty.' : (nodes.get(cursor)?.lockedBecause ?? true),
  },
  { id: 'tree.refresh', title: 'Read this level again', keys: ['r'], scope: 'Trees' },
]);
