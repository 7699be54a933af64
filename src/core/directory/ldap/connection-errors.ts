import { type ErrorCode, MfaError, messageOf } from '../../errors.ts';
import { plainText } from '../../plain-text.ts';
import { certificateFailure } from '../../tls/certificate-failure.ts';

type Failure = readonly [code: ErrorCode, message: string, advice?: string];

const unreachable = ['EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN', 'ENETDOWN', 'ETIMEDOUT', 'EADDRNOTAVAIL'];
const lost = ['ECONNRESET', 'EPIPE', 'ECONNABORTED'];

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
  const certificate = certificateFailure(code);
  if (certificate === 'expired' || certificate === 'notYetValid') {
    return [
      'directory.tlsExpired',
      certificate === 'expired'
        ? `The certificate of ${url}, or one above it, has expired.`
        : `The certificate of ${url}, or one above it, is not valid yet.`,
      'Renew the certificate of the server; check the clock of this machine, too.',
    ];
  }
  if (certificate === 'otherName') {
    return [
      'directory.tlsName',
      `The certificate of ${url} was made for another name than ${host}.`,
      'Use a name that stands in the certificate, or give the server a certificate with this name.',
    ];
  }
  if (certificate === 'untrusted') {
    return [
      'directory.tlsUntrusted',
      `The certificate of ${url} comes from an authority that is not trusted here (${code}).`,
      'Give the certificate of your authority as a PEM file (Trusted CAs, --ca-file), or trust this one after you have compared its fingerprint (Ctrl+P, --pin-certificate).',
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
