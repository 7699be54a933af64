import { type Command, defineCommands } from '../../commands/command.ts';
import type { TableAction, TableState } from './state.ts';

export type TableCommandId =
  | 'table.up'
  | 'table.down'
  | 'table.pageUp'
  | 'table.pageDown'
  | 'table.first'
  | 'table.last'
  | 'table.mark'
  | 'table.markAll'
  | 'table.invertMarks'
  | 'table.markRange'
  | 'table.unmarkAll'
  | 'table.filter'
  | 'table.nextSort'
  | 'table.reverseSort';

type AnyTable = TableState<unknown>;

const hasRows = ({ total }: AnyTable) => total !== 0 || 'The list is empty.';
const hasMarks = ({ marks }: AnyTable) => marks.size > 0 || 'Nothing is marked.';
const isSorted = ({ query }: AnyTable) => query.sort !== null || 'This list has an order of its own.';

function moving(id: TableCommandId, title: string, keys: string[]): Command<AnyTable, TableCommandId> {
  return { id, title, keys, scope: 'Lists', isHiddenInPalette: true };
}

/** What every list answers to. A screen may take one of the keys for a command of its own. */
export const tableCommands = defineCommands<AnyTable, TableCommandId>([
  moving('table.up', 'One line up', ['up', 'k']),
  moving('table.down', 'One line down', ['down', 'j']),
  moving('table.pageUp', 'One page up', ['pageup']),
  moving('table.pageDown', 'One page down', ['pagedown']),
  moving('table.first', 'To the first line', ['home', 'g']),
  moving('table.last', 'To the last line', ['end', 'G']),
  {
    id: 'table.mark',
    title: 'Mark this line',
    keys: ['space'],
    scope: 'Lists',
    hint: 'Mark',
    isHiddenInPalette: true,
    isEnabled: hasRows,
  },
  {
    id: 'table.markAll',
    title: 'Mark all that match',
    keys: ['a', 'ctrl+a'],
    scope: 'Lists',
    isEnabled: hasRows,
  },
  { id: 'table.invertMarks', title: 'Invert the marks', keys: ['*'], scope: 'Lists', isEnabled: hasRows },
  {
    id: 'table.markRange',
    title: 'Begin a range, or mark up to here',
    keys: ['v'],
    scope: 'Lists',
    isHiddenInPalette: true,
    isEnabled: hasRows,
  },
  { id: 'table.unmarkAll', title: 'Remove all marks', keys: ['u'], scope: 'Lists', isEnabled: hasMarks },
  { id: 'table.filter', title: 'Filter the list', keys: ['/'], scope: 'Lists', hint: 'Filter' },
  {
    id: 'table.nextSort',
    title: 'Sort by the next column',
    keys: ['s'],
    scope: 'Lists',
    hint: 'Sort',
    isEnabled: isSorted,
  },
  { id: 'table.reverseSort', title: 'Reverse the order', keys: ['S'], scope: 'Lists', isEnabled: isSorted },
]);

const markCommands: ReadonlySet<TableCommandId> = new Set([
  'table.mark',
  'table.markAll',
  'table.invertMarks',
  'table.markRange',
  'table.unmarkAll',
]);

/** For lists in which nothing can be done to several rows. */
export const withoutMarks = tableCommands.filter(({ id }) => !markCommands.has(id));

/** The commands that only move; null for those that need the rows' source. */
export function tableMove(id: TableCommandId): TableAction<never> | null {
  switch (id) {
    case 'table.up':
      return { type: 'move', by: -1 };
    case 'table.down':
      return { type: 'move', by: 1 };
    case 'table.pageUp':
      return { type: 'page', by: -1 };
    case 'table.pageDown':
      return { type: 'page', by: 1 };
    case 'table.first':
      return { type: 'go', to: 0 };
    case 'table.last':
      return { type: 'go', to: Number.MAX_SAFE_INTEGER };
    case 'table.unmarkAll':
      return { type: 'unmark-all' };
    default:
      return null;
  }
}
