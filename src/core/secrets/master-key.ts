import { hkdfSync, randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { MfaError } from '../errors.ts';

const keyBytes = 32;

/** The one key under which secrets are sealed; the keys for single purposes are derived from it. */
export class MasterKey {
  readonly #key: Buffer;

  constructor(key: Buffer) {
    this.#key = key;
  }

  /** A key of 32 bytes for one purpose (RFC 5869, HKDF with SHA-256). */
  derive(purpose: string): Buffer {
    return Buffer.from(hkdfSync('sha256', this.#key, Buffer.alloc(0), `mfa-console ${purpose}`, keyBytes));
  }
}

/**
 * Reads the key file.
 * @throws {MfaError} `masterKey.missing`, `masterKey.wrong`
 */
export function readMasterKey(file: string): MasterKey {
  if (!existsSync(file)) {
    throw new MfaError('masterKey.missing', `The master key ${file} is missing.`, {
      advice: 'Restore the file from a backup; without it the stored passwords and seeds cannot be read.',
    });
  }
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64');
  if (key.length !== keyBytes) {
    throw new MfaError('masterKey.wrong', `The file ${file} is not a master key of MFA Console.`, {
      advice: 'Restore the file from a backup.',
    });
  }
  return new MasterKey(key);
}

/** Makes the key file, readable by its owner only. When two processes try at once, one file is kept. */
export function createMasterKey(file: string): void {
  const draft = `${file}.${process.pid}.new`;
  rmSync(draft, { force: true });
  const descriptor = openSync(draft, 'wx', 0o600);
  try {
    writeSync(descriptor, `${randomBytes(keyBytes).toString('base64')}\n`);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}
