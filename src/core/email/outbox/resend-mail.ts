import { MfaError } from '../../errors.ts';
import type { MailContent } from '../mail-content.ts';
import type { MailQueue } from './mail-queue.ts';
import type { OutboxContext } from './outbox-context.ts';
import { mailEvent, mailStateNames, mailWithContent, type OutboxMail } from './outbox-mail.ts';
import { requireMailRow } from './outbox-rows.ts';
import { requireUserOfMail } from './receiver.ts';
import { unsealText } from './sealed-text.ts';
import { addressOf, addressProblem, settingsProblem } from './sending-problems.ts';

/**
 * Runs inside the transaction of the caller.
 * @throws {MfaError} `mail.notFound`, `mail.notPossible`, `mail.userRemoved`, `mail.pinGone`, and what keeps the mail
 *   from being sent
 */
export function resendMail(context: OutboxContext, queue: MailQueue, id: number): OutboxMail {
  const { store, audit, secrets, emailSettings } = context;
  const row = requireMailRow(store, id);
  const mail = mailWithContent(row);
  if (mail.state === 'queued' || mail.state === 'sending' || mail.content === null) {
    const why = mail.content === null ? 'has no text yet' : `is ${mailStateNames[mail.state]}`;
    throw new MfaError('mail.notPossible', `Mail ${id} cannot be sent again: it ${why}.`, {
      advice: 'Retry it with "mfa-console email outbox retry".',
    });
  }
  const user = requireUserOfMail(store, row);
  let pin: string | null = null;
  let content: MailContent | null = mail.content;
  if (mail.withPin) {
    if (row.sealed === null) throw pinGone(id);
    ({ pin, content } = unsealText(secrets, row.message_id, row.sealed));
  }
  const { method, mode, language, kind } = mail;
  const key = method === null || mode === null || language === null ? null : { method, mode, kind, language };
  const problem = settingsProblem(emailSettings.load()) ?? addressProblem(user);
  if (problem !== null) throw problem;
  const prepared = { key, content, shown: mail.content, recipient: addressOf(user), problem };
  const again = queue.insert({ user, kind, pin }, prepared, id);
  audit.append(mailEvent('resent', again, null));
  return again;
}

function pinGone(id: number): MfaError {
  return new MfaError(
    'mail.pinGone',
    `Mail ${id} had a PIN, which was removed when it was sent or cancelled.`,
    {
      advice: 'Assign a new PIN to the user and have it sent.',
    },
  );
}
