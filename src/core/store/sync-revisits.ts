import type { Store } from './store.ts';
import type { UserRow } from './tables.ts';

/** Whom the next synchronization is to look at, whether or not the directory tells of a change. */
export interface Revisits {
  readonly directoryIds: readonly string[];
  /** Those that were noted up to here are in the list; see {@link clearRevisits}. */
  readonly last: number;
}

/**
 * Notes a user whom an administrator has changed or removed, when an item keeps them in step; to be called in the
 * transaction that does it.
 */
export function noteRevisit(store: Store, user: Pick<UserRow, 'directory_id' | 'sync_item_id'>): void {
  if (user.directory_id === null || user.sync_item_id === null) return;
  store.prepare('INSERT OR REPLACE INTO sync_revisits (directory_id) VALUES (?)').run(user.directory_id);
}

export function readRevisits(store: Store): Revisits {
  const rows = store
    .prepare<{ id: number; directory_id: string }>('SELECT id, directory_id FROM sync_revisits ORDER BY id')
    .all();
  return { directoryIds: rows.map((row) => row.directory_id), last: rows.at(-1)?.id ?? 0 };
}

/** Strikes those off who were looked at, but not who was noted since. */
export function clearRevisits(store: Store, { last }: Revisits): void {
  store.prepare('DELETE FROM sync_revisits WHERE id <= ?').run(last);
}

export function forgetRevisit(store: Store, directoryId: string | null): void {
  store.prepare('DELETE FROM sync_revisits WHERE directory_id = ?').run(directoryId);
}

/** Notes those with whom a run did not get along: another user may stand in their way no longer. */
export function noteUnsettled(store: Store, runId: number): void {
  store
    .prepare(
      `INSERT OR REPLACE INTO sync_revisits (directory_id)
       SELECT DISTINCT directory_id FROM run_changes
       WHERE run_id = ? AND change IN ('conflict', 'failed') AND directory_id IS NOT NULL`,
    )
    .run(runId);
}
