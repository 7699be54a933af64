import { createHash, randomBytes, scryptSync } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import * as z from 'zod';
import { MfaError, messageOf } from '../errors.ts';

const magic = 'MFA Console backup ';
const longestHeader = 4096;

/**
 * The first line of a backup file: the magic words and this as JSON. With encryption every chunk that follows
 * is bound to the line, so that a changed header opens nothing.
 */
const headerSchema = z.object({
  format: z.literal(1),
  /** ISO 8601 UTC */
  createdAt: z.iso.datetime(),
  /** The machine and account that made it. */
  createdBy: z.string(),
  /** Null for a backup without key, whose content is not encrypted. */
  encryption: z
    .object({
      cipher: z.literal('aes-256-gcm'),
      kdf: z.literal('scrypt'),
      salt: z.base64(),
      // Bounds, so that a hostile file cannot ask for all memory.
      cost: z.number().int().min(1024).max(1_048_576),
      blockSize: z.number().int().min(1).max(16),
      parallelization: z.number().int().min(1).max(4),
      /** Tells a wrong passphrase from a damaged file. */
      check: z.base64(),
    })
    .nullable(),
});

export type BackupHeader = z.infer<typeof headerSchema>;
export type BackupEncryption = NonNullable<BackupHeader['encryption']>;

export function headerLine(header: BackupHeader): Buffer {
  return Buffer.from(`${magic}${JSON.stringify(header)}\n`);
}

/**
 * Reads the header of a file.
 * @returns it, and the line's bytes
 * @throws {MfaError} `backup.invalid`
 */
export function readHeader(file: string): { header: BackupHeader; line: Buffer } {
  const start = Buffer.alloc(longestHeader);
  let length: number;
  try {
    const descriptor = openSync(file, 'r');
    try {
      length = readSync(descriptor, start, 0, longestHeader, 0);
    } finally {
      closeSync(descriptor);
    }
  } catch (cause) {
    throw new MfaError('backup.invalid', `The backup ${file} cannot be read: ${messageOf(cause)}.`, {
      cause,
    });
  }
  const end = start.subarray(0, length).indexOf('\n') + 1;
  const text = start.toString('utf8', 0, Math.max(0, end - 1));
  if (!text.startsWith(magic)) {
    throw new MfaError('backup.invalid', `The file ${file} is not a backup of MFA Console.`, {
      advice: 'Name a file that "mfa-console backup" has written.',
    });
  }
  try {
    return { header: headerSchema.parse(JSON.parse(text.slice(magic.length))), line: start.subarray(0, end) };
  } catch (cause) {
    throw new MfaError('backup.invalid', `The header of the backup ${file} cannot be understood.`, {
      advice: 'It is damaged, or was written by a newer version of MFA Console.',
      cause,
    });
  }
}

/** Makes trying passphrases expensive: 128 MB and about half a second for each. */
export const defaultCost = 131_072;

/**
 * Fresh parameters for one file, with the key that the passphrase gives under them.
 * @param cost scrypt's N, a power of two
 */
export function makeEncryption(
  passphrase: string,
  cost: number,
): { encryption: BackupEncryption; key: Buffer } {
  const parameters = {
    cipher: 'aes-256-gcm',
    kdf: 'scrypt',
    salt: randomBytes(16).toString('base64'),
    cost,
    blockSize: 8,
    parallelization: 1,
  } as const;
  const { key, check } = deriveKey(passphrase, parameters);
  return { encryption: { ...parameters, check }, key };
}

/**
 * The key of a file's chunks.
 * @throws {MfaError} `backup.invalid` for a passphrase that is not the file's
 */
export function openEncryption(file: string, encryption: BackupEncryption, passphrase: string): Buffer {
  const { key, check } = deriveKey(passphrase, encryption);
  if (check !== encryption.check) {
    throw new MfaError('backup.invalid', `The passphrase does not open the backup ${file}.`, {
      advice: 'Give the passphrase that the backup was made with.',
    });
  }
  return key;
}

function deriveKey(passphrase: string, parameters: Omit<BackupEncryption, 'check'>) {
  const { salt, cost, blockSize, parallelization } = parameters;
  const options = { cost, blockSize, parallelization, maxmem: 256 * cost * blockSize };
  const derived = scryptSync(passphrase.normalize('NFC'), Buffer.from(salt, 'base64'), 64, options);
  const check = createHash('sha256').update(derived.subarray(32)).digest().subarray(0, 16).toString('base64');
  return { key: derived.subarray(0, 32), check };
}
