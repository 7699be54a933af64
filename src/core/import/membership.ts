import type { DirectoryUser } from '../directory/directory.ts';
import type { User, UserFields } from '../users/user.ts';
import { type ItemContext, isAccountDisabled } from './desired-fields.ts';
import type { ImportRules } from './import-rules.ts';
import type { FurtherColumns } from './planned-change.ts';

/** What an item makes of the membership of somebody whom it found. */
export interface Membership {
  columns: FurtherColumns;
  /** The user was disabled by synchronization, for a reason that is over. */
  isEnabledAgain: boolean;
  /** The directory has the account disabled since the last look: to be disabled when the whole run is known. */
  isToBeDisabled: boolean;
}

/**
 * A new user of an item. Who is added as disabled for a reason that may pass counts as disabled by synchronization,
 * so that it may enable them then.
 */
export function membershipOfNew(
  person: DirectoryUser,
  fields: UserFields,
  item: ItemContext,
  rules: ImportRules,
  now: string,
): FurtherColumns {
  const waitsForPhone = rules.enable === 'newAndUpdatedWithPhone';
  const isAllowed = rules.enable === 'always' || fields.phone !== null || waitsForPhone;
  const isDisabled = person.isAccountEnabled === false;
  const mayBeEnabledLater = rules.enable !== 'never' && isAllowed && (isDisabled || waitsForPhone);
  return {
    source: 'synchronization',
    sync_item_id: item.id,
    sync_absence: isDisabled ? 'accountDisabled' : null,
    sync_absent_since: isDisabled ? now : null,
    sync_disabled_at: !fields.enabled && mayBeEnabledLater ? now : null,
    sync_held: null,
  };
}

/**
 * A known user of an item. What was done about an absence once is not done again, so that an administrator who
 * decides otherwise keeps the last word; and only whom synchronization disabled is enabled by it.
 * @param phone as it will be
 */
export function membershipOfKnown(
  person: DirectoryUser,
  user: User,
  phone: string | null,
  item: ItemContext,
  rules: ImportRules,
  now: string,
): Membership {
  const columns: FurtherColumns = {
    source: 'synchronization',
    sync_item_id: item.id,
    sync_absence: null,
    sync_absent_since: null,
    sync_held: null,
  };
  if (isAccountDisabled(person, user)) {
    const isNew = user.absence !== 'accountDisabled';
    const isToBeDisabled = isNew && user.enabled && rules.updateExisting;
    // Whoever is to be disabled stays as before until that is done, or held.
    if (isToBeDisabled) return { columns: { sync_item_id: item.id }, isEnabledAgain: false, isToBeDisabled };
    if (!user.enabled || !isNew) {
      columns.sync_absence = 'accountDisabled';
      columns.sync_absent_since = isNew ? now : user.absentSince;
    }
    return { columns, isEnabledAgain: false, isToBeDisabled: false };
  }
  const wasDisabledHere = !user.enabled && user.disabledBySynchronizationAt !== null;
  const hasPhoneNow = rules.enable === 'newAndUpdatedWithPhone' && phone !== null;
  const isEnabledAgain = wasDisabledHere && (user.absence !== null || hasPhoneNow);
  if (isEnabledAgain) columns.sync_disabled_at = null;
  return { columns, isEnabledAgain, isToBeDisabled: false };
}
