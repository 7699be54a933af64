import { createReadStream } from 'node:fs';

/**
 * The bytes of a file, which is opened when the first are asked for: a stream that is opened earlier may fail
 * while nobody listens yet, and that ends the process.
 * @throws what Node says when the file cannot be read
 */
export async function* fileBytes(file: string): AsyncGenerator<Uint8Array> {
  yield* createReadStream(file) as AsyncIterable<Uint8Array>;
}
