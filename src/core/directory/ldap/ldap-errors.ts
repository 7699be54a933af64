import { type ErrorCode, MfaError, messageOf } from '../../errors.ts';
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
      if (/bind must be completed|000004DC/i.test(diagnostics)) {
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

const unreachable = ['EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN', 'ENETDOWN', 'ETIMEDOUT', 'EADDRNOTAVAIL'];
const lost = ['ECONNRESET', 'EPIPE', 'ECONNABORTED'];
const expired = ['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID'];
const untrusted = [
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_UNTRUSTED',
  'CERT_SIGNATURE_FAILURE',
  'INVALID_CA',
  'PATH_LENGTH_EXCEEDED',
  'CERT_CHAIN_TOO_LONG',
  'CERT_REVOKED',
  'CERT_REJECTED',
  'INVALID_PURPOSE',
];

/** At what a connection attempt was when it failed. */
export type ConnectionStage = 'connect' | 'tls' | 'open';

/** What sockets, name servers and TLS report, as an error. */
export function connectionError(error: unknown, url: string, stage: ConnectionStage): MfaError {
  if (error instanceof MfaError) return error;
  const [code, message, advice] = describeConnectionFailure(error, url, stage);
  return new MfaError(code, message, { advice, cause: error });
}

function describeConnectionFailure(error: unknown, url: string, stage: ConnectionStage): Failure {
  const code = systemCode(error);
  const host = new URL(url).hostname;
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'EAI_NODATA') {
    return [
      'directory.dns',
      `The name ${host} cannot be resolved to an address.`,
      'Check the spelling of the server, and the DNS settings of this machine.',
    ];
  }
  if (code === 'ECONNREFUSED') {
    return [
      'directory.refused',
      `${url} refused the connection: nothing listens there.`,
      'Check the port (636 for ldaps, 389 for ldap), and whether the directory service runs.',
    ];
  }
  if (unreachable.includes(code)) {
    return [
      'directory.unreachable',
      `${url} cannot be reached (${code}).`,
      'Check the address, the network, and firewalls between here and the server.',
    ];
  }
  if (expired.includes(code)) {
    return [
      'directory.tlsExpired',
      code === 'CERT_HAS_EXPIRED'
        ? `The certificate of ${url}, or one above it, has expired.`
        : `The certificate of ${url}, or one above it, is not valid yet.`,
      'Renew the certificate of the server; check the clock of this machine, too.',
    ];
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return [
      'directory.tlsName',
      `The certificate of ${url} was made for another name than ${host}.`,
      'Use a name that stands in the certificate, or give the server a certificate with this name.',
    ];
  }
  if (untrusted.includes(code)) {
    return [
      'directory.tlsUntrusted',
      `The certificate of ${url} comes from an authority that is not trusted here (${code}).`,
      'Give the certificate of your authority as a PEM file with --ca-file.',
    ];
  }
  if (stage === 'tls') {
    const detail = lost.includes(code) ? 'the server closed the connection' : plainText(messageOf(error));
    return [
      'directory.tls',
      `No encrypted connection came about with ${url}: ${detail}.`,
      'A new domain controller has no certificate for LDAPS until it gets one; check, too, that the port is one for TLS.',
    ];
  }
  if (lost.includes(code) || code === '') {
    return [
      'directory.disconnected',
      `The connection to ${url} was lost.`,
      'Check the server and the network, and try again.',
    ];
  }
  return ['directory.unreachable', `${url} cannot be used: ${plainText(messageOf(error))}.`];
}

function systemCode(error: unknown): string {
  if (error instanceof AggregateError) return systemCode(error.errors[0]);
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
}

/** A server that did not answer in time. */
export function timeoutError(url: string, seconds: number, doing: string): MfaError {
  return new MfaError('directory.timeout', `${url} did not ${doing} within ${seconds} seconds.`, {
    advice: 'Check the server and the network between; a firewall may swallow the packets.',
  });
}

/** Failures of one server after which another may still work; a refused password is not one of them. */
export function isWorthAnotherServer(error: unknown): boolean {
  return (
    error instanceof MfaError &&
    [
      'directory.dns',
      'directory.refused',
      'directory.unreachable',
      'directory.timeout',
      'directory.disconnected',
      'directory.tls',
      'directory.tlsUntrusted',
      'directory.tlsExpired',
      'directory.tlsName',
    ].includes(error.code)
  );
}
