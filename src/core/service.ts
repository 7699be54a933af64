import { setTimeout } from 'node:timers/promises';
import { trimAudit } from './audit/trim-audit.ts';
import { deliverInThread } from './background/threaded-delivery.ts';
import type { Core } from './core.ts';
import type { DeliveryEvent } from './email/outbox/delivery/delivery-event.ts';
import { isMfaError, messageOf } from './errors.ts';

/** What the service tells while it runs. */
export type ServiceEvent =
  | DeliveryEvent
  /** Audit events that were kept for long enough were removed. */
  | { readonly kind: 'auditTrimmed'; readonly events: number }
  | { readonly kind: 'auditNotTrimmed'; readonly why: string };

export interface ServiceOptions {
  /** Ends it within 10 seconds. */
  readonly signal: AbortSignal;
  readonly onEvent: (event: ServiceEvent) => void;
}

const dayMs = 86_400_000;

/**
 * What `serve` runs, until it is told to stop: delivers mail, and removes audit events when their time is over.
 * @throws what nobody expected; whoever started the service starts it again
 */
export async function runService(core: Core, { signal, onEvent }: ServiceOptions): Promise<void> {
  const ending = new AbortController();
  const trimming = keepTrimmed(core, AbortSignal.any([signal, ending.signal]), onEvent);
  try {
    await deliverInThread(core, { signal, onEvent, endsWhenIdleMs: null });
  } finally {
    ending.abort();
    await trimming;
  }
}

/** Looks once a day. A failure is told, and everything else goes on. */
async function keepTrimmed(
  core: Core,
  signal: AbortSignal,
  onEvent: ServiceOptions['onEvent'],
): Promise<void> {
  while (!signal.aborted) {
    try {
      const { auditKeptDays } = core.companySettings.load();
      if (auditKeptDays !== null) {
        const before = new Date(core.clock().getTime() - auditKeptDays * dayMs);
        const { events } = await trimAudit(core, { before, signal });
        if (events > 0) onEvent({ kind: 'auditTrimmed', events });
      }
    } catch (error) {
      if (!isMfaError(error, 'run.cancelled')) onEvent({ kind: 'auditNotTrimmed', why: messageOf(error) });
    }
    await setTimeout(dayMs, undefined, { signal }).catch(() => undefined);
  }
}
