import type { Command } from 'commander';
import { MfaError } from '../../core/errors.ts';
import { confirm } from '../confirm.ts';
import type { CommandContext } from '../context.ts';

export interface WhomOptions {
  filter?: string;
}

/** A verb that does the same to several users, who are named or found. */
export function forUsers(command: Command, verb: string, description: string): Command {
  return command
    .command(verb)
    .argument('[usernames...]')
    .description(description)
    .option('--filter <text>', 'all users whom "users list --filter" finds, instead of names');
}

/**
 * The users whom a command line means. Those of a filter are asked about, because nobody has read their names.
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
  if (filter === undefined && usernames.length > 0) return usernames;
  if (filter === undefined || filter.trim() === '' || usernames.length > 0) {
    throw new MfaError('usage.invalid', 'Say which users: their names, or --filter TEXT.', {
      advice: '"mfa-console users list --filter TEXT" shows whom a filter finds.',
    });
  }
  const { users } = await context.core();
  const found = users.byIds(users.listIds({ filter }).ids).map(({ username }) => username);
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
