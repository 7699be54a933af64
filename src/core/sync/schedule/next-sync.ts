import { hash } from 'node:crypto';
import { addSeconds } from '../../clock.ts';
import type { SyncRun } from '../../runs/run.ts';
import type { SyncSettings } from '../sync-settings.ts';
import type { SyncHistory } from './sync-history.ts';

const minute = 60;

/** Seconds until a synchronization is tried again, by how many have failed in a row. */
const retryDelays = [
  10,
  30,
  minute,
  2 * minute,
  5 * minute,
  10 * minute,
  15 * minute,
  30 * minute,
  60 * minute,
];

/** Servers that were set up alike, or lost the same directory, do not come back to it at the same moment. */
const jitterPart = 0.05;
const largestJitter = 30;

/**
 * When everybody is synchronized next: an interval after the last one began, whoever began it, and sooner after one
 * that failed or was cut short. Missed ones are not made up for. All of it follows from what is stored, so that every
 * process knows the same moment and a restart neither forgets nor repeats one.
 */
export function nextSync(
  { newest, failures }: Pick<SyncHistory, 'newest' | 'failures'>,
  { intervalMinutes }: Pick<SyncSettings, 'intervalMinutes'>,
  now: Date,
): Date {
  if (newest === null) return now;
  const started = new Date(newest.startedAt);
  // The clock was set back: waiting until it is there again could take years.
  if (started > addSeconds(now, minute)) return now;
  const interval = intervalMinutes * minute;
  if (!isCutShort(newest)) return after(started, interval, newest);
  const ended = new Date(newest.finishedAt ?? newest.startedAt);
  return after(ended, Math.min(retryDelay(failures), interval), newest);
}

/** Seconds until another try. @param failures how many there were in a row */
export function retryDelay(failures: number): number {
  return retryDelays[Math.min(Math.max(failures, 1), retryDelays.length) - 1] as number;
}

/**
 * Its rest is still to be done. What an administrator has stopped waits for its time; the service's own run is stopped
 * only by its end.
 */
function isCutShort({ state, request }: SyncRun): boolean {
  if (state === 'cancelled') return request.scheduled === true;
  return state === 'failed' || state === 'interrupted';
}

/** Up to a twentieth earlier or later, and never by more than 30 seconds; always the same for the same run. */
function after(moment: Date, seconds: number, { id, startedAt }: SyncRun): Date {
  const digest = hash('sha256', `${id} ${startedAt}`, 'buffer').readUInt32BE();
  const part = (digest / 2 ** 32) * 2 - 1;
  return addSeconds(moment, seconds + part * Math.min(seconds * jitterPart, largestJitter));
}
