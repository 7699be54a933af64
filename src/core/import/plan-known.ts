import type { FieldChange } from '../runs/run.ts';
import type { Store } from '../store/store.ts';
import type { UserRow } from '../store/tables.ts';
import type { User, UserFields } from '../users/user.ts';
import { userFromRow } from '../users/user-row.ts';
import { changedFields, line } from './change-lines.ts';
import { desiredForKnown, type ImportContext } from './desired-fields.ts';
import type { ReadPerson } from './known-rows.ts';
import { type Membership, membershipOfKnown } from './membership.ts';
import { nothing, remember } from './no-change.ts';
import type { PlannedChange } from './planned-change.ts';
import type { UsernameHolders } from './username-holders.ts';

/** Decides about people who are users already: what the directory says is compared field by field. */
export class KnownPlanner {
  readonly #store: Store;
  readonly #names: UsernameHolders;
  /** Users of items whose accounts are disabled in the directory, to be disabled when the whole run is known. */
  readonly accountsDisabled = new Map<string, { userId: number; itemId: number }>();

  constructor(store: Store, names: UsernameHolders) {
    this.#store = store;
    this.#names = names;
  }

  /**
   * Plans a person as the user with this id, who may have been made by hand so far.
   * @param now a timestamp
   */
  plan(
    { person, fingerprint }: Pick<ReadPerson, 'person' | 'fingerprint'>,
    id: number,
    { context, now }: { context: ImportContext; now: string },
  ): PlannedChange {
    const row = this.#store.prepare<UserRow>('SELECT * FROM users WHERE id = ?').get(id);
    if (row === undefined) throw new Error(`user ${id} vanished inside a transaction`);
    const user = userFromRow(row);
    const { rules, item } = context;
    const { fields: wanted, notes } = desiredForKnown(person, user, context);
    const changed = changedFields(user, wanted);
    const isTakenOver = user.directoryId !== person.directoryId;
    if (isTakenOver) changed.directoryId = [user.directoryId, person.directoryId];
    if (user.directoryDn !== person.dn) changed.directoryDn = [user.directoryDn, person.dn];
    const isLeftAlone = !rules.updateExisting && !isTakenOver && Object.keys(changed).length > 0;
    const phone = wanted.phone === undefined || !rules.updateExisting ? user.phone : wanted.phone;
    const membership = item === undefined ? null : membershipOfKnown(person, user, phone, item, rules, now);
    if (item !== undefined && membership?.isToBeDisabled) {
      this.accountsDisabled.set(person.directoryId, { userId: user.id, itemId: item.id });
    }
    // A name that cannot be given is no reason to let somebody in whose account is disabled.
    if (wanted.username !== undefined && !this.#names.mayBeTaken(wanted.username, user)) {
      return nothing(
        'conflict',
        person,
        user.username,
        `it is now called ${wanted.username} in the directory, but that username belongs to another user`,
      );
    }
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
        log: isDeferred && notes.length === 0 ? null : line('unchanged', person, user.username, notes),
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
}
