import type { Directory, SingleSelection } from '../directory/directory.ts';
import { MfaError } from '../errors.ts';
import { plainText } from '../plain-text.ts';
import { type SyncItem, selectionAt } from './sync-item.ts';

/** What a synchronization asks a directory. */
export type SyncDirectory = Pick<Directory, 'users' | 'findEntry' | 'requireVisible' | 'deletedAmong'>;

/** An item with its container or group where it is now. */
export interface PlacedItem<Item = SyncItem> {
  item: Item;
  selection: SingleSelection;
}

/**
 * Finds the containers and groups of items by their directory ids.
 * @throws {MfaError} `directory.entryNotFound` for one that is gone, or hidden: nothing can be said of its users then
 */
export async function placeItems<Item extends Pick<SyncItem, 'name' | 'selection'>>(
  items: readonly Item[],
  directory: Pick<SyncDirectory, 'findEntry'>,
  signal: AbortSignal | undefined,
): Promise<PlacedItem<Item>[]> {
  const placed: PlacedItem<Item>[] = [];
  for (const item of items) {
    const { selection } = item;
    if (selection.scope === 'filter') {
      placed.push({ item, selection });
      continue;
    }
    const options = signal === undefined ? {} : { signal };
    const entry = await directory.findEntry({ directoryId: selection.directoryId }, options);
    if (entry === null) {
      throw new MfaError(
        'directory.entryNotFound',
        `The ${selection.scope} "${plainText(selection.dn)}" of the item "${item.name}" is not in the directory any more, or the bind account may not see it.`,
        {
          advice:
            'Nobody was disabled or removed. Give the item another one, switch it off, or remove it; its users stay as they are.',
        },
      );
    }
    placed.push({ item, selection: selectionAt(selection, entry.dn) });
  }
  return placed;
}
