import { setImmediate } from 'node:timers/promises';
import { isMfaError, MfaError } from '../errors.ts';
import type { UserRow } from '../store/tables.ts';
import { deleteUserRow } from '../store/user-rows.ts';
import type { Decide } from './change-state.ts';
import { findUserRow, requireUserRow, userNotFound } from './find-user.ts';
import { userFromRow } from './user-row.ts';
import type { UsersContext } from './users-context.ts';
import { auditEntry, type ChangeOptions, type ChangeResult, writeChange } from './write-change.ts';

/** What became of one of many users. Failures are values: the others are changed all the same. */
export type BulkResult<Result = ChangeResult> =
  | { username: string; result: Result; error?: undefined }
  | { username: string; error: MfaError; result?: undefined };

export interface BulkOptions extends ChangeOptions {
  /** Stops after the chunk that is being written; the rest is reported as `run.cancelled`. */
  signal?: AbortSignal | undefined;
}

/** Users per transaction: long enough to be quick, short enough to let other processes in between. */
const chunkSize = 500;

/** Makes the same change to many users, in the order of their names. */
export function changeMany(
  context: UsersContext,
  usernames: readonly string[],
  decide: Decide,
  options: BulkOptions,
): Promise<BulkResult[]> {
  return inChunks(context, usernames, options, (username) => {
    const row = requireRowOfMany(context, username, usernames.length);
    return writeChange(context, row, decide(row), options);
  });
}

/** Removes users. What they were stays in the audit log by name and directory id only. */
export function removeMany(
  context: UsersContext,
  usernames: readonly string[],
  options: BulkOptions,
): Promise<BulkResult[]> {
  return inChunks(context, usernames, options, (username) => {
    const row = requireRowOfMany(context, username, usernames.length);
    const fields: ChangeResult['fields'] = { username: [row.username, null] };
    if (!options.dryRun) {
      deleteUserRow(context.store, row.id);
      const facts = { source: row.source, directoryId: row.directory_id };
      context.audit.append(auditEntry(row.username, { action: 'user.removed', fields, facts }));
    }
    return { user: userFromRow(row), changed: true, fields };
  });
}

/** Looking for the names that may have been meant takes milliseconds, which nobody else may have to wait for. */
const fewUsers = 20;

function requireRowOfMany({ store }: UsersContext, username: string, count: number): UserRow {
  if (count <= fewUsers) return requireUserRow(store, username);
  const row = findUserRow(store, username);
  if (row === undefined) throw userNotFound(username, []);
  return row;
}

/**
 * Works on one item after the other, a chunk in one transaction. An error that concerns one user is its
 * result; one of the store undoes the chunk and ends the work, and all that were not written report it.
 */
export async function inChunks<Result>(
  context: UsersContext,
  usernames: readonly string[],
  options: BulkOptions,
  work: (username: string, index: number) => Result,
): Promise<BulkResult<Result>[]> {
  const results: BulkResult<Result>[] = [];
  for (let start = 0; start < usernames.length; start += chunkSize) {
    const chunk = usernames.slice(start, start + chunkSize);
    try {
      if (start > 0) await setImmediate();
      requireNotStopped(options.signal);
      const done = context.store.transaction(() =>
        chunk.map((username, index) => attempt(username, () => work(username, start + index))),
      );
      results.push(...done);
    } catch (error) {
      if (!isMfaError(error)) throw error;
      return [...results, ...usernames.slice(start).map((username) => ({ username, error }))];
    }
  }
  return results;
}

function attempt<Result>(username: string, work: () => Result): BulkResult<Result> {
  try {
    return { username, result: work() };
  } catch (error) {
    if (!isMfaError(error) || error.code.startsWith('store.')) throw error;
    return { username, error };
  }
}

/** @throws {MfaError} `run.cancelled` */
export function requireNotStopped(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new MfaError('run.cancelled', 'The work was stopped before this user.');
}
