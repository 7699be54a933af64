import Database from 'better-sqlite3';
import { MfaError, messageOf } from '../errors.ts';

/** Does something with a database file, with SQLite's errors translated. */
export function translateErrors<Result>(file: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw translateError(file, error);
  }
}

/** SQLite's result codes as sentences; everything else passes through. */
export function translateError(file: string, error: unknown): unknown {
  if (!(error instanceof Database.SqliteError)) return error;
  const { code } = error;
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return new MfaError('store.busy', `Another program kept the database ${file} to itself for too long.`, {
      advice: 'Try again; if it stays so, look for a stuck mfa-console process.',
      cause: error,
    });
  }
  if (code === 'SQLITE_FULL' || code.startsWith('SQLITE_IOERR')) {
    return new MfaError('store.full', `The database ${file} could not be written: ${messageOf(error)}.`, {
      advice: 'Free some space on the disk (or mend it) and run the command again; nothing was half written.',
      cause: error,
    });
  }
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') {
    return new MfaError('store.corrupt', `The database ${file} is damaged: ${messageOf(error)}.`, {
      advice: 'Run "mfa-console doctor" to see how far, and restore the newest backup.',
      cause: error,
    });
  }
  if (code.startsWith('SQLITE_CANTOPEN') || code.startsWith('SQLITE_READONLY') || code === 'SQLITE_PERM') {
    return new MfaError('store.unreadable', `The database ${file} cannot be opened: ${messageOf(error)}.`, {
      advice:
        'Run as a user who may write this file and its folder, or name another data directory with --data.',
      cause: error,
    });
  }
  return error;
}
