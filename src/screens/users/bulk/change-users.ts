import { setImmediate } from 'node:timers/promises';
import { countOf } from '../../../core/count-text.ts';
import type { BriefChange, BulkResult } from '../../../core/users/bulk.ts';
import type { ScreenContext } from '../../shell/screen.ts';
import { errorDialog } from '../../widgets/dialog/state.ts';
import { addResults, nothingYet, type Outcome, outcomeText } from './outcome.ts';

/** What must be known of a change to count it. */
export type Made = Pick<BriefChange, 'changed'>;

/** The same change to many users. */
export interface BulkChange<Result extends Made = BriefChange> {
  /** As a title: "Disable users". */
  readonly title: string;
  /** What they are afterwards: "disabled". */
  readonly done: string;
  /** Users that are changed between two looks at the keyboard. Default 500. */
  readonly batchSize?: number;
  change(usernames: readonly string[], signal: AbortSignal): Promise<BulkResult<Result>[]>;
  /** Called with the results of each batch. */
  onResults?(results: readonly BulkResult<Result>[]): void;
}

/**
 * Changes users batch by batch, with a bar where it takes longer, and says what became of them. Failures are
 * listed. Undefined when it broke off; that was reported.
 */
export async function changeUsers<Result extends Made>(
  context: ScreenContext,
  ids: readonly number[],
  bulk: BulkChange<Result>,
): Promise<Outcome | undefined> {
  const outcome = await context.work(bulk.title, (signal) => changeInBatches(context, ids, bulk, signal));
  if (outcome === undefined) return undefined;
  const text = outcomeText(outcome, bulk.done);
  const { failures } = outcome;
  if (failures.length === 0) {
    context.status.say(text, outcome.notTried > 0 ? 'warning' : 'ok');
    return outcome;
  }
  const [only] = failures;
  const isOne = ids.length === 1 && only !== undefined;
  const details = isOne ? [] : failures.map(({ username, sentence }) => `${username}: ${sentence}`);
  await context.overlays.ask(errorDialog(bulk.title, isOne ? only.sentence : text, '', details));
  return outcome;
}

async function changeInBatches<Result extends Made>(
  { core, overlays }: ScreenContext,
  ids: readonly number[],
  bulk: BulkChange<Result>,
  quitSignal: AbortSignal,
): Promise<Outcome> {
  const { batchSize = 500 } = bulk;
  const stop = new AbortController();
  const signal = AbortSignal.any([stop.signal, quitSignal]);
  const title = `${bulk.title}: ${countOf(ids.length, 'user')}`;
  const progress = ids.length > batchSize ? overlays.progress(title, ids.length, () => stop.abort()) : null;
  let outcome = nothingYet;
  try {
    for (let start = 0; start < ids.length; start += batchSize) {
      if (signal.aborted) return { ...outcome, notTried: outcome.notTried + ids.length - start };
      const batch = ids.slice(start, start + batchSize);
      const usernames = core.users.byIds(batch).map(({ username }) => username);
      const results = await bulk.change(usernames, signal);
      bulk.onResults?.(results);
      outcome = addResults(outcome, results);
      outcome = { ...outcome, gone: outcome.gone + batch.length - usernames.length };
      progress?.advance(start + batch.length, usernames.at(-1) ?? '');
      // Keys and frames must get in between.
      await setImmediate();
    }
    return outcome;
  } finally {
    progress?.close();
  }
}
