import { timestamp } from '../../clock.ts';
import { MfaError } from '../../errors.ts';
import type { OutboxRow } from '../../store/tables.ts';
import type { User } from '../../users/user.ts';
import type { UserMailKind } from '../templates/template-key.ts';
import { insertMail, sizeOf } from './insert-mail.ts';
import type { MailQueue } from './mail-queue.ts';
import type { OutboxContext } from './outbox-context.ts';
import {
  changeableStates,
  mailEvent,
  mailFromRow,
  mailStateNames,
  mailWithContent,
  type OutboxMail,
} from './outbox-mail.ts';
import { type MailColumns, requireMailRow, updateMailRow } from './outbox-rows.ts';
import { addressNow, requireReceiver } from './receiver.ts';
import { sealText, unsealText } from './sealed-text.ts';
import { noAdministrators, settingsProblem } from './sending-problems.ts';

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
  const text = textOf(context, queue, row);
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

/** The columns with what is sent now, and to whom. */
function textOf(context: OutboxContext, queue: MailQueue, row: OutboxRow): MailColumns {
  if (row.state !== 'notSent') return readdressed(context, row);
  const user = requireReceiver(context.store, row);
  return user === null ? noticeAgain(context, row) : rewritten(context, queue, row, user);
}

/** The text as it was, to the present address. */
function readdressed({ store }: OutboxContext, row: OutboxRow): MailColumns {
  const { recipient, problem } = addressNow(store, row);
  if (problem !== null) throw problem;
  return { recipient };
}

function rewritten({ secrets }: OutboxContext, queue: MailQueue, row: OutboxRow, user: User): MailColumns {
  const { kind } = mailFromRow(row);
  const pin = row.sealed === null ? null : unsealText(secrets, row.message_id, row.sealed).pin;
  const due = { user, kind: kind as UserMailKind, pin };
  const { key, content, shown, recipient, problem } = queue.prepare(due);
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

/**
 * A mail to administrators keeps what it says, since what it tells of has passed. One that was for nobody goes to the
 * first address that is set by now, and to the others as mails of their own.
 */
function noticeAgain(context: OutboxContext, row: OutboxRow): MailColumns {
  const settings = context.emailSettings.load();
  const { content, kind, language } = mailWithContent(row);
  if (content === null) {
    throw new MfaError('mail.notPossible', `Mail ${row.id} has no text, and none can be written any more.`, {
      advice: 'Cancel it; the next mail of its kind is written anew.',
    });
  }
  const [first = null, ...others] = row.recipient === null ? settings.administrators : [row.recipient];
  const problem = settingsProblem(settings, kind) ?? (first === null ? noAdministrators() : null);
  if (problem !== null) throw problem;
  const key = language === null ? null : { method: null, mode: null, language };
  for (const recipient of others) {
    const purpose = { userId: null, username: row.username, kind };
    insertMail(context, purpose, { key, content, shown: content, recipient, problem }, row.id);
  }
  return { recipient: first };
}
