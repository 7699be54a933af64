import { type Command, Option } from 'commander';
import { outboxFacets } from '../../core/email/outbox/outbox-filter.ts';
import { mailStates } from '../../core/email/outbox/outbox-mail.ts';
import { exportFormats } from '../../core/export-parts.ts';
import { act, examples, paragraph } from '../act.ts';
import { wholeNumber } from '../users/whole-number.ts';
import {
  cancelMails,
  type FilterOptions,
  type RetryOptions,
  resendMails,
  retryMails,
} from './outbox/change-mails.ts';
import { type ExportMailsOptions, exportMails } from './outbox/export-mails.ts';
import { type ListOptions, listMails } from './outbox/list-mails.ts';
import { type ShowOptions, showMail } from './outbox/show-mail.ts';

/** Adds the verbs that look after the mails to users. */
export function defineOutbox(command: Command): void {
  const outbox = command
    .command('outbox')
    .description('list, show, retry, resend, cancel and export the mails to users');
  outbox
    .command('list')
    .description('list mails, the newest first, with why they stand as they do')
    .addOption(new Option('--state <states...>', 'only those in one of these states').choices(mailStates))
    .option('--filter <text>', 'words of username, address, subject or reason, and facets')
    .option('--limit <n>', 'at most this many; else all with --json, 100 in a table', wholeNumber)
    .option('--before <mail>', 'only those before this one, for the next page', wholeNumber)
    .addHelpText(
      'after',
      examples(
        ['email outbox list', 'the newest mails'],
        ['email outbox list --state failed inDoubt notSent', 'mails that somebody should look at'],
        ['email outbox list --filter "user:jdoe" --json', 'what jdoe was sent, for a script'],
      ),
    )
    .addHelpText('after', facetHelp)
    .action(act<ListOptions>(listMails));
  outbox
    .command('show')
    .argument('<mail>', 'its number')
    .description("show a mail with its text and the mail server's words; a PIN in it is hidden")
    .option('--html', 'print its HTML and nothing else')
    .addHelpText('after', examples(['email outbox show 12', 'what mail 12 says, and what became of it']))
    .action(act<ShowOptions>(showMail));
  outbox
    .command('retry')
    .argument('[mails...]', 'their numbers')
    .description('let mails be tried again that failed, are in doubt, were not sent, or wait')
    .option('--all-failed', 'all that failed')
    .option('--filter <text>', 'all that "email outbox list --filter" finds')
    .addHelpText(
      'after',
      examples(
        ['email outbox retry 12 13', 'try two mails again'],
        ['email outbox retry --all-failed', 'when the mail server was mended'],
        ['email outbox retry --filter state:notSent', 'when the From address was set'],
      ),
    )
    .addHelpText('after', paragraph(aboutRetry))
    .action(act<RetryOptions>(retryMails));
  outbox
    .command('resend')
    .argument('[mails...]', 'their numbers')
    .description('send the texts of mails once more, as mails of their own')
    .option('--filter <text>', 'all that "email outbox list --filter" finds')
    .addHelpText(
      'after',
      examples(
        ['email outbox resend 12', 'when the user has deleted it'],
        [
          'email outbox resend --filter "state:sent kind:newUser"',
          'when the mail server has lost what it took',
        ],
      ),
    )
    .action(act<FilterOptions>(resendMails));
  outbox
    .command('cancel')
    .argument('[mails...]', 'their numbers')
    .description('take back mails that were not sent; a PIN in them is removed')
    .option('--filter <text>', 'all that "email outbox list --filter" finds')
    .addHelpText(
      'after',
      examples(
        ['email outbox cancel 12', 'a mail that nobody needs any more'],
        ['email outbox cancel --filter state:failed', 'all that failed'],
      ),
    )
    .action(act<FilterOptions>(cancelMails));
  outbox
    .command('export')
    .description('write what became of mails to a file or to standard output, without their texts')
    .option('--filter <text>', 'those that "email outbox list --filter" finds; else all')
    .addOption(new Option('--format <format>', 'of the file; else json').choices(exportFormats))
    .option('--output <file>', 'readable by its owner only; else standard output')
    .addHelpText(
      'after',
      examples(
        ['email outbox export --format csv --output mails.csv', 'everything for a spreadsheet'],
        ['email outbox export --filter "state:failed state:inDoubt"', 'what somebody should look at'],
      ),
    )
    .action(act<ExportMailsOptions>(exportMails));
}

const aboutRetry =
  'They go to the present address of their user. Those that were not sent are written anew. A mail in doubt may have ' +
  'arrived; retried, it has the same Message-ID, by which many mail systems drop the second one.';

const facetHelp = [
  'Facets:',
  ...Object.entries(outboxFacets).map(([name, values]) => `  ${name}:  ${values}`),
].join('\n');
