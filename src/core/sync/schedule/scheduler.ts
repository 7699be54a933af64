import { addSeconds } from '../../clock.ts';
import { isMfaError, messageOf } from '../../errors.ts';
import { writingRunLease } from '../../import/execute-run.ts';
import type { RunOptions } from '../../import/run-writer.ts';
import { findHolder, type Lease } from '../../runs/lease.ts';
import type { SyncRun } from '../../runs/run.ts';
import type { Wait } from '../../wait.ts';
import { type FailingContext, mailFailing } from '../notices/mail-failing.ts';
import type { SyncOrder } from '../synchronization.ts';
import { retryDelay } from './next-sync.ts';
import type { ScheduleEvent } from './schedule-event.ts';
import { readSyncSchedule, type ScheduleContext } from './sync-schedule.ts';

export interface SchedulerContext extends ScheduleContext, FailingContext {
  readonly wait: Wait;
  /** Does one synchronization, as `Synchronization.run`. */
  synchronize(order: SyncOrder, options: RunOptions): Promise<SyncRun>;
}

export interface SchedulerOptions {
  /** Ends it: a run stops after its batch. */
  readonly signal: AbortSignal;
  readonly onEvent: (event: ScheduleEvent) => void;
}

/** How often it is looked what is due, so that changed settings and clocks count at once; milliseconds. */
const lookMs = 1000;

const idleReasons = {
  off: 'Synchronization is switched off ("mfa-console sync settings set enabled=on" switches it on).',
  noItems: 'There is no synchronization item that is switched on.',
} as const;

/** Synchronizes whenever it is due, while its process holds the lease. */
export class Scheduler {
  readonly #context: SchedulerContext;
  readonly #lease: Lease;
  readonly #options: SchedulerOptions;
  /** Attempts in a row that did not even come to a run, which the stored runs know nothing of. */
  #fruitless = 0;
  #notBefore = new Date(0);

  constructor(context: SchedulerContext, lease: Lease, options: SchedulerOptions) {
    this.#context = context;
    this.#lease = lease;
    this.#options = options;
  }

  async run(): Promise<void> {
    const { signal } = this.#options;
    while (!signal.aborted) {
      const waitMs = await this.#turn();
      if (waitMs > 0) await this.#context.wait(Math.min(waitMs, lookMs), signal);
    }
  }

  /** Synchronizes if it is time. @returns after how many milliseconds to look again */
  async #turn(): Promise<number> {
    const { store, clock } = this.#context;
    const { onEvent } = this.#options;
    const { idle, nextAt } = readSyncSchedule(this.#context);
    if (idle !== null || nextAt === null) {
      onEvent({ kind: 'syncIdle', why: idleReasons[idle ?? 'off'] });
      return lookMs;
    }
    const now = clock().getTime();
    const untilDue = Date.parse(nextAt) - now;
    if (untilDue > 0) {
      onEvent({ kind: 'syncScheduled', nextAt });
      return untilDue;
    }
    if (this.#notBefore.getTime() > now) return lookMs;
    const writer = findHolder(store, clock, writingRunLease);
    if (writer !== null) {
      const { purpose, by, pid, host } = writer;
      onEvent({ kind: 'syncWaiting', why: `${by} (process ${pid} on ${host}) writes users: ${purpose}.` });
      return lookMs;
    }
    await this.#synchronize();
    return 0;
  }

  async #synchronize(): Promise<void> {
    const { signal, onEvent } = this.#options;
    this.#lease.assertHeld();
    onEvent({ kind: 'syncStarted' });
    try {
      const run = await this.#context.synchronize({ scheduled: true }, { signal });
      this.#fruitless = 0;
      onEvent(eventOf(run));
      if (run.state === 'failed') await mailFailing(this.#context);
    } catch (error) {
      // Somebody else was faster, and is waited for.
      if (signal.aborted || isMfaError(error, 'run.inProgress')) return;
      this.#fruitless += 1;
      this.#notBefore = addSeconds(this.#context.clock(), this.#pause());
      const why = isMfaError(error) ? error.sentence : messageOf(error);
      onEvent({ kind: 'syncFailed', run: null, why });
    }
  }

  #pause(): number {
    return Math.min(retryDelay(this.#fruitless), this.#context.syncSettings.load().intervalMinutes * 60);
  }
}

function eventOf(run: SyncRun): ScheduleEvent {
  if (run.state === 'completed') return { kind: 'syncFinished', run };
  if (run.state === 'awaitingApproval') return { kind: 'syncAwaitingApproval', run };
  if (run.state === 'cancelled') return { kind: 'syncStopped', run };
  return { kind: 'syncFailed', run, why: run.error?.message ?? `The run is ${run.state}.` };
}
