import type { UserRow } from '../store/tables.ts';
import type { Language, Method, Mode } from './method.ts';
import { searchText } from './search-text.ts';
import {
  type DirectoryField,
  type User,
  type UserAbsence,
  type UserFields,
  type UserSource,
  usernameKey,
} from './user.ts';

/** A stored row as the core's user. The row was written by {@link columnsOf}, so its words are known ones. */
export function userFromRow(row: UserRow): User {
  return {
    id: row.id,
    version: row.version,
    username: row.username,
    firstName: row.first_name,
    lastName: row.last_name,
    email: row.email,
    userGroup: row.user_group,
    description: row.description,
    phone: row.phone,
    extension: row.extension,
    backupPhone: row.backup_phone,
    backupExtension: row.backup_extension,
    method: row.method as Method | null,
    mode: row.mode as Mode | null,
    languagePhoneCall: row.language_phone_call as Language | null,
    languageTextMessage: row.language_text_message as Language | null,
    languageMobileApp: row.language_mobile_app as Language | null,
    languageOathToken: row.language_oath_token as Language | null,
    enabled: row.enabled === 1,
    hasPin: row.pin_hash !== null,
    pinMustChange: row.pin_must_change === 1,
    pinSetAt: row.pin_set_at,
    mayChangePhone: toBoolean(row.may_change_phone),
    mayChangePin: toBoolean(row.may_change_pin),
    whenDisabled: row.when_disabled as User['whenDisabled'],
    localFields: row.local_fields === null ? [] : (JSON.parse(row.local_fields) as DirectoryField[]),
    blockedUntil: row.blocked_until,
    blockedReason: row.blocked_reason,
    blockedAt: row.blocked_at,
    blockedBy: row.blocked_by,
    lockedUntil: row.locked_until,
    bypassUntil: row.bypass_until,
    bypassReason: row.bypass_reason,
    bypassBy: row.bypass_by,
    source: row.source as UserSource,
    directoryId: row.directory_id,
    directoryDn: row.directory_dn,
    lastSynchronizedAt: row.last_synchronized_at,
    itemId: row.sync_item_id,
    absence: row.sync_absence as UserAbsence | null,
    absentSince: row.sync_absent_since,
    disabledBySynchronizationAt: row.sync_disabled_at,
    lastAuthenticatedAt: row.last_authenticated_at,
    createdAt: row.created_at,
    createdBy: row.created_by,
    updatedAt: row.updated_at,
    updatedBy: row.updated_by,
  };
}

/** The columns that hold what a person may set on a user, with those derived from it. */
export function columnsOf(fields: UserFields) {
  return {
    username: fields.username,
    username_key: usernameKey(fields.username),
    first_name: fields.firstName,
    last_name: fields.lastName,
    email: fields.email,
    user_group: fields.userGroup,
    description: fields.description,
    phone: fields.phone,
    extension: fields.extension,
    backup_phone: fields.backupPhone,
    backup_extension: fields.backupExtension,
    method: fields.method,
    mode: fields.mode,
    language_phone_call: fields.languagePhoneCall,
    language_text_message: fields.languageTextMessage,
    language_mobile_app: fields.languageMobileApp,
    language_oath_token: fields.languageOathToken,
    enabled: fields.enabled ? 1 : 0,
    pin_must_change: fields.pinMustChange ? 1 : 0,
    may_change_phone: fromBoolean(fields.mayChangePhone),
    may_change_pin: fromBoolean(fields.mayChangePin),
    when_disabled: fields.whenDisabled,
    local_fields: fields.localFields.length === 0 ? null : JSON.stringify(fields.localFields),
    search_text: searchText(fields),
  } satisfies Partial<UserRow>;
}

function toBoolean(value: number | null): boolean | null {
  return value === null ? null : value === 1;
}

function fromBoolean(value: boolean | null): number | null {
  return value === null ? null : value ? 1 : 0;
}
