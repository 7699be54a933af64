/**
 * Every error that the product raises on purpose, with the exit code that a command ends with.
 * Codes are stable: scripts may rely on them. The wording may improve.
 */
export const errorCodes = {
  // use of the program
  'usage.invalid': 2,
  'terminal.required': 2,
  'confirmation.required': 2,
  'internal.unexpected': 1,
  // data directory and store
  'store.notFound': 1,
  'store.unreadable': 1,
  'store.busy': 1,
  'store.corrupt': 1,
  'store.newer': 1,
  'store.full': 1,
  'masterKey.missing': 1,
  'masterKey.wrong': 1,
  'secret.unreadable': 1,
  'backup.invalid': 1,
  'backup.exists': 5,
  'file.unwritable': 1,
  'audit.broken': 1,
  // settings
  'settings.unknown': 4,
  'settings.invalid': 2,
  'settings.changed': 5,
  'preferences.unknown': 4,
  'preferences.invalid': 2,
  // trust in servers
  'tls.invalid': 2,
  // users
  'user.notFound': 4,
  'user.exists': 5,
  'user.changed': 5,
  'user.invalid': 2,
  'phone.invalid': 2,
  'pin.invalid': 2,
  'filter.invalid': 2,
  'csv.invalid': 1,
  // e-mail
  'template.unknown': 4,
  'template.invalid': 2,
  'template.changed': 5,
  'mail.noMethod': 1,
  // directory
  'directory.notConfigured': 1,
  'directory.invalid': 2,
  'directory.dns': 1,
  'directory.refused': 1,
  'directory.unreachable': 1,
  'directory.timeout': 1,
  'directory.disconnected': 1,
  'directory.tlsUntrusted': 1,
  'directory.tlsExpired': 1,
  'directory.tlsName': 1,
  'directory.tls': 1,
  'directory.encryptionRequired': 1,
  'directory.plainNotAccepted': 2,
  'directory.credentials': 1,
  'directory.accountUnknown': 1,
  'directory.accountDisabled': 1,
  'directory.accountExpired': 1,
  'directory.accountLocked': 1,
  'directory.passwordExpired': 1,
  'directory.logonRestricted': 1,
  'directory.accessDenied': 1,
  'directory.entryNotFound': 4,
  'directory.filterInvalid': 2,
  'directory.protocol': 1,
  'directory.listingIncomplete': 1,
  // runs
  'run.inProgress': 5,
  'run.leaseLost': 1,
  'run.cancelled': 1,
  'run.notFound': 4,
  'run.notResumable': 5,
  'run.notAwaiting': 5,
  // synchronization
  'sync.itemNotFound': 4,
  'sync.itemExists': 5,
  'sync.itemInvalid': 2,
  'sync.itemChanged': 5,
  'sync.noItems': 1,
  'sync.nothingFound': 1,
  'sync.itemsChanged': 5,
  // delivery of mail
  'mail.invalid': 2,
  'mail.plainNotAccepted': 2,
  'mail.notConfigured': 1,
  'mail.unreachable': 1,
  'mail.timeout': 1,
  'mail.tls': 1,
  'mail.credentials': 1,
  'mail.deferred': 1,
  'mail.refused': 1,
  // gateways
  'gateway.invalid': 2,
  'gateway.plainNotAccepted': 2,
  'gateway.notConfigured': 1,
  'gateway.unknownPreset': 4,
  'gateway.unreachable': 1,
  'gateway.timeout': 1,
  'gateway.tls': 1,
  'gateway.credentials': 1,
  'gateway.unavailable': 1,
  'gateway.refused': 1,
  'gateway.inDoubt': 1,
  // wordings
  'wording.unknown': 4,
  'wording.invalid': 2,
  // outbox
  'mail.notFound': 4,
  'mail.notPossible': 5,
  'mail.pinGone': 5,
  'mail.switchedOff': 1,
  'mail.noAddress': 1,
  'mail.inDoubt': 1,
  'mail.givenUp': 1,
  'mail.userRemoved': 1,
  'mail.attachmentGone': 1,
} as const;

export type ErrorCode = keyof typeof errorCodes;

/** The exit code of a code that was stored, perhaps by another version of the program. */
export function exitCodeOf(code: string): number {
  return Object.hasOwn(errorCodes, code) ? errorCodes[code as ErrorCode] : 1;
}

export interface MfaErrorOptions {
  cause?: unknown;
  /** One sentence that tells the administrator what to do. */
  advice?: string | undefined;
  /** What is wrong with each input field, as the end of a sentence such as `is too short`. */
  fields?: Readonly<Record<string, string>> | undefined;
}

/** An expected failure: a stable code and a sentence that says what failed, on what. */
export class MfaError extends Error {
  override readonly name = 'MfaError';
  readonly code: ErrorCode;
  readonly advice: string | undefined;
  readonly fields: Readonly<Record<string, string>>;

  constructor(code: ErrorCode, message: string, options: MfaErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.advice = options.advice;
    this.fields = options.fields ?? {};
  }

  /** What failed and what to do, as one text. */
  get sentence(): string {
    return this.advice === undefined ? this.message : `${this.message} ${this.advice}`;
  }
}

export function isMfaError(error: unknown, code?: ErrorCode): error is MfaError {
  return error instanceof MfaError && (code === undefined || error.code === code);
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
