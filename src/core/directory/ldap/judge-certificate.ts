import { plainText } from '../../plain-text.ts';
import { certificateFailure } from '../../tls/certificate-failure.ts';
import { daysUntil, expiryWarningDays } from '../expiry-warning.ts';
import type { ShownCertificate } from './certificate.ts';
import { type Finding, good } from './check.ts';
import { connectionError } from './connection-errors.ts';

/** Whether the certificate leads to an authority that is trusted. */
export function judgeChain(certificate: ShownCertificate, url: string): Finding {
  const issuer = plainText(certificate.issuer);
  const { chainError } = certificate;
  // Dates are judged by themselves.
  if (chainError === null || isAboutDates(chainError)) {
    return good(`The certificate was issued by "${issuer}", which leads to a trusted authority.`);
  }
  const { message, advice } = failure(chainError, url);
  return {
    ok: false,
    message: `${message} Its issuer is "${issuer}"; SHA-256 ${certificate.fingerprint}.`,
    advice,
  };
}

/** Whether the certificate was made for the name that is used. */
export function judgeName(certificate: ShownCertificate, url: string): Finding {
  const names = plainText(certificate.names === '' ? certificate.subject : certificate.names);
  if (!certificate.isOtherName) return good(`The certificate is made for this server: ${names}.`);
  const { message, advice } = failure('ERR_TLS_CERT_ALTNAME_INVALID', url);
  return { ok: false, message: `${message} It names ${names}.`, advice };
}

/** Whether the certificate, and those above it, are valid now. */
export function judgeExpiry(certificate: ShownCertificate, url: string, now: Date): Finding {
  const { validFrom, validTo, chainError } = certificate;
  let code: string | null = null;
  if (validTo <= now) code = 'CERT_HAS_EXPIRED';
  else if (validFrom > now) code = 'CERT_NOT_YET_VALID';
  else if (chainError !== null && isAboutDates(chainError)) code = chainError;
  if (code !== null) {
    const { message, advice } = failure(code, url);
    return {
      ok: false,
      message: `${message} It is valid from ${day(validFrom)} to ${day(validTo)}.`,
      advice,
    };
  }
  const daysLeft = daysUntil(validTo, now);
  return {
    ok: true,
    message: `The certificate is valid for ${daysLeft} more days, to ${day(validTo)}.`,
    advice: daysLeft < expiryWarningDays ? 'Renew the certificate of the server soon.' : null,
  };
}

function failure(code: string, url: string): Pick<Finding, 'message' | 'advice'> {
  const error = connectionError(Object.assign(new Error(code), { code }), url, 'tls');
  return { message: error.message, advice: error.advice ?? null };
}

function isAboutDates(code: string): boolean {
  const failure = certificateFailure(code);
  return failure === 'expired' || failure === 'notYetValid';
}

function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}
