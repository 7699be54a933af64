import { workAlone } from '../../runs/work-alone.ts';
import { withoutRepeats } from '../../without-repeats.ts';
import { Scheduler, type SchedulerContext, type SchedulerOptions } from './scheduler.ts';
import { serviceLease } from './sync-schedule.ts';

/**
 * Synchronizes by itself as the settings say, until it is told to stop, as long as no other service does.
 * @throws what nobody expected; a busy or full database is waited for
 */
export async function keepSynchronized(context: SchedulerContext, options: SchedulerOptions): Promise<void> {
  const tell = withoutRepeats(options.onEvent);
  const { signal } = options;
  await workAlone(
    context,
    {
      lease: { name: serviceLease, purpose: 'service' },
      signal,
      onTaken(holder) {
        const who = holder === null ? 'another service' : `process ${holder.pid} on ${holder.host}`;
        tell({ kind: 'syncStandby', why: `The service that synchronizes is ${who}.` });
        return false;
      },
      onHeld: ({ sentence }) => tell({ kind: 'syncWaiting', why: sentence }),
    },
    async (lease) => {
      await new Scheduler(context, lease, { signal, onEvent: tell }).run();
      return true;
    },
  );
}
