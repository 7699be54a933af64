import type { SendMailOptions } from 'nodemailer';
import type { EmailSettings } from './email-settings.ts';
import type { OutgoingMail } from './mail-sender.ts';

/**
 * A mail as the library wants it. Addresses are objects, never text that would be parsed, and whatever a text
 * might name is neither read from the disk nor fetched.
 */
export function messageFields(mail: OutgoingMail, settings: EmailSettings, now: Date): SendMailOptions {
  const { subject, text, html, cc } = mail.content;
  return {
    from: { name: settings.fromName, address: settings.from },
    ...(settings.replyTo === null ? {} : { replyTo: { name: '', address: settings.replyTo } }),
    to: { name: '', address: mail.to },
    cc: cc.map((address) => ({ name: '', address })),
    subject,
    text,
    ...(html === null ? {} : { html }),
    messageId: mail.messageId,
    date: now,
    // RFC 3834: answering machines leave such mail alone.
    headers: { 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}
