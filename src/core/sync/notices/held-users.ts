import type { Store } from '../../store/store.ts';

/** What a run holds, for a mail. */
export interface HeldUsers {
  readonly toDisable: number;
  readonly toRemove: number;
  /** Why they are held, each reason once. */
  readonly reasons: readonly string[];
  /** The first of them. */
  readonly names: readonly string[];
}

/** Lines of what is to be disabled say that `enabled` changes; see `takeawayOf`. */
const isToDisable = `fields -> '$.enabled' IS NOT NULL`;
const mostNames = 20;
const mostReasons = 3;

export function readHeldUsers(store: Store, runId: number): HeldUsers {
  const counts = store
    .prepare<{ all: number; disable: number }>(
      `SELECT count(*) AS "all", coalesce(sum(${isToDisable}), 0) AS disable
       FROM run_changes WHERE run_id = ? AND change = 'held'`,
    )
    .get(runId) ?? { all: 0, disable: 0 };
  const names = store
    .prepare<{ username: string }>(
      `SELECT username FROM run_changes WHERE run_id = ? AND change = 'held' ORDER BY number LIMIT ?`,
    )
    .all(runId, mostNames);
  const reasons = store
    .prepare<{ reason: string }>(
      `SELECT DISTINCT reason FROM run_changes WHERE run_id = ? AND change = 'held' AND reason IS NOT NULL`,
    )
    .all(runId)
    // Behind what happened to the user stands why that has to wait.
    .map(({ reason }) => reason.slice(reason.lastIndexOf('; ') + 1).trim());
  return {
    toDisable: counts.disable,
    toRemove: counts.all - counts.disable,
    reasons: [...new Set(reasons)].slice(0, mostReasons),
    names: names.map(({ username }) => username),
  };
}

/** Whether a run holds anything that another one did not. */
export function holdsMoreThan(store: Store, runId: number, earlierId: number): boolean {
  const held = `SELECT directory_id, ${isToDisable} FROM run_changes WHERE run_id = ? AND change = 'held'`;
  return store.prepare(`${held} EXCEPT ${held} LIMIT 1`).get(runId, earlierId) !== undefined;
}
