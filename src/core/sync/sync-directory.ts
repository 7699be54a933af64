import type { ChangeCursor } from '../directory/changes.ts';
import type {
  ChangeOptions,
  Changes,
  Directory,
  DirectoryPage,
  EntryName,
  EntryOptions,
  ListingOptions,
  Selection,
  SingleSelection,
  UserListingOptions,
} from '../directory/directory.ts';
import { MfaError } from '../errors.ts';
import { plainText } from '../plain-text.ts';
import { type SyncItem, selectionAt } from './sync-item.ts';

/** How synchronization reaches the configured directory. */
export interface SyncConnections {
  /** Connects to it, to this server first when one is named. */
  openDirectory(signal?: AbortSignal, server?: string): Promise<Directory>;
  /** Lists users of it fast, of this server only when one is named; see `openUserReader`. */
  listUsers(
    selection: Selection,
    options?: ListingOptions & { server?: string },
  ): AsyncIterable<DirectoryPage>;
}

/**
 * The directory as a synchronization asks it. Everybody of a selection is read by a reader of its own. Once it was
 * asked for changes, everything comes from the server that told of them: another one may know less.
 */
export class SyncDirectory {
  readonly #directory: Directory;
  readonly #connections: SyncConnections;
  #server: string | undefined;

  private constructor(directory: Directory, connections: SyncConnections) {
    this.#directory = directory;
    this.#connections = connections;
  }

  /** @throws {MfaError} `directory.*` */
  static async open(
    connections: SyncConnections,
    signal: AbortSignal | undefined,
    server?: string,
  ): Promise<SyncDirectory> {
    return new SyncDirectory(await connections.openDirectory(signal, server), connections);
  }

  get certificateExpiresAt(): string | null {
    return this.#directory.certificateExpiresAt;
  }

  users(selection: Selection, options: UserListingOptions = {}): AsyncIterable<DirectoryPage> {
    if (options.among !== undefined) return this.#directory.users(selection, options);
    const only = this.#server === undefined ? {} : { server: this.#server };
    return this.#connections.listUsers(selection, { ...options, ...only });
  }

  async changes(cursor: ChangeCursor | null, options: ChangeOptions): Promise<Changes> {
    const changes = await this.#directory.changes(cursor, options);
    this.#server = changes.isFullRunNeeded ? changes.next?.server : changes.server;
    return changes;
  }

  findEntry(name: EntryName, options?: EntryOptions) {
    return this.#directory.findEntry(name, options);
  }

  requireVisible(containerDns: readonly string[], options?: ListingOptions) {
    return this.#directory.requireVisible(containerDns, options);
  }

  unidentifiedAmong(dns: readonly string[], options?: ListingOptions) {
    return this.#directory.unidentifiedAmong(dns, options);
  }

  deletedAmong(directoryIds: readonly string[], options?: ListingOptions) {
    return this.#directory.deletedAmong(directoryIds, options);
  }

  close(): Promise<void> {
    return this.#directory.close();
  }
}

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
