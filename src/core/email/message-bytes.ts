import { createTransport, type SendMailOptions } from 'nodemailer';
import type { EmailSettings } from './email-settings.ts';
import type { OutgoingMail } from './mail-sender.ts';

/** A mail as it travels. */
export interface MessageBytes {
  readonly from: string;
  /** The receiver first, then those who get a copy. */
  readonly receivers: readonly string[];
  /** Headers and body, lines ended by CR and LF. */
  readonly bytes: Buffer;
}

const writer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });

export async function messageBytes(mail: OutgoingMail, settings: EmailSettings): Promise<MessageBytes> {
  const { message } = await writer.sendMail(messageFields(mail, settings));
  return { from: settings.from, receivers: [mail.to, ...mail.content.cc], bytes: message as Buffer };
}

/**
 * A mail as the library wants it. Addresses are objects, never text that would be parsed, and whatever a text
 * might name is neither read from the disk nor fetched.
 */
function messageFields(mail: OutgoingMail, settings: EmailSettings): SendMailOptions {
  const { subject, text, html, cc } = mail.content;
  return {
    from: { name: settings.fromName, address: settings.from },
    ...(settings.replyTo === null ? {} : { replyTo: { name: '', address: settings.replyTo } }),
    to: { name: '', address: mail.to },
    cc: cc.map((address) => ({ name: '', address })),
    subject,
    text,
    ...(html === null ? {} : { html }),
    attachments: mail.files.map(({ name, bytes }) => ({ filename: name, content: bytes })),
    messageId: mail.messageId,
    date: mail.date,
    // RFC 3834: answering machines leave such mail alone.
    headers: { 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}
