import { type Clock, timestamp } from '../clock.ts';
import { MfaError } from '../errors.ts';
import type { ExportFormat } from '../export-parts.ts';
import type { Store } from '../store/store.ts';
import type { RunRow } from '../store/tables.ts';
import { exportChanges } from './export-changes.ts';
import { isGone, thisProcess } from './process-liveness.ts';
import {
  type ImportRun,
  noCounts,
  type Run,
  type RunChange,
  type RunCounts,
  type RunOrder,
  type RunRequest,
  type SyncRequest,
  type SyncRun,
} from './run.ts';
import { type ChangeQuery, countChanges, type LoggedChange, readChanges, writeChanges } from './run-log.ts';

/** Simulations are kept for looking at, but not for ever. */
const keptDryRuns = 20;

/** The log of runs: what each was asked, how it ended, and what it changed. */
export class Runs {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #actor: string;

  constructor(store: Store, clock: Clock, actor: string) {
    this.#store = store;
    this.#clock = clock;
    this.#actor = actor;
  }

  /** Notes a new run. A writing run first marks those that a vanished process left behind. */
  start({ purpose, request }: RunOrder, options: { dryRun: boolean; resumes: number | null }): number {
    return this.#store.transaction(() => {
      const now = timestamp(this.#clock());
      if (options.dryRun) this.#pruneDryRuns();
      else
        this.#store
          .prepare(`UPDATE runs SET state = 'interrupted' WHERE state = 'running' AND dry_run = 0`)
          .run();
      return this.#store
        .prepare(
          `INSERT INTO runs (purpose, state, dry_run, request, counts, started_at, started_by, host, pid,
             heartbeat_at, resumes)
           VALUES (?, 'running', ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        )
        .run(
          purpose,
          options.dryRun ? 1 : 0,
          JSON.stringify(request),
          JSON.stringify(noCounts),
          now,
          this.#actor,
          thisProcess.host,
          thisProcess.pid,
          now,
          options.resumes,
        ).lastInsertRowid;
    });
  }

  /** Says how a synchronization reads, once that is known. */
  describe(id: number, request: SyncRequest): void {
    this.#store.prepare('UPDATE runs SET request = ? WHERE id = ?').run(JSON.stringify(request), id);
  }

  /** Adds lines to a run's log and sets its counts, in the transaction of the batch that they tell of. */
  log(id: number, firstNumber: number, changes: readonly RunChange[], counts: RunCounts): void {
    writeChanges(this.#store, id, firstNumber, changes);
    this.#store
      .prepare('UPDATE runs SET counts = ?, heartbeat_at = ? WHERE id = ?')
      .run(JSON.stringify(counts), timestamp(this.#clock()), id);
  }

  /** Says that the run's process is alive, while it waits for the directory. */
  beat(id: number): void {
    this.#store.prepare('UPDATE runs SET heartbeat_at = ? WHERE id = ?').run(timestamp(this.#clock()), id);
  }

  finish(id: number, outcome: Pick<Run, 'state' | 'counts' | 'seconds' | 'error'>): Run {
    this.#store
      .prepare(
        `UPDATE runs SET state = ?, counts = ?, seconds = ?, finished_at = ?, error_code = ?, error_message = ?
         WHERE id = ?`,
      )
      .run(
        outcome.state,
        JSON.stringify(outcome.counts),
        outcome.seconds,
        timestamp(this.#clock()),
        outcome.error?.code ?? null,
        outcome.error?.message ?? null,
        id,
      );
    return this.find(id);
  }

  /** @throws {MfaError} `run.notFound` */
  find(id: number): Run {
    const row = this.#store.prepare<RunRow>('SELECT * FROM runs WHERE id = ?').get(id);
    if (row === undefined) {
      throw new MfaError('run.notFound', `There is no run ${id}.`, {
        advice: '"mfa-console runs list" shows them.',
      });
    }
    return this.#fromRow(row);
  }

  /**
   * An import that another may continue.
   * @throws {MfaError} `run.notFound`; `run.notResumable` for one that is complete, still runs or is a preview, and
   *   for a synchronization
   */
  findResumable(id: number): ImportRun {
    const run = this.find(id);
    const isOver = run.state !== 'completed' && run.state !== 'running';
    if (run.purpose === 'synchronization') {
      throw new MfaError('run.notResumable', `Run ${id} is a synchronization, which is not continued.`, {
        advice: 'Synchronize again ("mfa-console sync run"): what was committed stays, and the rest follows.',
      });
    }
    if (isOver && !run.dryRun) return run;
    const what = isOver ? 'a preview' : run.state;
    throw new MfaError('run.notResumable', `Run ${id} cannot be continued: it is ${what}.`, {
      advice: 'Start a new import instead.',
    });
  }

  /** Newest first; of both purposes when none is named. */
  list(limit: number, purpose?: Run['purpose']): Run[] {
    const rows =
      purpose === undefined
        ? this.#store.prepare<RunRow>('SELECT * FROM runs ORDER BY id DESC LIMIT ?').all(limit)
        : this.#store
            .prepare<RunRow>('SELECT * FROM runs WHERE purpose = ? ORDER BY id DESC LIMIT ?')
            .all(purpose, limit);
    return rows.map((row) => this.#fromRow(row));
  }

  /** The run that writes just now, in whatever process; null when there is none. */
  running(): Run | null {
    const row = this.#store
      .prepare<RunRow>(`SELECT * FROM runs WHERE state = 'running' AND dry_run = 0 ORDER BY id DESC LIMIT 1`)
      .get();
    const run = row === undefined ? null : this.#fromRow(row);
    return run?.state === 'running' ? run : null;
  }

  /** Runs that wait for approval, newest first. */
  awaitingApproval(): SyncRun[] {
    return this.#store
      .prepare<RunRow>(`SELECT * FROM runs WHERE state = 'awaitingApproval' AND dry_run = 0 ORDER BY id DESC`)
      .all()
      .map((row) => this.#fromRow(row))
      .filter((run) => run.purpose === 'synchronization');
  }

  /** Says what became of a run that waited for approval; to be called in a transaction. */
  settle(id: number, state: 'approved' | 'rejected'): void {
    this.#store.prepare('UPDATE runs SET state = ? WHERE id = ?').run(state, id);
  }

  /** A synchronization after this one that somebody rejected; null when there is none. */
  rejectedAfter(id: number): number | null {
    const row = this.#store
      .prepare<{ id: number }>(
        `SELECT id FROM runs WHERE purpose = 'synchronization' AND state = 'rejected' AND id > ? ORDER BY id DESC LIMIT 1`,
      )
      .get(id);
    return row?.id ?? null;
  }

  /** Says that a later run has decided anew what earlier ones held; to be called in a transaction. */
  supersedeBefore(id: number): void {
    this.#store
      .prepare(
        `UPDATE runs SET state = 'superseded' WHERE state = 'awaitingApproval' AND dry_run = 0 AND id < ?`,
      )
      .run(id);
  }

  /**
   * The newest import that did not come to its end and that nobody has continued or done again; null when there
   * is none. Only the last fifty runs are looked at.
   */
  findUnfinished(): ImportRun | null {
    const writing = this.list(50, 'import').filter(
      (run): run is ImportRun => run.purpose === 'import' && !run.dryRun,
    );
    const continued = new Set(writing.map(({ resumes }) => resumes));
    const index = writing.findIndex(({ id, state, counts }) => {
      const isCutShort =
        state === 'interrupted' || ((state === 'cancelled' || state === 'failed') && counts.read > 0);
      return isCutShort && !continued.has(id);
    });
    const run = writing[index];
    if (run === undefined) return null;
    const isSame = ({ state, request }: ImportRun) =>
      state === 'completed' && JSON.stringify(request) === JSON.stringify(run.request);
    return writing.slice(0, index).some(isSame) ? null : run;
  }

  /** The log of a run, in order; users that needed no change are only counted. */
  changes(id: number, query: ChangeQuery = {}): LoggedChange[] {
    return readChanges(this.#store, id, query);
  }

  /** How many lines of the log a query has; its limit and offset do not matter. */
  countChanges(id: number, query: ChangeQuery = {}): number {
    return countChanges(this.#store, id, query);
  }

  /** The run and its log as parts of one CSV or JSON text. */
  export(id: number, format: ExportFormat): Iterable<string> {
    return exportChanges(this, id, format);
  }

  #fromRow(row: RunRow): Run {
    const isInterrupted = row.state === 'running' && isGone(row, this.#clock());
    return {
      id: row.id,
      ...orderOf(row),
      state: isInterrupted ? 'interrupted' : (row.state as Run['state']),
      dryRun: row.dry_run === 1,
      counts: { ...noCounts, ...(JSON.parse(row.counts) as Partial<RunCounts>) },
      startedAt: row.started_at,
      startedBy: row.started_by,
      finishedAt: row.finished_at,
      seconds: row.seconds,
      error: row.error_code === null ? null : { code: row.error_code, message: row.error_message ?? '' },
      resumes: row.resumes,
    };
  }

  #pruneDryRuns(): void {
    const old = this.#store
      .prepare<RunRow>(
        `SELECT * FROM runs WHERE dry_run = 1 AND id NOT IN
           (SELECT id FROM runs WHERE dry_run = 1 ORDER BY id DESC LIMIT ?)`,
      )
      .all(keptDryRuns);
    for (const row of old) {
      if (this.#fromRow(row).state === 'running') continue;
      this.#store.prepare('DELETE FROM runs WHERE id = ?').run(row.id);
    }
  }
}

function orderOf({ purpose, request }: RunRow): RunOrder {
  return purpose === 'import'
    ? { purpose, request: JSON.parse(request) as RunRequest }
    : { purpose: 'synchronization', request: JSON.parse(request) as SyncRequest };
}
