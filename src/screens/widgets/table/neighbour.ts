import type { Table } from './table.ts';

/**
 * Moves the cursor of a list by one row, for a screen that shows one of its rows.
 * @returns the row there; undefined at the end of the list
 */
export async function goToNeighbour<Row>(table: Table<Row>, by: 1 | -1): Promise<Row | undefined> {
  const { cursor } = table.state();
  table.dispatch({ type: 'move', by });
  await table.settled();
  return table.state().cursor === cursor ? undefined : table.current();
}
