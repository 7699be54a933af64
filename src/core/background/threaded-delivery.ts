import type { Core } from '../core.ts';
import type { DeliverOptions } from '../email/outbox/delivery/deliver-options.ts';
import { startThread } from '../thread.ts';
import type { DeliveryMessage, DeliveryTask } from './delivery-thread.ts';

const youngMegabytes = 16;

/**
 * Delivers mails like {@link Core.deliverMails}, in a thread of its own with a core of its own: each mail waits for
 * the disk three times, which no key and no request shall wait for.
 * @throws as `deliverMails` does
 */
export async function deliverInThread(
  { dataDirectory, actor }: Pick<Core, 'dataDirectory' | 'actor'>,
  { signal, onEvent, endsWhenIdleMs }: DeliverOptions,
): Promise<void> {
  const task: DeliveryTask = { dataDirectory, actor, endsWhenIdleMs };
  const thread = startThread<DeliveryMessage, 'stop'>('delivery-thread', task, youngMegabytes);
  const stop = () => thread.say('stop');
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();
  try {
    for await (const message of thread.messages()) {
      if (message.kind === 'end') return;
      onEvent(message.event);
    }
  } finally {
    signal.removeEventListener('abort', stop);
    stop();
    await thread.ended;
  }
}
