import { hash } from 'node:crypto';
import { type Clock, timestamp } from '../clock.ts';
import type { DirectoryUser } from '../directory/directory.ts';
import { personDigest } from '../directory/person-digest.ts';
import type { FieldChange } from '../runs/run.ts';
import type { Store } from '../store/store.ts';
import type { UserRow } from '../store/tables.ts';
import { type User, type UserFields, usernameKey } from '../users/user.ts';
import { userFromRow } from '../users/user-row.ts';
import { changedFields, line, setFields } from './change-lines.ts';
import { desiredForKnown, desiredForNew, type ImportContext, type ItemContext } from './desired-fields.ts';
import { type Membership, membershipOfKnown, membershipOfNew } from './membership.ts';
import { nothing, remember, unchanged } from './no-change.ts';
import type { PlannedChange } from './planned-change.ts';
import { type NameHolder, UsernameHolders } from './username-holders.ts';
import type { Rename } from './usernames-given-up.ts';

type KnownRow = Pick<
  UserRow,
  'id' | 'username' | 'fingerprint' | 'directory_id' | 'local_fields' | 'sync_item_id' | 'sync_absence'
>;

/** A person with the user that they are already, if any. */
interface Read {
  person: DirectoryUser;
  row: KnownRow | undefined;
  fingerprint: Buffer;
}

/**
 * Compares what the directory says with what is stored, batch by batch, and decides. The one place where
 * import, preview and synchronization make up their mind; it writes nothing.
 */
export class Planner {
  readonly #store: Store;
  readonly #clock: Clock;
  #used: { context: ImportContext; digest: string } | undefined;
  /** Directory ids met in this run: a listing that repeats a person changes nothing. */
  readonly #seen = new Set<string>();
  readonly #names: UsernameHolders;
  /** Users of items whose accounts are disabled in the directory, to be disabled when the whole run is known. */
  readonly accountsDisabled = new Map<string, { userId: number; itemId: number }>();

  constructor(store: Store, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
    this.#names = new UsernameHolders(store);
  }

  /** Plans by these rules from now on. Whoever was planned by others before stays as planned: the first match wins. */
  use(context: ImportContext): void {
    // Who gets a mail does not decide how a user looks.
    const { sendEmail: _, ...rules } = context.rules;
    const decisive = JSON.stringify({ ...context, rules });
    const digest = hash('sha256', decisive, 'buffer').toString('base64', 0, 24);
    this.#used = { context, digest };
  }

  /** Whether a listing of this run had the person. */
  hasSeen(directoryId: string): boolean {
    return this.#seen.has(directoryId);
  }

  get #context(): ImportContext {
    if (this.#used === undefined) throw new Error('the planner was given no rules');
    return this.#used.context;
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
    this.#names.giveUp(this.#renamesAmong(read));
    const changes: PlannedChange[] = [];
    const others: Read[] = [];
    for (const one of read) {
      const { person, row, fingerprint } = one;
      if (row === undefined) others.push(one);
      else if (row.fingerprint?.equals(fingerprint) && this.#isMember(row)) {
        changes.push(unchanged(person, row.username));
      } else changes.push(this.#planKnown(person, row.id, fingerprint));
    }
    const holders = this.#names.ofMany(others.map(({ person }) => usernameKey(person.username ?? '')));
    for (const { person, fingerprint } of others) changes.push(this.#planNew(person, fingerprint, holders));
    return changes;
  }

  /** Says that the planned changes are rows now. */
  applied(): void {
    this.#names.clear();
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
    const holder = this.#names.planned(key, holders);
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
    this.#names.take(key, { userId: null, directoryId: person.directoryId });
    const { item } = this.#context;
    const { fields, notes } = desiredForNew(person, this.#context);
    return {
      action: 'add',
      person,
      fields,
      fingerprint: notes.length === 0 ? fingerprint : null,
      columns:
        item === undefined
          ? { source: 'import' }
          : membershipOfNew(person, fields, item, rules, timestamp(this.#clock())),
      log: line('added', person, fields.username, notes, setFields(fields)),
    };
  }

  #planKnown(person: DirectoryUser, id: number, fingerprint: Buffer): PlannedChange {
    const row = this.#store.prepare<UserRow>('SELECT * FROM users WHERE id = ?').get(id);
    if (row === undefined) throw new Error(`user ${id} vanished inside a transaction`);
    const user = userFromRow(row);
    const { rules, item } = this.#context;
    const { fields: wanted, notes } = desiredForKnown(person, user, this.#context);
    if (wanted.username !== undefined && !this.#names.mayBeTaken(wanted.username, user)) {
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
    const isLeftAlone = !rules.updateExisting && !isTakenOver && Object.keys(changed).length > 0;
    const membership = item === undefined ? null : this.#membership(person, user, wanted, item);
    const memberChanges = membership === null ? {} : this.#memberChanges(user, membership);
    const isMemberChanged = Object.keys(memberChanges).length > 0;
    if (isLeftAlone && !isMemberChanged) {
      const names = Object.keys(changed).join(', ');
      const reason = `updating known users is off; it would change ${names}`;
      return { ...nothing('skipped', person, user.username, reason), ...remember(id, membership) };
    }
    const changes = isLeftAlone ? memberChanges : { ...changed, ...memberChanges };
    const isDeferred = membership?.isToBeDisabled === true;
    const remembered = notes.length === 0 && !isLeftAlone && !isDeferred ? fingerprint : null;
    if (Object.keys(changes).length === 0) {
      return {
        action: 'none',
        userId: id,
        columns: {
          ...membership?.columns,
          ...(remembered === null && !isDeferred ? {} : { fingerprint: remembered }),
        },
        log: line('unchanged', person, user.username, notes),
      };
    }
    const fields: UserFields = { ...user, ...(isLeftAlone ? {} : wanted) };
    if (membership?.isEnabledAgain) fields.enabled = true;
    this.#names.rename(user, fields.username, person.directoryId);
    if (isTakenOver) notes.push('a user made by hand was taken over');
    return {
      action: 'update',
      person,
      user,
      fields,
      fingerprint: remembered,
      columns: membership?.columns ?? {
        source: user.source === 'synchronization' ? user.source : 'import',
      },
      log: line(membership?.isEnabledAgain ? 'enabled' : 'updated', person, fields.username, notes, changes),
    };
  }

  #membership(person: DirectoryUser, user: User, wanted: Partial<UserFields>, item: ItemContext): Membership {
    const { rules } = this.#context;
    const phone = wanted.phone === undefined || !rules.updateExisting ? user.phone : wanted.phone;
    const membership = membershipOfKnown(person, user, phone, item, rules, timestamp(this.#clock()));
    if (membership.isToBeDisabled) {
      this.accountsDisabled.set(person.directoryId, { userId: user.id, itemId: item.id });
    }
    return membership;
  }

  /** What anybody would call a change of a membership. */
  #memberChanges(user: User, { columns, isEnabledAgain }: Membership): Record<string, FieldChange> {
    const changes: Record<string, FieldChange> = {};
    const { sync_item_id: itemId = null } = columns;
    if (user.itemId !== itemId) changes.item = [this.#itemName(user.itemId), this.#itemName(itemId)];
    if (isEnabledAgain) changes.enabled = [false, true];
    return changes;
  }

  #itemName(id: number | null): string | null {
    const row = this.#store.prepare<{ name: string }>('SELECT name FROM sync_items WHERE id = ?').get(id);
    return row?.name ?? null;
  }

  /** Whether the user belongs to the item already and is there as far as we know; in an import always. */
  #isMember(row: KnownRow): boolean {
    const { item } = this.#context;
    return item === undefined || (row.sync_item_id === item.id && row.sync_absence !== 'left');
  }

  #renamesAmong(read: readonly Read[]): Rename[] {
    if (!this.#context.rules.updateExisting) return [];
    const renames: Rename[] = [];
    for (const { person, row, fingerprint } of read) {
      if (row === undefined || person.username === null || person.username === row.username) continue;
      if (row.fingerprint?.equals(fingerprint) || row.local_fields?.includes('"username"')) continue;
      const rename = { from: usernameKey(row.username), to: usernameKey(person.username) };
      if (rename.from !== rename.to) renames.push(rename);
    }
    return renames;
  }

  #rowsOf(people: readonly DirectoryUser[]): Map<string, KnownRow> {
    const rows = this.#store
      .prepare<KnownRow>(
        `SELECT users.id, username, fingerprint, directory_id, local_fields, sync_item_id, sync_absence
         FROM json_each(?) AS wanted
         JOIN users ON users.directory_id = wanted.value`,
      )
      .all(JSON.stringify(people.map(({ directoryId }) => directoryId)));
    return new Map(rows.map((row) => [row.directory_id ?? '', row]));
  }

  /** Everything that decides how this person comes to look: digests of our rules and of the directory's data. */
  #fingerprint(person: DirectoryUser): Buffer {
    return Buffer.from((this.#used?.digest ?? '') + personDigest(person), 'base64');
  }
}
