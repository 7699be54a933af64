import type { ChangeCursor } from '../directory/changes.ts';
import type { ChangePage } from '../directory/directory.ts';
import type { Store } from '../store/store.ts';
import { placeItems, type SyncDirectory } from './sync-directory.ts';
import type { SyncItem } from './sync-item.ts';

/** Whom a run of changes has to look at. */
export interface ChangedIds {
  readonly directoryIds: readonly string[];
  readonly next: ChangeCursor;
}

export interface ChangedIdsOptions {
  /** Further directory ids to look at. */
  also: readonly string[];
  /** How many are worth the while. */
  most: number;
  /** ISO 8601 */
  now: string;
  signal: AbortSignal | undefined;
}

/**
 * Whom changes of the directory, held changes and the time that passes may concern: for everybody else, a full run
 * would find what the last run found.
 * @returns null when there are too many of them
 * @throws {MfaError} `directory.*`
 */
export async function changedIds(
  pages: AsyncIterable<ChangePage>,
  items: readonly SyncItem[],
  directory: SyncDirectory,
  store: Store,
  { also, most, now, signal }: ChangedIdsOptions,
): Promise<ChangedIds | null> {
  const changed = new Set<string>();
  let haveGroupsChanged = false;
  let next: ChangeCursor | null = null;
  for await (const page of pages) {
    for (const { directoryId } of page.users) changed.add(directoryId);
    for (const id of [...page.missing, ...page.deleted]) changed.add(id);
    // What was deleted and is nobody we know may have been a group in a group.
    haveGroupsChanged ||= page.groups.length > 0 || page.deleted.some((id) => !isUser(store, id));
    next = page.next;
    if (changed.size > most) return null;
  }
  if (next === null) throw new Error('the changes ended without saying where to go on');
  for (const id of [...also, ...undecided(store, items, now)]) changed.add(id);
  if (haveGroupsChanged) {
    for (const id of await membersThatDiffer(items, directory, store, signal)) changed.add(id);
  }
  return changed.size > most ? null : { directoryIds: [...changed], next };
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

/** Who is in the group of an item and is no user of it or has left, or the other way round. */
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
  const groups = items.filter(({ selection }) => selection.scope === 'group');
  const different = new Set<string>();
  for (const { item, selection } of await placeItems(groups, directory, signal)) {
    const open = new Set(usersOf.all(item.id).map((row) => row.directory_id));
    for await (const { users } of directory.users(selection, signal ? { signal } : {})) {
      for (const { directoryId } of users) if (!open.delete(directoryId)) different.add(directoryId);
    }
    for (const id of open) different.add(id);
  }
  return different;
}
