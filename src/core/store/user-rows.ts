import type { Statement, Store } from './store.ts';
import type { UserRow } from './tables.ts';

// The only place that writes `users`, because its search index has to follow. It is not kept by triggers:
// a row with a trigger on a full-text index flushes that index, which makes an import five times slower.

/** Columns left out are null. @returns the new user's id */
export function insertUserRow(store: Store, row: NewUserRow): number {
  return userInserter(store)(row);
}

/** Inserts many rows of the same columns, as {@link insertUserRow} does one. */
export function userInserter<Row extends NewUserRow>(store: Store): (row: Row) => number {
  const addToSearch = store.prepare(addToIndex);
  let insert: Statement<unknown> | undefined;
  return (row) => {
    insert ??= store.prepare(insertSql(Object.keys(row)));
    const { lastInsertRowid: id } = insert.run(...Object.values(row));
    addToSearch.run(id, row.search_text);
    return id;
  };
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
