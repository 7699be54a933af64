import { errorCodes, type MfaError } from '../../core/errors.ts';
import { plainText } from '../../core/plain-text.ts';
import type { BulkResult } from '../../core/users/bulk.ts';
import type { ChangeResult, FieldChanges } from '../../core/users/write-change.ts';
import type { CommandContext } from '../context.ts';
import { printJson } from '../output.ts';

/**
 * Prints what became of many users, failures on standard error.
 * @param done what was done, such as `disabled`
 * @returns the exit code
 */
export async function printResults<Result extends ChangeResult>(
  context: CommandContext,
  results: readonly BulkResult<Result>[],
  done: string,
  extra: (result: Result) => Record<string, unknown> = () => ({}),
): Promise<number | undefined> {
  if (context.options.json) {
    await printJson({
      results: results.map(({ username, result, error }) =>
        error === undefined
          ? { username, ok: true, changed: result.changed, ...extra(result) }
          : { username, ok: false, error: { code: error.code, message: error.sentence } },
      ),
    });
  } else {
    for (const { error } of results) if (error !== undefined) context.note(plainText(error.sentence));
    const changed = results.filter(({ result }) => result?.changed === true);
    const [only] = changed;
    const subject = changed.length === 1 && only !== undefined ? only.username : `${changed.length} users`;
    const unchanged = results.filter(({ result }) => result?.changed === false).length;
    const verb = context.options.dryRun ? 'would be' : changed.length === 1 ? 'is' : 'are';
    const failed = results.length - changed.length - unchanged;
    context.print(
      plainText(
        [
          `${subject} ${verb} ${done}`,
          ...(unchanged > 0 ? [`${unchanged} already so`] : []),
          ...(failed > 0 ? [`${failed} failed`] : []),
        ].join(', '),
      ),
    );
  }
  return exitCodeOf(results.flatMap(({ error }) => error ?? []));
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

/** The code that all failures share, such as 4 when nobody was found; else 1. */
function exitCodeOf(errors: readonly MfaError[]): number | undefined {
  const [code, ...others] = new Set(errors.map((error) => errorCodes[error.code]));
  return others.length === 0 ? code : 1;
}
