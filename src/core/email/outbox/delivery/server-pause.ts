import { addSeconds, timestamp } from '../../../clock.ts';
import type { MfaError } from '../../../errors.ts';
import type { Lease } from '../../../runs/lease.ts';
import type { OutboxRow } from '../../../store/tables.ts';
import { soundDelivery } from '../../delivery-health.ts';
import type { EmailSettings } from '../../email-settings.ts';
import type { OutboxContext } from '../outbox-context.ts';
import { mailEvent, mailFromRow } from '../outbox-mail.ts';
import { updateMailRow } from '../outbox-rows.ts';
import { nextConnection } from './back-off.ts';
import type { DeliveryEvent } from './delivery-event.ts';
import { givenUp, settled, tellable } from './mail-row-states.ts';

/**
 * Lets all mails wait, because no connection came about: that is no fault of the one whose turn it was, which keeps
 * its place. Mails that have been tried for long enough are given up.
 */
export function pauseDelivery(
  { store, audit, clock, deliveryHealth }: OutboxContext,
  lease: Lease,
  row: OutboxRow,
  error: MfaError,
  settings: EmailSettings,
): DeliveryEvent[] {
  return store.transaction(() => {
    lease.assertHeld();
    const now = clock();
    const before = deliveryHealth.load();
    const failures = before.failures + 1;
    const until = timestamp(nextConnection(now, failures));
    const why = error.sentence;
    const failingSince = before.failingSince ?? timestamp(now);
    deliveryHealth.save({ failures, failingSince, why, pausedUntil: until });
    updateMailRow(store, row.id, {
      attempts: row.attempts + 1,
      last_attempt_at: timestamp(now),
      why_code: error.code,
      why: error.message,
    });
    if (before.failures === 0) audit.append({ action: 'mail.paused', result: 'failure', reason: why });
    const tooOld = timestamp(addSeconds(now, -settings.giveUpAfterHours * 3600));
    const overdue = store
      .prepare<OutboxRow>(`SELECT * FROM outbox WHERE state = 'queued' AND waiting_since <= ? ORDER BY id`)
      .all(tooOld);
    const reason = givenUp(error.message, settings);
    for (const { id } of overdue) {
      updateMailRow(store, id, settled('failed', timestamp(now), 'mail.givenUp', reason));
    }
    audit.appendAll(overdue.map((one) => mailEvent('failed', mailFromRow(one), reason)));
    return [
      { kind: 'paused', why, until },
      ...overdue.map((one): DeliveryEvent => ({ kind: 'failed', mail: tellable(one), why: reason })),
    ];
  });
}

/** Notes that a connection came about. */
export function endPause({ store, audit, deliveryHealth }: OutboxContext): void {
  if (deliveryHealth.load().failures === 0) return;
  store.transaction(() => {
    deliveryHealth.save(soundDelivery);
    audit.append({ action: 'mail.resumed' });
  });
}
