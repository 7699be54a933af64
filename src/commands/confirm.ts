import { createInterface } from 'node:readline/promises';
import { MfaError } from '../core/errors.ts';
import type { CommandContext } from './context.ts';

/**
 * Asks before something that cannot be taken back; `--yes` answers for scripts. More than one object asks
 * for their number instead of a "y".
 * @param question names what is done to what, such as `Remove the user jdoe?`
 * @throws {MfaError} `confirmation.required` when the answer was another, or there is nobody to ask
 */
export async function confirm(context: CommandContext, question: string, count = 1): Promise<void> {
  if (context.options.yes || context.options.dryRun) return;
  if (!context.stdin.isTTY) {
    throw new MfaError(
      'confirmation.required',
      'This needs a confirmation, and there is no terminal to ask.',
      {
        advice: 'Add --yes when you are sure, or --dry-run to see what it would do.',
      },
    );
  }
  const terminal = createInterface({ input: context.stdin, output: process.stderr });
  try {
    const wanted = count > 1 ? String(count) : 'y';
    const hint = count > 1 ? `type ${count} to confirm` : 'y/N';
    const answer = await terminal.question(`${question} (${hint}) `, { signal: context.signal });
    if (answer.trim().toLowerCase() === wanted) return;
  } finally {
    terminal.close();
  }
  throw new MfaError('confirmation.required', 'Nothing was changed.');
}
