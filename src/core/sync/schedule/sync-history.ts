import type { SyncRun } from '../../runs/run.ts';
import type { Runs } from '../../runs/runs.ts';
import type { Store } from '../../store/store.ts';

/** How synchronizations of everybody have ended, whoever started them; simulations do not count. */
export interface SyncHistory {
  /** Null before the first. */
  newest: SyncRun | null;
  /** The newest that came to its end, also one that waits for approval. */
  lastDone: SyncRun | null;
  /** How many have failed or were interrupted since. */
  failures: number;
  /** When the first of these began, ISO 8601 UTC; null when there is none. */
  failingSince: string | null;
}

/** As in the index `runs_of_everybody`. */
const ofEverybody = `purpose = 'synchronization' AND dry_run = 0
  AND request ->> '$.user' IS NULL AND request ->> '$.approves' IS NULL`;

/** Reads indexes only, for asking again and again. */
export function readSyncHistory(store: Store, runs: Runs): SyncHistory {
  const newestId = newest(store, ['running', ...doneStates, ...cutShortStates, 'cancelled']);
  const doneId = newest(store, doneStates);
  // One whose process is gone is interrupted, although nobody has written that yet.
  const run = newestId === null ? null : (runs.find(newestId) as SyncRun);
  const isLeftBehind = run?.state === 'interrupted' && isNotedRunning(store, run.id);
  const failed = store
    .prepare<{ count: number; first: number | null }>(
      `SELECT count(*) AS count, min(id) AS first FROM runs
       WHERE state IN ('failed', 'interrupted') AND id > ? AND ${ofEverybody}`,
    )
    .get(doneId ?? 0) ?? { count: 0, first: null };
  const first = failed.first ?? (isLeftBehind ? run.id : null);
  return {
    newest: run,
    lastDone: doneId === null ? null : (runs.find(doneId) as SyncRun),
    failures: failed.count + (isLeftBehind ? 1 : 0),
    failingSince: first === null ? null : runs.find(first).startedAt,
  };
}

const doneStates = ['completed', 'awaitingApproval', 'approved', 'rejected', 'superseded'] as const;
const cutShortStates = ['failed', 'interrupted'] as const;

/** One look into the index for each state. */
function newest(store: Store, states: readonly SyncRun['state'][]): number | null {
  const select = store.prepare<{ id: number | null }>(
    `SELECT max(id) AS id FROM runs WHERE state = ? AND ${ofEverybody}`,
  );
  const ids = states.map((state) => select.get(state)?.id ?? 0);
  return Math.max(...ids) || null;
}

function isNotedRunning(store: Store, id: number): boolean {
  return store.prepare<{ state: string }>('SELECT state FROM runs WHERE id = ?').get(id)?.state === 'running';
}
