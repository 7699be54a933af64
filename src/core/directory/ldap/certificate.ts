import { X509Certificate } from 'node:crypto';
import type { Socket } from 'node:net';
import { checkServerIdentity, type PeerCertificate, type TLSSocket } from 'node:tls';
import { askForTls } from './connection.ts';
import { parseUrl } from './server-url.ts';
import { type ConnectionSettings, openTcp, openTls } from './sockets.ts';

/** What a server shows when TLS begins, whether it can be trusted or not. */
export interface ShownCertificate {
  subject: string;
  issuer: string;
  /** DNS names and addresses that it was made for. */
  names: string;
  validFrom: Date;
  validTo: Date;
  /** SHA-256 of the certificate in hexadecimal with colons. */
  fingerprint: string;
  /** The certificate itself. */
  pem: string;
  /** Such as TLSv1.3. */
  protocol: string;
  /** Why it leads to no trusted authority (a code of OpenSSL); null when it does. */
  chainError: string | null;
  /** It was made for another name than the one that is used. */
  isOtherName: boolean;
}

/**
 * Looks at a server's certificate without trusting it; nothing else is sent over the connection.
 * @throws {MfaError} `directory.*` when no TLS connection comes about at all
 */
export async function inspectCertificate(
  url: string,
  settings: ConnectionSettings,
  signal?: AbortSignal,
): Promise<ShownCertificate> {
  const { protocol, host } = parseUrl(url);
  let socket: Socket = await openTcp(url, settings.connectTimeoutSeconds, signal);
  try {
    if (protocol === 'ldap:') await askForTls(url, settings, socket, signal);
    const secure = await openTls(url, settings, socket, { rejectUnauthorized: false }, signal);
    socket = secure;
    return describe(secure, host);
  } finally {
    socket.on('error', () => undefined);
    socket.destroy();
  }
}

function describe(socket: TLSSocket, host: string): ShownCertificate {
  const certificate = socket.getPeerCertificate();
  const error: unknown = socket.authorizationError;
  const code = error instanceof Error ? ((error as NodeJS.ErrnoException).code ?? error.message) : error;
  const isOtherName = checkServerIdentity(host, certificate) !== undefined;
  return {
    subject: nameOf(certificate.subject),
    issuer: nameOf(certificate.issuer),
    names: (certificate.subjectaltname ?? '').replaceAll('IP Address:', '').replaceAll('DNS:', ''),
    validFrom: new Date(certificate.valid_from),
    validTo: new Date(certificate.valid_to),
    fingerprint: certificate.fingerprint256,
    pem: new X509Certificate(certificate.raw).toString(),
    protocol: socket.getProtocol() ?? 'TLS',
    chainError: typeof code === 'string' && code !== 'ERR_TLS_CERT_ALTNAME_INVALID' ? code : null,
    isOtherName,
  };
}

function nameOf(name: PeerCertificate['subject'] | undefined): string {
  const part = name?.CN ?? name?.O ?? name?.OU;
  return (Array.isArray(part) ? part[0] : part) ?? '(no name)';
}
