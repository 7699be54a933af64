import { countOf } from '../count-text.ts';
import type { LeaseHolder } from '../runs/lease.ts';
import { runStateNames } from '../runs/run.ts';
import type { SyncSchedule } from '../sync/schedule/sync-schedule.ts';

/** How moments are written where the text is shown. @param at ISO 8601 UTC */
export type MomentText = (at: string) => string;

/** Since when synchronization fails, how often, and why, as the end of a sentence; null when it does not. */
export function failingText(
  { newest, failures, failingSince }: SyncSchedule,
  moment: MomentText,
): string | null {
  if (newest?.state !== 'failed' || failingSince === null) return null;
  const often = failures === 1 ? '' : `, ${countOf(failures, 'time')}`;
  return `fails since ${moment(failingSince)}${often}: ${newest.error?.message ?? 'no reason was noted.'}`;
}

/** Whether the service runs, in a line. */
export function serviceText(service: LeaseHolder | null, moment: MomentText): string {
  if (service === null) return 'not running';
  return `process ${service.pid} on ${service.host}, since ${moment(service.since)}`;
}

/** When was synchronized last, how that ended, and when the next is due, in a line. */
export function syncText(schedule: SyncSchedule, moment: MomentText): string {
  const { newest, idle, nextAt, isRunning, isLate, service } = schedule;
  const last = newest === null ? 'none yet' : `${runStateNames[newest.state]}, ${moment(newest.startedAt)}`;
  if (isRunning) return last;
  if (idle === 'off') return `${last}; switched off`;
  if (idle === 'noItems' || nextAt === null) return `${last}; no item is switched on`;
  if (service === null) return `${last}; no service runs`;
  return `${last}; next ${isLate ? 'was due' : 'due'} ${moment(nextAt)}`;
}
