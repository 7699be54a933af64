import { CommanderError } from 'commander';
import { type ErrorCode, errorCodes, MfaError, messageOf } from '../core/errors.ts';
import { harmlessJson } from '../core/plain-text.ts';
import { sentenceOf } from './sentence.ts';

/**
 * Prints what went wrong: one sentence on standard error, with `--json` also as
 * `{"error":{"code","message"}}` on standard output.
 * @returns the exit code
 */
export function reportFailure(error: unknown, wantsJson: boolean): number {
  const { code, message: words } = describeFailure(error);
  const message = sentenceOf(words);
  process.stderr.write(`${message}\n`);
  if (wantsJson) process.stdout.write(`${harmlessJson({ error: { code, message } })}\n`);
  return errorCodes[code];
}

function describeFailure(error: unknown): { code: ErrorCode; message: string } {
  if (error instanceof MfaError) return { code: error.code, message: error.sentence };
  if (error instanceof CommanderError && error.code === 'commander.help') {
    const advice = '"mfa-console --help" lists the commands, "mfa-console COMMAND --help" their verbs.';
    return { code: 'usage.invalid', message: `This command is not complete. ${advice}` };
  }
  if (error instanceof CommanderError) {
    const sentence = error.message.replace(/^error: /, '');
    return { code: 'usage.invalid', message: `${capitalize(sentence)}. See "mfa-console --help".` };
  }
  const detail = process.env.MFA_CONSOLE_DEBUG && error instanceof Error ? error.stack : messageOf(error);
  return {
    code: 'internal.unexpected',
    message: `Something unexpected went wrong: ${detail}. Please report it with what you did; MFA_CONSOLE_DEBUG=1 shows more.`,
  };
}

function capitalize(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1).replace(/\.$/, '');
}
