import { timestamp } from '../../../clock.ts';
import type { Store } from '../../../store/store.ts';
import type { OutboxRow } from '../../../store/tables.ts';
import type { EmailSettings } from '../../email-settings.ts';
import { mailKinds, noticeKinds } from '../../templates/template-key.ts';
import type { OutboxContext } from '../outbox-context.ts';
import { countByState } from '../outbox-listing.ts';
import { deliveryProblem } from '../sending-problems.ts';

/** The lease that the one process holds which delivers mails. */
export const deliveryLease = 'mail delivery';

/** The kinds of mail that may leave: without users' mails only those to administrators. */
export type DueKinds = 'all' | 'notices';

export function dueKinds({ sendToUsers }: EmailSettings): DueKinds {
  return sendToUsers ? 'all' : 'notices';
}

const kindsJson = { all: JSON.stringify(mailKinds), notices: JSON.stringify(noticeKinds) };
const isOfKinds = 'kind IN (SELECT value FROM json_each(?))';

/** The mail whose turn it is: of those that are due the one that has been so for longest; null when none is. */
export function nextDueMail(store: Store, now: string, kinds: DueKinds): OutboxRow | null {
  const row = store
    .prepare<OutboxRow>(
      `SELECT * FROM outbox WHERE state = 'queued' AND next_attempt_at <= ? AND ${isOfKinds}
       ORDER BY next_attempt_at, id LIMIT 1`,
    )
    .get(now, kindsJson[kinds]);
  return row ?? null;
}

/** When the next mail is due, ISO 8601 UTC; null when none waits. Quick, for asking again and again. */
export function nextDueAt(store: Store, kinds: DueKinds): string | null {
  const row = store
    .prepare<{ at: string }>(
      `SELECT next_attempt_at AS at FROM outbox WHERE state = 'queued' AND ${isOfKinds}
       ORDER BY next_attempt_at, id LIMIT 1`,
    )
    .get(kindsJson[kinds]);
  return row?.at ?? null;
}

/** Whether a deliverer would find something to do now: mails to send, or mails that a vanished one left behind. */
export function isDeliveryDue({ store, clock, emailSettings, deliveryHealth }: OutboxContext): boolean {
  const now = timestamp(clock());
  const settings = emailSettings.load();
  const at = nextDueAt(store, dueKinds(settings));
  if (at === null || at > now) return countByState(store, ['sending']).sending > 0;
  const { pausedUntil } = deliveryHealth.load();
  return (pausedUntil === null || pausedUntil <= now) && deliveryProblem(settings) === null;
}
