import type { MfaError } from '../errors.ts';
import { inChunks } from '../in-chunks.ts';
import { noteRevisit } from '../store/sync-revisits.ts';
import type { UserRow } from '../store/tables.ts';
import { deleteUserRow } from '../store/user-rows.ts';
import type { Decide } from './change-state.ts';
import { findUserRow, requireUserRow, userNotFound } from './find-user.ts';
import type { User } from './user.ts';
import type { UsersContext } from './users-context.ts';
import { auditEntry, type ChangeOptions, type ChangeResult, writeChange } from './write-change.ts';

/** What a change of one of many users is remembered by; whole users would take the memory of all of them. */
export interface BriefChange extends Omit<ChangeResult, 'user'> {
  user: Pick<User, 'username' | 'directoryId'>;
}

/** What became of one of many users. Failures are values: the others are changed all the same. */
export type BulkResult<Result = BriefChange> =
  | { username: string; result: Result; error?: undefined }
  | { username: string; error: MfaError; result?: undefined };

export interface BulkOptions extends ChangeOptions {
  /** Stops after the chunk that is being written; the rest is reported as `run.cancelled`. */
  signal?: AbortSignal | undefined;
}

/** Makes the same change to many users, in the order of their names. */
export function changeMany(
  context: UsersContext,
  usernames: readonly string[],
  decide: Decide,
  options: BulkOptions,
): Promise<BulkResult[]> {
  return eachUser(context, usernames, options, (username) => {
    const row = requireRowOfMany(context, username, usernames.length);
    const { user, changed, fields } = writeChange(context, row, decide(row), options);
    return { user: { username: user.username, directoryId: user.directoryId }, changed, fields };
  });
}

/** Removes users. What they were stays in the audit log by name and directory id only. */
export function removeMany(
  context: UsersContext,
  usernames: readonly string[],
  options: BulkOptions,
): Promise<BulkResult[]> {
  return eachUser(context, usernames, options, (username) => {
    const row = requireRowOfMany(context, username, usernames.length);
    const fields: ChangeResult['fields'] = { username: [row.username, null] };
    if (!options.dryRun) {
      deleteUserRow(context.store, row.id);
      noteRevisit(context.store, row);
      const facts = { source: row.source, directoryId: row.directory_id };
      context.audit.append(auditEntry(row.username, { action: 'user.removed', fields, facts }));
    }
    return { user: { username: row.username, directoryId: row.directory_id }, changed: true, fields };
  });
}

/** Works on users in chunks; see {@link inChunks}. */
export function eachUser<Result>(
  { store }: UsersContext,
  usernames: readonly string[],
  { signal }: BulkOptions,
  work: (username: string, index: number) => Result,
): Promise<BulkResult<Result>[]> {
  return inChunks<string, BulkResult<Result>>(
    usernames,
    (username, index) => ({ username, result: work(username, index) }),
    {
      transaction: (chunk) => store.transaction(chunk),
      failed: (username, error) => ({ username, error }),
      signal,
    },
  );
}

/** Looking for the names that may have been meant takes milliseconds, which nobody else may have to wait for. */
const fewUsers = 20;

function requireRowOfMany({ store }: UsersContext, username: string, count: number): UserRow {
  if (count <= fewUsers) return requireUserRow(store, username);
  const row = findUserRow(store, username);
  if (row === undefined) throw userNotFound(username, []);
  return row;
}
