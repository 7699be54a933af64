import type { Store } from '../store/store.ts';
import type { PlacedItem } from './sync-directory.ts';

/**
 * Notes where the containers and groups of items are now, for whoever reads the items. That changes nothing of what
 * an item takes, so it is no new version of it. To be called in a transaction.
 */
export function notePlaces(placed: readonly PlacedItem[], store: Store): void {
  for (const { item, selection } of placed) {
    if (item.selection.scope === 'filter' || selection.scope === 'filter' || !('dn' in selection)) continue;
    if (item.selection.dn === selection.dn) continue;
    store
      .prepare(`UPDATE sync_items SET definition = json_set(definition, '$.selection.dn', ?) WHERE id = ?`)
      .run(selection.dn, item.id);
  }
}
