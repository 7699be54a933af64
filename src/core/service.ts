import { deliverInThread } from './background/threaded-delivery.ts';
import type { Core } from './core.ts';
import type { DeliveryEvent } from './email/outbox/delivery/delivery-event.ts';

/** What the service tells while it runs. */
export type ServiceEvent = DeliveryEvent;

export interface ServiceOptions {
  /** Ends it within 10 seconds. */
  readonly signal: AbortSignal;
  readonly onEvent: (event: ServiceEvent) => void;
}

/**
 * What `serve` runs, until it is told to stop: delivers mail.
 * @throws what nobody expected; whoever started the service starts it again
 */
export async function runService(core: Core, { signal, onEvent }: ServiceOptions): Promise<void> {
  await deliverInThread(core, { signal, onEvent, endsWhenIdleMs: null });
}
