import type { Command } from 'commander';
import { act, examples } from '../act.ts';
import { withEmailOptions } from './email-options.ts';
import { getEmailSettings, type SetOptions, setEmailSettings } from './settings.ts';
import { type TestOptions, testEmail } from './test.ts';

/** Adds the verbs that say how mail is sent. */
export function defineDelivery(command: Command): void {
  const settings = command.command('settings').description('show and change how mail is sent');
  settings
    .command('get')
    .description('show how mail is sent')
    .addHelpText(
      'after',
      examples(['email settings get --json', 'the settings for a script, without the password']),
    )
    .action(act(getEmailSettings));
  withEmailOptions(settings.command('set'))
    .description('change how mail is sent; what is not named stays as it is')
    .option('--if-version <n>', 'only when they still have this version, which "get --json" tells')
    .addHelpText(
      'after',
      examples(
        [
          'email settings set --host mail.corp.example --from mfa@corp.example --user mfa --password-file -',
          'send through a mail server with STARTTLS; the password is read from standard input',
        ],
        [
          'email settings set --deliver-by pickup --pickup-folder /var/spool/mfa --from mfa@corp.example',
          'write .eml files for another program',
        ],
      ),
    )
    .action(act<SetOptions>(setEmailSettings));
  withEmailOptions(command.command('test').argument('<to>', 'the address that receives the test'))
    .description(
      'send a test with the stored settings, or with others that are not saved; when it fails, the conversation with the mail server is shown',
    )
    .option('--verbose', 'show the conversation in any case')
    .addHelpText(
      'after',
      examples(
        ['email test jane@corp.example', 'see whether mail goes out'],
        ['email test jane@corp.example --host mail2.corp.example', 'try another mail server first'],
      ),
    )
    .action(act<TestOptions>(testEmail));
}
