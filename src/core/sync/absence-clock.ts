import type { Store } from '../store/store.ts';

const dayMs = 86_400_000;

/**
 * Measures how long somebody has been absent, as runs have seen it: from one run to the next a day counts at most. So
 * nobody is removed because the clock was set forward, or because nothing ran for weeks and the first run finds them
 * absent still: the directory is looked at on as many days as the item says.
 */
export class AbsenceClock {
  /** ISO 8601. */
  readonly now: string;
  readonly #store: Store;
  readonly #measured = new Map<string, number>();
  #finished: readonly number[] | undefined;

  constructor(store: Store, now: string) {
    this.#store = store;
    this.now = now;
  }

  /** Never more than the clock says. @param since when the absence was noted; ISO 8601 */
  daysSince(since: string): number {
    const known = this.#measured.get(since);
    if (known !== undefined) return known;
    this.#finished ??= runsFinished(this.#store);
    const days = watchedDays(this.#finished, Date.parse(since), Date.parse(this.now));
    this.#measured.set(since, days);
    return days;
  }
}

/**
 * @param finished when runs came to their ends, in the order of the runs, whatever the clock was then
 */
export function watchedDays(finished: readonly number[], since: number, now: number): number {
  let before = since;
  let watchedMs = 0;
  for (const at of [...finished.filter((time) => time >= since), now]) {
    watchedMs += Math.min(dayMs, Math.max(0, at - before));
    before = at;
  }
  return Math.min(watchedMs, now - since) / dayMs;
}

/** Milliseconds since 1970 at which synchronizations came to their ends, in their order. */
function runsFinished(store: Store): number[] {
  return store
    .prepare<{ finished_at: string }>(
      `SELECT finished_at FROM runs WHERE purpose = 'synchronization' AND dry_run = 0 AND finished_at IS NOT NULL
         AND state NOT IN ('failed', 'cancelled', 'interrupted') ORDER BY id`,
    )
    .all()
    .map(({ finished_at }) => Date.parse(finished_at));
}
