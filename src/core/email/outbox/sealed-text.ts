import type { Secrets } from '../../secrets/secrets.ts';
import type { MailContent } from '../mail-content.ts';

/** What must not be readable while a mail with a PIN waits. */
export interface SealedText {
  readonly pin: string;
  /** Null when no text could be made yet. */
  readonly content: MailContent | null;
}

/** Stands in the stored copy where the mail has the PIN. */
export const hiddenPin = '****';

export function sealText(secrets: Secrets, messageId: string, text: SealedText): Buffer {
  return secrets.seal(identityOf(messageId), JSON.stringify(text));
}

/** @throws {MfaError} `secret.unreadable` */
export function unsealText(secrets: Secrets, messageId: string, sealed: Buffer): SealedText {
  return JSON.parse(secrets.unseal(identityOf(messageId), sealed)) as SealedText;
}

function identityOf(messageId: string): string {
  return `outbox ${messageId}`;
}
