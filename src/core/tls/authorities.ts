import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { MfaError, messageOf } from '../errors.ts';

/**
 * The PEM text of a file with certificates of authorities.
 * @throws {MfaError} `tls.invalid`
 */
export function readAuthorities(file: string): string {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new MfaError('tls.invalid', `The file ${file} cannot be read: ${messageOf(cause)}.`, {
      advice: 'Name a readable file with certificates in PEM.',
      cause,
    });
  }
  if (certificatesIn(text).length === 0) {
    throw new MfaError('tls.invalid', `The file ${file} holds no certificate.`, {
      advice: 'Export the certificate of your authority as "Base-64 encoded X.509" (PEM).',
    });
  }
  return text;
}

/** Subjects and fingerprints of the certificates of a PEM text, by which they are known; null for none. */
export function describeAuthorities(ca: string | null): string | null {
  if (ca === null) return null;
  return certificatesIn(ca)
    .map(({ subject, fingerprint256 }) => `${subject.replaceAll('\n', ', ')} (SHA-256 ${fingerprint256})`)
    .join('; ');
}

/** One PEM text with the certificates of two, each once; null has none. */
export function joinAuthorities(one: string | null, other: string): string {
  return [...new Set([...blocksOf(one ?? ''), ...blocksOf(other)])].map((block) => `${block}\n`).join('');
}

function blocksOf(pem: string): readonly string[] {
  return pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
}

/** The certificates of a PEM text; empty when one of them cannot be read. */
function certificatesIn(pem: string): X509Certificate[] {
  try {
    return blocksOf(pem).map((block) => new X509Certificate(block));
  } catch {
    return [];
  }
}
