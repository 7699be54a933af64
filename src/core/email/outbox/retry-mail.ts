import { timestamp } from '../../clock.ts';
import { MfaError } from '../../errors.ts';
import type { OutboxRow } from '../../store/tables.ts';
import { type MailQueue, sizeOf } from './mail-queue.ts';
import type { OutboxContext } from './outbox-context.ts';
import { changeableStates, mailEvent, mailFromRow, mailStateNames, type OutboxMail } from './outbox-mail.ts';
import { type MailColumns, requireMailRow, updateMailRow } from './outbox-rows.ts';
import { requireUserOfMail } from './receiver.ts';
import { sealText, unsealText } from './sealed-text.ts';
import { addressOf, addressProblem } from './sending-problems.ts';

/**
 * Runs inside the transaction of the caller.
 * @throws {MfaError} `mail.notFound`, `mail.notPossible`, `mail.userRemoved`, and what still keeps the mail from
 *   being sent
 */
export function retryMail(context: OutboxContext, queue: MailQueue, id: number): OutboxMail {
  const { store, audit, clock } = context;
  const row = requireMailRow(store, id);
  const mail = mailFromRow(row);
  if (!changeableStates.includes(mail.state)) {
    throw new MfaError(
      'mail.notPossible',
      `Mail ${id} cannot be retried: it is ${mailStateNames[mail.state]}.`,
      {
        advice:
          mail.state === 'sending'
            ? 'Look at it again in a moment.'
            : 'Send it anew with "email outbox resend".',
      },
    );
  }
  const now = timestamp(clock());
  const text = mail.state === 'notSent' ? rewritten(context, queue, row) : readdressed(context, row);
  updateMailRow(store, id, {
    ...text,
    state: 'queued',
    why_code: null,
    why: mail.state === 'queued' ? mail.why : null,
    attempts: 0,
    waiting_since: now,
    next_attempt_at: now,
    finished_at: null,
    handed_over_at: null,
  });
  audit.append(mailEvent('retried', { ...mail, recipient: text.recipient ?? null }, mail.why));
  return mailFromRow(requireMailRow(store, id));
}

/** The text as it was, to the present address. */
function readdressed({ store }: OutboxContext, row: OutboxRow): MailColumns {
  const user = requireUserOfMail(store, row);
  const problem = addressProblem(user);
  if (problem !== null) throw problem;
  return { recipient: addressOf(user) };
}

function rewritten({ store, secrets }: OutboxContext, queue: MailQueue, row: OutboxRow): MailColumns {
  const { kind } = mailFromRow(row);
  const user = requireUserOfMail(store, row);
  const pin = row.sealed === null ? null : unsealText(secrets, row.message_id, row.sealed).pin;
  const { key, content, shown, recipient, problem } = queue.prepare({ user, kind, pin });
  if (problem !== null) throw problem;
  return {
    recipient,
    method: key?.method ?? null,
    mode: key?.mode ?? null,
    language: key?.language ?? null,
    size: sizeOf(content),
    subject: shown?.subject ?? null,
    content: JSON.stringify(shown),
    sealed: pin === null ? null : sealText(secrets, row.message_id, { pin, content }),
  };
}
