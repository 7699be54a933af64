import type { Store } from './store.ts';
import type { UserRow } from './tables.ts';

// The only place that writes `users`, because its search index has to follow. It is not kept by triggers:
// a row with a trigger on a full-text index flushes that index, which makes an import five times slower.

/** Columns left out are null; to be called in a transaction. @returns the new user's id */
export function insertUserRow(store: Store, row: NewUserRow): number {
  const names = columnsInUse([row]);
  const { lastInsertRowid: id } = store
    .prepare(insertSql(names))
    .run(...names.map((name) => row[name] ?? null));
  indexUsers(store, id, id);
  return id;
}

/**
 * Inserts many rows of the same columns, in their order; to be called in a transaction.
 * @param inserted takes who is to be made findable before the transaction ends
 * @param fail is told of a row that could not be written, by its place; the others are kept
 */
export function insertUserRows(
  store: Store,
  rows: readonly NewUserRow[],
  inserted: InsertedUsers,
  fail: (place: number, error: unknown) => void,
): void {
  if (rows.length === 0) return;
  const names = columnsInUse(rows);
  const statement = store.prepare(insertSql(names));
  rows.forEach((row, place) => {
    try {
      inserted.note(statement.run(...names.map((name) => row[name] ?? null)).lastInsertRowid);
    } catch (error) {
      fail(place, error);
    }
  });
}

/**
 * Users of one transaction who cannot be found yet: every statement that writes the search index flushes it, so that
 * one statement is to write all of them.
 */
export class InsertedUsers {
  #first = 0;
  #last = 0;

  note(id: number): void {
    if (this.#first === 0) this.#first = id;
    this.#last = id;
  }

  /** Makes them findable. */
  index(store: Store): void {
    // Within a transaction new ids follow each other.
    if (this.#first !== 0) indexUsers(store, this.#first, this.#last);
  }
}

/** The columns in which any of the rows has something: a quarter of an import was spent on writing nulls. */
function columnsInUse(rows: readonly NewUserRow[]): (keyof NewUserRow)[] {
  const names = Object.keys(rows[0] ?? {}) as (keyof NewUserRow)[];
  return names.filter((name) => rows.some((row) => row[name] != null));
}

function insertSql(names: readonly string[]): string {
  return `INSERT INTO users (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`;
}

/** Makes new users findable. */
function indexUsers(store: Store, first: number, last: number): void {
  store
    .prepare(
      `INSERT INTO users_search (rowid, search_text)
       SELECT id, search_text FROM users WHERE id BETWEEN ? AND ?`,
    )
    .run(first, last);
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
