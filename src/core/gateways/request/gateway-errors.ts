import { type ErrorCode, MfaError, messageOf } from '../../errors.ts';
import { plainText } from '../../plain-text.ts';
import { certificateFailure } from '../../tls/certificate-failure.ts';
import type { GatewaySettings } from '../gateway-settings.ts';
import type { GatewayAnswer, NoAnswer } from './exchange.ts';

/** Characters of an answer that an error quotes. */
const longestQuote = 200;

/** What it means that a gateway gave no answer. @param host of the address */
export function noAnswerError({ cause, hasLeft, isTimeout }: NoAnswer, host: string): MfaError {
  const code = codeOf(cause);
  const certificate = certificateFailure(code);
  if (certificate !== null) {
    return new MfaError(
      'gateway.tls',
      `The gateway ${host} ${certificateSentences[certificate]} (${code}).`,
      {
        advice:
          certificate === 'untrusted'
            ? authorityAdvice
            : 'Check the address, the clock of this machine, and the certificate of the gateway.',
        cause,
      },
    );
  }
  if (hasLeft) {
    const what = isTimeout ? 'in time' : `(${wordsOf(cause)})`;
    return new MfaError(
      'gateway.inDoubt',
      `The request had left for the gateway ${host}, and no answer came ${what}.`,
      {
        advice:
          'Nobody knows whether it was carried out; it was not repeated. Look into the log of the gateway.',
        cause,
      },
    );
  }
  if (isTimeout) {
    return new MfaError('gateway.timeout', `The gateway ${host} did not accept a connection in time.`, {
      advice: 'Check the address and the network; a firewall may swallow the packets.',
      cause,
    });
  }
  if (isTlsFailure(code, cause)) {
    return new MfaError(
      'gateway.tls',
      `No encrypted connection came about with the gateway ${host}: ${wordsOf(cause)}.`,
      {
        advice: 'Check that the address begins with https only where the gateway speaks TLS, 1.2 or later.',
        cause,
      },
    );
  }
  return new MfaError('gateway.unreachable', `The gateway ${host} could not be reached: ${wordsOf(cause)}.`, {
    advice: 'Check the address, the network, and whether this machine may connect to the internet.',
    cause,
  });
}

/**
 * Why an answer does not mean that the message was taken; null when it does.
 * @param answer without secrets
 */
export function answerError(
  answer: GatewayAnswer,
  { successPattern, failurePattern }: Pick<GatewaySettings, 'successPattern' | 'failurePattern'>,
  host: string,
): MfaError | null {
  const { status, body } = answer;
  const words = `${status} ${answer.statusText}`.trim();
  const failure = (code: ErrorCode, what: string, advice: string) =>
    new MfaError(code, `The gateway ${host} ${what}${quote(body)}.`, { advice });
  if (status === 401 || status === 403) {
    return failure(
      'gateway.credentials',
      `did not accept the account (${words})`,
      'Check the secrets and the headers that carry them.',
    );
  }
  if (status === 429 || status >= 500) {
    return failure(
      'gateway.unavailable',
      `does not take messages now (${words})`,
      'Try again later; the words of the gateway may say why.',
    );
  }
  if (failurePattern !== null && new RegExp(failurePattern).test(body)) {
    return failure(
      'gateway.refused',
      `refused the message (its answer matches the failure pattern)`,
      refusedAdvice,
    );
  }
  if (status >= 300 && status < 400) {
    const target = answer.headers.find(([name]) => name.toLowerCase() === 'location')?.[1] ?? '?';
    return failure(
      'gateway.refused',
      `answered ${words}, which leads to ${plainText(target)}`,
      'Set the address that it leads to, if it is right; secrets are not sent elsewhere by themselves.',
    );
  }
  if (status < 200 || status > 299)
    return failure('gateway.refused', `refused the message (${words})`, refusedAdvice);
  if (successPattern !== null && !new RegExp(successPattern).test(body)) {
    return failure(
      'gateway.refused',
      `answered ${words}, but not as the success pattern says`,
      'Look at the answer; correct the pattern if the message arrived.',
    );
  }
  return null;
}

const refusedAdvice = 'The words of the gateway say why; check number, sender and account.';
const authorityAdvice = 'Give the certificate of your authority as a PEM file (--ca-file).';

const certificateSentences = {
  expired: 'has a certificate that has expired',
  notYetValid: 'has a certificate that is not valid yet',
  otherName: 'has a certificate that was made for another name',
  untrusted: 'has a certificate from an authority that is not trusted here',
} as const;

function quote(body: string): string {
  const words = plainText(body.trim().replace(/\s+/g, ' '));
  if (words === '') return '';
  return `: ${words.length > longestQuote ? `${words.slice(0, longestQuote)}...` : words.replace(/\.$/, '')}`;
}

function wordsOf(cause: unknown): string {
  const first = cause instanceof AggregateError ? cause.errors[0] : cause;
  return plainText(messageOf(first).trim().replace(/\s+/g, ' ')).replace(/\.$/, '');
}

function isTlsFailure(code: string, cause: unknown): boolean {
  return (
    code.startsWith('ERR_SSL') || code.startsWith('ERR_TLS') || /\bssl\b|\btls\b/i.test(messageOf(cause))
  );
}

function codeOf(cause: unknown): string {
  if (cause instanceof AggregateError) return codeOf(cause.errors[0]);
  const code = (cause as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
}
