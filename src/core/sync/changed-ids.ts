import type { ChangedEntries } from '../directory/directory.ts';
import type { Store } from '../store/store.ts';
import { placeItems, type SyncDirectory } from './sync-directory.ts';
import type { SyncItem } from './sync-item.ts';

export interface ChangedIdsOptions {
  /** Further directory ids to look at. */
  also: readonly string[];
  /** ISO 8601 */
  now: string;
  signal: AbortSignal | undefined;
}

/**
 * Whom changes of the directory, held changes and the time that passes may concern: for everybody else, a full run
 * would find what the last run found.
 * @returns directory ids
 * @throws {MfaError} `directory.*`
 */
export async function changedIds(
  { changed, deleted, deletedGroups, groups }: ChangedEntries,
  items: readonly SyncItem[],
  directory: SyncDirectory,
  store: Store,
  { also, now, signal }: ChangedIdsOptions,
): Promise<ReadonlySet<string>> {
  const ids = new Set([...changed, ...deleted, ...also, ...undecided(store, items, now)]);
  const isGroupGone = deletedGroups.some((id) => !isUser(store, id));
  const concerned = items.filter(({ selection }) => {
    if (selection.scope !== 'group') return false;
    const { directoryId, isRecursive } = selection;
    const isTold = groups.some((one) => one.directoryId === directoryId && one.isRecursive === isRecursive);
    return isTold || (isRecursive && isGroupGone);
  });
  for (const id of await membersThatDiffer(concerned, directory, store, signal)) ids.add(id);
  return ids;
}

function isUser(store: Store, directoryId: string): boolean {
  return store.prepare('SELECT 1 FROM users WHERE directory_id = ?').get(directoryId) !== undefined;
}

/** Users of whom something is held, and those who left so long ago that their item removes them now. */
function* undecided(store: Store, items: readonly SyncItem[], now: string): Generator<string> {
  const held = store
    .prepare<{ directory_id: string }>(
      // The plus keeps SQLite from walking through everybody who has a directory id.
      'SELECT directory_id FROM users WHERE sync_held IS NOT NULL AND +directory_id IS NOT NULL',
    )
    .all();
  for (const row of held) yield row.directory_id;
  const overdue = store.prepare<{ directory_id: string }>(
    `SELECT directory_id FROM users WHERE sync_item_id = ? AND sync_absence = 'left' AND directory_id IS NOT NULL
       AND julianday(?) - julianday(sync_absent_since) >= ?`,
  );
  for (const { id, leavers, removeAfterDays } of items) {
    if (leavers !== 'remove' || removeAfterDays === null) continue;
    for (const row of overdue.all(id, now, removeAfterDays)) yield row.directory_id;
  }
}

/** Who is in the group of one of the items and is no user of it or has left, or the other way round. */
async function membersThatDiffer(
  items: readonly SyncItem[],
  directory: SyncDirectory,
  store: Store,
  signal: AbortSignal | undefined,
): Promise<Set<string>> {
  const usersOf = store.prepare<{ directory_id: string }>(
    `SELECT directory_id FROM users WHERE sync_item_id = ? AND directory_id IS NOT NULL
       AND sync_absence IS NOT 'left'`,
  );
  const different = new Set<string>();
  for (const { item, selection } of await placeItems(items, directory, signal)) {
    const open = new Set(usersOf.all(item.id).map((row) => row.directory_id));
    for await (const { users } of directory.users(selection, signal ? { signal } : {})) {
      for (const { directoryId } of users) if (!open.delete(directoryId)) different.add(directoryId);
    }
    for (const id of open) different.add(id);
  }
  return different;
}
