import { closeSync, futimesSync, openSync, rmSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';

/** SQLite asks again at most this often, so that a pause as long lets everybody in who waits. */
const pollMs = 110;
/** A waiting process renews its note this often. */
const renewMs = 500;

/**
 * Begins write transactions of several processes in turn. SQLite lets those who wait ask again every tenth of a
 * second, and who writes without a pause, as an import does, would always be there first. So a process that has
 * to wait leaves a note beside the database, and one that is about to begin pauses when it sees a fresh one.
 */
export class WriteTurns {
  readonly #database: Database.Database;
  readonly #note: string;
  readonly #timeoutMs: number;

  constructor(database: Database.Database, timeoutMs: number) {
    this.#database = database;
    this.#note = `${database.name}-waiting`;
    this.#timeoutMs = timeoutMs;
  }

  /** Begins a transaction that may write. @throws {SqliteError} SQLITE_BUSY after the timeout */
  begin(): void {
    if (this.#isSomebodyWaiting()) sleep(pollMs);
    if (this.#tryBegin(Math.min(renewMs / 10, this.#timeoutMs))) return;
    const end = performance.now() + this.#timeoutMs;
    try {
      for (;;) {
        this.#leaveNote();
        if (this.#tryBegin(renewMs, performance.now() >= end)) return;
      }
    } finally {
      rmSync(this.#note, { force: true });
    }
  }

  /** @returns whether it has begun; `isLast` throws instead of giving another try */
  #tryBegin(timeoutMs: number, isLast = false): boolean {
    this.#database.pragma(`busy_timeout = ${timeoutMs}`);
    try {
      this.#database.exec('BEGIN IMMEDIATE');
      return true;
    } catch (error) {
      if (isLast || !isBusy(error)) throw error;
      return false;
    } finally {
      this.#database.pragma(`busy_timeout = ${this.#timeoutMs}`);
    }
  }

  #isSomebodyWaiting(): boolean {
    const note = statSync(this.#note, { throwIfNoEntry: false });
    return note !== undefined && Date.now() - note.mtimeMs < 2 * renewMs;
  }

  #leaveNote(): void {
    try {
      const file = openSync(this.#note, 'a', 0o600);
      const now = new Date();
      futimesSync(file, now, now);
      closeSync(file);
    } catch {
      // Without the note it is a matter of luck, as it is without turns.
    }
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY');
}

function sleep(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
