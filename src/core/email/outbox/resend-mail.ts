import { MfaError } from '../../errors.ts';
import type { MailContent } from '../mail-content.ts';
import { insertMail } from './insert-mail.ts';
import type { OutboxContext } from './outbox-context.ts';
import { mailEvent, mailStateNames, mailWithContent, type OutboxMail } from './outbox-mail.ts';
import { requireMailRow } from './outbox-rows.ts';
import { addressNow } from './receiver.ts';
import { unsealText } from './sealed-text.ts';
import { settingsProblem } from './sending-problems.ts';

/**
 * Runs inside the transaction of the caller.
 * @throws {MfaError} `mail.notFound`, `mail.notPossible`, `mail.userRemoved`, `mail.pinGone`, and what keeps the mail
 *   from being sent
 */
export function resendMail(context: OutboxContext, id: number): OutboxMail {
  const { store, audit, secrets, emailSettings } = context;
  const row = requireMailRow(store, id);
  const mail = mailWithContent(row);
  if (mail.state === 'queued' || mail.state === 'sending' || mail.content === null) {
    const why = mail.content === null ? 'has no text yet' : `is ${mailStateNames[mail.state]}`;
    throw new MfaError('mail.notPossible', `Mail ${id} cannot be sent again: it ${why}.`, {
      advice: 'Retry it with "mfa-console email outbox retry".',
    });
  }
  const { recipient, problem: addressProblem } = addressNow(store, row);
  let pin: string | null = null;
  let content: MailContent | null = mail.content;
  if (mail.withPin) {
    if (row.sealed === null) throw pinGone(id);
    ({ pin, content } = unsealText(secrets, row.message_id, row.sealed));
  }
  const { userId, username, method, mode, language, kind } = mail;
  const problem = settingsProblem(emailSettings.load(), kind) ?? addressProblem;
  if (problem !== null) throw problem;
  const key = language === null ? null : { method, mode, language };
  const prepared = { key, content, shown: mail.content, recipient, problem };
  const again = insertMail(context, { userId, username, kind, pin }, prepared, id);
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
