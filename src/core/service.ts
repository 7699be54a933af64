import { type AuditTrimmingEvent, keepTrimmed } from './background/keep-trimmed.ts';
import { deliverInThread } from './background/threaded-delivery.ts';
import { synchronizeInThread } from './background/threaded-runs.ts';
import type { Core } from './core.ts';
import type { DeliveryEvent } from './email/outbox/delivery/delivery-event.ts';
import { keepSynchronized } from './sync/schedule/keep-synchronized.ts';
import type { ScheduleEvent } from './sync/schedule/schedule-event.ts';
import { systemWait } from './wait.ts';

/** What the service tells while it runs. */
export type ServiceEvent = DeliveryEvent | ScheduleEvent | AuditTrimmingEvent;

export interface ServiceOptions {
  /** Ends it within 10 seconds. */
  readonly signal: AbortSignal;
  readonly onEvent: (event: ServiceEvent) => void;
}

/**
 * What `serve` runs, until it is told to stop: synchronizes when it is due, delivers mail, and removes audit events when
 * their time is over. Each goes on while the others are busy.
 * @throws what nobody expected; whoever started the service starts it again
 */
export async function runService(core: Core, { signal, onEvent }: ServiceOptions): Promise<void> {
  const ending = new AbortController();
  const options = { signal: AbortSignal.any([signal, ending.signal]), onEvent };
  const { synchronization } = core;
  const schedule = {
    ...core,
    items: synchronization.items,
    wait: systemWait,
    synchronize: synchronizeInThread.bind(null, core),
  };
  const works = [
    deliverInThread(core, { ...options, endsWhenIdleMs: null }),
    keepSynchronized(schedule, options),
    keepTrimmed(core, options),
  ];
  try {
    await Promise.all(works);
  } finally {
    ending.abort();
    await Promise.allSettled(works);
  }
}
