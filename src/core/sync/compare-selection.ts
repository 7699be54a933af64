import type { Directory } from '../directory/directory.ts';
import type { Store } from '../store/store.ts';
import { placeItems } from './sync-directory.ts';
import type { ItemSelection, SyncItem } from './sync-item.ts';

/** What another selection would mean for the users of an item. */
export interface SelectionComparison {
  /** Users of the directory whom it finds. */
  readonly found: number;
  /** How many of them do not belong to the item now. */
  readonly others: number;
  /** Usernames of those whom the item finds now and would not find any more, in their order. */
  readonly lost: readonly string[];
}

export interface CompareServices {
  readonly store: Store;
  /** Connects to the configured directory. */
  openDirectory(signal?: AbortSignal): Promise<Directory>;
}

/**
 * Reads whom a selection finds, and compares them with the users of an item. Other items, which may find the same
 * people, are not asked: a simulation does that.
 * @throws {MfaError} `directory.*`; a comparison is never made from a part of the listing
 */
export async function compareSelection(
  { id, name }: Pick<SyncItem, 'id' | 'name'>,
  selection: ItemSelection,
  { store, openDirectory }: CompareServices,
  signal?: AbortSignal,
): Promise<SelectionComparison> {
  const lost = new Map(
    store
      .prepare<{ directory_id: string; username: string }>(
        // Of leavers a run has decided already.
        `SELECT directory_id, username FROM users WHERE sync_item_id = ? AND directory_id IS NOT NULL
           AND sync_absence IS NOT 'left' ORDER BY username_key`,
      )
      .all(id)
      .map((row) => [row.directory_id, row.username]),
  );
  const seen = new Set<string>();
  let others = 0;
  const options = signal === undefined ? {} : { signal };
  const directory = await openDirectory(signal);
  try {
    for (const placed of await placeItems([{ name, selection }], directory, signal)) {
      for await (const { users } of directory.users(placed.selection, options)) {
        for (const { directoryId } of users) {
          if (seen.has(directoryId)) continue;
          seen.add(directoryId);
          if (!lost.delete(directoryId)) others += 1;
        }
      }
    }
  } finally {
    await directory.close();
  }
  return { found: seen.size, others, lost: [...lost.values()] };
}
