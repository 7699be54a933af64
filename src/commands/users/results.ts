import { errorCodes } from '../../core/errors.ts';
import { plainText } from '../../core/plain-text.ts';
import type { BriefChange, BulkResult } from '../../core/users/bulk.ts';
import type { ChangeResult, FieldChanges } from '../../core/users/write-change.ts';
import type { CommandContext } from '../context.ts';
import { printJson } from '../output.ts';
import { sharedExitCode } from '../shared-exit-code.ts';

/**
 * Prints what became of many users, failures on standard error.
 * @param done what was done, such as `disabled`
 * @returns the exit code: the one that all failures share, such as 4 when nobody was found; else 1
 */
export async function printResults<Result extends BriefChange>(
  context: CommandContext,
  results: readonly BulkResult<Result>[],
  done: string,
  extra: (result: Result) => Record<string, unknown> = () => ({}),
): Promise<number | undefined> {
  for (const line of failureLines(results)) process.stderr.write(`${plainText(line)}\n`);
  if (context.options.json) {
    await printJson({
      dryRun: context.options.dryRun === true,
      results: results.map(({ username, result, error }) =>
        error === undefined
          ? { username, ok: true, changed: result.changed, ...extra(result) }
          : { username, ok: false, error: { code: error.code, message: error.sentence } },
      ),
    });
  } else {
    const summary = summaryOf(results, done, context.options.dryRun === true);
    if (summary !== '') context.print(plainText(summary));
  }
  return sharedExitCode(results.flatMap(({ error }) => (error === undefined ? [] : errorCodes[error.code])));
}

/** Users named where many fail for the same reason. */
const namedUsers = 3;

/** A line for each reason, with those whom it concerns unless the sentence says it. */
function failureLines(results: readonly BulkResult[]): string[] {
  const failed = results.flatMap(({ username, error }) => (error === undefined ? [] : { username, error }));
  return [...Map.groupBy(failed, ({ error }) => error.sentence)].map(([sentence, users]) => {
    const [first, second] = users;
    const isSaid = first !== undefined && second === undefined && sentence.includes(`"${first.username}"`);
    if (results.length === 1 || isSaid) return sentence;
    const names = users.slice(0, namedUsers).map(({ username }) => username);
    const others = users.length - names.length;
    const more = others === 0 ? '' : ` and ${others} more`;
    return `${names.join(', ')}${more}: ${sentence}`;
  });
}

/** What was done to how many; empty when the one who was named failed. */
function summaryOf(results: readonly BulkResult[], done: string, isDryRun: boolean): string {
  const succeeded = results.flatMap(({ result }) => result ?? []);
  const changed = succeeded.filter((result) => result.changed);
  const [first] = succeeded;
  if (results.length === 1) {
    if (first === undefined) return '';
    if (!first.changed) return `${first.user.username} is so already`;
  }
  const [only, another] = changed;
  const subject =
    only !== undefined && another === undefined ? only.user.username : `${changed.length} users`;
  const verb = isDryRun ? 'would be' : changed.length === 1 ? 'is' : 'are';
  const unchanged = succeeded.length - changed.length;
  const failed = results.length - succeeded.length;
  return [
    `${subject} ${verb} ${done}`,
    ...(unchanged > 0 ? [`${unchanged} already so`] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
  ].join(', ');
}

/** Prints what became of the fields of one user. */
export async function printChange(
  context: CommandContext,
  json: Record<string, unknown>,
  result: ChangeResult,
  done: string,
): Promise<void> {
  if (context.options.json) {
    await printJson({
      ...json,
      changed: result.changed,
      dryRun: context.options.dryRun === true,
      fields: result.fields,
    });
    return;
  }
  const verb = context.options.dryRun ? 'would be' : 'is';
  const sentence = result.changed ? `${verb} ${done}` : 'is so already';
  context.print([`${plainText(result.user.username)} ${sentence}`, ...fieldLines(result.fields)].join('\n'));
}

function fieldLines(fields: FieldChanges): string[] {
  return Object.entries(fields).map(([name, [before, after]]) =>
    plainText(`  ${name}: ${valueText(before)} -> ${valueText(after)}`),
  );
}

function valueText(value: unknown): string {
  if (value === null || value === '') return '-';
  return Array.isArray(value) ? value.join(', ') || '-' : String(value);
}
