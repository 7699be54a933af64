import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { MfaError, messageOf } from './errors.ts';

/**
 * A file that only its owner may read and that appears under its name when it is complete: it is written
 * beside, flushed to the disk, and renamed.
 */
export class PrivateFile {
  readonly #file: string;
  readonly #draft: string;
  #descriptor: number | null;
  #bytes = 0;

  /** @throws {MfaError} `file.unwritable`, also from the other methods */
  constructor(file: string) {
    this.#file = file;
    this.#draft = `${file}.${process.pid}.part`;
    this.#descriptor = this.#translate(() => {
      rmSync(this.#draft, { force: true });
      return openSync(this.#draft, 'wx', 0o600);
    });
  }

  /** How many bytes were written so far. */
  get bytes(): number {
    return this.#bytes;
  }

  write(data: string | Uint8Array): void {
    const descriptor = this.#open();
    const bytes = typeof data === 'string' ? Buffer.from(data) : data;
    this.#translate(() => {
      for (let written = 0; written < bytes.length; ) written += writeSync(descriptor, bytes, written);
    });
    this.#bytes += bytes.length;
  }

  /** Makes the file visible, in the place of one that had its name. */
  finish(): void {
    const descriptor = this.#open();
    this.#translate(() => {
      fsyncSync(descriptor);
      closeSync(descriptor);
      this.#descriptor = null;
      renameSync(this.#draft, this.#file);
      flushFolder(dirname(this.#file));
    });
  }

  /** Removes what was written, unless it was finished. */
  [Symbol.dispose](): void {
    if (this.#descriptor === null) return;
    closeSync(this.#descriptor);
    this.#descriptor = null;
    rmSync(this.#draft, { force: true });
  }

  #open(): number {
    if (this.#descriptor === null) throw new Error(`The file ${this.#file} is closed.`);
    return this.#descriptor;
  }

  #translate<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (cause) {
      throw new MfaError(
        'file.unwritable',
        `The file ${this.#file} cannot be written: ${messageOf(cause)}.`,
        {
          advice: 'Name a file in a folder that you may write and that has space.',
          cause,
        },
      );
    }
  }
}

/** Makes a rename survive a power failure. Windows cannot open folders, and does not need it. */
export function flushFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
