import { type Clock, timestamp } from '../clock.ts';
import { MfaError } from '../errors.ts';
import type { Store } from '../store/store.ts';
import type { RunChangeRow, RunRow } from '../store/tables.ts';
import { isGone, thisProcess } from './process-liveness.ts';
import {
  type ChangeKind,
  noCounts,
  type Run,
  type RunChange,
  type RunCounts,
  type RunRequest,
} from './run.ts';

/** Simulations are kept for looking at, but not for ever. */
const keptDryRuns = 20;

export interface ChangeQuery {
  change?: ChangeKind;
  /** Changes after this number of the log. */
  after?: number;
  limit?: number;
}

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
  start(request: RunRequest, options: { dryRun: boolean; resumes: number | null }): number {
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
           VALUES ('import', 'running', ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        )
        .run(
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

  /**
   * Adds lines to a run's log and sets its counts, in the transaction of the batch that they tell of. Changed
   * users come first. What was written stands in its audit event, and only there.
   */
  log(id: number, firstNumber: number, changes: readonly RunChange[], counts: RunCounts): void {
    const insert = this.#store.prepare('INSERT INTO run_changes VALUES (?, ?, ?, ?, ?, ?, ?, NULL)');
    const isChanged = ({ change }: RunChange) => change === 'added' || change === 'updated';
    const lines = [...changes.filter(isChanged), ...changes.filter((line) => !isChanged(line))];
    const written = this.#logWritten(id, firstNumber, lines);
    let number = firstNumber + written;
    for (const { change, username, directoryId, reason, fields } of lines.slice(written)) {
      insert.run(id, number, change, username, directoryId, reason, JSON.stringify(fields));
      number += 1;
    }
    this.#store
      .prepare('UPDATE runs SET counts = ?, heartbeat_at = ? WHERE id = ?')
      .run(JSON.stringify(counts), timestamp(this.#clock()), id);
  }

  /** @returns how many lines that is; their audit events follow each other */
  #logWritten(id: number, firstNumber: number, lines: readonly RunChange[]): number {
    const sequences = lines.flatMap(({ auditSequence }) => auditSequence ?? []);
    const [first] = sequences;
    if (first === undefined) return 0;
    return this.#store
      .prepare(
        `INSERT INTO run_changes (run_id, number, change, audit_sequence)
         SELECT ?, ? + sequence - ?, substr(action, length('user.') + 1), sequence
         FROM audit_events WHERE sequence BETWEEN ? AND ?`,
      )
      .run(id, firstNumber, first, first, first + sequences.length - 1).changes;
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
   * A run that another may continue.
   * @throws {MfaError} `run.notFound`; `run.notResumable` for one that is complete, still runs or is a preview
   */
  findResumable(id: number): Run {
    const run = this.find(id);
    const isOver = run.state !== 'completed' && run.state !== 'running';
    if (isOver && !run.dryRun) return run;
    const what = isOver ? 'a preview' : run.state;
    throw new MfaError('run.notResumable', `Run ${id} cannot be continued: it is ${what}.`, {
      advice: 'Start a new import instead.',
    });
  }

  /** Newest first. */
  list(limit: number): Run[] {
    return this.#store
      .prepare<RunRow>('SELECT * FROM runs ORDER BY id DESC LIMIT ?')
      .all(limit)
      .map((row) => this.#fromRow(row));
  }

  /** The log of a run, in order; users that needed no change are only counted. */
  changes(id: number, query: ChangeQuery = {}): (RunChange & { number: number })[] {
    const rows = this.#store
      .prepare<Omit<RunChangeRow, 'run_id'>>(
        `SELECT number, change, audit_sequence, coalesce(username, target) AS username,
           coalesce(directory_id, details ->> '$.directoryId') AS directory_id,
           coalesce(run_changes.reason, audit_events.reason) AS reason,
           coalesce(fields, details ->> '$.fields') AS fields
         FROM run_changes LEFT JOIN audit_events ON sequence = audit_sequence
         WHERE run_id = ? AND number > ? AND (? IS NULL OR change = ?)
         ORDER BY number LIMIT ?`,
      )
      .all(id, query.after ?? 0, query.change ?? null, query.change ?? null, query.limit ?? -1);
    return rows.map((row) => ({
      number: row.number,
      change: row.change as ChangeKind,
      username: row.username,
      directoryId: row.directory_id,
      reason: row.reason,
      fields: row.fields === null ? {} : JSON.parse(row.fields),
      auditSequence: row.audit_sequence,
    }));
  }

  #fromRow(row: RunRow): Run {
    const isInterrupted = row.state === 'running' && isGone(row, this.#clock());
    return {
      id: row.id,
      purpose: 'import',
      state: isInterrupted ? 'interrupted' : (row.state as Run['state']),
      dryRun: row.dry_run === 1,
      request: JSON.parse(row.request) as RunRequest,
      counts: JSON.parse(row.counts) as RunCounts,
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
