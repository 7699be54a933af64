import type { LastBackup } from '../backup/last-backup.ts';
import { countOf } from '../count-text.ts';
import type { DirectorySettings } from '../directory/directory-settings.ts';
import { daysUntil, expiryWarningDays } from '../directory/expiry-warning.ts';
import type { DeliveryHealth } from '../email/delivery-health.ts';
import { isReadableOnTheWay, missingCommands, missingValues } from '../email/email-problems.ts';
import type { EmailSettings } from '../email/email-settings.ts';
import type { Run } from '../runs/run.ts';
import { decideWhenDisabled } from '../settings/authentication-rules.ts';
import type { CompanySettings } from '../settings/company-settings.ts';
import { takeawayText } from '../sync/held-list.ts';
import { directoryScope } from '../sync/scope.ts';
import type { SyncState } from '../sync/sync-settings.ts';
import type { SyncHealth } from '../sync/synchronization.ts';
import { utcMoment } from '../utc-time.ts';

/** Stable, for scripts. */
export const warningCodes = [
  'directory.plain',
  'directory.certificateExpires',
  'backup.missing',
  'backup.old',
  'run.failed',
  'run.cancelled',
  'run.interrupted',
  'sync.awaitingApproval',
  'sync.due',
  'sync.late',
  'sync.failing',
  'service.stopped',
  'settings.disabledSucceed',
  'email.incomplete',
  'email.failing',
  'email.plain',
  'email.noAdministrators',
  'mail.switchedOff',
  'mail.nobodyDelivers',
  'mail.unsent',
] as const;
export type WarningCode = (typeof warningCodes)[number];

/** Something that works, but should not stay as it is, with the command that mends it. */
export interface Warning {
  code: WarningCode;
  message: string;
  command: string;
  /** The setting that it is about. */
  setting?: string;
  /** The run that it is about: one that can be continued, or that waits for approval. */
  run?: number;
}

const oldestBackupDays = 7;
const dayMs = 86_400_000;
const backupCommand = 'mfa-console backup FILE --passphrase-file FILE';

/** @param state what the last synchronization has seen of the directory */
export function certificateWarnings(
  { directory, certificateExpiresAt }: Pick<SyncState, 'directory' | 'certificateExpiresAt'>,
  settings: DirectorySettings,
  now: Date,
): Warning[] {
  if (certificateExpiresAt === null || directory !== directoryScope(settings)) return [];
  const daysLeft = daysUntil(new Date(certificateExpiresAt), now);
  if (daysLeft >= expiryWarningDays) return [];
  const when = daysLeft < 0 ? 'has expired' : `expires in ${countOf(daysLeft, 'day')}`;
  return [
    {
      code: 'directory.certificateExpires',
      message: `The certificate of the directory server ${when}, on ${certificateExpiresAt.slice(0, 10)}: renew it there.`,
      command: 'mfa-console directory test',
    },
  ];
}

export function directoryWarnings(settings: DirectorySettings): Warning[] {
  const isPlain =
    settings.type !== 'sample' &&
    settings.security === 'none' &&
    (settings.discovery?.protocol === 'ldap' ||
      settings.urls.some((url) => url.toLowerCase().startsWith('ldap:')));
  if (!isPlain) return [];
  return [
    {
      code: 'directory.plain',
      message:
        'The connection to the directory is not encrypted: names and the bind password can be read on the way.',
      command: 'mfa-console directory set --url ldaps://HOST',
    },
  ];
}

export function backupWarnings({ writtenAt }: LastBackup, now: Date, hasUsers: boolean): Warning[] {
  if (writtenAt === null) {
    if (!hasUsers) return [];
    return [{ code: 'backup.missing', message: 'There is no backup yet.', command: backupCommand }];
  }
  const days = Math.floor((now.getTime() - Date.parse(writtenAt)) / dayMs);
  if (days < oldestBackupDays) return [];
  return [{ code: 'backup.old', message: `The last backup is ${days} days old.`, command: backupCommand }];
}

export function settingsWarnings(settings: CompanySettings): Warning[] {
  if (decideWhenDisabled(settings) === 'fail') return [];
  return [
    {
      code: 'settings.disabledSucceed',
      message: 'Disabled users are set to succeed: they pass without a second factor.',
      command: 'mfa-console settings set whenUserDisabled=fail',
      setting: 'whenUserDisabled',
    },
  ];
}

/** Mails that are switched off need nothing, and before there are users nobody is to get any. */
export function emailWarnings(settings: EmailSettings, health: DeliveryHealth, hasUsers: boolean): Warning[] {
  if (!settings.sendToUsers) return [];
  const warnings: Warning[] = [];
  const [missing] = missingValues(settings);
  if (hasUsers && missing !== undefined) {
    const { setting, error } = missing;
    const message = `${error.message} Users get no mail.`;
    warnings.push({ code: 'email.incomplete', message, command: missingCommands[setting], setting });
  }
  if (health.why !== null) {
    warnings.push({
      code: 'email.failing',
      message: `No mail leaves since ${utcMoment(health.failingSince ?? '')}: ${health.why}`,
      command: 'mfa-console email test ADDRESS',
    });
  }
  if (isReadableOnTheWay(settings)) {
    warnings.push({
      code: 'email.plain',
      message:
        'The connection to the mail server is not encrypted: mails, and PINs in them, can be read on the way.',
      command: 'mfa-console email settings set --security startTls',
      setting: 'security',
    });
  }
  return warnings;
}

/** What waits for an administrator, and what is not yet as the items say. */
export function syncWarnings({ awaitingApproval, held, isDue }: SyncHealth): Warning[] {
  const warnings: Warning[] = [];
  const [newest] = awaitingApproval;
  if (newest !== undefined) {
    warnings.push({
      code: 'sync.awaitingApproval',
      message: `Run ${newest.id} would ${takeawayText(held)} and waits for approval.`,
      command: `mfa-console sync approve ${newest.id}`,
      run: newest.id,
    });
  }
  if (isDue) {
    warnings.push({
      code: 'sync.due',
      message: 'Nothing was synchronized since synchronization items or the directory were changed.',
      command: 'mfa-console sync run',
    });
  }
  return warnings;
}

/** @param lastRun the newest run that was to write */
export function runWarnings(lastRun: Run | null, interrupted: readonly Run[]): Warning[] {
  const warnings: Warning[] = interrupted.map((run) => ({
    code: 'run.interrupted',
    message: `Run ${run.id} of ${utcMoment(run.startedAt)} was interrupted: what it had committed stays, the rest is missing.`,
    ...continuation(run),
  }));
  if (lastRun?.state === 'failed') {
    warnings.push({
      code: 'run.failed',
      message: `Run ${lastRun.id} of ${utcMoment(lastRun.startedAt)} failed: ${lastRun.error?.message ?? 'no reason was noted.'}`,
      ...continuation(lastRun),
    });
  }
  if (lastRun?.state === 'cancelled' && lastRun.counts.read > 0) {
    warnings.push({
      code: 'run.cancelled',
      message: `Run ${lastRun.id} of ${utcMoment(lastRun.startedAt)} was stopped: what it had committed stays, the rest is missing.`,
      ...continuation(lastRun),
    });
  }
  return warnings;
}

/** What finishes a run: an import is continued, a synchronization done again. */
function continuation({ id, purpose }: Run): Pick<Warning, 'command' | 'run'> {
  return purpose === 'import'
    ? { command: `mfa-console import --resume ${id}`, run: id }
    : { command: 'mfa-console sync run' };
}
