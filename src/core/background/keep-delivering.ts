import type { Core } from '../core.ts';
import { deliverInThread } from './threaded-delivery.ts';

/** How often it is looked whether mails wait that nobody delivers, in milliseconds. */
const lookMs = 2000;
/** A thread without mails ends after so many milliseconds. */
const idleMs = 60_000;

/** Delivers mails beside something else. */
export interface BackgroundDelivery {
  /** Whether a mail may be on its way just now. */
  isRunning(): boolean;
  /** Resolves when no mail is in the middle any more, which takes some seconds at most. */
  stop(): Promise<void>;
}

/**
 * Delivers mails in a thread while some are due and no other process delivers: nothing is started where nobody sends
 * mail. After a failure that nobody expected it is not tried again.
 */
export function keepDelivering(
  core: Pick<Core, 'dataDirectory' | 'actor' | 'outbox'>,
  onFailure: (error: unknown) => void,
): BackgroundDelivery {
  const stop = new AbortController();
  let running: Promise<void> | null = null;
  const timer = setInterval(() => {
    if (running !== null || !isNeeded(core)) return;
    const options = { signal: stop.signal, onEvent: () => {}, endsWhenIdleMs: idleMs };
    running = deliverInThread(core, options).then(
      () => {
        running = null;
      },
      (error: unknown) => {
        clearInterval(timer);
        running = null;
        onFailure(error);
      },
    );
  }, lookMs).unref();
  return {
    isRunning: () => running !== null,
    async stop() {
      clearInterval(timer);
      stop.abort();
      await running;
    },
  };
}

function isNeeded({ outbox }: Pick<Core, 'outbox'>): boolean {
  try {
    return outbox.isDeliveryDue() && outbox.deliverer() === null;
  } catch {
    // A database that cannot be read is told of by the screen that needs it.
    return false;
  }
}
