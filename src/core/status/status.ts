import { type LastBackup, lastBackupDocument } from '../backup/last-backup.ts';
import { timestamp } from '../clock.ts';
import type { Core } from '../core.ts';
import type { DirectoryType } from '../directory/directory.ts';
import type { DirectorySettings } from '../directory/directory-settings.ts';
import { domainOf } from '../directory/ldap/distinguished-name.ts';
import { domain as sampleDomain } from '../directory/sample/company.ts';
import type { LeaseHolder } from '../runs/lease.ts';
import { hasReachedItsEnd, type Run } from '../runs/run.ts';
import type { Store } from '../store/store.ts';
import type { SyncSchedule } from '../sync/schedule/sync-schedule.ts';
import { countAll, countOf } from '../users/count-users.ts';
import { stateCondition } from '../users/filter-conditions.ts';
import { type UserState, userStates } from '../users/user.ts';
import { countWaitingForUsers, type MailStatus, readMailStatus } from './mail-status.ts';
import { mailWarnings } from './mail-warnings.ts';
import { scheduleWarnings } from './schedule-warnings.ts';
import {
  backupWarnings,
  certificateWarnings,
  directoryWarnings,
  emailWarnings,
  runWarnings,
  settingsWarnings,
  syncWarnings,
  type Warning,
} from './warnings.ts';

export interface Status {
  dataDirectory: string;
  users: { total: number } & Record<UserState, number>;
  directory: { type: DirectoryType; label: string };
  mail: MailStatus;
  /** The process of the service; null when none runs. */
  service: LeaseHolder | null;
  synchronization: SyncSchedule;
  /** The newest run that was to write; null before the first. */
  lastRun: Run | null;
  /** Runs since the last completed one whose process is gone. */
  interruptedRuns: Run[];
  lastBackup: LastBackup;
  warnings: Warning[];
}

/** Among so many of the newest runs, previews included, the last and the interrupted ones are looked for. */
const consideredRuns = 50;

/** How things stand, from what is stored here: nothing is connected to, and only indexes are counted. */
export function readStatus(core: Core): Status {
  const { store, clock, actor, dataDirectory } = core;
  return store.snapshot(() => {
    const users = countByState(store, timestamp(clock()));
    const settings = core.directorySettings.load();
    const runs = core.runs.list(consideredRuns).filter((run) => !run.dryRun);
    const lastRun = runs[0] ?? null;
    const interruptedRuns = interruptedSinceCompletion(runs);
    const schedule = core.synchronization.schedule();
    const health = core.synchronization.health();
    const email = core.emailDelivery.load().settings;
    const mail = readMailStatus(core, email.sendToUsers);
    const isOrphaned = core.outbox.deliverer() === null && core.outbox.isDeliveryDue();
    const lastBackup = lastBackupDocument(store, clock, actor).load();
    return {
      dataDirectory: dataDirectory.path,
      users,
      directory: { type: settings.type, label: directoryLabel(settings) },
      mail,
      service: schedule.service,
      synchronization: schedule,
      lastRun,
      interruptedRuns,
      lastBackup,
      warnings: [
        ...directoryWarnings(settings),
        ...certificateWarnings(health.state, settings, clock()),
        ...settingsWarnings(core.companySettings.load()),
        ...runWarnings(isToldOf(lastRun, schedule) || isOfOneUser(lastRun) ? null : lastRun, interruptedRuns),
        ...scheduleWarnings(schedule, email),
        ...syncWarnings(health),
        ...backupWarnings(lastBackup, clock(), users.total > 0),
        ...emailWarnings(email, core.outbox.health(), users.total > 0),
        ...mailWarnings(mail, mail.isOn ? 0 : countWaitingForUsers(core), isOrphaned),
      ],
    };
  });
}

/** The schedule warns of its own failures, also when other runs have followed. */
function isToldOf(run: Run | null, { newest }: SyncSchedule): boolean {
  return run?.state === 'failed' && run.id === newest?.id;
}

/** Whoever synchronizes one user is told on the spot what failed, such as that the name was misspelt. */
function isOfOneUser(run: Run | null): boolean {
  return run?.purpose === 'synchronization' && run.request.user !== null;
}

function countByState(store: Store, now: string): Status['users'] {
  const total = countAll(store);
  const counts = Object.fromEntries(userStates.map((state) => [state, 0])) as Record<UserState, number>;
  counts.enabled = total;
  for (const state of userStates) {
    if (state === 'enabled') continue;
    counts[state] = countOf(store, stateCondition(state, now)) ?? 0;
    counts.enabled -= counts[state];
  }
  return { total, ...counts };
}

/** A run that was taken up again, or followed by a completed one, needs nobody's attention any more. */
function interruptedSinceCompletion(runs: readonly Run[]): Run[] {
  const completed = runs.findIndex(hasReachedItsEnd);
  const recent = completed < 0 ? runs : runs.slice(0, completed);
  const resumed = new Set(recent.map((run) => run.resumes));
  return recent.filter((run) => run.state === 'interrupted' && !resumed.has(run.id));
}

/** The name of the directory, as far as the settings tell it. */
function directoryLabel(settings: DirectorySettings): string {
  if (settings.type === 'sample') return sampleDomain;
  const domain = domainOf(settings.baseDn) || settings.discovery?.domain;
  if (domain) return domain;
  const [url] = settings.urls;
  return url !== undefined && URL.canParse(url) ? new URL(url).hostname : 'no server yet';
}
