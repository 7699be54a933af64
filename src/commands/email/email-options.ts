import { type Command, Option } from 'commander';
import { type EmailSettings, emailSettingsSchema } from '../../core/email/email-settings.ts';
import { MfaError } from '../../core/errors.ts';
import { readAuthorities } from '../../core/tls/authorities.ts';
import { languages } from '../../core/users/method.ts';
import { readSecret } from '../read-secret.ts';

/** The options of `email settings set` and `email test`. */
export interface EmailOptions {
  sendToUsers?: 'on' | 'off';
  rate?: string;
  giveUpAfter?: string;
  keepDays?: string;
  deliverBy?: EmailSettings['deliverBy'];
  host?: string;
  port?: string;
  security?: EmailSettings['security'];
  acceptPlain?: true;
  caFile?: string;
  systemCa?: true;
  user?: string;
  anonymous?: true;
  passwordFile?: string;
  timeout?: string;
  pickupFolder?: string;
  from?: string;
  fromName?: string;
  replyTo?: string;
  administrators?: string[];
  administratorLanguage?: EmailSettings['administratorLanguage'];
}

export function withEmailOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--send-to-users <switch>', 'whether users get mails at all').choices(['on', 'off']),
    )
    .option('--rate <n>', 'how many mails leave in a minute at most')
    .option('--give-up-after <hours>', 'how long a mail is tried again')
    .option('--keep-days <n>', 'how long the outbox keeps mails to which nothing happens any more')
    .addOption(new Option('--deliver-by <how>', 'to a mail server or a folder').choices(['smtp', 'pickup']))
    .option('--host <name>', 'the mail server')
    .option('--port <n>', 'its port; empty for the usual one, 465 with implicitTls, else 587')
    .addOption(
      new Option('--security <how>', 'what protects the connection').choices([
        'startTls',
        'implicitTls',
        'none',
      ]),
    )
    .option('--accept-plain', 'accept that mail and password travel without encryption')
    .option('--ca-file <file>', 'PEM certificates of the authorities to trust')
    .addOption(new Option('--system-ca', 'trust the authorities of the operating system').conflicts('caFile'))
    .option('--user <name>', 'account at the mail server')
    .addOption(new Option('--anonymous', 'do not log on').conflicts(['user', 'passwordFile']))
    .option('--password-file <file>', "file with the account's password, or - for standard input")
    .option('--timeout <seconds>', 'to connect, and that the server may stay silent')
    .option('--pickup-folder <folder>', 'full path of the folder for .eml files')
    .option('--from <address>', 'the address that all mail comes from')
    .option('--from-name <name>', 'the name that stands before it')
    .option('--reply-to <address>', 'where answers go; empty for the From address')
    .option(
      '--administrators <addresses...>',
      'who is told when a synchronization waits for approval, or fails for a day; none for nobody',
    )
    .addOption(
      new Option('--administrator-language <language>', 'of mails to administrators').choices(languages),
    );
}

/**
 * The settings with the options on top.
 * @throws {MfaError} `mail.invalid`, `tls.invalid` for a file without certificates
 */
export function applyOptions(current: EmailSettings, options: EmailOptions): EmailSettings {
  const { security, systemCa, caFile, anonymous, timeout, sendToUsers, rate, giveUpAfter, keepDays } =
    options;
  const isNowEncrypted = security !== undefined && security !== 'none';
  const parsed = emailSettingsSchema.safeParse({
    sendToUsers: sendToUsers === undefined ? current.sendToUsers : sendToUsers === 'on',
    mailsPerMinute: rate === undefined ? current.mailsPerMinute : Number(rate),
    keepDays: keepDays === undefined ? current.keepDays : Number(keepDays),
    giveUpAfterHours: giveUpAfter === undefined ? current.giveUpAfterHours : Number(giveUpAfter),
    deliverBy: options.deliverBy ?? current.deliverBy,
    host: options.host?.trim() ?? current.host,
    port: orNull(options.port, Number) ?? (options.port === undefined ? current.port : null),
    security: security ?? current.security,
    acceptsPlain: options.acceptPlain ?? (isNowEncrypted ? false : current.acceptsPlain),
    ca: systemCa ? null : caFile === undefined ? current.ca : readAuthorities(caFile),
    user: anonymous ? null : (options.user ?? current.user),
    timeoutSeconds: timeout === undefined ? current.timeoutSeconds : Number(timeout),
    pickupFolder: options.pickupFolder ?? current.pickupFolder,
    from: options.from?.trim() ?? current.from,
    fromName: options.fromName?.trim() ?? current.fromName,
    replyTo: orNull(options.replyTo, String) ?? (options.replyTo === undefined ? current.replyTo : null),
    administrators: options.administrators?.filter((one) => one !== 'none') ?? current.administrators,
    administratorLanguage: options.administratorLanguage ?? current.administratorLanguage,
  } satisfies EmailSettings);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new MfaError('mail.invalid', `The setting ${issue?.path.join('.')} is not valid: ${issue?.message}.`);
}

/** The password of `--password-file`; undefined where it was not given. */
export async function readNewPassword({ passwordFile }: EmailOptions): Promise<string | undefined> {
  return passwordFile === undefined ? undefined : readSecret(passwordFile, 'SMTP password');
}

/** Null for an option that is empty or was not given. */
function orNull<Value>(text: string | undefined, read: (text: string) => Value): Value | null {
  const trimmed = text?.trim() ?? '';
  return trimmed === '' ? null : read(trimmed);
}
