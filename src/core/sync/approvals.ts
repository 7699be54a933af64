import type { AuditLog } from '../audit/audit-log.ts';
import type { Run, SyncRun } from '../runs/run.ts';
import type { Runs } from '../runs/runs.ts';
import type { Store } from '../store/store.ts';
import { type Approved, approve, findAwaiting } from './held-changes.ts';
import { countHeld, type HeldChange, type HeldCounts, type HeldQuery, listHeld } from './held-list.ts';

export interface ApprovalsContext {
  readonly store: Store;
  readonly runs: Runs;
  readonly audit: AuditLog;
}

/** So many users of an approval are named in its audit event; each has an event of its own besides. */
const mostNamed = 100;

/** What runs hold, and what is decided about it. */
export class Approvals {
  readonly #context: ApprovalsContext;

  constructor(context: ApprovalsContext) {
    this.#context = context;
  }

  /** What a run holds and nobody has decided about, in the order of its log. */
  held(runId: number, query: HeldQuery = {}): HeldChange[] {
    return listHeld(this.#context.store, runId, query);
  }

  /** How many changes a query has; its limit and offset do not matter. */
  countHeld(runId: number, query: HeldQuery = {}): HeldCounts {
    return countHeld(this.#context.store, runId, query);
  }

  /** The newest run that waits for approval; null when none does. */
  newest(): SyncRun | null {
    return this.#context.runs.awaitingApproval()[0] ?? null;
  }

  /**
   * Notes that somebody approved what a run holds; doing it is left to the caller.
   * @param users usernames or directory ids; undefined approves all that is still held
   * @throws {MfaError} `run.notFound`, `run.notAwaiting`, `user.notFound`
   */
  give(id: number, users: readonly string[] | undefined, { dryRun = false }: { dryRun?: boolean }): Approved {
    const { store, runs, audit } = this.#context;
    return store.transaction(() => {
      const run = findAwaiting(runs, id);
      const approved = approve(runs, this.held(id), run, users);
      if (dryRun) return approved;
      audit.append({
        action: 'run.approved',
        target: `run ${id}`,
        details: {
          changes: approved.changes.size,
          of: approved.held.length,
          users: users === undefined || users.length > mostNamed ? null : approved.usernames,
        },
      });
      return approved;
    });
  }

  /**
   * Says that what a run holds is not to be done. The next run decides anew, and holds it again while it is true.
   * @throws {MfaError} `run.notFound`, `run.notAwaiting`
   */
  reject(id: number, { dryRun = false }: { dryRun?: boolean } = {}): Run {
    const { runs, audit, store } = this.#context;
    return store.transaction(() => {
      const run = findAwaiting(runs, id);
      if (dryRun) return run;
      runs.settle(id, 'rejected');
      audit.append({ action: 'run.rejected', target: `run ${id}`, details: { held: run.counts.held } });
      return runs.find(id);
    });
  }
}
