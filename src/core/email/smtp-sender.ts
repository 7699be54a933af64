import { trustOf } from '../tls/trust.ts';
import { portOf } from './email-problems.ts';
import type { MailSender, SenderOptions } from './mail-sender.ts';
import { messageBytes } from './message-bytes.ts';
import { doubtfulError, isConnectionLoss, smtpError } from './smtp-errors.ts';
import { MailInDoubt, type SmtpOptions, SmtpSession } from './smtp-session.ts';

/** Servers end a connection after so many mails, or sooner; ending it ourselves is not an error. */
const mailsPerConnection = 100;

/** Hands mails to the mail server, one after the other over the same connection. */
export function createSmtpSender({ settings, password, onConversation }: SenderOptions): MailSender {
  const account = settings.user === null ? null : { user: settings.user, pass: password ?? '' };
  const timeoutMs = settings.timeoutSeconds * 1000;
  const options: SmtpOptions = {
    host: settings.host,
    port: portOf(settings),
    secure: settings.security === 'implicitTls',
    requireTLS: settings.security === 'startTls',
    ignoreTLS: settings.security === 'none',
    tls: { secureContext: trustOf(settings.ca), minVersion: 'TLSv1.2' },
    dnsTimeout: timeoutMs,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    logger: conversationLogger(onConversation),
    transactionLog: true,
  };
  let session: SmtpSession | null = null;
  let isClosed = false;

  async function opened(): Promise<SmtpSession> {
    if (session?.isOpen && session.mails < mailsPerConnection) return session;
    if (isClosed) throw new Error('Connection closed');
    session?.quit();
    const fresh = new SmtpSession(options);
    session = fresh;
    await fresh.open(account);
    return fresh;
  }

  return {
    async open() {
      try {
        await opened();
      } catch (error) {
        throw smtpError(error, settings);
      }
    },
    async send(mail, onHandover) {
      const message = await messageBytes(mail, settings);
      try {
        const current = await opened();
        const isFirst = current.mails === 0;
        try {
          return await current.send(message, onHandover);
        } catch (error) {
          // The server may have ended a connection that was of use before.
          if (isFirst || isClosed || !isConnectionLoss(error)) throw error;
          current.close();
          return await (await opened()).send(message, onHandover);
        }
      } catch (error) {
        if (error instanceof MailInDoubt) throw doubtfulError(error.cause, settings);
        throw smtpError(error, settings);
      }
    },
    close() {
      isClosed = true;
      session?.quit();
    },
  };
}

interface LogEntry {
  readonly tnx?: string;
}

/** The library tells every command and answer with its log, and masks what logs on. */
function conversationLogger(onConversation: (line: string) => void) {
  const log = (entry: LogEntry, text: unknown) => {
    const mark = entry.tnx === 'client' ? '>' : entry.tnx === 'server' ? '<' : null;
    if (mark === null) return;
    for (const line of String(text).trimEnd().split(/\r?\n/)) onConversation(`${mark} ${line}`);
  };
  const ignore = () => {};
  return { level: ignore, trace: ignore, debug: log, info: log, warn: log, error: log, fatal: log };
}
