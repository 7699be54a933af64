import { addSeconds } from '../../../clock.ts';

const minute = 60;
const hour = 60 * minute;

/**
 * Seconds until a mail is tried again that the server did not take for now. Greylisting servers want to see the
 * mail again after a few minutes; later ones follow RFC 5321 4.5.4.1.
 */
const mailDelays = [minute, 5 * minute, 15 * minute, 30 * minute, hour, 2 * hour, 4 * hour];

/** Seconds until a server is tried again that could not be used at all. */
const serverDelays = [10, 30, minute, 2 * minute, 5 * minute, 10 * minute, 15 * minute];

/**
 * When a mail is tried next; never later than its last moment, so that it gets a last attempt then.
 * @param attempts how many there were
 * @returns null when that was the last attempt
 */
export function nextAttempt(now: Date, attempts: number, lastMoment: Date): Date | null {
  if (now >= lastMoment) return null;
  const next = addSeconds(now, delayAfter(mailDelays, attempts));
  return next < lastMoment ? next : lastMoment;
}

/** When the server is tried next. @param failures how many there were in a row */
export function nextConnection(now: Date, failures: number): Date {
  return addSeconds(now, delayAfter(serverDelays, failures));
}

/** After the last delay of the schedule it stays that long. */
function delayAfter(delays: readonly number[], count: number): number {
  return delays[Math.min(Math.max(count, 1), delays.length) - 1] as number;
}
