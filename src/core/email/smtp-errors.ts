import { MfaError, messageOf } from '../errors.ts';
import { plainText } from '../plain-text.ts';
import { portOf } from './email-problems.ts';
import type { EmailSettings } from './email-settings.ts';
import { MailInDoubt } from './smtp-session.ts';

/** The connection ended or was about to, before the mail server said anything about a mail. */
export function isConnectionLoss(error: unknown): boolean {
  if (error instanceof MailInDoubt || error instanceof MfaError) return false;
  const { code, responseCode } = error as SmtpFailure;
  return responseCode === 421 || (responseCode === undefined && !isUnfit(code));
}

/** What it means that no answer came to a mail that had left (RFC 1047). */
export function doubtfulError(error: unknown, settings: EmailSettings): MfaError {
  const server = `${settings.host}:${portOf(settings)}`;
  return new MfaError(
    'mail.inDoubt',
    `The mail had left for ${server}, and no answer came (${wordsOf(error)}): nobody knows whether it was taken.`,
    {
      advice:
        'Ask the receiver, or look into the log of the mail server; then retry the mail or cancel it. Retried, it has the same Message-ID.',
      cause: error,
    },
  );
}

interface SmtpFailure {
  readonly code?: string;
  readonly response?: string;
  readonly responseCode?: number;
}

/** What the mail server, sockets and TLS report, as an error with the server's own words. */
export function smtpError(error: unknown, settings: EmailSettings): MfaError {
  if (error instanceof MfaError) return error;
  const { code = '', responseCode = 0 } = (error ?? {}) as SmtpFailure;
  const server = `${settings.host}:${portOf(settings)}`;
  const failure = (name: 'deferred' | 'refused' | 'credentials' | 'tls' | 'timeout' | 'unreachable') =>
    new MfaError(`mail.${name}`, `${sentences[name](server)}: ${wordsOf(error)}.`, {
      advice: advices[name],
      cause: error,
    });
  if (responseCode >= 400 && responseCode < 500) return failure('deferred');
  if (code === 'EAUTH') return failure('credentials');
  if (code === 'ETLS' || isCertificateFailure(error)) return failure('tls');
  if (responseCode >= 500 || isUnfit(code)) return failure('refused');
  return failure(code === 'ETIMEDOUT' ? 'timeout' : 'unreachable');
}

/** The library refuses what the server has said that it would refuse, such as a mail that is too large. */
function isUnfit(code: string | undefined): boolean {
  return code === 'EMESSAGE' || code === 'EENVELOPE';
}

/** The server's words where there are any, on one line. */
function wordsOf(error: unknown): string {
  const { response } = (error ?? {}) as SmtpFailure;
  const words = (response ?? messageOf(error)).trim().replace(/\s*\n\s*/g, ' ');
  return plainText(words).replace(/\.$/, '');
}

/** OpenSSL and Node name what is wrong with a certificate in the message of a socket error. */
function isCertificateFailure(error: unknown): boolean {
  return /certificate|\bssl\b|\btls\b|altname/i.test(messageOf(error));
}

const sentences = {
  deferred: (server: string) => `The mail server ${server} does not take the mail now`,
  refused: (server: string) => `The mail server ${server} refused the mail`,
  credentials: (server: string) => `The mail server ${server} did not accept the account`,
  tls: (server: string) => `No trusted encrypted connection came about with ${server}`,
  timeout: (server: string) => `The mail server ${server} did not answer in time`,
  unreachable: (server: string) => `The mail server ${server} could not be used`,
} as const;

const advices = {
  deferred: 'Try again later; the words of the server say what it waits for.',
  refused: 'Check the From address, the receiver, and what the server lets this machine send.',
  credentials: 'Check user and password (--user, --password-file).',
  tls: 'Check that port and security belong together; give the authority of a private certificate with --ca-file.',
  timeout: 'Check host and port; a firewall may swallow the packets.',
  unreachable: 'Check host and port, the network, and whether the server lets this machine connect.',
} as const;
