import { BerWriter, Control } from 'ldapts';
import { BerCursor, berTag } from '../ber-cursor.ts';

export const dirSyncOid = '1.2.840.113556.1.4.841';

/** Flags of the control (MS-ADTS 3.1.1.3.4.1.3). */
export const dirSyncFlags = {
  none: 0,
  /** Only what the account may read: works without the right to replicate. */
  objectSecurity: 1,
} as const;

/** Asks for what changed since a cookie. An empty one asks from the beginning of the domain. */
export class DirSyncControl extends Control {
  readonly #flags: number;
  readonly #mostBytes: number;
  readonly #cookie: Buffer;

  constructor(flags: number, mostBytes: number, cookie: Buffer) {
    super(dirSyncOid, { critical: true });
    this.#flags = flags;
    this.#mostBytes = mostBytes;
    this.#cookie = cookie;
  }

  protected override writeControl(writer: BerWriter): void {
    const value = new BerWriter();
    value.startSequence();
    value.writeInt(this.#flags);
    value.writeInt(this.#mostBytes);
    value.writeBuffer(this.#cookie, berTag.octetString);
    value.endSequence();
    writer.writeBuffer(value.buffer, berTag.octetString);
  }
}

/** What the server answers: whether more is to come, and the cookie to ask for it. */
export function readDirSync(value: Buffer): { hasMore: boolean; cookie: Buffer } {
  const cursor = new BerCursor(value);
  cursor.enter(berTag.sequence);
  const hasMore = cursor.integer() !== 0;
  cursor.integer();
  // A copy: the cookie outlives the message that it came with.
  return { hasMore, cookie: Buffer.from(cursor.bytes()) };
}
