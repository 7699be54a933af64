import type { DeliveryEvent } from './delivery-event.ts';

export interface DeliverOptions {
  /** Ends it: a mail of which nothing has left yet waits again, one that has left gets some seconds for its answer. */
  readonly signal: AbortSignal;
  readonly onEvent: (event: DeliveryEvent) => void;
  /** Ends it also when there was nothing to do for so many milliseconds, or another process delivers; null goes on. */
  readonly endsWhenIdleMs: number | null;
}
