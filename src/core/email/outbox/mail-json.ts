import type { OutboxMail } from './outbox-mail.ts';

/** A mail as scripts read it. Names and meanings of the fields are stable. */
export function mailJson(mail: OutboxMail) {
  return {
    id: mail.id,
    state: mail.state,
    why: mail.why,
    whyCode: mail.whyCode,
    username: mail.username,
    to: mail.recipient,
    kind: mail.kind,
    method: mail.method,
    mode: mail.mode,
    language: mail.language,
    subject: mail.subject,
    messageId: mail.messageId,
    attempts: mail.attempts,
    queuedAt: mail.queuedAt,
    queuedBy: mail.queuedBy,
    nextAttemptAt: mail.nextAttemptAt,
    lastAttemptAt: mail.lastAttemptAt,
    finishedAt: mail.finishedAt,
    repeats: mail.repeats,
    withPin: mail.withPin,
    size: mail.size,
  };
}
