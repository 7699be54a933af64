import type { EmailSettings } from './email-settings.ts';
import type { MailContent } from './mail-content.ts';

export interface OutgoingMail {
  /** The address of the receiver, without a name. */
  readonly to: string;
  readonly content: MailContent;
  /** With its angle brackets; the same for every attempt, so that receivers can recognize a repetition. */
  readonly messageId: string;
  /** The bytes of its attachments. */
  readonly files: readonly { readonly name: string; readonly bytes: Buffer }[];
  /** What its Date header says. */
  readonly date: Date;
}

/** What became of a mail that was taken over. */
export interface Acceptance {
  /** The server's words, or the file that was written. */
  readonly response: string;
}

/** Hands mails over: to a mail server or into a folder. One mail at a time. */
export interface MailSender {
  /**
   * Gets ready to hand mails over: with a mail server, connects and logs on unless that is so already. What fails
   * here has nothing to do with a single mail.
   * @throws {MfaError} `mail.*`
   */
  open(): Promise<void>;
  /**
   * Resolves when the mail was taken over.
   * @param onHandover called once, before the first byte leaves with which the mail could be taken; what it throws
   *   keeps the mail here and is thrown
   * @throws {MfaError} `mail.*`, `file.unwritable`; `mail.inDoubt` when the mail had left and no answer came
   */
  send(mail: OutgoingMail, onHandover: () => void): Promise<Acceptance>;
  /** Ends what is open, for good; a mail that is being sent fails. */
  close(): void;
}

export interface SenderOptions {
  readonly settings: EmailSettings;
  readonly password: string | null;
  /** Called with every line of the conversation with the mail server; passwords are masked. */
  readonly onConversation: (line: string) => void;
}
