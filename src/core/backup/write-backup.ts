import { closeSync, existsSync, openSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { timestamp } from '../clock.ts';
import type { Core } from '../core.ts';
import { MfaError } from '../errors.ts';
import { PrivateFile } from '../private-file.ts';
import { backupFiles, packFiles } from './backup-content.ts';
import { type BackupHeader, defaultCost, headerLine, makeEncryption } from './backup-header.ts';
import { sealChunks } from './chunk-cipher.ts';
import { lastBackupDocument } from './last-backup.ts';
import { shortestPassphrase } from './passphrase.ts';
import { scratchPath } from './scratch.ts';

export interface BackupOptions {
  /**
   * Encrypts the backup, which then holds the database and the master key: all that a new machine needs. Null
   * writes the database alone and not encrypted: passwords, seeds and keys in it stay sealed under the master
   * key, which is not in the file, but names, phone numbers, PIN hashes and the audit log can be read.
   */
  passphrase: string | null;
  /** Replace a file of the same name. */
  replace?: boolean;
  /** Do everything, but leave nothing behind. */
  dryRun?: boolean;
  /** How expensive it is to try a passphrase: scrypt's N. Default: 131072. */
  cost?: number;
}

export interface WrittenBackup {
  file: string;
  createdAt: string;
  isEncrypted: boolean;
  bytes: number;
}

/**
 * Writes a backup of the data as it is at one moment, while others go on working. The file is readable by its
 * owner only and has its name only when it is complete.
 * @throws {MfaError} `backup.exists`, `usage.invalid` for a short passphrase, `file.unwritable`, `store.*`
 */
export async function writeBackup(core: Core, path: string, options: BackupOptions): Promise<WrittenBackup> {
  const { dataDirectory, store, clock, actor } = core;
  const { passphrase, replace = false, dryRun = false, cost = defaultCost } = options;
  const file = resolve(path);
  if (!replace && existsSync(file)) {
    throw new MfaError('backup.exists', `The file ${file} exists.`, {
      advice: 'Name another file, or add --yes to replace it.',
    });
  }
  if (passphrase !== null && passphrase.length < shortestPassphrase) {
    throw new MfaError('usage.invalid', `A passphrase needs at least ${shortestPassphrase} characters.`);
  }
  using output = new PrivateFile(file);
  const copy = scratchPath(dataDirectory, 'backup');
  try {
    closeSync(openSync(copy, 'wx', 0o600));
    const createdAt = timestamp(clock());
    await store.backup(copy);
    const header: BackupHeader = { format: 1, createdAt, createdBy: actor, encryption: null };
    if (passphrase === null) {
      output.write(headerLine(header));
      for (const piece of packFiles({ [backupFiles.database]: copy })) output.write(piece);
    } else {
      const { encryption, key } = makeEncryption(passphrase, cost);
      const line = headerLine({ ...header, encryption });
      output.write(line);
      const content = packFiles({
        [backupFiles.database]: copy,
        [backupFiles.masterKey]: dataDirectory.masterKey,
      });
      for (const chunk of sealChunks(key, line, content)) output.write(chunk);
    }
    const written = { file, createdAt, isEncrypted: passphrase !== null, bytes: output.bytes };
    if (dryRun) return written;
    output.finish();
    noteBackup(core, written);
    return written;
  } finally {
    rmSync(copy, { force: true });
  }
}

function noteBackup({ store, audit, clock, actor }: Core, written: WrittenBackup): void {
  store.transaction(() => {
    lastBackupDocument(store, clock, actor).save({ writtenAt: written.createdAt, file: written.file });
    audit.append({
      action: 'backup.written',
      target: written.file,
      details: { encrypted: written.isEncrypted, bytes: written.bytes },
    });
  });
}
