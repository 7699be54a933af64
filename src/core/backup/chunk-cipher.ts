import { createCipheriv, createDecipheriv } from 'node:crypto';

const chunkBytes = 65_536;
const tagBytes = 16;

/**
 * Encrypts a stream in chunks of 64 KiB, each with AES-256-GCM (the STREAM construction of Hoang, Reyhanitabar,
 * Rogaway and Vizár, 2015): the nonce counts the chunks and marks the last one, so that chunks that were
 * moved, removed, repeated or cut off do not open. The key must be fresh for every stream.
 * @param context what the chunks are bound to
 */
export function* sealChunks(key: Buffer, context: Buffer, content: Iterable<Buffer>): Generator<Buffer> {
  let number = 0;
  let waiting: Buffer | undefined;
  for (const chunk of inChunks(content, chunkBytes)) {
    if (waiting !== undefined) yield sealChunk(key, context, number++, false, waiting);
    waiting = chunk;
  }
  yield sealChunk(key, context, number, true, waiting ?? Buffer.alloc(0));
}

/** Opens what {@link sealChunks} made. Throws as soon as a chunk is not the one that was written in its place. */
export function* openChunks(key: Buffer, context: Buffer, sealed: Iterable<Buffer>): Generator<Buffer> {
  let number = 0;
  let waiting: Buffer | undefined;
  for (const chunk of inChunks(sealed, chunkBytes + tagBytes)) {
    if (waiting !== undefined) yield openChunk(key, context, number++, false, waiting);
    waiting = chunk;
  }
  yield openChunk(key, context, number, true, waiting ?? Buffer.alloc(0));
}

function sealChunk(key: Buffer, context: Buffer, number: number, isLast: boolean, chunk: Buffer): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, nonceOf(number, isLast));
  cipher.setAAD(context);
  return Buffer.concat([cipher.update(chunk), cipher.final(), cipher.getAuthTag()]);
}

function openChunk(key: Buffer, context: Buffer, number: number, isLast: boolean, sealed: Buffer): Buffer {
  if (sealed.length < tagBytes) throw new Error('The end is missing.');
  const end = sealed.length - tagBytes;
  const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(number, isLast), { authTagLength: tagBytes });
  decipher.setAAD(context);
  decipher.setAuthTag(sealed.subarray(end));
  return Buffer.concat([decipher.update(sealed.subarray(0, end)), decipher.final()]);
}

function nonceOf(number: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUIntBE(number, 5, 6);
  nonce.writeUInt8(isLast ? 1 : 0, 11);
  return nonce;
}

/** The same bytes in pieces of one size; the last may be shorter. */
function* inChunks(pieces: Iterable<Buffer>, size: number): Generator<Buffer> {
  let chunk = Buffer.alloc(size);
  let length = 0;
  for (const piece of pieces) {
    for (let start = 0; start < piece.length; ) {
      const copied = piece.copy(chunk, length, start);
      start += copied;
      length += copied;
      if (length < size) continue;
      yield chunk;
      chunk = Buffer.alloc(size);
      length = 0;
    }
  }
  if (length > 0) yield chunk.subarray(0, length);
}
