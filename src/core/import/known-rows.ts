import type { DirectoryUser } from '../directory/directory.ts';
import type { Store } from '../store/store.ts';
import type { UserRow } from '../store/tables.ts';
import { usernameKey } from '../users/user.ts';
import type { Rename } from './usernames-given-up.ts';

/** What tells quickly whether anything has to be compared. */
export type KnownRow = Pick<
  UserRow,
  'id' | 'username' | 'fingerprint' | 'directory_id' | 'local_fields' | 'sync_item_id' | 'sync_absence'
>;

/** A person with the user that they are already, if any. */
export interface ReadPerson {
  person: DirectoryUser;
  row: KnownRow | undefined;
  /** Everything that decides how this person comes to look: digests of our rules and of the directory's data. */
  fingerprint: Buffer;
}

/** The users of these people by directory id; one statement for a whole batch. */
export function knownRows(store: Store, people: readonly DirectoryUser[]): Map<string, KnownRow> {
  const rows = store
    .prepare<KnownRow>(
      `SELECT users.id, username, fingerprint, directory_id, local_fields, sync_item_id, sync_absence
       FROM json_each(?) AS wanted
       JOIN users ON users.directory_id = wanted.value`,
    )
    .all(JSON.stringify(people.map(({ directoryId }) => directoryId)));
  return new Map(rows.map((row) => [row.directory_id ?? '', row]));
}

/** Whether the store knows anybody of a directory. */
export function hasPeople(store: Store): boolean {
  return store.prepare('SELECT 1 FROM users WHERE directory_id IS NOT NULL LIMIT 1').get() !== undefined;
}

/** Whether the user looks as the directory and the rules want it, so that nothing has to be compared. */
export function looksTheSame({ row, fingerprint }: ReadPerson): boolean {
  return row?.fingerprint?.equals(fingerprint) ?? false;
}

/** The known users whom the directory calls otherwise, and who follow it in that. */
export function renamesAmong(read: readonly ReadPerson[]): Rename[] {
  const renames: Rename[] = [];
  for (const one of read) {
    const { person, row } = one;
    if (row === undefined || person.username === null || person.username === row.username) continue;
    if (looksTheSame(one) || row.local_fields?.includes('"username"')) continue;
    const rename = { from: usernameKey(row.username), to: usernameKey(person.username) };
    if (rename.from !== rename.to) renames.push(rename);
  }
  return renames;
}
