import { chmodSync, closeSync, existsSync, openSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { Compilable } from 'kysely';
import { MfaError } from '../errors.ts';
import { migrate } from './migrate.ts';
import { translateError, translateErrors } from './store-errors.ts';
import { WriteTurns } from './write-turns.ts';

export interface StoreOptions {
  /** How long a statement waits for another process's transaction before it gives up; milliseconds. */
  busyTimeoutMs?: number;
  /** Fail instead of creating the file. */
  mustExist?: boolean;
}

/** A statement prepared once; parameters by position, columns as `Row`. */
export interface Statement<Row> {
  all(...parameters: SqlValue[]): Row[];
  get(...parameters: SqlValue[]): Row | undefined;
  iterate(...parameters: SqlValue[]): IterableIterator<Row>;
  run(...parameters: SqlValue[]): Changes;
}

export type SqlValue = string | number | bigint | Buffer | null;

export interface Changes {
  /** Rows that the statement changed. */
  changes: number;
  lastInsertRowid: number;
}

/**
 * After so many pages of 4 kB the log is copied into the database. Long work writes the same pages of indexes again and
 * again, and waits for the disk each time, so that it copies them seldom.
 */
const pagesToCopy = { usually: 8000, inLongWork: 64_000 };

/**
 * The embedded database. Its calls are synchronous on purpose: a transaction is one uninterrupted block of
 * code, so that no other task of the process can slip a statement into it.
 */
export class Store {
  readonly file: string;
  readonly #database: Database.Database;
  readonly #turns: WriteTurns;
  #isMapped = false;
  readonly #statements = new Map<string, Statement<unknown>>();

  /**
   * Opens the file in WAL mode, creates it when missing, and migrates it.
   * @throws {MfaError} `store.notFound`, `store.unreadable`, `store.corrupt`, `store.newer`
   */
  constructor(file: string, options: StoreOptions = {}) {
    this.file = file;
    if (options.mustExist && !existsSync(file)) {
      throw new MfaError('store.notFound', `There is no database at ${file}.`, {
        advice: 'Run "mfa-console init" or name the data directory with --data.',
      });
    }
    const busyTimeoutMs = options.busyTimeoutMs ?? 15_000;
    this.#database = translateErrors(file, () => {
      makePrivate(file);
      const database = new Database(file, { timeout: busyTimeoutMs });
      database.pragma('journal_mode = WAL');
      database.pragma('synchronous = FULL');
      database.pragma('foreign_keys = ON');
      database.pragma(`wal_autocheckpoint = ${pagesToCopy.usually}`);
      database.pragma('journal_size_limit = 67108864');
      database.pragma('cache_size = -32768');
      database.pragma('temp_store = MEMORY');
      migrate(database, file);
      return database;
    });
    this.#turns = new WriteTurns(this.#database, busyTimeoutMs);
    if (process.platform !== 'win32') chmodSync(file, 0o600);
  }

  /** The rows of a query that was built with `query.ts`. */
  all<Row>(compilable: Compilable<Row>): Row[] {
    const { sql, parameters } = compilable.compile();
    return this.prepare<Row>(sql).all(...(parameters as SqlValue[]));
  }

  /** A prepared statement, kept for the life of the store: for paths that run thousands of times. */
  prepare<Row>(sql: string): Statement<Row> {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = translateErrors(
        this.file,
        () => new PreparedStatement(this.file, this.#database.prepare(sql)),
      );
      this.#statements.set(sql, statement);
    }
    return statement as Statement<Row>;
  }

  /**
   * Runs `work` in one write transaction and takes its result; anything thrown rolls it back. Inside another
   * transaction it simply belongs to that one.
   */
  transaction<Result>(work: () => Result): Result {
    if (this.#database.inTransaction) return work();
    return translateErrors(this.file, () => {
      this.#turns.begin();
      try {
        const result = work();
        this.#database.exec('COMMIT');
        return result;
      } finally {
        // A full disk may have rolled it back already.
        if (this.#database.inTransaction) this.#database.exec('ROLLBACK');
      }
    });
  }

  /**
   * Does work of many transactions without waiting for the disk after each of them. A loss of power may undo
   * the last ones, each as a whole and only together with all later ones; the next transaction after `work`, or
   * one of another process, makes all of them last. To be called outside transactions.
   */
  async withoutWaitingForDisk<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#database.pragma('synchronous = NORMAL');
    this.#database.pragma(`wal_autocheckpoint = ${pagesToCopy.inLongWork}`);
    try {
      return await work();
    } finally {
      this.#database.pragma('synchronous = FULL');
      this.#database.pragma(`wal_autocheckpoint = ${pagesToCopy.usually}`);
    }
  }

  /**
   * Reads `work` from one unchanging view of the data.
   */
  snapshot<Result>(work: () => Result): Result {
    if (this.#database.inTransaction) return work();
    return translateErrors(this.file, () => this.#database.transaction(work).deferred());
  }

  /**
   * Reads the file through memory from now on (up to 2 GB of it), for work that looks at many rows here and
   * there: three times as fast. Not the default, because what was read counts as memory of this process.
   */
  mapIntoMemory(): void {
    if (this.#isMapped || this.#database.inTransaction) return;
    this.#database.pragma('mmap_size = 2000000000');
    this.#isMapped = true;
  }

  /**
   * Grows whenever another connection commits, and stays when nothing changed: a cheap way to see that
   * displayed data is out of date.
   */
  dataVersion(): number {
    return Number(this.#database.pragma('data_version', { simple: true }));
  }

  /** What SQLite's own check finds wrong with the file; empty when it is sound. */
  integrityErrors(): string[] {
    const rows = this.#database.pragma('integrity_check') as { integrity_check: string }[];
    const messages = rows.map((row) => row.integrity_check).filter((message) => message !== 'ok');
    const orphans = this.#database.pragma('foreign_key_check') as { table: string }[];
    return [...messages, ...orphans.map((row) => `a row of ${row.table} refers to one that does not exist`)];
  }

  /** Copies the database, consistently and while others use it, into a new file. */
  async backup(file: string): Promise<void> {
    // All pages in one step: between steps, a commit of another process would start the copy again.
    await this.#database.backup(file, { progress: () => 0x7fff_ffff });
  }

  /**
   * Writes the file anew, without what was deleted from it and from its search index: nobody finds that in free space
   * any more. Others can read meanwhile, and wait to write; 100,000 users take some seconds.
   * @returns false when another process was in the way to the end
   */
  compact(): boolean {
    return translateErrors(this.file, () => {
      this.#database.exec(`INSERT INTO users_search (users_search) VALUES ('optimize')`);
      this.#database.exec('VACUUM');
      const [checkpoint] = this.#database.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
      return checkpoint?.busy === 0;
    });
  }

  close(): void {
    this.#database.close();
  }
}

/** Gives better-sqlite3's statement our errors. */
class PreparedStatement<Row> implements Statement<Row> {
  readonly #file: string;
  readonly #statement: Database.Statement<SqlValue[], Row>;

  constructor(file: string, statement: Database.Statement<SqlValue[], Row>) {
    this.#file = file;
    this.#statement = statement;
  }

  all(...parameters: SqlValue[]): Row[] {
    return translateErrors(this.#file, () => this.#statement.all(...parameters));
  }

  get(...parameters: SqlValue[]): Row | undefined {
    return translateErrors(this.#file, () => this.#statement.get(...parameters));
  }

  iterate(...parameters: SqlValue[]): IterableIterator<Row> {
    return translateErrors(this.#file, () => this.#statement.iterate(...parameters));
  }

  run(...parameters: SqlValue[]): Changes {
    try {
      const { changes, lastInsertRowid } = this.#statement.run(...parameters);
      return { changes, lastInsertRowid: Number(lastInsertRowid) };
    } catch (error) {
      throw translateError(this.#file, error);
    }
  }
}

/**
 * Makes a file that only its owner may read, when there is none: SQLite gives those that it makes beside it
 * the same rights.
 */
function makePrivate(file: string): void {
  if (existsSync(file)) return;
  try {
    closeSync(openSync(file, 'a', 0o600));
  } catch {
    // SQLite meets the same error, and gives it a code.
  }
}
