import { BerWriter, Control } from 'ldapts';
import { BerCursor, berTag } from './ber-cursor.ts';

export const pagingOid = '1.2.840.113556.1.4.319';

/** Asks for one page of a listing (RFC 2696). An empty cookie asks for the first. */
export class PagingControl extends Control {
  readonly #size: number;
  readonly #cookie: Buffer;

  constructor(size: number, cookie: Buffer) {
    super(pagingOid);
    this.#size = size;
    this.#cookie = cookie;
  }

  protected override writeControl(writer: BerWriter): void {
    const value = new BerWriter();
    value.startSequence();
    value.writeInt(this.#size);
    value.writeBuffer(this.#cookie, berTag.octetString);
    value.endSequence();
    writer.writeBuffer(value.buffer, berTag.octetString);
  }
}

/** The cookie for the next page; empty after the last. */
export function readCookie(value: Buffer): Buffer {
  const cursor = new BerCursor(value);
  cursor.enter(berTag.sequence);
  cursor.integer();
  // A copy: the cookie outlives the page that it came with.
  return Buffer.from(cursor.bytes());
}
