import type { OutboxRow } from '../../store/tables.ts';
import type { Language, Method, Mode } from '../../users/method.ts';
import type { MailContent } from '../mail-content.ts';
import { isNoticeKind, type MailKind } from '../templates/template-key.ts';

/**
 * `queued`: waits for its turn or its next attempt. `sending`: the conversation is under way. `sent`: the mail
 * server confirmed it. `failed`: refused for good, or given up. `inDoubt`: its text had left, and no answer came, so
 * that nobody knows whether it was taken. `notSent`: it was due and could not even be queued. `cancelled`: somebody
 * does not want it any more.
 */
export const mailStates = ['queued', 'sending', 'sent', 'failed', 'inDoubt', 'notSent', 'cancelled'] as const;
export type MailState = (typeof mailStates)[number];

/** Those in which a mail can be tried again or cancelled. */
export const changeableStates: readonly MailState[] = ['queued', 'failed', 'inDoubt', 'notSent'];

/** The states as administrators read them. */
export const mailStateNames: Record<MailState, string> = {
  queued: 'queued',
  sending: 'sending',
  sent: 'sent',
  failed: 'failed',
  inDoubt: 'in doubt',
  notSent: 'not sent',
  cancelled: 'cancelled',
};

/** A mail to a user or an administrator, without its text. Moments are ISO 8601 UTC text. */
export interface OutboxMail {
  /** Grows in the order of queueing. */
  id: number;
  /** Null when the user was removed since, and for mails to administrators. */
  userId: number | null;
  /** As it was when the mail was queued; `administrators` for mails to them. */
  username: string;
  /** The address; null when the user had none. */
  recipient: string | null;
  kind: MailKind;
  /** Which template it was made from; null when there was no method to choose one by. */
  method: Method | null;
  mode: Mode | null;
  language: Language | null;
  /** With angle brackets; the same in every attempt. */
  messageId: string;
  state: MailState;
  /** Why it stands as it does: the mail server's words, or ours. Null for one that waits for its first attempt. */
  why: string | null;
  /** The code of the error that `why` tells of; null when it is none. */
  whyCode: string | null;
  attempts: number;
  queuedAt: string;
  queuedBy: string;
  /** When it is tried next at the earliest; null when it is not. */
  nextAttemptAt: string | null;
  lastAttemptAt: string | null;
  /** When it reached a state in which nothing happens to it by itself. */
  finishedAt: string | null;
  /** The mail that this one sends again. */
  repeats: number | null;
  /** Bytes of subject, text, HTML and attachments. */
  size: number;
  /** Whether its text has a PIN, which is hidden here and removed when the mail was sent or cancelled. */
  withPin: boolean;
  /** Null when no text could be made. */
  subject: string | null;
}

/** Whom a mail is for. */
export function receiverText({ userId, username, kind }: OutboxMail): string {
  return userId === null && !isNoticeKind(kind) ? `${username} (removed)` : username;
}

/** With its text, in which a PIN is hidden; null when none could be made. */
export interface OutboxMailWithContent extends OutboxMail {
  content: MailContent | null;
}

export type MailSummaryRow = Omit<OutboxRow, 'content' | 'sealed'>;

/** The columns of a list: not the texts, which are most of the table. */
export const summaryColumns = `id, user_id, username, recipient, kind, method, mode, language, message_id, state,
  why_code, why, attempts, queued_at, queued_by, waiting_since, next_attempt_at, last_attempt_at, handed_over_at,
  finished_at, repeats, size, with_pin, subject`;

export function mailFromRow(row: MailSummaryRow): OutboxMail {
  return {
    id: row.id,
    userId: row.user_id,
    username: row.username,
    recipient: row.recipient,
    kind: row.kind as MailKind,
    method: row.method as Method | null,
    mode: row.mode as Mode | null,
    language: row.language as Language | null,
    messageId: row.message_id,
    state: row.state as MailState,
    why: row.why,
    whyCode: row.why_code,
    attempts: row.attempts,
    queuedAt: row.queued_at,
    queuedBy: row.queued_by,
    nextAttemptAt: row.next_attempt_at,
    lastAttemptAt: row.last_attempt_at,
    finishedAt: row.finished_at,
    repeats: row.repeats,
    size: row.size,
    withPin: row.with_pin === 1,
    subject: row.subject,
  };
}

export function mailWithContent(row: OutboxRow): OutboxMailWithContent {
  return {
    ...mailFromRow(row),
    content: row.content === null ? null : (JSON.parse(row.content) as MailContent),
  };
}

/** The entry of the audit log for what became of a mail; its text is not in it. */
export function mailEvent(
  action: 'sent' | 'failed' | 'inDoubt' | 'notSent' | 'cancelled' | 'retried' | 'resent',
  mail: Pick<OutboxMail, 'id' | 'username' | 'recipient' | 'kind' | 'messageId'>,
  reason: string | null,
) {
  const isFailure = action === 'failed' || action === 'inDoubt' || action === 'notSent';
  const { id, username, recipient, kind, messageId } = mail;
  return {
    action: `mail.${action}`,
    target: username,
    result: isFailure ? ('failure' as const) : ('success' as const),
    reason,
    details: { mail: id, to: recipient, kind, messageId },
  };
}
