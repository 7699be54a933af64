import type { Store } from '../store/store.ts';
import type { UserRow } from '../store/tables.ts';
import { type User, usernameKey } from '../users/user.ts';
import { type Rename, usernamesGivenUp } from './usernames-given-up.ts';

/** Who has a username; `userId` is null for a user who is only planned. */
export interface NameHolder {
  userId: number | null;
  directoryId: string | null;
}

/** Who has which username, as the rows say and as planned changes will have it. Keys: see `usernameKey`. */
export class UsernameHolders {
  readonly #store: Store;
  /** Usernames that planned changes take (by whom) or give up (null), as long as no row says so. */
  readonly #planned = new Map<string, NameHolder | null>();
  /** Usernames that known users of the batch give up, whether they are planned yet or not. */
  #givenUp: ReadonlySet<string> = new Set();

  constructor(store: Store) {
    this.#store = store;
  }

  /** Begins a batch in which known users want to be called otherwise. */
  giveUp(renames: readonly Rename[]): void {
    this.#givenUp = new Set();
    if (renames.length === 0) return;
    const holders = this.ofMany(renames.map(({ to }) => to));
    this.#givenUp = usernamesGivenUp(renames, (key) =>
      this.#planned.has(key) ? this.#planned.get(key) !== null : holders.has(key),
    );
  }

  /** Who has a username, when `stored` is what {@link ofMany} found. */
  planned(key: string, stored: ReadonlyMap<string, NameHolder>): NameHolder | null | undefined {
    return this.#planned.has(key) ? this.#planned.get(key) : stored.get(key);
  }

  take(key: string, holder: NameHolder): void {
    this.#planned.set(key, holder);
  }

  /** Notes who has which username from now on; somebody may have taken the old one already. */
  rename(user: User, username: string, directoryId: string): void {
    const oldKey = usernameKey(user.username);
    const taker = this.#planned.get(oldKey);
    if (taker == null || taker.userId === user.id) this.#planned.set(oldKey, null);
    this.#planned.set(usernameKey(username), { userId: user.id, directoryId });
  }

  mayBeTaken(username: string, user: User): boolean {
    const key = usernameKey(username);
    const planned = this.#planned.get(key);
    const holder = planned === undefined ? this.#ifStored(key) : planned;
    if (holder === null || holder.userId === user.id) return true;
    return this.#givenUp.has(key) && !this.#planned.has(key);
  }

  /** Says that the planned changes are rows now. */
  clear(): void {
    this.#planned.clear();
  }

  /** Who has which of these usernames in the rows; one statement for a whole batch. */
  ofMany(keys: readonly string[]): Map<string, NameHolder> {
    const rows = this.#store
      .prepare<Pick<UserRow, 'id' | 'directory_id' | 'username_key'>>(
        `SELECT users.id, directory_id, username_key FROM json_each(?) AS wanted
         JOIN users ON users.username_key = wanted.value`,
      )
      .all(JSON.stringify(keys));
    return new Map(rows.map((row) => [row.username_key, { userId: row.id, directoryId: row.directory_id }]));
  }

  #ifStored(key: string): NameHolder | null {
    return this.ofMany([key]).get(key) ?? null;
  }
}
