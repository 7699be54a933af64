/** What is wrong with the certificate that a server shows. */
export type CertificateFailure = 'expired' | 'notYetValid' | 'otherName' | 'untrusted';

const failures: Readonly<Record<string, CertificateFailure>> = {
  CERT_HAS_EXPIRED: 'expired',
  CERT_NOT_YET_VALID: 'notYetValid',
  ERR_TLS_CERT_ALTNAME_INVALID: 'otherName',
  SELF_SIGNED_CERT_IN_CHAIN: 'untrusted',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'untrusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'untrusted',
  UNABLE_TO_GET_ISSUER_CERT: 'untrusted',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'untrusted',
  CERT_UNTRUSTED: 'untrusted',
  CERT_SIGNATURE_FAILURE: 'untrusted',
  INVALID_CA: 'untrusted',
  PATH_LENGTH_EXCEEDED: 'untrusted',
  CERT_CHAIN_TOO_LONG: 'untrusted',
  CERT_REVOKED: 'untrusted',
  CERT_REJECTED: 'untrusted',
  INVALID_PURPOSE: 'untrusted',
};

/** What a code of OpenSSL or Node says about a certificate; null when it says nothing about one. */
export function certificateFailure(code: string): CertificateFailure | null {
  return Object.hasOwn(failures, code) ? (failures[code] ?? null) : null;
}
