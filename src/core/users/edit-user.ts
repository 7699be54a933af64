import { MfaError } from '../errors.ts';
import type { UserRow } from '../store/tables.ts';
import { utcMoment } from '../utc-time.ts';
import { findUserRow, requireUserRow } from './find-user.ts';
import {
  type DirectoryField,
  directoryFields,
  emptyUserFields,
  type UserFields,
  usernameKey,
} from './user.ts';
import { patchFields, type UserPatch } from './user-input.ts';
import { columnsOf, userFromRow } from './user-row.ts';
import type { UsersContext } from './users-context.ts';
import {
  type Change,
  type ChangeOptions,
  type ChangeResult,
  differences,
  writeChange,
} from './write-change.ts';

export interface EditOptions extends ChangeOptions {
  /** The version that the edit was made from; left out, the current one. */
  version?: number | undefined;
  /** Fields given back to the directory: its next synchronization writes them again. */
  followDirectory?: readonly DirectoryField[] | undefined;
  /** Fields that the directory shall no longer write, though they are not edited now. */
  keepLocal?: readonly DirectoryField[] | undefined;
}

export const userFieldNames = ['username', ...Object.keys(emptyUserFields)] as (keyof UserFields)[];

/**
 * Changes the fields of a user.
 * @throws {MfaError} `user.notFound`, `user.changed` when the user is no longer in the named version,
 *   `user.invalid`, `phone.invalid`, `user.exists` for a username that another has
 */
export function editUser(
  context: UsersContext,
  username: string,
  patch: UserPatch,
  options: EditOptions,
): ChangeResult {
  const { defaultCountry } = context.companySettings.load();
  return context.store.transaction(() => {
    const row = requireUserRow(context.store, username);
    requireVersion(row, options.version);
    const change = planEdit(row, patch, defaultCountry, options);
    if (change !== null) requireFreeUsername(context, row, change.columns.username);
    return writeChange(context, row, change, options);
  });
}

/** What an edit does; null when nothing is different. */
export function planEdit(
  row: UserRow,
  patch: UserPatch,
  defaultCountry: string,
  { followDirectory = [], keepLocal = [] }: Pick<EditOptions, 'followDirectory' | 'keepLocal'>,
): Change | null {
  const before = userFromRow(row);
  if (before.directoryId === null && followDirectory.length + keepLocal.length > 0) {
    throw new MfaError('user.invalid', `The user "${row.username}" does not come from a directory.`, {
      advice: 'All fields of this user are local anyway.',
    });
  }
  const after = patchFields(before, patch, defaultCountry);
  if (before.directoryId !== null && patch.localFields === undefined) {
    const edited = directoryFields.filter((field) => before[field] !== after[field]);
    const kept = new Set([...before.localFields, ...edited, ...keepLocal]);
    for (const field of followDirectory) kept.delete(field);
    after.localFields = directoryFields.filter((field) => kept.has(field));
  }
  const fields = differences<UserFields>(before, after, userFieldNames);
  if (Object.keys(fields).length === 0) return null;
  const columns = { ...columnsOf(after), fingerprint: null };
  // Who edits it decides from now on, and no longer synchronization.
  if (before.enabled !== after.enabled) Object.assign(columns, { sync_disabled_at: null });
  return { action: 'user.edited', columns, fields };
}

/** @throws {MfaError} `user.changed`, naming who changed the user and when */
export function requireVersion(row: UserRow, version: number | undefined): void {
  if (version === undefined || version === row.version) return;
  throw new MfaError(
    'user.changed',
    `The user "${row.username}" was changed by ${row.updated_by} at ${utcMoment(row.updated_at)} in the meantime.`,
    { advice: `Load the user again (it is now version ${row.version}) and repeat the change.` },
  );
}

function requireFreeUsername(context: UsersContext, row: UserRow, username: string | undefined): void {
  if (username === undefined || usernameKey(username) === row.username_key) return;
  if (findUserRow(context.store, username) !== undefined) throw userExists(username);
}

export function userExists(username: string): MfaError {
  return new MfaError('user.exists', `There is already a user "${username}".`, {
    advice: 'Choose another username, or edit that user.',
    fields: { username: 'belongs to another user' },
  });
}
