import { type ErrorCode, MfaError } from '../../errors.ts';
import { plainText } from '../../plain-text.ts';

/** What was being done, for the sentences: the server's address, and the entry or name that it was about. */
export interface Circumstance {
  url: string;
  /** The account of a bind, or the DN of a search. */
  target?: string | undefined;
}

/** LDAP result codes (RFC 4511, appendix A) that mean something to us. */
export const resultCode = {
  success: 0,
  operationsError: 1,
  protocolError: 2,
  timeLimitExceeded: 3,
  sizeLimitExceeded: 4,
  authMethodNotSupported: 7,
  strongerAuthRequired: 8,
  referral: 10,
  adminLimitExceeded: 11,
  unavailableCriticalExtension: 12,
  confidentialityRequired: 13,
  noSuchObject: 32,
  invalidDnSyntax: 34,
  inappropriateAuthentication: 48,
  invalidCredentials: 49,
  insufficientAccessRights: 50,
  busy: 51,
  unavailable: 52,
  unwillingToPerform: 53,
  other: 80,
} as const;

type Failure = readonly [code: ErrorCode, message: string, advice?: string];

/** The hexadecimal number after `data` in the diagnostics of result 49 (Windows system error codes). */
const bindFailures: Record<string, (user: string) => Failure> = {
  '525': (user) => [
    'directory.accountUnknown',
    `The directory does not know the bind account ${user}.`,
    'Check its name: use the form name@domain or the whole distinguished name.',
  ],
  '52e': (user) => [
    'directory.credentials',
    `The bind account ${user} does not exist, or its password is another.`,
    'Check the name, and enter the password again.',
  ],
  '530': (user) => [
    'directory.logonRestricted',
    `The bind account ${user} may not log on at this time.`,
    'Change its logon hours in the directory, or use an account for services.',
  ],
  '531': (user) => [
    'directory.logonRestricted',
    `The bind account ${user} may not log on from this computer.`,
    'Change the computers it may log on to in the directory.',
  ],
  '532': (user) => [
    'directory.passwordExpired',
    `The password of the bind account ${user} has expired.`,
    'Set a new password in the directory and enter it here; accounts for services should have one that does not expire.',
  ],
  '533': (user) => [
    'directory.accountDisabled',
    `The bind account ${user} is disabled in the directory.`,
    'Enable the account in the directory, or use another.',
  ],
  '701': (user) => [
    'directory.accountExpired',
    `The bind account ${user} has expired.`,
    'Move the expiry date of the account in the directory, or use another.',
  ],
  '773': (user) => [
    'directory.passwordExpired',
    `The bind account ${user} must change its password before it can be used.`,
    'Set a password in the directory without "must change password at next logon" and enter it here.',
  ],
  '775': (user) => [
    'directory.accountLocked',
    `The bind account ${user} is locked out after too many wrong passwords.`,
    'Unlock the account in the directory, and look for what keeps trying an old password.',
  ],
};

/** A result other than success as an error. Not for listings that were cut short; these say how far they came. */
export function resultError(code: number, diagnostics: string, about: Circumstance): MfaError {
  const [errorCode, message, advice] = describeResult(code, diagnostics, about);
  return new MfaError(errorCode, message, {
    advice,
    cause: new Error(`LDAP result ${code}: ${diagnostics}`),
  });
}

function describeResult(code: number, diagnostics: string, { url, target }: Circumstance): Failure {
  const entry = target === undefined || target === '' ? 'the entry' : `"${plainText(target)}"`;
  const said = serverWords(diagnostics);
  switch (code) {
    case resultCode.invalidCredentials: {
      const data = /\bdata ([0-9a-f]+)/i.exec(diagnostics)?.[1]?.toLowerCase() ?? '';
      const describe = bindFailures[data] ?? bindFailures['52e'];
      return describe?.(entry) ?? ['directory.credentials', `${url} refused the bind account ${entry}.`];
    }
    case resultCode.strongerAuthRequired:
    case resultCode.confidentialityRequired:
      return [
        'directory.encryptionRequired',
        `${url} demands an encrypted connection${said}.`,
        'Use an ldaps:// URL, or ldap:// with StartTLS.',
      ];
    case resultCode.operationsError:
      if (/000004DC|bind must be completed|00002020|without authentication/i.test(diagnostics)) {
        return [
          'directory.accessDenied',
          `${url} answers only to accounts that logged on.`,
          'Set a bind account and its password.',
        ];
      }
      return ['directory.protocol', `${url} could not do what it was asked${said}.`];
    case resultCode.noSuchObject:
      return [
        'directory.entryNotFound',
        `There is no entry ${entry} on ${url}, or the bind account may not see it.`,
        'Check the distinguished name, and the rights of the bind account.',
      ];
    case resultCode.invalidDnSyntax:
      return [
        'directory.invalid',
        `${entry} is not a distinguished name.`,
        'Write it like OU=Sales,DC=corp,DC=example.',
      ];
    case resultCode.referral:
      return [
        'directory.entryNotFound',
        `${url} does not hold ${entry}, but refers to another server.`,
        'Connect to a server of the domain that holds it.',
      ];
    case resultCode.insufficientAccessRights:
    case resultCode.inappropriateAuthentication:
    case resultCode.authMethodNotSupported:
      return [
        'directory.accessDenied',
        `${url} does not let the bind account read ${entry}${said}.`,
        'Give the bind account the right to read it, or use another account.',
      ];
    case resultCode.timeLimitExceeded:
      return [
        'directory.timeout',
        `${url} gave up after its time limit${said}.`,
        'Raise the time limit, or narrow the filter.',
      ];
    case resultCode.sizeLimitExceeded:
    case resultCode.adminLimitExceeded:
      return [
        'directory.listingIncomplete',
        `${url} stopped at a limit of the server${said}.`,
        'Narrow the filter, or raise the limits of the server for the bind account.',
      ];
    case resultCode.busy:
    case resultCode.unavailable:
      return ['directory.unreachable', `${url} is too busy or shutting down${said}.`, 'Try again later.'];
    default:
      return ['directory.protocol', `${url} answered with LDAP result ${code}${said}.`];
  }
}

function serverWords(diagnostics: string): string {
  const text = plainText(diagnostics.replace(/\0+$/, '').trim()).slice(0, 200);
  return text === '' ? '' : ` (it says: ${text.replace(/\.$/, '')})`;
}
