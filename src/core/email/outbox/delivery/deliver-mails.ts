import { isMfaError, type MfaError } from '../../../errors.ts';
import { findHolder, Lease } from '../../../runs/lease.ts';
import type { DeliverOptions } from './deliver-options.ts';
import { Deliverer, type DeliveryContext } from './deliverer.ts';
import { deliveryLease } from './delivery-due.ts';
import type { DeliveryEvent } from './delivery-event.ts';
import { recoverMails } from './recover-mails.ts';

/** How often a process looks whether it may take over, in milliseconds. */
const takeOverMs = 2000;

/**
 * Sends the mails of the outbox one after the other, as long as no other process does. A process that vanishes is
 * followed by another one at once; whoever is stopped leaves no mail in the middle.
 * @throws what nobody expected; a busy or full database is waited for
 */
export async function deliverMails(context: DeliveryContext, options: DeliverOptions): Promise<void> {
  const { store, clock, actor, wait } = context;
  const { signal, endsWhenIdleMs } = options;
  const tell = withoutRepeats(options.onEvent);
  let isDone = false;
  while (!isDone && !signal.aborted) {
    try {
      const lease = Lease.tryAcquire(store, clock, deliveryLease, actor, 'delivery of mail');
      if (lease === null) {
        tell({ kind: 'waiting', why: describeHolder(context) });
        isDone = endsWhenIdleMs !== null;
      } else {
        try {
          tell({ kind: 'started' });
          for (const event of recoverMails(context, lease)) tell(event);
          isDone = await new Deliverer(context, lease, { ...options, onEvent: tell }).run();
        } finally {
          lease.release();
        }
      }
    } catch (error) {
      if (!isPassing(error)) throw error;
      tell({ kind: 'held', why: error.sentence });
    }
    if (!isDone) await wait(takeOverMs, signal);
  }
  tell({ kind: 'stopped' });
}

/** Another process took over, or the database cannot be written now. */
function isPassing(error: unknown): error is MfaError {
  return isMfaError(error) && ['run.leaseLost', 'store.busy', 'store.full'].includes(error.code);
}

function describeHolder({ store, clock }: DeliveryContext): string {
  const holder = findHolder(store, clock, deliveryLease);
  if (holder === null) return 'Another process delivers mail.';
  return `Mail is delivered by ${holder.by} (process ${holder.pid} on ${holder.host}, since ${holder.since}).`;
}

/** Says once that it waits, is held or paused, however often it finds so. */
function withoutRepeats(onEvent: (event: DeliveryEvent) => void): (event: DeliveryEvent) => void {
  let last = '';
  return (event) => {
    const text = JSON.stringify(event);
    if (text !== last) onEvent(event);
    last = text;
  };
}
