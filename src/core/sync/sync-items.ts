import type { AuditLog } from '../audit/audit-log.ts';
import { type Clock, timestamp } from '../clock.ts';
import { MfaError } from '../errors.ts';
import { nearest } from '../nearest.ts';
import type { Store } from '../store/store.ts';
import type { SyncItemRow } from '../store/tables.ts';
import { usernameKey } from '../users/user.ts';
import { utcMoment } from '../utc-time.ts';
import { itemChanges } from './item-changes.ts';
import { freeItemName } from './item-name.ts';
import { definitionText, itemFromRow } from './item-row.ts';
import type { ItemDefinition, SyncItem } from './sync-item.ts';

export interface SyncItemsContext {
  readonly store: Store;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly actor: string;
}

export interface ItemOptions {
  /** Find out everything, write nothing. */
  dryRun?: boolean | undefined;
}

export type ItemPatch = Partial<ItemDefinition & Pick<SyncItem, 'name' | 'enabled'>>;

/** An item by its name without regard to case, or by its id, which stays when somebody renames it. */
export type ItemReference = string | Pick<SyncItem, 'id'>;

/**
 * The synchronization items, in the order in which they are asked who belongs to them. Users of an item that is
 * removed stay as they are and belong to none until another one finds them.
 */
export class SyncItems {
  readonly #context: SyncItemsContext;

  constructor(context: SyncItemsContext) {
    this.#context = context;
  }

  list(): SyncItem[] {
    return this.#context.store
      .prepare<SyncItemRow>('SELECT * FROM sync_items ORDER BY position, id')
      .all()
      .map(itemFromRow);
  }

  /** How many users belong to each item, by its id; those without any are left out. */
  countUsers(): ReadonlyMap<number, number> {
    const rows = this.#context.store
      .prepare<{ id: number; count: number }>(
        'SELECT sync_item_id AS id, count(*) AS count FROM users WHERE sync_item_id IS NOT NULL GROUP BY sync_item_id',
      )
      .all();
    return new Map(rows.map(({ id, count }) => [id, count]));
  }

  /** @throws {MfaError} `sync.itemNotFound` */
  find(item: ItemReference): SyncItem {
    const { store } = this.#context;
    if (typeof item !== 'string') {
      const row = store.prepare<SyncItemRow>('SELECT * FROM sync_items WHERE id = ?').get(item.id);
      if (row !== undefined) return itemFromRow(row);
      throw new MfaError('sync.itemNotFound', 'This synchronization item was removed.', {
        advice: 'Look at the items that there are now.',
      });
    }
    const row = store
      .prepare<SyncItemRow>('SELECT * FROM sync_items WHERE name_key = ?')
      .get(usernameKey(item.trim()));
    if (row !== undefined) return itemFromRow(row);
    const near = nearest(
      item,
      this.list().map(({ name }) => name),
    );
    throw new MfaError('sync.itemNotFound', `There is no synchronization item "${item}".`, {
      advice: near === undefined ? '"mfa-console sync items list" shows them.' : `Did you mean "${near}"?`,
    });
  }

  /** Adds an item behind all others. @throws {MfaError} `sync.itemExists`, `sync.itemInvalid` */
  add(
    name: string,
    definition: ItemDefinition,
    { enabled = true, dryRun = false }: ItemOptions & { enabled?: boolean } = {},
  ): SyncItem {
    const { store, audit, clock, actor } = this.#context;
    return store.transaction(() => {
      const trimmed = freeItemName(name, null, this.#context.store);
      const items = this.list();
      const now = timestamp(clock());
      const item = {
        ...definition,
        id: 0,
        name: trimmed,
        enabled,
        version: 1,
        updatedAt: now,
        updatedBy: actor,
      };
      if (dryRun) return item;
      const { lastInsertRowid: id } = store
        .prepare(
          `INSERT INTO sync_items (position, name, name_key, enabled, definition, version, created_at, created_by,
             updated_at, updated_by) VALUES (?, ?, ?, ?, ?, 1, ?, ?, ?, ?)`,
        )
        .run(
          items.length + 1,
          trimmed,
          usernameKey(trimmed),
          enabled ? 1 : 0,
          definitionText(definition),
          now,
          actor,
          now,
          actor,
        );
      audit.append({
        action: 'syncItem.added',
        target: trimmed,
        details: { fields: itemChanges(null, item) },
      });
      return { ...item, id };
    });
  }

  /**
   * Changes an item.
   * @param version the one that the edit was made from; undefined overwrites whatever there is
   * @throws {MfaError} `sync.itemNotFound`, `sync.itemExists`, `sync.itemInvalid`, `sync.itemChanged`
   */
  edit(
    reference: ItemReference,
    patch: ItemPatch,
    { version, dryRun = false }: ItemOptions & { version?: number | undefined } = {},
  ): SyncItem {
    const { store, audit, clock, actor } = this.#context;
    return store.transaction(() => {
      const before = this.find(reference);
      if (version !== undefined && version !== before.version) throw itemChanged(before);
      const after: SyncItem = { ...before, ...patch };
      after.name = freeItemName(after.name, before.id, this.#context.store);
      const fields = itemChanges(before, after);
      if (Object.keys(fields).length === 0) return before;
      Object.assign(after, { version: before.version + 1, updatedAt: timestamp(clock()), updatedBy: actor });
      if (dryRun) return after;
      store
        .prepare(
          `UPDATE sync_items SET name = ?, name_key = ?, enabled = ?, definition = ?, version = ?, updated_at = ?,
             updated_by = ? WHERE id = ?`,
        )
        .run(
          after.name,
          usernameKey(after.name),
          after.enabled ? 1 : 0,
          definitionText(after),
          after.version,
          after.updatedAt,
          actor,
          before.id,
        );
      audit.append({ action: 'syncItem.edited', target: before.name, details: { fields } });
      return after;
    });
  }

  /** @returns the item, and how many users belonged to it. @throws {MfaError} `sync.itemNotFound` */
  remove(reference: ItemReference, { dryRun = false }: ItemOptions = {}): { item: SyncItem; users: number } {
    const { store, audit } = this.#context;
    return store.transaction(() => {
      const item = this.find(reference);
      const users = this.countUsers().get(item.id) ?? 0;
      if (dryRun) return { item, users };
      store
        .prepare(
          `UPDATE users SET sync_held = NULL, sync_absent_since = iif(sync_absence IS NULL, NULL, sync_absent_since)
           WHERE sync_item_id = ?`,
        )
        .run(item.id);
      store.prepare('DELETE FROM sync_items WHERE id = ?').run(item.id);
      this.#writeOrder(this.list());
      audit.append({
        action: 'syncItem.removed',
        target: item.name,
        details: { fields: itemChanges(item, null), users },
      });
      return { item, users };
    });
  }

  /**
   * Gives an item another place.
   * @param place counts from 1; beyond the last one means the end
   * @returns all items in their new order
   * @throws {MfaError} `sync.itemNotFound`, `sync.itemInvalid`
   */
  move(reference: ItemReference, place: number, { dryRun = false }: ItemOptions = {}): SyncItem[] {
    if (!Number.isInteger(place) || place < 1) {
      throw new MfaError('sync.itemInvalid', 'The place of an item is a whole number from 1.');
    }
    const { store, audit } = this.#context;
    return store.transaction(() => {
      const item = this.find(reference);
      const items = this.list();
      const from = items.findIndex(({ id }) => id === item.id) + 1;
      const others = items.filter(({ id }) => id !== item.id);
      const to = Math.min(place, items.length);
      const ordered = [...others.slice(0, to - 1), item, ...others.slice(to - 1)];
      if (dryRun || from === to) return ordered;
      this.#writeOrder(ordered);
      audit.append({
        action: 'syncItem.moved',
        target: item.name,
        details: { fields: { place: [from, to] } },
      });
      return ordered;
    });
  }

  #writeOrder(items: readonly SyncItem[]): void {
    const statement = this.#context.store.prepare('UPDATE sync_items SET position = ? WHERE id = ?');
    items.forEach(({ id }, index) => {
      statement.run(index + 1, id);
    });
  }
}

function itemChanged({ name, updatedBy, updatedAt }: SyncItem): MfaError {
  return new MfaError(
    'sync.itemChanged',
    `The item "${name}" was changed by ${updatedBy} at ${utcMoment(updatedAt)}.`,
    {
      advice: 'Look at what it is now, and make your change again.',
    },
  );
}
