import { timestamp } from '../../../clock.ts';
import type { Lease } from '../../../runs/lease.ts';
import type { OutboxRow } from '../../../store/tables.ts';
import type { OutboxContext } from '../outbox-context.ts';
import { mailEvent, mailFromRow } from '../outbox-mail.ts';
import { updateMailRow } from '../outbox-rows.ts';
import type { DeliveryEvent } from './delivery-event.ts';
import { settled, tellable } from './mail-row-states.ts';

const doubt =
  'The process that sent it ended after the text had begun to leave and before an answer was noted: nobody knows ' +
  'whether the mail server took it. Ask the receiver, or look into the log of the mail server; then retry the mail ' +
  'or cancel it. Retried, it has the same Message-ID.';

/**
 * Takes up mails that a vanished deliverer left behind in the middle. Those of which nothing had left wait again, in
 * their place; the others are in doubt, because repeating them might deliver them twice.
 * @returns the mails that are in doubt now
 */
export function recoverMails({ store, audit, clock }: OutboxContext, lease: Lease): DeliveryEvent[] {
  return store.transaction(() => {
    lease.assertHeld();
    const rows = store.prepare<OutboxRow>(`SELECT * FROM outbox WHERE state = 'sending' ORDER BY id`).all();
    return rows.flatMap((row): DeliveryEvent[] => {
      if (row.handed_over_at === null) {
        updateMailRow(store, row.id, { state: 'queued' });
        return [];
      }
      updateMailRow(store, row.id, settled('inDoubt', timestamp(clock()), 'mail.inDoubt', doubt));
      audit.append(mailEvent('inDoubt', mailFromRow(row), doubt));
      return [{ kind: 'inDoubt', mail: tellable(row), why: doubt }];
    });
  });
}
