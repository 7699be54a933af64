import { mkdirSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { AuditLog } from '../audit/audit-log.ts';
import { verifyAudit } from '../audit/verify-audit.ts';
import { type Clock, timestamp } from '../clock.ts';
import { type DataDirectory, makeDataDirectory } from '../data-directory.ts';
import { isMfaError, MfaError, messageOf } from '../errors.ts';
import { type MasterKey, readMasterKey } from '../secrets/master-key.ts';
import { Store } from '../store/store.ts';
import { backupFiles, readPieces, unpackFiles } from './backup-content.ts';
import { openEncryption, readHeader } from './backup-header.ts';
import { openChunks } from './chunk-cipher.ts';
import { doubtMails } from './doubt-mails.ts';
import { lastBackupDocument } from './last-backup.ts';
import { replaceFiles } from './replace-files.ts';
import { scratchPath } from './scratch.ts';

export interface RestoreOptions {
  dataDirectory: DataDirectory;
  clock: Clock;
  actor: string;
  /** Null for a backup that is not encrypted. */
  passphrase: string | null;
}

/** Whether a passphrase is needed to restore the file. @throws {MfaError} `backup.invalid` */
export function isEncryptedBackup(file: string): boolean {
  return readHeader(file).header.encryption !== null;
}

/**
 * Unpacks a backup beside the data and checks everything that can be checked; nothing is replaced before
 * {@link PreparedRestore.apply}.
 * @throws {MfaError} `backup.invalid`; `masterKey.*` when the backup has no key and the one here does not fit
 */
export function prepareRestore(path: string, options: RestoreOptions): PreparedRestore {
  const file = resolve(path);
  const { header, line } = readHeader(file);
  const { dataDirectory, passphrase } = options;
  makeDataDirectory(dataDirectory);
  const folder = scratchPath(dataDirectory, 'restore');
  mkdirSync(folder, { mode: 0o700 });
  try {
    const files = unpack(file, header.encryption === null ? null : keyOf(file, passphrase), line, folder);
    const store = openUnpacked(file, files[backupFiles.database]);
    try {
      const keyFile = files[backupFiles.masterKey] ?? null;
      const masterKey = readMasterKey(keyFile ?? dataDirectory.masterKey);
      checkContent(file, store, masterKey, keyFile !== null);
      const count = store.prepare<{ users: number }>('SELECT count(*) AS users FROM users').get();
      const facts = {
        file,
        createdAt: header.createdAt,
        createdBy: header.createdBy,
        users: count?.users ?? 0,
      };
      return new PreparedRestore(options, folder, store, masterKey, keyFile, facts);
    } catch (error) {
      store.close();
      throw error;
    }
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }

  function keyOf(name: string, secret: string | null): Buffer {
    if (header.encryption === null || secret === null) {
      throw new MfaError('usage.invalid', `The backup ${name} is encrypted.`, {
        advice: 'Give its passphrase with --passphrase-file FILE, or - for standard input.',
      });
    }
    return openEncryption(name, header.encryption, secret);
  }
}

export interface RestoreFacts {
  file: string;
  /** ISO 8601 UTC: the data is as it was then. */
  createdAt: string;
  createdBy: string;
  users: number;
}

/** A backup that was found good and lies ready. Dispose of it when it is not wanted after all. */
export class PreparedRestore {
  readonly facts: RestoreFacts;
  readonly #options: RestoreOptions;
  readonly #folder: string;
  readonly #store: Store;
  readonly #masterKey: MasterKey;
  readonly #keyFile: string | null;

  constructor(
    options: RestoreOptions,
    folder: string,
    store: Store,
    masterKey: MasterKey,
    keyFile: string | null,
    facts: RestoreFacts,
  ) {
    this.#options = options;
    this.#folder = folder;
    this.#store = store;
    this.#masterKey = masterKey;
    this.#keyFile = keyFile;
    this.facts = facts;
  }

  /**
   * Puts the backup in the place of the data. What was there stays beside, as `.before-restore-<time>`.
   * @returns the files in which the replaced data is kept
   * @throws {MfaError} `run.inProgress`, `store.busy` while another process works with the data
   */
  apply(): string[] {
    const { dataDirectory, clock, actor } = this.#options;
    const { file, createdAt } = this.facts;
    this.#store.transaction(() => {
      // They belong to processes of the time of the backup.
      this.#store.prepare('DELETE FROM leases').run();
      lastBackupDocument(this.#store, clock, actor).save({ writtenAt: createdAt, file });
      const audit = new AuditLog(this.#store, this.#masterKey, clock, actor);
      audit.append({ action: 'backup.restored', target: file, details: { createdAt } });
      doubtMails(this.#store, audit, timestamp(clock()));
    });
    const database = this.#store.file;
    this.#store.close();
    return replaceFiles(dataDirectory, { database, masterKey: this.#keyFile }, clock());
  }

  [Symbol.dispose](): void {
    this.#store.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

function unpack(file: string, key: Buffer | null, line: Buffer, folder: string) {
  const payload = readPieces(file, line.length);
  try {
    return unpackFiles(key === null ? payload : openChunks(key, line, payload), folder);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOSPC') {
      throw new MfaError('store.full', `There is no space to unpack the backup ${file}.`, { cause });
    }
    throw new MfaError('backup.invalid', `The backup ${file} is damaged or incomplete.`, {
      advice: 'Nothing was changed. Take another backup, or copy this one again from where it came from.',
      cause,
    });
  }
}

function openUnpacked(file: string, database: string | undefined): Store {
  try {
    if (database !== undefined) return new Store(database, { mustExist: true });
  } catch (cause) {
    if (isMfaError(cause, 'store.newer')) throw cause;
    throw new MfaError('backup.invalid', `The database in ${file} cannot be opened: ${messageOf(cause)}`, {
      cause,
    });
  }
  throw new MfaError('backup.invalid', `There is no database in the backup ${file}.`);
}

function checkContent(file: string, store: Store, masterKey: MasterKey, hasKey: boolean): void {
  const [damage] = store.integrityErrors();
  if (damage !== undefined) {
    throw new MfaError('backup.invalid', `The database in ${file} is damaged: ${damage}.`, {
      advice: 'Nothing was changed. Take another backup.',
    });
  }
  const { ok, problems } = verifyAudit(store, masterKey.derive('audit'));
  if (ok) return;
  if (!hasKey) {
    throw new MfaError('masterKey.wrong', `The master key here is not the one of the backup ${file}.`, {
      advice: 'Put the master.key that belongs to the backup into the data directory first.',
    });
  }
  const [first] = problems;
  throw new MfaError(
    'backup.invalid',
    `The audit log in ${file} is broken at event ${first?.sequence}: ${first?.problem}`,
    { advice: 'Nothing was changed. Take another backup.' },
  );
}
