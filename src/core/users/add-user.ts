import { timestamp } from '../clock.ts';
import type { CompanySettings } from '../settings/company-settings.ts';
import type { UserRow } from '../store/tables.ts';
import { insertUserRow } from '../store/user-rows.ts';
import { defaultLanguages } from './default-languages.ts';
import { userExists, userFieldNames } from './edit-user.ts';
import { findUserRow } from './find-user.ts';
import { hashPin, requireGoodPin } from './pin.ts';
import { emptyUserFields, type User, type UserFields, type UserSource } from './user.ts';
import { patchFields, type UserInput } from './user-input.ts';
import { columnsOf, userFromRow } from './user-row.ts';
import type { UsersContext } from './users-context.ts';
import { auditEntry, type ChangeOptions, type ChangeResult, type FieldChanges } from './write-change.ts';

export interface AddOptions extends ChangeOptions {
  pin?: string | undefined;
}

/**
 * Adds a user by hand.
 * @throws {MfaError} `user.invalid`, `phone.invalid`, `pin.invalid`, `user.exists`
 */
export async function addUser(
  context: UsersContext,
  input: UserInput,
  options: AddOptions,
): Promise<ChangeResult> {
  const settings = context.companySettings.load();
  const fields = fieldsOfNewUser(input, settings);
  const { pin, dryRun } = options;
  if (pin === undefined) return insertUser(context, fields, 'manual', withoutPin, options);
  requireGoodPin(pin, settings, [fields.phone, fields.backupPhone]);
  const pinColumns = {
    pin_hash: dryRun ? '' : await hashPin(pin),
    pin_set_at: timestamp(context.clock()),
  };
  const onWritten = (user: User) => options.onWritten?.(user, pin);
  return insertUser(context, fields, 'manual', pinColumns, { ...options, onWritten });
}

type PinColumns = Pick<UserRow, 'pin_hash' | 'pin_set_at'>;

export const withoutPin: PinColumns = { pin_hash: null, pin_set_at: null };

/**
 * The fields of a new user: what was typed, and the company's method and languages where none were.
 * @throws {MfaError} `user.invalid`, `phone.invalid`
 */
export function fieldsOfNewUser(input: UserInput, settings: CompanySettings): UserFields {
  const { defaultMethod, defaultMode, defaultCountry } = settings;
  const defaults = input.method === undefined ? { method: defaultMethod, mode: defaultMode } : {};
  return patchFields(
    { ...emptyUserFields, ...defaultLanguages(settings), ...defaults, username: '' },
    input,
    defaultCountry,
  );
}

/**
 * Stores a new user with its audit event, in one transaction.
 * @throws {MfaError} `user.exists`
 */
export function insertUser(
  context: UsersContext,
  fields: UserFields,
  source: Extract<UserSource, 'manual' | 'csv'>,
  pin: PinColumns,
  options: ChangeOptions,
): ChangeResult {
  const { store } = context;
  return store.transaction(() => {
    if (findUserRow(store, fields.username) !== undefined) throw userExists(fields.username);
    const now = timestamp(context.clock());
    const row: Omit<UserRow, 'id'> = {
      ...emptyRow,
      ...columnsOf(fields),
      ...pin,
      version: 1,
      source,
      created_at: now,
      created_by: context.actor,
      updated_at: now,
      updated_by: context.actor,
    };
    const changes: FieldChanges = {};
    for (const name of userFieldNames) {
      const value = fields[name];
      if (value !== null && JSON.stringify(value) !== '[]') changes[name] = [null, value];
    }
    if (pin.pin_hash !== null) changes.pin = [null, 'set'];
    if (options.dryRun) return { user: userFromRow({ ...row, id: 0 }), changed: true, fields: changes };
    const id = insertUserRow(store, row);
    context.audit.append(
      auditEntry(fields.username, { action: 'user.added', fields: changes, facts: { source } }),
    );
    const user = userFromRow({ ...row, id });
    options.onWritten?.(user);
    return { user, changed: true, fields: changes };
  });
}

/** The columns that a new user does not have yet. */
const emptyRow = {
  pin_history: null,
  blocked_until: null,
  blocked_reason: null,
  blocked_at: null,
  blocked_by: null,
  locked_until: null,
  bypass_until: null,
  bypass_reason: null,
  bypass_by: null,
  directory_id: null,
  sync_item_id: null,
  sync_absence: null,
  sync_absent_since: null,
  sync_disabled_at: null,
  sync_held: null,
  directory_dn: null,
  fingerprint: null,
  last_synchronized_at: null,
  last_authenticated_at: null,
} satisfies Partial<UserRow>;
