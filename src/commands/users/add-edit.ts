import { type Command, Option } from 'commander';
import { timestamp } from '../../core/clock.ts';
import { mailOnWrite } from '../../core/email/outbox/mail-on-write.ts';
import { MfaError } from '../../core/errors.ts';
import { languages, methods, modesOf } from '../../core/users/method.ts';
import { type DirectoryField, directoryFields } from '../../core/users/user.ts';
import type { UserPatch } from '../../core/users/user-input.ts';
import { userJson } from '../../core/users/user-json.ts';
import { act, examples } from '../act.ts';
import type { CommandContext } from '../context.ts';
import { readSecret } from '../read-secret.ts';
import { mailField, noteMails } from './mail-notes.ts';
import { printChange } from './results.ts';
import { wholeNumber } from './whole-number.ts';

interface FieldOptions {
  firstName?: string;
  lastName?: string;
  email?: string;
  group?: string;
  description?: string;
  phone?: string;
  extension?: string;
  backupPhone?: string;
  backupExtension?: string;
  country?: string;
  method?: string;
  mode?: string;
  language?: string;
  languagePhoneCall?: string;
  languageTextMessage?: string;
  languageMobileApp?: string;
  languageOathToken?: string;
  enabled?: 'yes' | 'no';
  mustChangePin?: 'yes' | 'no';
  mayChangePhone?: 'yes' | 'no' | 'company';
  mayChangePin?: 'yes' | 'no' | 'company';
  whenDisabled?: 'fail' | 'succeed' | 'company';
}

interface AddOptions extends FieldOptions {
  pinFile?: string;
  sendEmail?: true;
}

interface EditOptions extends FieldOptions {
  username?: string;
  ifVersion?: number;
  followDirectory?: string[];
  keepLocal?: string[];
  sendEmail?: true;
}

export function defineAddAndEdit(command: Command): void {
  addFieldOptions(command.command('add').argument('<username>'))
    .description('add a user by hand')
    .option('--pin-file <file>', 'set the PIN in this file; - reads standard input')
    .option('--send-email', 'send a mail with what the user needs to know, the PIN included')
    .addHelpText(
      'after',
      examples(
        ['users add jdoe --first-name Jane --last-name Doe --phone "(425) 555-0123"', 'add a user'],
        ['users add guest1 --method oathToken --enabled no', 'add one who may not sign in yet'],
        [
          'users add jdoe --email jane@corp.example --method phoneCall --mode pin --pin-file - --send-email',
          'with a PIN, which the user is told by mail',
        ],
      ),
    )
    .action(act<AddOptions>(addUser));
  addFieldOptions(command.command('edit').argument('<username>'))
    .description('change fields of a user; an empty text clears a field')
    .option('--username <name>', 'rename the user')
    .option('--if-version <n>', 'only when the user is still in this version', wholeNumber)
    .option('--follow-directory <field...>', 'give fields that were edited here back to the directory')
    .option('--keep-local <field...>', 'keep fields as they are here, whatever the directory says')
    .option('--send-email', 'send a mail with how the user signs in now, when something changes')
    .addHelpText(
      'after',
      examples(
        ['users edit jdoe --phone "+44 20 7946 0958" --extension ",,12#"', 'change the phone'],
        ['users edit jdoe --backup-phone ""', 'remove the backup phone'],
        [
          'users edit jdoe --email jane@corp.example --if-version 7',
          'fail when somebody else changed the user',
        ],
        ['users edit jdoe --keep-local phone', 'let no import change the phone'],
        ['users edit jdoe --follow-directory phone', 'let the directory set the phone again'],
      ),
    )
    .action(act<EditOptions>(editUser));
}

function addFieldOptions(command: Command): Command {
  const override = (name: string, text: string) =>
    new Option(`--${name} <answer>`, text).choices(['yes', 'no', 'company']);
  return command
    .option('--first-name <text>', 'first name')
    .option('--last-name <text>', 'last name')
    .option('--email <address>', 'e-mail address')
    .option('--group <text>', 'user group')
    .option('--description <text>', 'description')
    .option('--phone <number>', 'phone; x890 at its end is the extension')
    .option('--extension <text>', 'dialled after the answer: digits, "," (pause), "*", "#"')
    .option('--backup-phone <number>', 'tried when the phone is not answered')
    .option('--backup-extension <text>', 'extension of the backup phone')
    .option('--country <code>', 'ISO 3166 country of numbers without +, such as US')
    .addOption(new Option('--method <method>', 'how the second factor is done').choices(methods))
    .option(
      '--mode <mode>',
      `variant of the method: ${[...new Set(Object.values(modesOf).flat())].join(', ')}`,
    )
    .addOption(new Option('--language <code>', 'language of all four methods').choices(languages))
    .option('--language-phone-call <code>', 'language of phone calls')
    .option('--language-text-message <code>', 'language of text messages')
    .option('--language-mobile-app <code>', 'language of the mobile app')
    .option('--language-oath-token <code>', 'language of OATH token prompts')
    .addOption(new Option('--enabled <answer>', 'whether the user is enabled').choices(['yes', 'no']))
    .addOption(new Option('--must-change-pin <answer>', 'at the next sign-in').choices(['yes', 'no']))
    .addOption(override('may-change-phone', 'overrides the company settings'))
    .addOption(override('may-change-pin', 'overrides the company settings'))
    .addOption(
      new Option('--when-disabled <result>', 'overrides the company settings').choices([
        'fail',
        'succeed',
        'company',
      ]),
    );
}

async function addUser(context: CommandContext, options: AddOptions, username = ''): Promise<undefined> {
  const pin = options.pinFile === undefined ? undefined : await readSecret(options.pinFile, 'PIN');
  const { users, outbox, clock } = await context.core();
  const mailing = options.sendEmail ? mailOnWrite(await outbox.openQueue(), 'added') : undefined;
  const result = await users.add(
    { ...patchOf(options), username },
    { pin, dryRun: context.options.dryRun, onWritten: mailing?.onWritten },
  );
  const json = { user: userJson(result.user, timestamp(clock())), ...mailField(mailing) };
  await printChange(context, json, result, 'added');
  noteMails(context, mailing);
}

async function editUser(context: CommandContext, options: EditOptions, username = ''): Promise<undefined> {
  const { users, outbox, clock } = await context.core();
  const patch = patchOf(options);
  if (options.username !== undefined) patch.username = options.username;
  const followDirectory = options.followDirectory?.map(parseDirectoryField) ?? [];
  const keepLocal = options.keepLocal?.map(parseDirectoryField) ?? [];
  requireClearEdit(patch, followDirectory, keepLocal);
  const mailing = options.sendEmail ? mailOnWrite(await outbox.openQueue(), 'updated') : undefined;
  const result = await users.edit(username, patch, {
    version: options.ifVersion,
    followDirectory,
    keepLocal,
    dryRun: context.options.dryRun,
    onWritten: mailing?.onWritten,
  });
  const json = { user: userJson(result.user, timestamp(clock())), ...mailField(mailing) };
  await printChange(context, json, result, 'changed');
  noteMails(context, mailing);
}

/** @throws {MfaError} `usage.invalid` when nothing is to be done, or one field in two ways */
function requireClearEdit(
  patch: UserPatch,
  followDirectory: readonly DirectoryField[],
  keepLocal: readonly DirectoryField[],
): void {
  const both = keepLocal.find((field) => followDirectory.includes(field));
  if (both !== undefined) {
    throw new MfaError('usage.invalid', `The field ${both} cannot be kept local and follow the directory.`);
  }
  if (Object.keys(patch).length + followDirectory.length + keepLocal.length > 0) return;
  throw new MfaError('usage.invalid', 'Say what to change, such as --phone NUMBER.', {
    advice: '"mfa-console users edit --help" lists the fields.',
  });
}

function patchOf(options: FieldOptions): UserPatch {
  const answer = (text: string | undefined) =>
    text === undefined ? undefined : text === 'company' ? null : text === 'yes';
  const language = (own: string | undefined) => (own === '' ? null : (own ?? options.language));
  const patch = {
    firstName: options.firstName,
    lastName: options.lastName,
    email: options.email,
    userGroup: options.group,
    description: options.description,
    phone: options.phone,
    extension: options.extension,
    backupPhone: options.backupPhone,
    backupExtension: options.backupExtension,
    country: options.country,
    method: options.method,
    mode: options.mode,
    languagePhoneCall: language(options.languagePhoneCall),
    languageTextMessage: language(options.languageTextMessage),
    languageMobileApp: language(options.languageMobileApp),
    languageOathToken: language(options.languageOathToken),
    enabled: answer(options.enabled),
    pinMustChange: answer(options.mustChangePin),
    mayChangePhone: answer(options.mayChangePhone),
    mayChangePin: answer(options.mayChangePin),
    whenDisabled: options.whenDisabled === 'company' ? null : options.whenDisabled,
  };
  const given = Object.entries(patch).filter(([, value]) => value !== undefined);
  // What the words may be is checked with the user, in one place.
  return Object.fromEntries(given) as UserPatch;
}

function parseDirectoryField(text: string): DirectoryField {
  const field = directoryFields.find((candidate) => candidate.toLowerCase() === text.toLowerCase());
  if (field !== undefined) return field;
  throw new MfaError('usage.invalid', `The directory has no field "${text}".`, {
    advice: `Its fields are ${directoryFields.join(', ')}.`,
  });
}
