import { mailJson } from '../../../core/email/outbox/mail-json.ts';
import type { MailResult } from '../../../core/email/outbox/outbox.ts';
import { errorCodes, MfaError } from '../../../core/errors.ts';
import { plainText } from '../../../core/plain-text.ts';
import { confirm } from '../../confirm.ts';
import type { CommandContext } from '../../context.ts';
import { printJson, write } from '../../output.ts';
import { sharedExitCode } from '../../shared-exit-code.ts';
import { mailIdsOf } from './mail-ids.ts';

export interface RetryOptions {
  allFailed?: true;
  filter?: string;
}

export interface FilterOptions {
  filter?: string;
}

export async function retryMails(
  context: CommandContext,
  options: RetryOptions,
  ...ids: string[]
): Promise<number | undefined> {
  const { outbox } = await context.core();
  const wanted = await mailIdsOf(context, filterOf(options), ids);
  const results = await outbox.retry(wanted, { dryRun: context.options.dryRun === true });
  return printMailResults(context, results, 'queued again');
}

export async function resendMails(
  context: CommandContext,
  { filter }: FilterOptions,
  ...ids: string[]
): Promise<number | undefined> {
  const { outbox } = await context.core();
  const wanted = await mailIdsOf(context, filter, ids);
  if (filter !== undefined) await confirmMails(context, 'Send', wanted, ' once more');
  const results = await outbox.resend(wanted, { dryRun: context.options.dryRun === true });
  return printMailResults(context, results, 'queued once more');
}

export async function cancelMails(
  context: CommandContext,
  { filter }: FilterOptions,
  ...ids: string[]
): Promise<number | undefined> {
  const { outbox } = await context.core();
  const wanted = await mailIdsOf(context, filter, ids);
  if (filter !== undefined) await confirmMails(context, 'Cancel', wanted);
  const results = await outbox.cancel(wanted, { dryRun: context.options.dryRun === true });
  return printMailResults(context, results, 'cancelled');
}

/** Whoever gives a filter has not seen how many mails it finds. */
async function confirmMails(
  context: CommandContext,
  act: string,
  ids: readonly number[],
  how = '',
): Promise<void> {
  const subject = ids.length === 1 ? `mail ${ids[0]}` : `${ids.length} mails`;
  await confirm(context, `${act} ${subject}${how}?`, ids.length);
}

/** @throws {MfaError} `usage.invalid` */
function filterOf({ allFailed, filter }: RetryOptions): string | undefined {
  if (allFailed && filter !== undefined) {
    throw new MfaError('usage.invalid', 'Give --all-failed or --filter, not both.', {
      advice: 'Write state:failed into the filter.',
    });
  }
  return allFailed ? 'state:failed' : filter;
}

/** @returns the exit code: the one that all failures share, else 1 */
async function printMailResults(
  context: CommandContext,
  results: readonly MailResult[],
  done: string,
): Promise<number | undefined> {
  const { json, dryRun = false } = context.options;
  const failed = results.flatMap(({ id, error }) => (error === undefined ? [] : [{ id, error }]));
  for (const { id, error } of failed) process.stderr.write(`${plainText(`Mail ${id}: ${error.sentence}`)}\n`);
  if (json) {
    await printJson({
      dryRun,
      results: results.map(({ id, mail, error }) =>
        error === undefined
          ? { id, ok: true, mail: mailJson(mail) }
          : { id, ok: false, error: { code: error.code, message: error.sentence } },
      ),
    });
  } else {
    const count = results.length - failed.length;
    const verb = dryRun ? 'would be' : count === 1 ? 'is' : 'are';
    await write(`${count} ${count === 1 ? 'mail' : 'mails'} ${verb} ${done}\n`);
  }
  return sharedExitCode(failed.map(({ error }) => errorCodes[error.code]));
}
