import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * A file that only its owner may read and that appears under its name when it is complete: it is written
 * beside, flushed to the disk, and renamed.
 */
export class PrivateFile {
  readonly #file: string;
  readonly #draft: string;
  #descriptor: number | null;

  constructor(file: string) {
    this.#file = file;
    this.#draft = `${file}.${process.pid}.part`;
    rmSync(this.#draft, { force: true });
    this.#descriptor = openSync(this.#draft, 'wx', 0o600);
  }

  write(data: string | Uint8Array): void {
    if (this.#descriptor === null) throw new Error('The file is closed.');
    const bytes = typeof data === 'string' ? Buffer.from(data) : data;
    let written = 0;
    while (written < bytes.length) written += writeSync(this.#descriptor, bytes, written);
  }

  /** Makes the file visible, in the place of one that had its name. */
  finish(): void {
    if (this.#descriptor === null) throw new Error('The file is closed.');
    fsyncSync(this.#descriptor);
    closeSync(this.#descriptor);
    this.#descriptor = null;
    renameSync(this.#draft, this.#file);
    flushFolder(dirname(this.#file));
  }

  /** Removes what was written, unless it was finished. */
  [Symbol.dispose](): void {
    if (this.#descriptor === null) return;
    closeSync(this.#descriptor);
    this.#descriptor = null;
    rmSync(this.#draft, { force: true });
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
