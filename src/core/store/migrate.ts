import { copyFileSync } from 'node:fs';
import type Database from 'better-sqlite3';
import { MfaError } from '../errors.ts';
import { initialSchema } from './migrations/001-initial.ts';
import { templateOverrides } from './migrations/002-template-overrides.ts';
import { outbox } from './migrations/003-outbox.ts';
import { synchronization } from './migrations/004-synchronization.ts';
import { mailFiles } from './migrations/005-mail-files.ts';
import { synchronizationSchedule } from './migrations/006-synchronization-schedule.ts';
import { syncRevisits } from './migrations/007-sync-revisits.ts';
import { syncIndexes } from './migrations/008-sync-indexes.ts';
import { heldIndexes } from './migrations/009-held-indexes.ts';

/** Forward only: the number of a migration is its place in this list, kept in `user_version`. */
const migrations: readonly string[] = [
  initialSchema,
  templateOverrides,
  outbox,
  synchronization,
  mailFiles,
  synchronizationSchedule,
  syncRevisits,
  syncIndexes,
  heldIndexes,
];

export const schemaVersion = migrations.length;

/**
 * Brings the database to the newest schema, all steps in one transaction, after a copy of the file was put
 * beside it (`mfa-console.db.before-<version>`). Several processes may try at once; the second finds it done.
 * @throws {MfaError} `store.newer` when the file was written by a newer program.
 */
export function migrate(database: Database.Database, file: string): void {
  const current = versionOf(database);
  if (current === schemaVersion) return;
  if (current > schemaVersion) {
    throw new MfaError(
      'store.newer',
      `The database ${file} has schema ${current}; this program knows up to ${schemaVersion}.`,
      { advice: 'Install the newer version of MFA Console on this machine, or restore an older backup.' },
    );
  }
  if (current > 0) {
    database.pragma('wal_checkpoint(TRUNCATE)');
    copyFileSync(file, `${file}.before-${schemaVersion}`);
  }
  database
    .transaction(() => {
      const started = versionOf(database);
      for (const sql of migrations.slice(started)) database.exec(sql);
      database.pragma(`user_version = ${schemaVersion}`);
    })
    .immediate();
}

function versionOf(database: Database.Database): number {
  return Number(database.pragma('user_version', { simple: true }));
}
