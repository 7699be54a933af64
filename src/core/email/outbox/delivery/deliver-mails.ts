import type { LeaseHolder } from '../../../runs/lease.ts';
import { workAlone } from '../../../runs/work-alone.ts';
import { utcMoment } from '../../../utc-time.ts';
import { withoutRepeats } from '../../../without-repeats.ts';
import type { DeliverOptions } from './deliver-options.ts';
import { Deliverer, type DeliveryContext } from './deliverer.ts';
import { deliveryLease } from './delivery-due.ts';
import { recoverMails } from './recover-mails.ts';

/**
 * Sends the mails of the outbox one after the other, as long as no other process does. A process that vanishes is
 * followed by another one at once; whoever is stopped leaves no mail in the middle.
 * @throws what nobody expected; a busy or full database is waited for
 */
export async function deliverMails(context: DeliveryContext, options: DeliverOptions): Promise<void> {
  const { signal, endsWhenIdleMs } = options;
  const tell = withoutRepeats(options.onEvent);
  const alone = {
    lease: { name: deliveryLease, purpose: 'delivery of mail' },
    signal,
    onTaken(holder: LeaseHolder | null) {
      tell({ kind: 'waiting', why: describe(holder) });
      return endsWhenIdleMs !== null;
    },
    onHeld: ({ sentence }: { sentence: string }) => tell({ kind: 'held', why: sentence }),
  };
  await workAlone(context, alone, async (lease) => {
    tell({ kind: 'started' });
    for (const event of recoverMails(context, lease)) tell(event);
    return await new Deliverer(context, lease, { ...options, onEvent: tell }).run();
  });
  tell({ kind: 'stopped' });
}

function describe(holder: LeaseHolder | null): string {
  if (holder === null) return 'Another process delivers mail.';
  return `Mail is delivered by ${holder.by} (process ${holder.pid} on ${holder.host}, since ${utcMoment(holder.since)}).`;
}
