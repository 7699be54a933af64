import type { Language, Method, Mode } from './method.ts';

/** Where a user came from. */
export const userSources = ['manual', 'csv', 'import', 'synchronization'] as const;
export type UserSource = (typeof userSources)[number];

export const userAbsences = ['left', 'accountDisabled'] as const;
export type UserAbsence = (typeof userAbsences)[number];

/** What a user may do right now, as one word; {@link stateOf} says which of several wins. */
export const userStates = [
  'enabled',
  'disabled',
  'blocked',
  'lockedOut',
  'bypassed',
  'pinChangeRequired',
] as const;
export type UserState = (typeof userStates)[number];

/** The states as administrators read them. */
export const stateNames: Record<UserState, string> = {
  enabled: 'enabled',
  disabled: 'disabled',
  blocked: 'blocked',
  lockedOut: 'locked out',
  bypassed: 'bypassed',
  pinChangeRequired: 'PIN change required',
};

/** Fields that a directory may own; `localFields` names those that are kept as set here. */
export const directoryFields = [
  'username',
  'firstName',
  'lastName',
  'email',
  'userGroup',
  'description',
  'phone',
  'extension',
  'backupPhone',
  'backupExtension',
  'languagePhoneCall',
  'languageTextMessage',
  'languageMobileApp',
  'languageOathToken',
] as const;
export type DirectoryField = (typeof directoryFields)[number];

/** What a person may set on a user; phones are E.164, absent values are null. */
export interface UserFields {
  username: string;
  firstName: string | null;
  lastName: string | null;
  email: string | null;
  userGroup: string | null;
  description: string | null;
  /** E.164, such as `+14255550123`. */
  phone: string | null;
  /** Dialled after the answer: digits, `,` (a pause of one second), `*`, `#`. */
  extension: string | null;
  /** Tried when the first phone is not answered; E.164. */
  backupPhone: string | null;
  backupExtension: string | null;
  method: Method | null;
  mode: Mode | null;
  languagePhoneCall: Language | null;
  languageTextMessage: Language | null;
  languageMobileApp: Language | null;
  languageOathToken: Language | null;
  enabled: boolean;
  pinMustChange: boolean;
  /** Overrides of the company settings; null follows them. */
  mayChangePhone: boolean | null;
  mayChangePin: boolean | null;
  whenDisabled: 'fail' | 'succeed' | null;
  localFields: readonly DirectoryField[];
}

/** A person known to this server. Moments are ISO 8601 UTC text. */
export interface User extends UserFields {
  id: number;
  /** Grows with every change; an edit names the version that it was made from. */
  version: number;
  source: UserSource;
  /** objectGUID in Microsoft's order or entryUUID, lower case; null for users made by hand. */
  directoryId: string | null;
  directoryDn: string | null;
  hasPin: boolean;
  pinSetAt: string | null;
  blockedUntil: string | null;
  blockedReason: string | null;
  blockedAt: string | null;
  blockedBy: string | null;
  lockedUntil: string | null;
  bypassUntil: string | null;
  bypassReason: string | null;
  bypassBy: string | null;
  lastSynchronizedAt: string | null;
  /** The synchronization item that the user belongs to. */
  itemId: number | null;
  /** Why synchronization takes the user for absent: no item finds them, or the directory has the account disabled. */
  absence: UserAbsence | null;
  /** When that was acted on; of somebody whose change is held for approval, when a run noticed it first. */
  absentSince: string | null;
  /** When synchronization itself disabled the user; null when somebody else did. */
  disabledBySynchronizationAt: string | null;
  lastAuthenticatedAt: string | null;
  createdAt: string;
  createdBy: string;
  updatedAt: string;
  updatedBy: string;
}

/** The state that counts at a moment. A disabled user stays disabled whatever else is true. */
export function stateOf(
  user: Pick<User, 'enabled' | 'blockedUntil' | 'lockedUntil' | 'bypassUntil' | 'pinMustChange'>,
  now: string,
): UserState {
  if (!user.enabled) return 'disabled';
  if (user.blockedUntil !== null && user.blockedUntil > now) return 'blocked';
  if (user.lockedUntil !== null && user.lockedUntil > now) return 'lockedOut';
  if (user.bypassUntil !== null && user.bypassUntil > now) return 'bypassed';
  if (user.pinMustChange) return 'pinChangeRequired';
  return 'enabled';
}

/** Usernames are unique without regard to case and to Unicode's compatible forms. */
export function usernameKey(username: string): string {
  return username.normalize('NFKC').toLowerCase();
}

/** "Ada Smith", or what is known of it. */
export function fullName(user: Pick<User, 'firstName' | 'lastName'>): string {
  return [user.firstName, user.lastName].filter((part) => part !== null && part !== '').join(' ');
}

export const emptyUserFields: Omit<UserFields, 'username'> = {
  firstName: null,
  lastName: null,
  email: null,
  userGroup: null,
  description: null,
  phone: null,
  extension: null,
  backupPhone: null,
  backupExtension: null,
  method: null,
  mode: null,
  languagePhoneCall: null,
  languageTextMessage: null,
  languageMobileApp: null,
  languageOathToken: null,
  enabled: true,
  pinMustChange: false,
  mayChangePhone: null,
  mayChangePin: null,
  whenDisabled: null,
  localFields: [],
};
