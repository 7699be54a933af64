import { shownSettings } from '../../core/email/email-delivery.ts';
import { missingValues, portOf } from '../../core/email/email-problems.ts';
import type { EmailSettings } from '../../core/email/email-settings.ts';
import type { CommandContext } from '../context.ts';
import { printFacts, printJson } from '../output.ts';
import { seenVersion } from '../seen-version.ts';
import { applyOptions, type EmailOptions, readNewPassword } from './email-options.ts';

export interface SetOptions extends EmailOptions {
  ifVersion?: string;
}

export async function getEmailSettings(context: CommandContext): Promise<undefined> {
  const { emailDelivery } = await context.core();
  const { settings, hasPassword, version } = emailDelivery.load();
  await printSettings(context, settings, hasPassword, version);
}

export async function setEmailSettings(context: CommandContext, options: SetOptions): Promise<undefined> {
  const { emailDelivery } = await context.core();
  const { settings, hasPassword: hadPassword, version: seen } = emailDelivery.load();
  const after = applyOptions(settings, options);
  const password = await readNewPassword(options);
  const dryRun = context.options.dryRun === true;
  const version = seenVersion(options.ifVersion) ?? seen;
  const changes = emailDelivery.save({ after, password, version, dryRun });
  if (Object.keys(changes).length === 0) context.note('Nothing changed.');
  else if (dryRun) context.note('Nothing was saved, because of --dry-run.');
  for (const { error } of missingValues(after)) context.note(error.sentence);
  const hasPassword = password !== undefined || (hadPassword && after.user !== null);
  if (after.user !== null && !hasPassword) {
    context.note('No password is stored for the account yet: set it with --password-file.');
  }
  await printSettings(context, after, hasPassword, emailDelivery.load().version);
}

async function printSettings(
  context: CommandContext,
  settings: EmailSettings,
  hasPassword: boolean,
  version: number,
): Promise<void> {
  const shown = shownSettings(settings);
  if (context.options.json) {
    await printJson({ email: { ...shown, hasPassword, version } });
    return;
  }
  const byServer = [
    ['Mail server', shown.host === '' ? null : `${shown.host}, port ${portOf(shown)}`],
    ['Encryption', encryptions[shown.security]],
    ['Authorities', shown.ca ?? "the operating system's"],
    ['Account', shown.user ?? 'none (does not log on)'],
    ['Password', hasPassword ? 'stored, sealed' : 'not stored'],
    ['Timeout', `${shown.timeoutSeconds} s`],
  ] as const;
  await printFacts([
    ['Emails to users', shown.sendToUsers ? 'on' : 'off'],
    ['Rate', `${shown.mailsPerMinute} a minute at most`],
    ['Give up after', `${shown.giveUpAfterHours} h`],
    ['Kept in outbox', `${shown.keepDays} days`],
    ['Deliver by', shown.deliverBy],
    ...(shown.deliverBy === 'smtp' ? byServer : [['Pickup folder', shown.pickupFolder || null] as const]),
    ['From', shown.from || null],
    ['From name', shown.fromName || null],
    ['Reply-To', shown.replyTo ?? 'the From address'],
    ['Administrators', shown.administrators.join(', ') || 'none'],
    ['Their language', shown.administratorLanguage],
  ]);
}

const encryptions = {
  startTls: 'STARTTLS, required',
  implicitTls: 'TLS from the start',
  none: 'none (accepted)',
} as const;
