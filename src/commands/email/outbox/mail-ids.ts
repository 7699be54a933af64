import { MfaError } from '../../../core/errors.ts';
import type { CommandContext } from '../../context.ts';

/** @throws {MfaError} `usage.invalid` */
export function parseMailId(text: string): number {
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
  throw new MfaError('usage.invalid', `"${text}" is not the number of a mail.`, {
    advice: '"mfa-console email outbox list" shows the numbers.',
  });
}

/**
 * The mails that a command line means: those that are named, or all that a filter finds.
 * @throws {MfaError} `usage.invalid`, `filter.invalid`; `mail.notFound` when the filter finds none
 */
export async function mailIdsOf(
  context: CommandContext,
  filter: string | undefined,
  ids: readonly string[],
): Promise<readonly number[]> {
  if (filter === undefined && ids.length > 0) return [...new Set(ids.map(parseMailId))];
  if (filter === undefined || filter.trim() === '' || ids.length > 0) {
    throw new MfaError('usage.invalid', 'Say which mails: their numbers, or --filter TEXT.', {
      advice: '"mfa-console email outbox list --filter TEXT" shows what a filter finds.',
    });
  }
  const { outbox } = await context.core();
  const found = outbox.ids({ filter });
  if (found.length > 0) return found;
  throw new MfaError('mail.notFound', `No mail matches "${filter}".`, {
    advice: 'Try it with "mfa-console email outbox list --filter TEXT".',
  });
}
