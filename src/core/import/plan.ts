import { hash } from 'node:crypto';
import type { DirectoryUser } from '../directory/directory.ts';
import { personDigest } from '../directory/person-digest.ts';
import type { RunChange } from '../runs/run.ts';
import type { Store } from '../store/store.ts';
import type { UserRow } from '../store/tables.ts';
import { type User, type UserFields, usernameKey } from '../users/user.ts';
import { userFromRow } from '../users/user-row.ts';
import { changedFields, line, setFields } from './change-lines.ts';
import { desiredForKnown, desiredForNew, type ImportContext } from './desired-fields.ts';
import { type Rename, usernamesGivenUp } from './usernames-given-up.ts';

/** What is to be done with one person, and the line that the run's log gets for it. */
export type PlannedChange =
  | { action: 'add'; person: DirectoryUser; fields: UserFields; fingerprint: Buffer | null; log: RunChange }
  | {
      action: 'update';
      person: DirectoryUser;
      user: User;
      fields: UserFields;
      fingerprint: Buffer | null;
      log: RunChange;
    }
  /** Nothing to change; `fingerprint` is set when it should be remembered that this is so. */
  | { action: 'none'; userId: number | null; fingerprint: Buffer | null; log: RunChange };

type KnownRow = Pick<UserRow, 'id' | 'username' | 'fingerprint' | 'directory_id' | 'local_fields'>;

/** A person with the user that they are already, if any. */
interface Read {
  person: DirectoryUser;
  row: KnownRow | undefined;
  fingerprint: Buffer;
}

/** Who has a username; `userId` is null for a user who is only planned. */
interface NameHolder {
  userId: number | null;
  directoryId: string | null;
}

/**
 * Compares what the directory says with what is stored, batch by batch, and decides. The one place where
 * import, preview and synchronization make up their mind; it writes nothing.
 */
export class Planner {
  readonly #store: Store;
  readonly #context: ImportContext;
  readonly #contextDigest: string;
  /** Directory ids met in this run: a listing that repeats a person changes nothing. */
  readonly #seen = new Set<string>();
  /** Usernames that planned changes take (by whom) or give up (null), as long as no row says so. */
  readonly #planned = new Map<string, NameHolder | null>();
  /** Usernames that known users of the batch give up, whether they are planned yet or not. */
  #givenUp: ReadonlySet<string> = new Set();

  constructor(store: Store, context: ImportContext) {
    this.#store = store;
    this.#context = context;
    // Who gets a mail does not decide how a user looks.
    const { sendEmail: _, ...rules } = context.rules;
    this.#contextDigest = hash('sha256', JSON.stringify({ ...context, rules }), 'buffer').toString(
      'base64',
      0,
      24,
    );
  }

  /**
   * Plans one batch. Inside a transaction its answer stays true until that ends. Known users come first, so
   * that a username which one of them gives up is free for a new user of the same batch.
   */
  plan(people: readonly DirectoryUser[]): PlannedChange[] {
    const unseen = people.filter(({ directoryId }) => {
      const isNew = !this.#seen.has(directoryId);
      this.#seen.add(directoryId);
      return isNew;
    });
    const rows = this.#rowsOf(unseen);
    const read: Read[] = unseen.map((person) => ({
      person,
      row: rows.get(person.directoryId),
      fingerprint: this.#fingerprint(person),
    }));
    this.#givenUp = this.#usernamesGivenUp(read);
    const changes: PlannedChange[] = [];
    const others: Read[] = [];
    for (const one of read) {
      const { person, row, fingerprint } = one;
      if (row === undefined) others.push(one);
      else if (row.fingerprint?.equals(fingerprint)) changes.push(unchanged(person, row.username));
      else changes.push(this.#planKnown(person, row.id, fingerprint));
    }
    const holders = this.#holdersOf(others.map(({ person }) => usernameKey(person.username ?? '')));
    for (const { person, fingerprint } of others) changes.push(this.#planNew(person, fingerprint, holders));
    return changes;
  }

  /** Says that the planned changes are rows now. */
  applied(): void {
    this.#planned.clear();
  }

  #planNew(
    person: DirectoryUser,
    fingerprint: Buffer,
    holders: ReadonlyMap<string, NameHolder>,
  ): PlannedChange {
    const { rules } = this.#context;
    if (person.username === null) {
      return nothing('skipped', person, person.dn, 'it has no username in the directory');
    }
    const key = usernameKey(person.username);
    const holder = this.#planned.has(key) ? this.#planned.get(key) : holders.get(key);
    if (holder) {
      if (holder.directoryId !== null) {
        return nothing(
          'conflict',
          person,
          person.username,
          `the username belongs to another person of the directory (${holder.directoryId}); rename one of them`,
        );
      }
      if (!rules.takeOver || holder.userId === null) {
        return nothing(
          'conflict',
          person,
          person.username,
          'a user with this username was made by hand; take it over or rename it',
        );
      }
      return this.#planKnown(person, holder.userId, fingerprint);
    }
    if (!rules.addNew) return nothing('skipped', person, person.username, 'adding new users is off');
    this.#planned.set(key, { userId: null, directoryId: person.directoryId });
    const { fields, notes } = desiredForNew(person, this.#context);
    return {
      action: 'add',
      person,
      fields,
      fingerprint: notes.length === 0 ? fingerprint : null,
      log: line('added', person, fields.username, notes, setFields(fields)),
    };
  }

  #planKnown(person: DirectoryUser, id: number, fingerprint: Buffer): PlannedChange {
    const row = this.#store.prepare<UserRow>('SELECT * FROM users WHERE id = ?').get(id);
    if (row === undefined) throw new Error(`user ${id} vanished inside a transaction`);
    const user = userFromRow(row);
    const { fields: wanted, notes } = desiredForKnown(person, user, this.#context);
    if (wanted.username !== undefined && !this.#mayBeNamed(wanted.username, user)) {
      return nothing(
        'conflict',
        person,
        user.username,
        `it is now called ${wanted.username} in the directory, but that username belongs to another user`,
      );
    }
    const changed = changedFields(user, wanted);
    const isTakenOver = user.directoryId !== person.directoryId;
    if (isTakenOver) changed.directoryId = [user.directoryId, person.directoryId];
    if (user.directoryDn !== person.dn) changed.directoryDn = [user.directoryDn, person.dn];
    const remembered = notes.length === 0 ? fingerprint : null;
    if (Object.keys(changed).length === 0) {
      return {
        action: 'none',
        userId: id,
        fingerprint: remembered,
        log: line('unchanged', person, user.username, notes),
      };
    }
    if (!this.#context.rules.updateExisting && !isTakenOver) {
      const names = Object.keys(changed).join(', ');
      return nothing(
        'skipped',
        person,
        user.username,
        `updating known users is off; it would change ${names}`,
      );
    }
    const fields: UserFields = { ...user, ...wanted };
    this.#planRename(user, fields.username, person);
    if (isTakenOver) notes.push('a user made by hand was taken over');
    return {
      action: 'update',
      person,
      user,
      fields,
      fingerprint: remembered,
      log: line('updated', person, fields.username, notes, changed),
    };
  }

  #mayBeNamed(username: string, user: User): boolean {
    const key = usernameKey(username);
    const holder = this.#holderOf(key);
    if (holder === null || holder.userId === user.id) return true;
    return this.#givenUp.has(key) && !this.#planned.has(key);
  }

  /** Notes who has which username from now on; somebody may have taken the old one already. */
  #planRename(user: User, username: string, { directoryId }: DirectoryUser): void {
    const oldKey = usernameKey(user.username);
    const taker = this.#planned.get(oldKey);
    if (taker == null || taker.userId === user.id) this.#planned.set(oldKey, null);
    this.#planned.set(usernameKey(username), { userId: user.id, directoryId });
  }

  #usernamesGivenUp(read: readonly Read[]): ReadonlySet<string> {
    if (!this.#context.rules.updateExisting) return new Set();
    const renames: Rename[] = [];
    for (const { person, row, fingerprint } of read) {
      if (row === undefined || person.username === null || person.username === row.username) continue;
      if (row.fingerprint?.equals(fingerprint) || row.local_fields?.includes('"username"')) continue;
      const rename = { from: usernameKey(row.username), to: usernameKey(person.username) };
      if (rename.from !== rename.to) renames.push(rename);
    }
    if (renames.length === 0) return new Set();
    const holders = this.#holdersOf(renames.map(({ to }) => to));
    return usernamesGivenUp(renames, (key) =>
      this.#planned.has(key) ? this.#planned.get(key) !== null : holders.has(key),
    );
  }

  #holderOf(key: string): NameHolder | null {
    const planned = this.#planned.get(key);
    if (planned !== undefined) return planned;
    return this.#holdersOf([key]).get(key) ?? null;
  }

  /** Who has which of these usernames; one statement for a whole batch. */
  #holdersOf(keys: readonly string[]): Map<string, NameHolder> {
    const rows = this.#store
      .prepare<Pick<UserRow, 'id' | 'directory_id' | 'username_key'>>(
        `SELECT users.id, directory_id, username_key FROM json_each(?) AS wanted
         JOIN users ON users.username_key = wanted.value`,
      )
      .all(JSON.stringify(keys));
    return new Map(rows.map((row) => [row.username_key, { userId: row.id, directoryId: row.directory_id }]));
  }

  #rowsOf(people: readonly DirectoryUser[]): Map<string, KnownRow> {
    const rows = this.#store
      .prepare<KnownRow>(
        `SELECT users.id, username, fingerprint, directory_id, local_fields FROM json_each(?) AS wanted
         JOIN users ON users.directory_id = wanted.value`,
      )
      .all(JSON.stringify(people.map(({ directoryId }) => directoryId)));
    return new Map(rows.map((row) => [row.directory_id ?? '', row]));
  }

  /** Everything that decides how this person comes to look: digests of our rules and of the directory's data. */
  #fingerprint(person: DirectoryUser): Buffer {
    return Buffer.from(this.#contextDigest + personDigest(person), 'base64');
  }
}

function unchanged(person: DirectoryUser, username: string): PlannedChange {
  return { action: 'none', userId: null, fingerprint: null, log: line('unchanged', person, username) };
}

function nothing(
  change: 'skipped' | 'conflict',
  person: DirectoryUser,
  username: string,
  reason: string,
): PlannedChange {
  return { action: 'none', userId: null, fingerprint: null, log: line(change, person, username, [reason]) };
}
