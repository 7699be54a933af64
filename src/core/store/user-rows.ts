import type { Statement, Store } from './store.ts';
import type { UserRow } from './tables.ts';

// The only place that writes `users`, because its search index has to follow. It is not kept by triggers:
// a row with a trigger on a full-text index flushes that index, which makes an import five times slower.

/** Columns left out are null; to be called in a transaction. @returns the new user's id */
export function insertUserRow(store: Store, row: NewUserRow): number {
  const inserter = new UserInserter(store);
  const id = inserter.insert(row);
  inserter.finish();
  return id;
}

/** Inserts many rows of the same columns; insert and finish are to be called in one transaction. */
export class UserInserter<Row extends NewUserRow> {
  readonly #store: Store;
  #statement: Statement<unknown> | undefined;
  /** Within a transaction new ids follow each other. */
  #ids: { first: number; last: number } | undefined;

  constructor(store: Store) {
    this.#store = store;
  }

  /** @returns the new user's id */
  insert(row: Row): number {
    this.#statement ??= this.#store.prepare(insertSql(Object.keys(row)));
    const { lastInsertRowid: id } = this.#statement.run(...Object.values(row));
    this.#ids ??= { first: id, last: id };
    this.#ids.last = id;
    return id;
  }

  /** Makes the new users findable. */
  finish(): void {
    if (this.#ids === undefined) return;
    this.#store
      .prepare(
        `INSERT INTO users_search (rowid, search_text)
         SELECT id, search_text FROM users WHERE id BETWEEN ? AND ?`,
      )
      .run(this.#ids.first, this.#ids.last);
  }
}

function insertSql(names: readonly string[]): string {
  return `INSERT INTO users (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`;
}

export type NewUserRow = Partial<Omit<UserRow, 'id'>> & Pick<UserRow, 'username' | 'search_text'>;

/** Sets the named columns; to be called in a transaction. */
export function updateUserRow(store: Store, id: number, columns: Partial<Omit<UserRow, 'id'>>): void {
  const names = Object.keys(columns);
  const { search_text: newText } = columns;
  const oldText = newText === undefined ? undefined : searchTextOf(store, id);
  store
    .prepare(`UPDATE users SET ${names.map((name) => `${name} = ?`).join(', ')} WHERE id = ?`)
    .run(...Object.values(columns), id);
  if (newText === undefined || oldText === undefined || oldText === newText) return;
  store.prepare(removeFromIndex).run(id, oldText);
  store.prepare(addToIndex).run(id, newText);
}

/** To be called in a transaction. */
export function deleteUserRow(store: Store, id: number): void {
  const text = searchTextOf(store, id);
  if (text === undefined) return;
  store.prepare('DELETE FROM users WHERE id = ?').run(id);
  store.prepare(removeFromIndex).run(id, text);
}

const addToIndex = 'INSERT INTO users_search (rowid, search_text) VALUES (?, ?)';
const removeFromIndex = `INSERT INTO users_search (users_search, rowid, search_text) VALUES ('delete', ?, ?)`;

function searchTextOf(store: Store, id: number): string | undefined {
  return store.prepare<{ search_text: string }>('SELECT search_text FROM users WHERE id = ?').get(id)
    ?.search_text;
}
