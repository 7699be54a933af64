import { MfaError } from '../errors.ts';
import type { LeaverSearch } from './find-leavers.ts';
import type { LeaverRow } from './leavers.ts';
import type { SyncItem } from './sync-item.ts';

/**
 * An item that finds nobody although it had users is more likely a mistake than the truth.
 * @param listed how many users the item has in the directory; null when its whole listing was not read
 * @throws {MfaError} `sync.nothingFound`
 */
export async function requireSomebody(
  { store, directory, items, signal }: Pick<LeaverSearch, 'store' | 'directory' | 'items' | 'signal'>,
  missing: readonly LeaverRow[],
  listed: (item: SyncItem) => number | null,
): Promise<void> {
  const itemIds = new Set(missing.map((row) => row.sync_item_id));
  for (const { item, selection } of items) {
    if (!itemIds.has(item.id)) continue;
    const hadUsers = store
      .prepare(`SELECT 1 FROM users WHERE sync_item_id = ? AND sync_absence IS NOT 'left' LIMIT 1`)
      .get(item.id);
    if (hadUsers === undefined) continue;
    let count = listed(item);
    if (count === null) {
      count = 0;
      for await (const { users } of directory.users(selection, signal ? { signal } : {})) {
        count += users.length;
        if (count > 0) break;
      }
    }
    if (count > 0) continue;
    throw new MfaError(
      'sync.nothingFound',
      `The item "${item.name}" finds nobody, although it had users before.`,
      {
        advice:
          'Nobody was disabled or removed. Look at its container, group and filter; when it is to be empty, remove the item: its users stay as they are.',
      },
    );
  }
}
