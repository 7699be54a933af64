import { parentPort, workerData } from 'node:worker_threads';
import { openCore } from '../core.ts';
import type { DataDirectory } from '../data-directory.ts';
import type { DeliveryEvent } from '../email/outbox/delivery/delivery-event.ts';
import { packError, type ThreadFailure } from '../thread.ts';

/** What the thread is started with. */
export interface DeliveryTask {
  dataDirectory: DataDirectory;
  actor: string;
  endsWhenIdleMs: number | null;
}

/** What it says. It understands `stop`. */
export type DeliveryMessage =
  | { readonly kind: 'event'; readonly event: DeliveryEvent }
  | { readonly kind: 'end' }
  | ThreadFailure;

const port = parentPort;
if (port === null) throw new Error('The delivery of mail runs as a thread.');
const task = workerData as DeliveryTask;
const stop = new AbortController();
port.on('message', () => stop.abort());

try {
  const core = openCore(task);
  try {
    await core.deliverMails({
      signal: stop.signal,
      onEvent: (event) => say({ kind: 'event', event }),
      endsWhenIdleMs: task.endsWhenIdleMs,
    });
    say({ kind: 'end' });
  } finally {
    core.close();
  }
} catch (error) {
  say({ kind: 'failure', error: packError(error) });
} finally {
  port.close();
}

function say(message: DeliveryMessage): void {
  port?.postMessage(message);
}
