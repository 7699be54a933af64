import type { Attachment } from './attachment.ts';

/** What a mail says, without its sender and receiver. */
export interface MailContent {
  /** One line. */
  subject: string;
  text: string;
  /** Null sends the plain text alone. */
  html: string | null;
  cc: string[];
  /** Left out: none. */
  attachments?: readonly Attachment[];
}
