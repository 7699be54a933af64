import { MfaError } from '../../errors.ts';

export const berTag = {
  integer: 0x02,
  octetString: 0x04,
  enumerated: 0x0a,
  boolean: 0x01,
  sequence: 0x30,
  set: 0x31,
} as const;

const longestMessage = 256 * 1024 * 1024;

/**
 * Walks through BER (X.690) without copying. Made for reading hundreds of thousands of entries: after
 * {@link enter} the content lies between {@link offset} and the end that it returned.
 */
export class BerCursor {
  buffer: Buffer;
  offset: number;

  constructor(buffer: Buffer, offset = 0) {
    this.buffer = buffer;
    this.offset = offset;
  }

  /** The tag at the offset; -1 at the end of the data. */
  peek(): number {
    return this.buffer[this.offset] ?? -1;
  }

  /** Steps into an element, which must have this tag. @returns where its content ends */
  enter(tag: number): number {
    if (this.buffer[this.offset] !== tag) throw malformed();
    this.offset += 1;
    let length = this.buffer[this.offset] ?? 0;
    this.offset += 1;
    if (length >= 0x80) {
      const bytes = length & 0x7f;
      if (bytes === 0 || bytes > 4) throw malformed();
      length = 0;
      for (let index = 0; index < bytes; index += 1) {
        length = length * 256 + (this.buffer[this.offset] ?? 0);
        this.offset += 1;
      }
    }
    const end = this.offset + length;
    if (end > this.buffer.length) throw malformed();
    return end;
  }

  integer(tag: number = berTag.integer): number {
    const end = this.enter(tag);
    let value = (this.buffer[this.offset] ?? 0) >= 0x80 ? -1 : 0;
    for (; this.offset < end; this.offset += 1) value = value * 256 + (this.buffer[this.offset] ?? 0);
    return value;
  }

  text(tag: number = berTag.octetString): string {
    const end = this.enter(tag);
    const text = this.buffer.toString('utf8', this.offset, end);
    this.offset = end;
    return text;
  }

  bytes(tag: number = berTag.octetString): Buffer {
    const end = this.enter(tag);
    const bytes = this.buffer.subarray(this.offset, end);
    this.offset = end;
    return bytes;
  }
}

/**
 * How many bytes the LDAP message at the offset takes, header included; -1 when the header is not all there.
 * @throws {MfaError} `directory.protocol` when this is no LDAP message
 */
export function messageSize(buffer: Buffer, offset: number): number {
  const available = buffer.length - offset;
  if (available < 2) return -1;
  if (buffer[offset] !== berTag.sequence) throw malformed();
  const first = buffer[offset + 1] ?? 0;
  if (first < 0x80) return 2 + first;
  const bytes = first & 0x7f;
  if (bytes === 0 || bytes > 4) throw malformed();
  if (available < 2 + bytes) return -1;
  const length = buffer.readUIntBE(offset + 2, bytes);
  if (length > longestMessage) throw malformed();
  return 2 + bytes + length;
}

function malformed(): MfaError {
  return new MfaError('directory.protocol', 'The server sent something that is not LDAP.', {
    advice:
      'Check that the port belongs to a directory server, and that ldap:// and ldaps:// are not confused.',
  });
}
