import type { ExportFormat } from '../export-parts.ts';
import type { AddOptions } from './add-user.ts';
import { type BulkOptions, type BulkResult, changeMany, removeMany } from './bulk.ts';
import {
  type BlockOptions,
  type BypassOptions,
  blocking,
  bypassing,
  cancelBypass,
  enabling,
  settingMethod,
  unblock,
} from './change-state.ts';
import { countFromDirectory } from './count-users.ts';
import type { CsvImportOptions, CsvImportPart } from './csv-import.ts';
import type { EditOptions } from './edit-user.ts';
import { requireUserRow, usernamesByDirectoryId } from './find-user.ts';
import type { Method, Mode } from './method.ts';
import type { SetPinOptions, SetPinResult } from './set-pin.ts';
import type { User } from './user.ts';
import { exportUsers } from './user-export.ts';
import type { UserInput, UserPatch } from './user-input.ts';
import {
  type ListOptions,
  listUserIds,
  listUsers,
  type UserIdPage,
  type UserPage,
  usersByIds,
} from './user-list.ts';
import { userFromRow } from './user-row.ts';
import type { UsersContext } from './users-context.ts';
import type { ChangeResult } from './write-change.ts';

/**
 * The people that this server knows: finding, changing and listing them. Every change writes its audit event
 * in the same transaction. With `dryRun` everything is found out and nothing is written.
 *
 * What reads phones, PINs or CSV is loaded when it is first used: most commands and the console's first frame
 * only list users.
 *
 * @example
 * await users.edit('ada', { phone: '(425) 555-0123 x890' }, { version: user.version });
 * for (const { username, error } of await users.disable(['ada', 'bob'])) if (error) print(username, error);
 */
export class Users {
  readonly #context: UsersContext;

  constructor(context: UsersContext) {
    this.#context = context;
  }

  /**
   * The user of this name, without regard to case.
   * @throws {MfaError} `user.notFound`
   */
  find(username: string): User {
    return userFromRow(requireUserRow(this.#context.store, username));
  }

  /**
   * One page of users with the number of all that pass the filter, quick enough for a keystroke with a
   * million users.
   * @throws {MfaError} `filter.invalid`
   */
  list(options: ListOptions = {}): UserPage {
    return listUsers(this.#context, options);
  }

  /** As {@link list}, but only the ids; {@link byIds} has the users. */
  listIds(options: ListOptions = {}): UserIdPage {
    return listUserIds(this.#context, options);
  }

  byIds(ids: readonly number[]): User[] {
    return usersByIds(this.#context, ids);
  }

  /** The usernames of those people of the directory who are users here, by their directory ids. */
  fromDirectory(directoryIds: readonly string[]): Map<string, string> {
    return usernamesByDirectoryId(this.#context.store, directoryIds);
  }

  /** How many of these users came from the directory, and may come back after they were removed. */
  countFromDirectory(ids: readonly number[]): number {
    return countFromDirectory(this.#context.store, ids);
  }

  /**
   * All users who pass a filter, or those with some ids, as parts of one CSV or JSON text, without PINs.
   * @throws {MfaError} `filter.invalid`
   */
  export(format: ExportFormat, which?: string | readonly number[]): Iterable<string> {
    return exportUsers(this.#context, format, which);
  }

  /**
   * Imports users from CSV, chunk by chunk, and tells of every line.
   * @throws {MfaError} `csv.invalid`
   */
  async *importCsv(
    source: AsyncIterable<Uint8Array>,
    options: CsvImportOptions = {},
  ): AsyncGenerator<CsvImportPart> {
    const { importUsersFromCsv } = await import('./csv-import.ts');
    yield* importUsersFromCsv(this.#context, source, options);
  }

  /**
   * Adds a user by hand; the company settings give the method when none was typed.
   * @throws {MfaError} `user.invalid`, `phone.invalid`, `pin.invalid`, `user.exists`
   */
  async add(input: UserInput, options: AddOptions = {}): Promise<ChangeResult> {
    const { addUser } = await import('./add-user.ts');
    return addUser(this.#context, input, options);
  }

  /**
   * Changes fields of a user. A field of a directory user that is edited here is kept local from then on,
   * unless `followDirectory` names it.
   * @throws {MfaError} `user.notFound`, `user.changed`, `user.invalid`, `phone.invalid`, `user.exists`
   */
  async edit(username: string, patch: UserPatch, options: EditOptions = {}): Promise<ChangeResult> {
    const { editUser } = await import('./edit-user.ts');
    return editUser(this.#context, username, patch, options);
  }

  enable(usernames: readonly string[], options: BulkOptions = {}): Promise<BulkResult[]> {
    return changeMany(this.#context, usernames, enabling(true), options);
  }

  disable(usernames: readonly string[], options: BulkOptions = {}): Promise<BulkResult[]> {
    return changeMany(this.#context, usernames, enabling(false), options);
  }

  /** @throws {MfaError} `user.invalid` for a missing reason or an impossible number of days */
  async block(usernames: readonly string[], options: BlockOptions & BulkOptions): Promise<BulkResult[]> {
    const { companySettings, clock, actor } = this.#context;
    const decide = blocking(options, companySettings.load(), clock(), actor);
    return changeMany(this.#context, usernames, decide, options);
  }

  /** Ends blocks and lockouts. */
  unblock(usernames: readonly string[], options: BulkOptions = {}): Promise<BulkResult[]> {
    return changeMany(this.#context, usernames, unblock, options);
  }

  /**
   * Lets users pass the second factor once, within some seconds.
   * @throws {MfaError} `user.invalid` for a missing reason or too many seconds
   */
  async bypass(usernames: readonly string[], options: BypassOptions & BulkOptions): Promise<BulkResult[]> {
    const { companySettings, clock, actor } = this.#context;
    const decide = bypassing(options, companySettings.load(), clock(), actor);
    return changeMany(this.#context, usernames, decide, options);
  }

  cancelBypass(usernames: readonly string[], options: BulkOptions = {}): Promise<BulkResult[]> {
    return changeMany(this.#context, usernames, cancelBypass, options);
  }

  /** @throws {MfaError} `user.invalid` when the method has no such mode */
  async setMethod(
    usernames: readonly string[],
    method: Method,
    mode?: Mode,
    options: BulkOptions = {},
  ): Promise<BulkResult[]> {
    return changeMany(this.#context, usernames, settingMethod(method, mode), options);
  }

  /** Gives users a PIN, or each one of their own. Failures (`pin.invalid`, ...) are in the results. */
  async setPin(usernames: readonly string[], options: SetPinOptions): Promise<BulkResult<SetPinResult>[]> {
    const { setPins } = await import('./set-pin.ts');
    return setPins(this.#context, usernames, options);
  }

  remove(usernames: readonly string[], options: BulkOptions = {}): Promise<BulkResult[]> {
    return removeMany(this.#context, usernames, options);
  }
}
