import { hostname } from 'node:os';

/** A process that noted itself in a row: a run or a lease. */
export interface NotedProcess {
  host: string;
  pid: number;
  /** ISO 8601 UTC */
  heartbeat_at: string;
}

/** How old a heartbeat of a living process may be, in milliseconds; see heartbeat.ts for how often it beats. */
export const oldestHeartbeatMs = 60_000;

export const thisProcess = { host: hostname(), pid: process.pid };

/**
 * Whether the process is surely gone: it no longer exists on this machine, or has been silent for a minute.
 * A process that was only stopped for that long finds its lease taken when it wakes, and ends itself.
 */
export function isGone(noted: NotedProcess, now: Date): boolean {
  if (now.getTime() - Date.parse(noted.heartbeat_at) > oldestHeartbeatMs) return true;
  return noted.host === thisProcess.host && !processExists(noted.pid);
}

/** Whether a process of this machine runs. */
export function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
