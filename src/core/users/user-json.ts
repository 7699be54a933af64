import { stateOf, type User } from './user.ts';

/** A user in lists that scripts read. Names and meanings of the fields are stable. */
export function userSummaryJson(user: User, now: string) {
  return {
    username: user.username,
    firstName: user.firstName,
    lastName: user.lastName,
    email: user.email,
    phone: user.phone,
    extension: user.extension,
    backupPhone: user.backupPhone,
    method: user.method,
    mode: user.mode,
    state: stateOf(user, now),
    enabled: user.enabled,
    userGroup: user.userGroup,
    source: user.source,
    directoryId: user.directoryId,
    lastAuthenticatedAt: user.lastAuthenticatedAt,
    version: user.version,
  };
}

/** Everything that may be shown of a user: all but the PIN, of which only its presence and age. */
export function userJson(user: User, now: string) {
  return {
    ...userSummaryJson(user, now),
    description: user.description,
    backupExtension: user.backupExtension,
    languagePhoneCall: user.languagePhoneCall,
    languageTextMessage: user.languageTextMessage,
    languageMobileApp: user.languageMobileApp,
    languageOathToken: user.languageOathToken,
    hasPin: user.hasPin,
    pinMustChange: user.pinMustChange,
    pinSetAt: user.pinSetAt,
    mayChangePhone: user.mayChangePhone,
    mayChangePin: user.mayChangePin,
    whenDisabled: user.whenDisabled,
    localFields: user.localFields,
    blockedUntil: user.blockedUntil,
    blockedReason: user.blockedReason,
    blockedAt: user.blockedAt,
    blockedBy: user.blockedBy,
    lockedUntil: user.lockedUntil,
    bypassUntil: user.bypassUntil,
    bypassReason: user.bypassReason,
    bypassBy: user.bypassBy,
    directoryDn: user.directoryDn,
    lastSynchronizedAt: user.lastSynchronizedAt,
    itemId: user.itemId,
    absence: user.absence,
    absentSince: user.absentSince,
    disabledBySynchronizationAt: user.disabledBySynchronizationAt,
    createdAt: user.createdAt,
    createdBy: user.createdBy,
    updatedAt: user.updatedAt,
    updatedBy: user.updatedBy,
  };
}
