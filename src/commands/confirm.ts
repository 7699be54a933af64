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
  const wanted = count > 1 ? String(count) : 'y';
  const hint = count > 1 ? `type ${count} to confirm` : 'y/N';
  const answer = await ask(context, `${question} (${hint}) `);
  if (answer.trim().toLowerCase() === wanted) return;
  throw new MfaError('confirmation.required', 'Nothing was changed.');
}

/** What was typed; Ctrl+C and Ctrl+D, which end the question, are no answer. */
async function ask(context: CommandContext, question: string): Promise<string> {
  const terminal = createInterface({ input: context.stdin, output: process.stderr });
  try {
    return await terminal.question(question, { signal: context.signal });
  } catch (error) {
    if (!(error instanceof Error && error.name === 'AbortError')) throw error;
    process.stderr.write('\n');
    return '';
  } finally {
    terminal.close();
  }
}
