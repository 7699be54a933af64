import type { Command } from 'commander';
import { MfaError } from '../../core/errors.ts';
import { usernameKey } from '../../core/users/user.ts';
import { type Example, examples, paragraph } from '../act.ts';
import { confirm } from '../confirm.ts';
import type { CommandContext } from '../context.ts';

export interface WhomOptions {
  filter?: string;
}

/** A verb that does the same to several users, who are named or found. */
export function forUsers(
  command: Command,
  verb: string,
  description: string,
  ...lines: readonly Example[]
): Command {
  return command
    .command(verb)
    .argument('[usernames...]')
    .description(description)
    .option('--filter <text>', 'all users whom "users list --filter" finds, instead of names')
    .addHelpText('after', examples(...lines))
    .addHelpText('after', paragraph(severalUsers));
}

const severalUsers =
  'When some of several users fail, the others are changed all the same. The exit code is then the one that all ' +
  'failures share, such as 4 when they were not found, else 1. A --filter asks for the number of users that it ' +
  'finds, or takes --yes.';

/** So many whole users are in memory while their names are read. */
const usersAtATime = 1000;

/**
 * The users whom a command line means, each once. Those of a filter are asked about, because nobody has read their names.
 * @param question what is done to them, such as `Disable`; null when the command asks by itself
 * @throws {MfaError} `usage.invalid`, `filter.invalid`, `user.notFound` when a filter finds nobody,
 *   `confirmation.required`
 */
export async function usernamesOf(
  context: CommandContext,
  { filter }: WhomOptions,
  usernames: readonly string[],
  question: string | null,
): Promise<readonly string[]> {
  if (filter === undefined && usernames.length > 0) return withoutRepeats(usernames);
  if (filter === undefined || filter.trim() === '' || usernames.length > 0) {
    throw new MfaError('usage.invalid', 'Say which users: their names, or --filter TEXT.', {
      advice: '"mfa-console users list --filter TEXT" shows whom a filter finds.',
    });
  }
  const { users } = await context.core();
  const { ids } = users.listIds({ filter });
  const found: string[] = [];
  for (let start = 0; start < ids.length; start += usersAtATime) {
    found.push(...users.byIds(ids.slice(start, start + usersAtATime)).map(({ username }) => username));
  }
  if (found.length === 0) {
    throw new MfaError('user.notFound', `No user matches "${filter}".`, {
      advice: 'Try it with "mfa-console users list --filter TEXT".',
    });
  }
  if (question !== null) {
    const subject = found.length === 1 ? `the user ${found[0]}` : `${found.length} users`;
    await confirm(context, `${question} ${subject}?`, found.length);
  }
  return found;
}

/** Who is named twice would be counted twice, and be given a PIN that the second one replaces. */
function withoutRepeats(usernames: readonly string[]): readonly string[] {
  const byKey = new Map(usernames.toReversed().map((username) => [usernameKey(username.trim()), username]));
  return [...byKey.values()].toReversed();
}
