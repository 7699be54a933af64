import type { StoredEmail } from '../../../core/email/email-delivery.ts';
import { type EmailProblem, invalidValues, missingValues } from '../../../core/email/email-problems.ts';
import type { EmailSettings } from '../../../core/email/email-settings.ts';
import { isMfaError } from '../../../core/errors.ts';
import { authoritiesIn, trustValues } from '../../tls/trust-fields.ts';
import type { FormValues } from '../../widgets/form/field.ts';

/** Settings as the fields have them. */
export function valuesOf({ settings }: StoredEmail): FormValues {
  return {
    ...trustValues(settings.ca),
    sendToUsers: settings.sendToUsers,
    mailsPerMinute: String(settings.mailsPerMinute),
    giveUpAfterHours: String(settings.giveUpAfterHours),
    keepDays: String(settings.keepDays),
    deliverBy: settings.deliverBy,
    host: settings.host,
    port: settings.port === null ? '' : String(settings.port),
    security: settings.security,
    acceptsPlain: settings.acceptsPlain,
    user: settings.user ?? '',
    password: '',
    timeoutSeconds: String(settings.timeoutSeconds),
    pickupFolder: settings.pickupFolder,
    from: settings.from,
    fromName: settings.fromName,
    replyTo: settings.replyTo ?? '',
    administrators: settings.administrators.join(', '),
    administratorLanguage: settings.administratorLanguage,
  };
}

/** What a form says: settings, with a new password or none, or what is wrong with them, by field. */
export type ReadEmail =
  | { readonly settings: EmailSettings; readonly password: string | undefined; readonly problems?: never }
  | { readonly problems: Readonly<Record<string, string>> };

/** Reads a form; settings without a field stay as they are stored. */
export function readEmail(values: FormValues, stored: StoredEmail): ReadEmail {
  let settings: EmailSettings;
  try {
    settings = settingsOf(values, stored.settings);
  } catch (error) {
    if (isMfaError(error)) return { problems: { caFile: error.sentence } };
    throw error;
  }
  const isNew = settings.deliverBy === 'smtp' && values.password !== '';
  const problems = [
    ...invalidValues(settings).map((problem) => [problem.setting, sentenceOf(problem)] as const),
    ...(isNew && settings.user === null
      ? [['password', 'There is no account that it is for.'] as const]
      : []),
  ];
  if (problems.length > 0) return { problems: Object.fromEntries(problems) };
  return { settings, password: isNew ? String(values.password) : undefined };
}

/** What must still be set before mail can be sent, by field. */
export function missingProblems(settings: EmailSettings): Readonly<Record<string, string>> {
  return Object.fromEntries(missingValues(settings).map(({ setting, error }) => [setting, error.message]));
}

/** @throws {MfaError} `tls.invalid` when the CA file is none */
function settingsOf(values: FormValues, base: EmailSettings): EmailSettings {
  const text = (id: string) => String(values[id] ?? '').trim();
  const orNull = (id: string) => (text(id) === '' ? null : text(id));
  const always = {
    sendToUsers: values.sendToUsers === true,
    mailsPerMinute: Number(text('mailsPerMinute')),
    giveUpAfterHours: Number(text('giveUpAfterHours')),
    keepDays: Number(text('keepDays')),
    from: text('from'),
    fromName: text('fromName'),
    replyTo: orNull('replyTo'),
    administrators: text('administrators')
      .split(/[\s,;]+/)
      .filter((one) => one !== ''),
    administratorLanguage: values.administratorLanguage as EmailSettings['administratorLanguage'],
  };
  if (values.deliverBy === 'pickup') {
    return { ...base, ...always, deliverBy: 'pickup', pickupFolder: text('pickupFolder') };
  }
  const security = values.security as EmailSettings['security'];
  return {
    ...base,
    ...always,
    deliverBy: 'smtp',
    host: text('host'),
    port: text('port') === '' ? null : Number(text('port')),
    security,
    acceptsPlain: security === 'none' && values.acceptsPlain === true,
    ca: security === 'none' ? base.ca : authoritiesIn(values, base.ca),
    user: orNull('user'),
    timeoutSeconds: Number(text('timeoutSeconds')),
  };
}

function sentenceOf({ setting, error }: EmailProblem): string {
  if (setting === 'acceptsPlain') return 'Accept it, or choose another encryption.';
  return error.sentence;
}
