import { createHash, type Hash } from 'node:crypto';
import { closeSync, openSync, readSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

const pieceBytes = 65_536;
const longestManifest = 4096;

/** The files that a backup may hold, by the names that they have in it. */
export const backupFiles = { database: 'mfa-console.db', masterKey: 'master.key' } as const;
const nameSchema = z.enum([backupFiles.database, backupFiles.masterKey]);
export type BackupFileName = z.infer<typeof nameSchema>;

/** The first line of the content; the bytes of the files follow in this order. */
const manifestSchema = z.object({
  files: z
    .array(z.object({ name: nameSchema, bytes: z.number().int().min(0), sha256: z.hex().length(64) }))
    .min(1)
    .max(2),
});
type Manifest = z.infer<typeof manifestSchema>;

/** The content of a backup of these files, in pieces. They must not change meanwhile. */
export function* packFiles(files: Partial<Record<BackupFileName, string>>): Generator<Buffer> {
  const paths = Object.entries(files) as [BackupFileName, string][];
  const manifest: Manifest = {
    files: paths.map(([name, path]) => ({ name, bytes: statSync(path).size, sha256: digestOf(path) })),
  };
  yield Buffer.from(`${JSON.stringify(manifest)}\n`);
  for (const [, path] of paths) yield* readPieces(path);
}

/**
 * Writes the files of a backup's content into a folder.
 * @returns their paths
 * @throws {Error} when the content is not exactly what {@link packFiles} made
 */
export function unpackFiles(
  content: Iterable<Buffer>,
  folder: string,
): Partial<Record<BackupFileName, string>> {
  const source = new ByteSource(content);
  const manifest = manifestSchema.parse(JSON.parse(source.line(longestManifest)));
  const paths: Partial<Record<BackupFileName, string>> = {};
  for (const { name, bytes, sha256 } of manifest.files) {
    const path = join(folder, name);
    const hash = writePieces(path, source.take(bytes));
    if (hash.digest('hex') !== sha256) throw new Error(`${name} is not what was written.`);
    paths[name] = path;
  }
  source.end();
  return paths;
}

/** The bytes of a file from a place on. */
export function* readPieces(path: string, start = 0): Generator<Buffer> {
  const descriptor = openSync(path, 'r');
  try {
    for (let position = start; ; ) {
      const piece = Buffer.alloc(pieceBytes);
      const length = readSync(descriptor, piece, 0, pieceBytes, position);
      if (length === 0) return;
      position += length;
      yield piece.subarray(0, length);
    }
  } finally {
    closeSync(descriptor);
  }
}

function digestOf(path: string): string {
  const hash = createHash('sha256');
  for (const piece of readPieces(path)) hash.update(piece);
  return hash.digest('hex');
}

function writePieces(path: string, pieces: Iterable<Buffer>): Hash {
  const hash = createHash('sha256');
  const descriptor = openSync(path, 'wx', 0o600);
  try {
    for (const piece of pieces) {
      hash.update(piece);
      for (let written = 0; written < piece.length; ) written += writeSync(descriptor, piece, written);
    }
  } finally {
    closeSync(descriptor);
  }
  return hash;
}

/** Takes lines and counted bytes from a stream of pieces. */
class ByteSource {
  readonly #pieces: Iterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(pieces: Iterable<Buffer>) {
    this.#pieces = pieces[Symbol.iterator]();
  }

  line(longest: number): string {
    let end = this.#rest.indexOf('\n');
    while (end < 0 && this.#rest.length <= longest && this.#more()) end = this.#rest.indexOf('\n');
    if (end < 0) throw new Error('The list of files is missing.');
    const line = this.#rest.toString('utf8', 0, end);
    this.#rest = this.#rest.subarray(end + 1);
    return line;
  }

  *take(count: number): Generator<Buffer> {
    for (let missing = count; missing > 0; ) {
      if (this.#rest.length === 0 && !this.#more()) throw new Error('The end is missing.');
      const piece = this.#rest.subarray(0, missing);
      this.#rest = this.#rest.subarray(piece.length);
      missing -= piece.length;
      yield piece;
    }
  }

  end(): void {
    if (this.#rest.length > 0 || this.#more()) throw new Error('There is something behind the end.');
  }

  #more(): boolean {
    const next = this.#pieces.next();
    if (next.done === true) return false;
    this.#rest = this.#rest.length === 0 ? next.value : Buffer.concat([this.#rest, next.value]);
    return true;
  }
}
