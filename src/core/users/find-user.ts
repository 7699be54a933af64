import { MfaError } from '../errors.ts';
import type { Store } from '../store/store.ts';
import type { UserRow } from '../store/tables.ts';
import { nearUsernames } from './near-usernames.ts';
import { usernameKey } from './user.ts';

/** The stored row of a user, named without regard to case. */
export function findUserRow(store: Store, username: string): UserRow | undefined {
  return store
    .prepare<UserRow>('SELECT * FROM users WHERE username_key = ?')
    .get(usernameKey(username.trim()));
}

/** The stored row of somebody of the directory. */
export function findRowByDirectoryId(store: Store, directoryId: string): UserRow | undefined {
  return store.prepare<UserRow>('SELECT * FROM users WHERE directory_id = ?').get(directoryId);
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

/** @throws {MfaError} `user.notFound`, with the usernames that may have been meant */
export function requireUserRow(store: Store, username: string): UserRow {
  const row = findUserRow(store, username);
  if (row === undefined) throw userNotFound(username, nearUsernames(store, username));
  return row;
}

/** @param near the usernames that may have been meant */
export function userNotFound(username: string, near: readonly string[]): MfaError {
  return new MfaError('user.notFound', `There is no user "${username}".`, {
    advice:
      near.length === 0
        ? 'Look for the right name with "mfa-console users list --filter TEXT".'
        : `Did you mean ${near.join(' or ')}?`,
  });
}
