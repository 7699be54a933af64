import type { NamedEntry } from '../directory/directory.ts';
import type { Store } from '../store/store.ts';
import type { SyncItem } from './sync-item.ts';

/**
 * The users of some items as the directory named them when they were found last; null where that may be out of date,
 * because an item does not update known users. Whose new name cannot be stored for another reason is looked at by every
 * run until it can.
 */
export function knownPeople(items: readonly SyncItem[], store: Store): (() => Iterable<NamedEntry>) | null {
  if (items.some(({ rules }) => !rules.updateExisting)) return null;
  const ids = JSON.stringify(items.map(({ id }) => id));
  const statement = store.prepare<NamedEntry>(
    `SELECT directory_id AS directoryId, directory_dn AS dn FROM users
     WHERE sync_item_id IN (SELECT value FROM json_each(?)) AND directory_id IS NOT NULL
       AND directory_dn IS NOT NULL AND sync_absence IS NOT 'left'`,
  );
  return () => statement.iterate(ids);
}
