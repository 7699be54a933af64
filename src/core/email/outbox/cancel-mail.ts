import { timestamp } from '../../clock.ts';
import { MfaError } from '../../errors.ts';
import type { OutboxContext } from './outbox-context.ts';
import { changeableStates, mailEvent, mailFromRow, mailStateNames, type OutboxMail } from './outbox-mail.ts';
import { requireMailRow, updateMailRow } from './outbox-rows.ts';

/**
 * Runs inside the transaction of the caller.
 * @throws {MfaError} `mail.notFound`, `mail.notPossible`
 */
export function cancelMail({ store, audit, clock, actor }: OutboxContext, id: number): OutboxMail {
  const row = requireMailRow(store, id);
  const mail = mailFromRow(row);
  if (!changeableStates.includes(mail.state)) {
    throw new MfaError(
      'mail.notPossible',
      `Mail ${id} cannot be cancelled: it is ${mailStateNames[mail.state]}.`,
      {
        advice: mail.state === 'sending' ? 'Look at it again in a moment.' : undefined,
      },
    );
  }
  const before =
    mail.why === null ? mailStateNames[mail.state] : `${mailStateNames[mail.state]}: ${mail.why}`;
  updateMailRow(store, id, {
    state: 'cancelled',
    why_code: null,
    why: `Cancelled by ${actor}; before that ${before}`,
    next_attempt_at: null,
    finished_at: timestamp(clock()),
    sealed: null,
  });
  audit.append(mailEvent('cancelled', mail, null));
  return mailFromRow(requireMailRow(store, id));
}
