import { copyFileSync, existsSync, linkSync, readFileSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import type { DataDirectory } from '../data-directory.ts';
import { MfaError } from '../errors.ts';
import { flushFolder } from '../private-file.ts';
import { isGone } from '../runs/process-liveness.ts';
import type { LeaseRow } from '../store/tables.ts';

/**
 * Puts new files in the place of the database and the master key, each in one step, so that there is always a
 * whole file. The old ones are kept beside.
 * @returns the files that the old ones are kept in
 * @throws {MfaError} `run.inProgress`, `store.busy`
 */
export function replaceFiles(
  current: DataDirectory,
  replacement: { database: string; masterKey: string | null },
  now: Date,
): string[] {
  const suffix = `.before-restore-${now.toISOString().replace(/[-:.]/g, '')}`;
  makeSureOfNobodyElse(current.database, now);
  const kept: string[] = [];
  // A log that a damaged database left behind must not be played into the new one.
  for (const log of [`${current.database}-wal`, `${current.database}-shm`]) {
    if (!existsSync(log)) continue;
    renameSync(log, log.replace(current.database, current.database + suffix));
  }
  if (replacement.masterKey !== null && !haveSameContent(replacement.masterKey, current.masterKey)) {
    kept.push(...keepBeside(current.masterKey, suffix));
    renameSync(replacement.masterKey, current.masterKey);
  }
  kept.push(...keepBeside(current.database, suffix));
  renameSync(replacement.database, current.database);
  flushFolder(dirname(current.database));
  return kept;
}

/**
 * Whoever still has the database open would go on writing into the replaced file. SQLite leaves WAL mode only
 * for a connection that is alone, which also empties the log.
 */
function makeSureOfNobodyElse(file: string, now: Date): void {
  if (!existsSync(file)) return;
  const database = new Database(file, { timeout: 0 });
  try {
    refuseWhileHeld(database, now);
    if (database.pragma('journal_mode = DELETE', { simple: true }) !== 'delete') throw inUse(file);
  } catch (error) {
    if (!(error instanceof Database.SqliteError)) throw error;
    if (error.code.startsWith('SQLITE_BUSY') || error.code.startsWith('SQLITE_LOCKED')) throw inUse(file);
    // Else it is damaged, which is what a backup is restored for.
  } finally {
    database.close();
  }
}

function refuseWhileHeld(database: Database.Database, now: Date): void {
  const hasLeases = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'leases'").get();
  if (hasLeases === undefined) return;
  const leases = database.prepare<[], LeaseRow>('SELECT * FROM leases').all();
  const held = leases.find((lease) => !isGone(lease, now));
  if (held === undefined) return;
  throw new MfaError(
    'run.inProgress',
    `Another process is at work (${held.purpose}), started ${held.acquired_at} by ${held.held_by} as process ${held.pid} on ${held.host}.`,
    { advice: 'Wait until it has finished, or stop it; then restore.' },
  );
}

function inUse(file: string): MfaError {
  return new MfaError('store.busy', `Another mfa-console has the database ${file} open.`, {
    advice: 'Close all consoles and commands and stop the service; then restore.',
  });
}

function keepBeside(file: string, suffix: string): string[] {
  if (!existsSync(file)) return [];
  try {
    linkSync(file, file + suffix);
  } catch {
    copyFileSync(file, file + suffix);
  }
  return [file + suffix];
}

function haveSameContent(one: string, other: string): boolean {
  return existsSync(other) && readFileSync(one).equals(readFileSync(other));
}
