import { MfaError } from '../errors.ts';
import type { RunChange, SyncRun } from '../runs/run.ts';
import type { Runs } from '../runs/runs.ts';
import type { Store } from '../store/store.ts';
import { usernameKey } from '../users/user.ts';
import type { Takeaway } from './guard.ts';
import type { HeldChange } from './held-list.ts';
import { takeawayOf } from './leavers.ts';

/** What somebody approved of a run. */
export interface Approved {
  runId: number;
  /** By directory id. */
  changes: ReadonlyMap<string, Takeaway>;
  usernames: readonly string[];
  /** The directory ids of everybody whom the run held. */
  held: readonly string[];
}

/**
 * A run that still has something to be approved or rejected. One that a later run has superseded may be approved all
 * the same, since what is not true any more is not done; but not after somebody has rejected what the later run held.
 * @throws {MfaError} `run.notFound`, `run.notAwaiting`
 */
export function findAwaiting(runs: Runs, id: number): SyncRun {
  const run = runs.find(id);
  const isOpen = run.state === 'awaitingApproval' || run.state === 'superseded';
  if (run.purpose !== 'synchronization' || run.dryRun || !isOpen) {
    throw notAwaiting(id, `it is ${run.dryRun ? 'a simulation' : run.state}`);
  }
  const rejected = run.state === 'superseded' ? runs.rejectedAfter(id) : null;
  if (rejected !== null) throw notAwaiting(id, `run ${rejected} decided anew, and was rejected`);
  return run;
}

function notAwaiting(id: number, reason: string): MfaError {
  return new MfaError('run.notAwaiting', `Run ${id} does not wait for approval: ${reason}.`, {
    advice: '"mfa-console sync runs" shows which does.',
  });
}

/**
 * What is approved of a run.
 * @param open what it holds and nobody has decided about
 * @param users usernames or directory ids; undefined approves all that is open
 * @throws {MfaError} `user.notFound` for one whom the run does not hold
 */
export function approve(
  runs: Runs,
  open: readonly HeldChange[],
  run: SyncRun,
  users: readonly string[] | undefined,
): Approved {
  const lines: RunChange[] = runs.changes(run.id, { change: 'held' });
  const held = lines.map(({ directoryId }) => directoryId ?? '');
  if (users === undefined) {
    const changes = new Map(open.map(({ directoryId, takeaway }) => [directoryId, takeaway]));
    return { runId: run.id, changes, usernames: open.map(({ username }) => username), held };
  }
  const byName = new Map(lines.map((line) => [usernameKey(line.username ?? ''), line]));
  const byId = new Map(lines.map((line) => [line.directoryId, line]));
  const chosen = users.map((name) => {
    const line = byId.get(name) ?? byName.get(usernameKey(name.trim()));
    return line ?? refuse(name, run.id);
  });
  return {
    runId: run.id,
    changes: new Map(chosen.map((line) => [line.directoryId ?? '', takeawayOf(line)])),
    usernames: chosen.map(({ username }) => username ?? ''),
    held,
  };
}

/**
 * Notes which runs hold nothing any more after an approval: the one that was approved, and later ones that held the
 * same. To be called in a transaction.
 */
export function settleApproved({ runId }: Approved, runs: Runs, store: Store): void {
  const waiting = runs.awaitingApproval().map(({ id }) => id);
  const openOf = store.prepare<{ count: number }>(
    `SELECT count(*) AS count FROM run_changes AS line JOIN users ON users.directory_id = line.directory_id
     WHERE line.run_id = ? AND line.change = 'held' AND users.sync_held IS NOT NULL`,
  );
  for (const id of new Set([runId, ...waiting])) {
    if (openOf.get(id)?.count === 0) runs.settle(id, 'approved');
  }
}

function refuse(name: string, id: number): never {
  throw new MfaError('user.notFound', `Run ${id} holds nothing of a user "${name}".`, {
    advice: `"mfa-console sync runs ${id} --change held" shows whom it holds.`,
  });
}
