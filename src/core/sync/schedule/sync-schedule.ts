import { type Clock, timestamp } from '../../clock.ts';
import { findHolder, type LeaseHolder } from '../../runs/lease.ts';
import type { SyncRun } from '../../runs/run.ts';
import type { Runs } from '../../runs/runs.ts';
import type { Store } from '../../store/store.ts';
import type { SyncItem } from '../sync-item.ts';
import type { SyncSettings } from '../sync-settings.ts';
import { nextSync } from './next-sync.ts';
import { readSyncHistory, type SyncHistory } from './sync-history.ts';

/** The lease of the one service that synchronizes; others wait for its end. */
export const serviceLease = 'service';

/** What the service does by itself, and how that went. Moments are ISO 8601 UTC text. */
export interface SyncSchedule extends SyncHistory {
  /** Why nothing is synchronized by itself: switched off, or no item is switched on. Null when it is. */
  idle: 'off' | 'noItems' | null;
  /** When the next one is due; a moment that has passed is overdue. Null when there is none. */
  nextAt: string | null;
  /** The newest one is going on. */
  isRunning: boolean;
  /** It is overdue by minutes: no service runs, or something keeps it. */
  isLate: boolean;
  /** The process that does it; null when no service runs. */
  service: LeaseHolder | null;
}

export interface ScheduleContext {
  readonly store: Store;
  readonly clock: Clock;
  readonly runs: Runs;
  readonly syncSettings: { load(): SyncSettings };
  readonly items: { list(): SyncItem[] };
}

/** A service that is restarted, and one that takes over, are not late. */
const graceMs = 3 * 60_000;

export function readSyncSchedule(context: ScheduleContext): SyncSchedule {
  const { store, clock, runs, syncSettings, items } = context;
  return store.snapshot(() => {
    const now = clock();
    const settings = syncSettings.load();
    const history = readSyncHistory(store, runs);
    const idle = settings.enabled ? (items.list().some(({ enabled }) => enabled) ? null : 'noItems') : 'off';
    const isRunning = history.newest?.state === 'running';
    const nextAt = idle === null ? nextSync(history, settings, now) : null;
    return {
      ...history,
      idle,
      nextAt: nextAt === null ? null : timestamp(nextAt),
      isRunning,
      isLate: !isRunning && nextAt !== null && isOverdue(nextAt, history.newest, now),
      service: findHolder(store, clock, serviceLease),
    };
  });
}

/** Before the first one nothing says since when it is due. */
function isOverdue(nextAt: Date, newest: SyncRun | null, now: Date): boolean {
  return newest !== null && now.getTime() - nextAt.getTime() > graceMs;
}
