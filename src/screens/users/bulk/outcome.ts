import { countOf, countText } from '../../../core/count-text.ts';
import type { BulkResult } from '../../../core/users/bulk.ts';
import type { ChangeResult } from '../../../core/users/write-change.ts';

/** What became of many users. */
export interface Outcome {
  readonly changed: number;
  /** The name of the only one that changed; null for none and for more. */
  readonly only: string | null;
  /** Those for whom everything was so already. */
  readonly unchanged: number;
  /** Those who were removed by somebody else in the meantime. */
  readonly gone: number;
  readonly failures: readonly Failure[];
  /** Those who were not tried, because it was stopped. */
  readonly notTried: number;
}

export interface Failure {
  readonly username: string;
  /** What failed and what to do. */
  readonly sentence: string;
}

export const nothingYet: Outcome = {
  changed: 0,
  only: null,
  unchanged: 0,
  gone: 0,
  failures: [],
  notTried: 0,
};

/** Adds the results of one batch. */
export function addResults(
  outcome: Outcome,
  results: readonly BulkResult<Pick<ChangeResult, 'changed'>>[],
): Outcome {
  const changed = results.filter(({ result }) => result?.changed === true);
  const failures = results.flatMap(({ username, error }): Failure[] =>
    error === undefined || error.code === 'run.cancelled' ? [] : [{ username, sentence: error.sentence }],
  );
  const total = outcome.changed + changed.length;
  return {
    ...outcome,
    changed: total,
    only: total === 1 ? (changed[0]?.username ?? outcome.only) : null,
    unchanged: outcome.unchanged + results.filter(({ result }) => result?.changed === false).length,
    failures: [...outcome.failures, ...failures],
    notTried: outcome.notTried + results.filter(({ error }) => error?.code === 'run.cancelled').length,
  };
}

/** "412 users are disabled, 3 already were, 2 failed." @param done such as `disabled` */
export function outcomeText(outcome: Outcome, done: string): string {
  const { changed, only, unchanged, gone, failures, notTried } = outcome;
  const rest = [
    ...(unchanged > 0 ? [`${countText(unchanged)} already ${unchanged === 1 ? 'was' : 'were'}`] : []),
    ...(gone > 0 ? [`${countText(gone)} ${gone === 1 ? 'is' : 'are'} gone`] : []),
    ...(failures.length > 0 ? [`${countText(failures.length)} failed`] : []),
    ...(notTried > 0 ? [`${countText(notTried)} not tried`] : []),
  ];
  if (changed === 0 && rest.length > 0) return `Nobody was ${done}: ${rest.join(', ')}.`;
  const subject = only ?? countOf(changed, 'user');
  return `${[`${subject} ${changed === 1 ? 'is' : 'are'} ${done}`, ...rest].join(', ')}.`;
}
