import { randomUUID } from 'node:crypto';
import { timestamp } from '../../clock.ts';
import type { MfaError } from '../../errors.ts';
import type { OutboxRow } from '../../store/tables.ts';
import type { Language, Method, Mode } from '../../users/method.ts';
import type { EmailSettings } from '../email-settings.ts';
import type { MailContent } from '../mail-content.ts';
import type { MailKind } from '../templates/template-key.ts';
import type { OutboxContext } from './outbox-context.ts';
import { mailEvent, mailFromRow, type OutboxMail } from './outbox-mail.ts';
import { insertMailRow } from './outbox-rows.ts';
import { sealText } from './sealed-text.ts';

/** Whom a mail is for, and why. */
export interface MailPurpose {
  /** Null for administrators. */
  readonly userId: number | null;
  readonly username: string;
  readonly kind: MailKind;
  /** The PIN that is in the text. */
  readonly pin?: string | null | undefined;
}

/** What a due mail comes to: its template and text as far as they could be made, and what keeps it from being sent. */
export interface PreparedMail {
  readonly key: {
    readonly method: Method | null;
    readonly mode: Mode | null;
    readonly language: Language;
  } | null;
  /** With the PIN. */
  readonly content: MailContent | null;
  /** The PIN hidden. */
  readonly shown: MailContent | null;
  readonly recipient: string | null;
  readonly problem: MfaError | null;
}

/**
 * Stores a mail in the transaction of the caller; one that cannot be sent as `notSent`, with the reason.
 * @param repeats the mail that it sends again
 */
export function insertMail(
  context: OutboxContext,
  { userId, username, kind, pin }: MailPurpose,
  { key, content, shown, recipient, problem }: PreparedMail,
  repeats: number | null = null,
): OutboxMail {
  const { store, audit, clock, actor, secrets, emailSettings } = context;
  const now = timestamp(clock());
  const messageId = newMessageId(emailSettings.load());
  const columns = {
    user_id: userId,
    username,
    recipient,
    kind,
    method: key?.method ?? null,
    mode: key?.mode ?? null,
    language: key?.language ?? null,
    message_id: messageId,
    state: problem === null ? 'queued' : 'notSent',
    why_code: problem?.code ?? null,
    why: problem?.sentence ?? null,
    attempts: 0,
    queued_at: now,
    queued_by: actor,
    waiting_since: now,
    next_attempt_at: problem === null ? now : null,
    finished_at: problem === null ? null : now,
    repeats,
    size: sizeOf(content),
    with_pin: pin ? 1 : 0,
    subject: shown?.subject ?? null,
    content: shown === null ? null : JSON.stringify(shown),
    sealed: pin ? sealText(secrets, messageId, { pin, content }) : null,
  } satisfies Partial<OutboxRow>;
  return store.transaction(() => {
    const mail = mailFromRow(insertMailRow(store, columns));
    if (problem !== null) audit.append(mailEvent('notSent', mail, problem.sentence));
    return mail;
  });
}

/** Bytes of what a mail says, and of what goes along with it. */
export function sizeOf(content: MailContent | null): number {
  if (content === null) return 0;
  const { subject, text, html, attachments = [] } = content;
  const files = attachments.reduce((sum, { size }) => sum + size, 0);
  return files + Buffer.byteLength(`${subject}${text}${html ?? ''}`);
}

/** A name for a mail that no other has (RFC 5322 3.6.4). */
function newMessageId({ from }: EmailSettings): string {
  return `<${randomUUID()}@${from.split('@')[1] ?? 'mfa-console.invalid'}>`;
}
