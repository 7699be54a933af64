import { createTransport } from 'nodemailer';
import { trustOf } from '../directory/ldap/trusted-authorities.ts';
import { portOf } from './email-problems.ts';
import type { MailSender, SenderOptions } from './mail-sender.ts';
import { messageFields } from './message-fields.ts';
import { smtpError } from './smtp-errors.ts';

/** Hands each mail to the mail server over a connection of its own. */
export function createSmtpSender({ settings, password, now, onConversation }: SenderOptions): MailSender {
  const timeoutMs = settings.timeoutSeconds * 1000;
  const transport = createTransport({
    host: settings.host,
    port: portOf(settings),
    secure: settings.security === 'implicitTls',
    requireTLS: settings.security === 'startTls',
    ignoreTLS: settings.security === 'none',
    ...(settings.user === null ? {} : { auth: { user: settings.user, pass: password ?? '' } }),
    tls: { secureContext: trustOf(settings.ca), minVersion: 'TLSv1.2' },
    dnsTimeout: timeoutMs,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    logger: conversationLogger(onConversation),
    transactionLog: true,
  });
  return {
    async send(mail, signal) {
      try {
        const fields = messageFields(mail, settings, now);
        const { response } = await transport.sendMail({ ...fields, ...(signal && { signal }) });
        return { response };
      } catch (error) {
        throw smtpError(error, settings);
      }
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
