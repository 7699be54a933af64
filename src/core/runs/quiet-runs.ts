import type { Store } from '../store/store.ts';
import type { Run } from './run.ts';

/** How long synchronizations are kept that had nothing to do. */
export const quietRunsKeptDays = 30;

/**
 * A synchronization that the service did because it was due, and that did and found nothing: one every few minutes would
 * bury what matters.
 */
export function isQuiet(run: Run): boolean {
  if (run.purpose !== 'synchronization' || run.request.scheduled !== true) return false;
  const { read: _, unchanged: __, skipped: ___, ...counts } = run.counts;
  return run.state === 'completed' && Object.values(counts).every((count) => count === 0);
}

/**
 * Removes quiet synchronizations that began earlier, but for the last one of each day: it says that the directory was
 * looked at.
 * @param before ISO 8601 UTC
 * @returns how many
 */
export function removeQuietRuns(store: Store, before: string): number {
  return store.transaction(
    () =>
      store
        .prepare(
          `DELETE FROM runs WHERE started_at < ? AND purpose = 'synchronization' AND state = 'completed'
             AND dry_run = 0 AND request ->> '$.scheduled'
             AND NOT EXISTS (SELECT 1 FROM json_each(runs.counts)
               WHERE key NOT IN ('read', 'unchanged', 'skipped') AND value <> 0)
             AND id NOT IN (SELECT max(id) FROM runs WHERE purpose = 'synchronization' AND state = 'completed'
               AND dry_run = 0 GROUP BY substr(started_at, 1, 10))`,
        )
        .run(before).changes,
  );
}
