import type { Store } from '../store/store.ts';

/**
 * How many users a run added to each item, by the id of the item to which they belong now. Reads every line of an
 * added user, which takes a moment for many thousands.
 */
export function addedByItem(store: Store, runId: number): ReadonlyMap<number, number> {
  const rows = store
    .prepare<{ item: number; count: number }>(
      `SELECT sync_item_id AS item, count(*) AS count
       FROM run_changes
       JOIN audit_events ON sequence = audit_sequence
       JOIN users ON users.directory_id = details ->> '$.directoryId'
       WHERE run_id = ? AND change = 'added' AND sync_item_id IS NOT NULL
       GROUP BY sync_item_id`,
    )
    .all(runId);
  return new Map(rows.map(({ item, count }) => [item, count]));
}
