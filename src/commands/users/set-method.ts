import { type Command, Option } from 'commander';
import { type Method, type Mode, methods, modesOf } from '../../core/users/method.ts';
import { act } from '../act.ts';
import type { CommandContext } from '../context.ts';
import { printResults } from './results.ts';
import { forUsers, usernamesOf, type WhomOptions } from './whom.ts';

interface SetMethodOptions extends WhomOptions {
  method: Method;
  mode?: Mode;
}

export function defineSetMethod(command: Command): void {
  forUsers(
    command,
    'set-method',
    'set how the second factor of users is done',
    ['users set-method jdoe asmith --method oathToken', 'two users'],
    ['users set-method --filter group:Sales --method phoneCall --mode pin', 'all whom a filter finds'],
  )
    .addOption(new Option('--method <method>', 'the method').choices(methods).makeOptionMandatory())
    .addOption(
      new Option('--mode <mode>', 'its variant; else the first of the method').choices([
        ...new Set(Object.values(modesOf).flat()),
      ]),
    )
    .action(act<SetMethodOptions>(setMethod));
}

async function setMethod(
  context: CommandContext,
  options: SetMethodOptions,
  ...operands: string[]
): Promise<number | undefined> {
  const usernames = await usernamesOf(context, options, operands, 'Set the method of');
  const { users } = await context.core();
  const bulk = { dryRun: context.options.dryRun, signal: context.signal };
  const results = await users.setMethod(usernames, options.method, options.mode, bulk);
  return printResults(context, results, `set to ${options.method}`);
}
