import { MfaError } from '../errors.ts';
import type { Store } from '../store/store.ts';
import { usernameKey } from '../users/user.ts';

/**
 * The name of an item without spaces around it.
 * @param id of the item that it is for; null for a new one
 * @throws {MfaError} `sync.itemInvalid`, `sync.itemExists`
 */
export function freeItemName(name: string, id: number | null, store: Store): string {
  const trimmed = name.trim();
  if (trimmed === '' || trimmed.length > 100) {
    throw new MfaError('sync.itemInvalid', 'The name of an item has 1 to 100 letters.', {
      fields: { name: 'has 1 to 100 letters' },
    });
  }
  const other = store
    .prepare<{ id: number }>('SELECT id FROM sync_items WHERE name_key = ?')
    .get(usernameKey(trimmed));
  if (other === undefined || other.id === id) return trimmed;
  throw new MfaError('sync.itemExists', `There is already a synchronization item "${trimmed}".`, {
    advice: 'Choose another name, or edit that item.',
    fields: { name: 'belongs to another item' },
  });
}
