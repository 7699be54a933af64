import { missingValues } from '../email/email-problems.ts';
import type { EmailSettings } from '../email/email-settings.ts';
import type { SyncSchedule } from '../sync/schedule/sync-schedule.ts';
import { utcMoment } from '../utc-time.ts';
import { failingText } from './sync-text.ts';
import type { Warning } from './warnings.ts';

/** What keeps users from being synchronized by themselves, and administrators from knowing. */
export function scheduleWarnings(schedule: SyncSchedule, email: EmailSettings): Warning[] {
  const { idle, service, isLate, nextAt, newest } = schedule;
  const warnings: Warning[] = [];
  if (idle === null && service === null) {
    warnings.push({
      code: 'service.stopped',
      message: 'The service does not run, and nothing is synchronized by itself.',
      command: 'mfa-console serve',
    });
  }
  if (isLate && service !== null) {
    warnings.push({
      code: 'sync.late',
      message: `The synchronization that was due at ${utcMoment(nextAt ?? '')} has not begun, although the service runs.`,
      command: 'mfa-console sync run',
    });
  }
  const failing = failingText(schedule, utcMoment);
  if (failing !== null && newest !== null) {
    warnings.push({
      code: 'sync.failing',
      message: `Synchronization ${failing}`,
      command: `mfa-console sync runs ${newest.id}`,
      run: newest.id,
    });
  }
  if (idle === null && email.administrators.length === 0 && missingValues(email).length === 0) {
    warnings.push({
      code: 'email.noAdministrators',
      message: 'Nobody gets a mail when a synchronization waits for approval or fails for a day.',
      command: 'mfa-console email settings set --administrators ADDRESS',
      setting: 'administrators',
    });
  }
  return warnings;
}
