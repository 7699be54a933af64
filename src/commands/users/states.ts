import { type Command, Option } from 'commander';
import { MfaError } from '../../core/errors.ts';
import type { BulkOptions, BulkResult } from '../../core/users/bulk.ts';
import type { Users } from '../../core/users/users.ts';
import { act } from '../act.ts';
import { confirm } from '../confirm.ts';
import type { CommandContext } from '../context.ts';
import { printResults } from './results.ts';
import { wholeNumber } from './whole-number.ts';
import { forUsers, usernamesOf, type WhomOptions } from './whom.ts';

interface BlockOptions {
  reason: string;
  days?: number;
}

interface BypassOptions extends WhomOptions {
  reason?: string;
  seconds?: number;
  cancel?: boolean;
}

type Change<Options> = (
  users: Users,
  usernames: readonly string[],
  options: Options & BulkOptions,
) => Promise<BulkResult[]>;

export function defineStateChanges(command: Command): void {
  forUsers(command, 'enable', 'let users authenticate', [
    'users enable jdoe asmith',
    'enable two users',
  ]).action(changing('Enable', 'enabled', (users, usernames, options) => users.enable(usernames, options)));
  forUsers(
    command,
    'disable',
    'stop asking users for a second factor, as the company settings say',
    ['users disable jdoe', 'disable a user'],
    ['users disable --filter "group:Temps" --yes', 'disable all whom a filter finds'],
    ['users disable jdoe --dry-run --json', 'see what would happen'],
  ).action(changing('Disable', 'disabled', (users, usernames, options) => users.disable(usernames, options)));
  forUsers(command, 'block', 'refuse every authentication of users', [
    'users block jdoe --reason "phone stolen" --days 7',
    'block a user for a week',
  ])
    .requiredOption('--reason <text>', 'why; it stands in the audit log')
    .option('--days <n>', 'for how long; else as the company settings say', wholeNumber)
    .action(
      changing<BlockOptions>('Block', 'blocked', (users, usernames, options) =>
        users.block(usernames, options),
      ),
    );
  forUsers(command, 'unblock', 'end a block or a lockout of users', [
    'users unblock jdoe',
    'let a user in again',
  ]).action(
    changing('Unblock', 'unblocked', (users, usernames, options) => users.unblock(usernames, options)),
  );
  forUsers(
    command,
    'bypass',
    'let users pass the second factor once',
    ['users bypass jdoe --seconds 600 --reason "forgot the phone"', 'let a user in once'],
    ['users bypass jdoe --cancel', 'take it back'],
  )
    .option('--reason <text>', 'why; it stands in the audit log')
    .option('--seconds <n>', 'within this time; else as the company settings say', wholeNumber)
    .addOption(new Option('--cancel', 'take it back').conflicts(['reason', 'seconds']))
    .action(act<BypassOptions>(bypassUsers));
  forUsers(
    command,
    'remove',
    'remove users and their settings',
    ['users remove jdoe', 'remove a user'],
    ['users remove jdoe asmith --yes', 'without being asked'],
  ).action(act(removeUsers));
}

function changing<Options extends object>(question: string, done: string, change: Change<Options>) {
  return act<Options & WhomOptions>(async (context, options, ...operands) => {
    const usernames = await usernamesOf(context, options, operands, question);
    const { users } = await context.core();
    const results = await change(users, usernames, {
      ...options,
      dryRun: context.options.dryRun,
      signal: context.signal,
    });
    return printResults(context, results, done);
  });
}

async function bypassUsers(
  context: CommandContext,
  options: BypassOptions,
  ...operands: string[]
): Promise<number | undefined> {
  if (!options.cancel && options.reason === undefined) {
    throw new MfaError('usage.invalid', 'A one-time bypass needs a reason.', {
      advice: 'Add --reason TEXT, or --cancel to take a bypass back.',
    });
  }
  const question = options.cancel ? 'Take the bypass back from' : 'Let past the second factor once:';
  const usernames = await usernamesOf(context, options, operands, question);
  const { users } = await context.core();
  const bulk = { dryRun: context.options.dryRun, signal: context.signal };
  if (options.cancel) {
    return printResults(context, await users.cancelBypass(usernames, bulk), 'without a bypass');
  }
  const { seconds, reason = '' } = options;
  return printResults(context, await users.bypass(usernames, { ...bulk, seconds, reason }), 'bypassed once');
}

async function removeUsers(
  context: CommandContext,
  options: WhomOptions,
  ...operands: string[]
): Promise<number | undefined> {
  const usernames = await usernamesOf(context, options, operands, null);
  const { users } = await context.core();
  const bulk = { signal: context.signal };
  const found = (await users.remove(usernames, { ...bulk, dryRun: true })).flatMap(
    ({ result }) => result ?? [],
  );
  const fromDirectory = found.filter(({ user }) => user.directoryId !== null).length;
  if (fromDirectory > 0) {
    context.note(
      `${fromDirectory} of ${found.length} came from the directory: the next import or synchronization may add them again.`,
    );
  }
  const [only] = found;
  const subject =
    found.length === 1 && only !== undefined ? `the user ${only.user.username}` : `${found.length} users`;
  if (found.length > 0) await confirm(context, `Remove ${subject}?`, found.length);
  const results = await users.remove(usernames, { ...bulk, dryRun: context.options.dryRun });
  return printResults(context, results, 'removed', ({ user }) => ({ directoryId: user.directoryId }));
}
