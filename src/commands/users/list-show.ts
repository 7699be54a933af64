import { type Command, Option } from 'commander';
import { timestamp } from '../../core/clock.ts';
import { harmlessJson } from '../../core/plain-text.ts';
import { methodNames } from '../../core/users/method.ts';
import { fullName, stateOf, type User } from '../../core/users/user.ts';
import { facetValues } from '../../core/users/user-filter.ts';
import { userJson, userSummaryJson } from '../../core/users/user-json.ts';
import { type SortColumn, sortColumns } from '../../core/users/user-list.ts';
import { act, examples, paragraph } from '../act.ts';
import type { CommandContext } from '../context.ts';
import { printFacts, printJson, printTable, write } from '../output.ts';
import { wholeNumber } from './whole-number.ts';

interface ListOptions {
  filter?: string;
  sort: SortColumn;
  descending?: boolean;
  limit?: number;
  offset: number;
}

/** Without `--limit`, a person gets this many; a script gets all. */
const tableRows = 100;
const usersPerPart = 500;

export function defineListAndShow(command: Command): void {
  command
    .command('list')
    .description('list users; the filter takes words and facets such as state:disabled')
    .option('--filter <text>', 'words of username, name, e-mail or phone, and facets')
    .addOption(new Option('--sort <column>', 'sort by').choices(sortColumns).default('username'))
    .option('--descending', 'the other way round')
    .option('--limit <n>', `at most this many; else all with --json, ${tableRows} in a table`, wholeNumber)
    .option('--offset <n>', 'pass over this many first', wholeNumber, 0)
    .addHelpText(
      'after',
      examples(
        ['users list --filter smith', 'find a person by a part of the name'],
        ['users list --filter "state:disabled source:manual"', 'disabled users who were made by hand'],
        ['users list --filter "-has:phone group:Sales"', 'people of Sales without a phone'],
        ['users list --sort lastAuthenticated --descending --limit 20', 'who signed in last'],
        ['users list --json --limit 20', 'for a script'],
      ),
    )
    .addHelpText('after', facetHelp)
    .action(act<ListOptions>(listUsers));
  command
    .command('show')
    .argument('<username>')
    .description(
      'show everything about a user, whose name is understood as the setting usernameResolution says',
    )
    .addHelpText(
      'after',
      examples(['users show jdoe', 'a user with all settings'], ['users show jdoe --json', 'for a script']),
    )
    .action(act(showUser));
}

const facetHelp = [
  'Facets:',
  ...Object.entries(facetValues).map(([name, values]) => `  ${name}:${values?.join('|') ?? 'TEXT'}`),
  paragraph(
    'A user must have all of them. A minus turns one around (-state:disabled); quotes keep words together ' +
      '(group:"Human Resources").',
  ),
].join('\n');

async function listUsers(context: CommandContext, options: ListOptions): Promise<undefined> {
  const { users, clock } = await context.core();
  const limit = options.limit ?? (context.options.json ? undefined : tableRows);
  const page = users.listIds({ ...options, limit, exactTotal: true });
  const now = timestamp(clock());
  if (context.options.json) {
    let text = `{"total":${page.total},"users":[`;
    for (let start = 0; start < page.ids.length; start += usersPerPart) {
      const part = users.byIds(page.ids.slice(start, start + usersPerPart));
      const items = harmlessJson(part.map((user) => userSummaryJson(user, now))).slice(1, -1);
      // Written after it was read, so that a failure at the start is the only thing on standard output.
      await write(text + (start === 0 || items === '' ? '' : ',') + items);
      text = '';
    }
    await write(`${text}]}\n`);
    return;
  }
  await printTable(users.byIds(page.ids), [
    { title: 'Username', value: (user) => user.username },
    { title: 'Name', value: (user) => fullName(user) || null },
    { title: 'E-mail', value: (user) => user.email, isExtra: true },
    { title: 'Phone', value: (user) => phoneText(user.phone, user.extension), isExtra: true },
    { title: 'Method', value: (user) => methodText(user) },
    { title: 'State', value: (user) => stateOf(user, now) },
    { title: 'Source', value: (user) => user.source, isExtra: true },
  ]);
  const shown = page.ids.length;
  context.note(
    shown === page.total ? `${shown} ${shown === 1 ? 'user' : 'users'}` : `${shown} of ${page.total} users`,
  );
}

async function showUser(context: CommandContext, _: object, username = ''): Promise<undefined> {
  const { resolveUser, clock } = await context.core();
  const user = await resolveUser(username, context.signal);
  const now = timestamp(clock());
  if (context.options.json) await printJson(userJson(user, now));
  else await printFacts(factsOf(user, now));
}

/** What is known of a user, for people; what is not set and rarely is stays out. */
function factsOf(user: User, now: string): [label: string, value: string | null][] {
  const yesNo = (value: boolean | null) => (value === null ? 'as the company' : value ? 'yes' : 'no');
  const languages = [
    user.languagePhoneCall,
    user.languageTextMessage,
    user.languageMobileApp,
    user.languageOathToken,
  ];
  const facts: [string, string | null, 'always'?][] = [
    ['Username', user.username, 'always'],
    ['Name', fullName(user) || null, 'always'],
    ['E-mail', user.email, 'always'],
    ['State', stateOf(user, now), 'always'],
    ['Phone', phoneText(user.phone, user.extension), 'always'],
    ['Backup phone', phoneText(user.backupPhone, user.backupExtension), 'always'],
    ['Method', methodText(user), 'always'],
    ['PIN', user.hasPin ? `set ${user.pinSetAt ?? ''}`.trim() : 'none', 'always'],
    ['User must change PIN', user.pinMustChange ? 'yes' : null],
    ['User group', user.userGroup, 'always'],
    ['Description', user.description],
    [
      'Languages (call, text, app, token)',
      languages.some((one) => one !== null) ? languages.map((one) => one ?? '-').join(', ') : null,
    ],
    ['May change phone', yesNo(user.mayChangePhone)],
    ['May change PIN', yesNo(user.mayChangePin)],
    ['When disabled', user.whenDisabled ?? 'as the company'],
    ['Blocked until', user.blockedUntil],
    ['Blocked because', user.blockedReason],
    ['Blocked by', user.blockedBy],
    ['Locked out until', user.lockedUntil],
    ['One-time bypass until', user.bypassUntil],
    ['Bypass because', user.bypassReason],
    ['Bypass by', user.bypassBy],
    ['Source', user.source, 'always'],
    ['Directory id', user.directoryId],
    ['Directory entry', user.directoryDn],
    ['Kept as set here', user.localFields.length === 0 ? null : user.localFields.join(', ')],
    ['Last synchronized', user.lastSynchronizedAt],
    ['Last authentication', user.lastAuthenticatedAt, 'always'],
    ['Created', `${user.createdAt} by ${user.createdBy}`, 'always'],
    ['Changed', `${user.updatedAt} by ${user.updatedBy}`, 'always'],
    ['Version', String(user.version), 'always'],
  ];
  return facts
    .filter(([, value, always]) => value !== null || always !== undefined)
    .map(([label, value]) => [label, value]);
}

function phoneText(phone: string | null, extension: string | null): string | null {
  return phone === null || extension === null ? phone : `${phone} x${extension}`;
}

function methodText(user: User): string | null {
  if (user.method === null) return null;
  return user.mode === null ? methodNames[user.method] : `${methodNames[user.method]}, ${user.mode}`;
}
