import type { EmailSettings } from './email-settings.ts';
import type { MailContent } from './mail-content.ts';

export interface OutgoingMail {
  /** The address of the receiver, without a name. */
  readonly to: string;
  readonly content: MailContent;
  /** With its angle brackets; the same for every attempt, so that receivers can recognize a repetition. */
  readonly messageId: string;
}

/** What became of a mail that was taken over. */
export interface Acceptance {
  /** The server's words, or the file that was written. */
  readonly response: string;
}

/** Hands mail over: to a mail server or into a folder. */
export interface MailSender {
  /**
   * Resolves when the mail was taken over. A signal gives up what has not been taken over by then.
   * @throws {MfaError} `mail.*`, `file.unwritable`
   */
  send(mail: OutgoingMail, signal?: AbortSignal): Promise<Acceptance>;
}

export interface SenderOptions {
  readonly settings: EmailSettings;
  readonly password: string | null;
  readonly now: Date;
  /** Called with every line of the conversation with the mail server; passwords are masked. */
  readonly onConversation: (line: string) => void;
}
