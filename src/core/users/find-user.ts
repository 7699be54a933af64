import { MfaError } from '../errors.ts';
import { nearest } from '../nearest.ts';
import type { Store } from '../store/store.ts';
import type { UserRow } from '../store/tables.ts';
import { usernameKey } from './user.ts';

/** The stored row of a user, named without regard to case. */
export function findUserRow(store: Store, username: string): UserRow | undefined {
  return store
    .prepare<UserRow>('SELECT * FROM users WHERE username_key = ?')
    .get(usernameKey(username.trim()));
}

/** The usernames of those people of the directory who are users here, by their directory ids. */
export function usernamesByDirectoryId(store: Store, directoryIds: readonly string[]): Map<string, string> {
  const rows = store
    .prepare<{ directory_id: string; username: string }>(
      `SELECT users.directory_id, username FROM json_each(?) AS wanted
       JOIN users ON users.directory_id = wanted.value`,
    )
    .all(JSON.stringify(directoryIds));
  return new Map(rows.map((row) => [row.directory_id, row.username]));
}

/** @throws {MfaError} `user.notFound`, with the nearest username */
export function requireUserRow(store: Store, username: string): UserRow {
  const row = findUserRow(store, username);
  if (row === undefined) throw userNotFound(store, username);
  return row;
}

export function userNotFound(store: Store, username: string): MfaError {
  const near = nearUsername(store, username);
  return new MfaError('user.notFound', `There is no user "${username}".`, {
    advice:
      near === undefined
        ? 'Look for the right name with "mfa-console users list --filter TEXT".'
        : `Did you mean ${near}?`,
  });
}

/** Names compared with a mistyped one, at most. */
const comparedNames = 200;

/** The user whose name without its domain was given, else the nearest of those that begin alike. */
function nearUsername(store: Store, username: string): string | undefined {
  const key = usernameKey(username.trim());
  const begin = key.slice(0, 2);
  if (begin === '') return undefined;
  const namesFrom = (start: string, limit: number) =>
    store
      .prepare<Pick<UserRow, 'username' | 'username_key'>>(
        'SELECT username, username_key FROM users WHERE username_key >= ? ORDER BY username_key LIMIT ?',
      )
      .all(start, limit)
      .filter((row) => row.username_key.startsWith(start))
      .map((row) => row.username);
  const [withDomain, another] = key.includes('@') ? [] : namesFrom(`${key}@`, 2);
  if (withDomain !== undefined && another === undefined) return withDomain;
  return nearest(username, namesFrom(begin, comparedNames));
}
