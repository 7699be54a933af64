import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { MfaError, messageOf } from '../core/errors.ts';

/**
 * A password or PIN from a file, or from standard input when the file is `-`; never from an argument, which
 * every user of the machine could read. One line break at the end does not count.
 * @throws {MfaError} `usage.invalid`
 */
export async function readSecret(file: string, what: string): Promise<string> {
  let content: string;
  try {
    content = file === '-' ? await text(process.stdin) : readFileSync(file, 'utf8');
  } catch (cause) {
    throw new MfaError('usage.invalid', `The ${what} could not be read from ${file}: ${messageOf(cause)}.`, {
      advice: 'Name a readable file, or - for standard input.',
      cause,
    });
  }
  const secret = content.replace(/\r?\n$/, '');
  if (secret === '') throw new MfaError('usage.invalid', `The ${what} in ${file} is empty.`);
  return secret;
}
