import { isMfaError, MfaError } from '../../errors.ts';
import { plainText } from '../../plain-text.ts';
import type { DirectoryServers } from '../directory-servers.ts';
import type { DirectorySettings } from '../directory-settings.ts';
import { inspectCertificate, type ShownCertificate } from './certificate.ts';
import { parseUrl } from './server-url.ts';

/** What one of the servers shows, or why it shows nothing. */
export type ServerCertificate = { readonly url: string } & (
  | { readonly certificate: ShownCertificate; readonly error?: never }
  | { readonly error: MfaError; readonly certificate?: never }
);

/**
 * Looks at the certificates of all servers without trusting them; no password is sent.
 * @throws {MfaError} `directory.dns` when the servers are not known; `run.cancelled`
 */
export async function serverCertificates(
  settings: DirectorySettings,
  servers: DirectoryServers,
  signal?: AbortSignal,
): Promise<ServerCertificate[]> {
  const urls = await servers.all(settings);
  return Promise.all(
    urls.map(async (url): Promise<ServerCertificate> => {
      try {
        requireTls(url, settings);
        return { url, certificate: await inspectCertificate(url, settings, signal) };
      } catch (error) {
        if (!isMfaError(error) || error.code === 'run.cancelled') throw error;
        return { url, error };
      }
    }),
  );
}

/**
 * The PEM text of the certificates with these fingerprints, to be trusted alone.
 * @param fingerprints SHA-256 in hexadecimal, with or without colons
 * @throws {MfaError} `directory.tlsUntrusted` when a server shows another one, or a fingerprint is nobody's
 */
export function pinCertificates(
  shown: readonly ServerCertificate[],
  fingerprints: readonly string[],
): string {
  const wanted = new Set(fingerprints.map(normalizeFingerprint));
  for (const { url, certificate } of shown) {
    if (certificate === undefined || wanted.has(normalizeFingerprint(certificate.fingerprint))) continue;
    throw new MfaError(
      'directory.tlsUntrusted',
      `${url} shows another certificate: "${plainText(certificate.subject)}", SHA-256 ${certificate.fingerprint}.`,
      { advice: 'Compare it with the fingerprint on the server itself before you trust it.' },
    );
  }
  const pinned = shown.flatMap(({ certificate }) => (certificate === undefined ? [] : [certificate]));
  const found = new Set(pinned.map(({ fingerprint }) => normalizeFingerprint(fingerprint)));
  const absent = fingerprints.find((fingerprint) => !found.has(normalizeFingerprint(fingerprint)));
  if (absent !== undefined || pinned.length === 0) {
    const [failure] = shown.flatMap(({ error }) => (error === undefined ? [] : [error]));
    throw new MfaError('directory.tlsUntrusted', `No server shows the certificate ${absent ?? ''}.`, {
      advice: failure?.sentence ?? '"mfa-console directory certificate" shows those that there are.',
    });
  }
  return [...new Set(pinned.map(({ pem }) => pem))].join('');
}

function normalizeFingerprint(text: string): string {
  return text
    .replace(/^sha-?256[ :=]*/i, '')
    .replace(/[^0-9a-f]/gi, '')
    .toLowerCase();
}

function requireTls(url: string, { security }: DirectorySettings): void {
  if (parseUrl(url).protocol === 'ldaps:' || security === 'startTls') return;
  throw new MfaError('directory.tls', `${url} is used without encryption and shows no certificate.`, {
    advice: 'Use LDAPS or StartTLS.',
  });
}
