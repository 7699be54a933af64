import type { RawEntry } from '../attributes.ts';
import type { RawValue } from '../directory-id.ts';
import { type BerCursor, berTag } from './ber-cursor.ts';

interface KnownName {
  /** As it was asked for, whatever the server's spelling. */
  name: string;
  lowerCase: string;
  isBinary: boolean;
}

/**
 * Reads search entries (RFC 4511 4.5.2). Made once for a search: attribute names are recognized without making
 * strings, all values of an entry are cut out of one string, and entries share one shape. Attributes come under
 * the names they were asked for; those without a value are left undefined.
 */
export class EntryReader {
  readonly #known = new Map<number, KnownName[]>();
  readonly #template: Record<string, RawValue | undefined> = {};

  /** @param binaryAttributes names whose values stay bytes */
  constructor(attributes: readonly string[], binaryAttributes: readonly string[] = []) {
    const binary = new Set(binaryAttributes.map((name) => name.toLowerCase()));
    for (const name of attributes) {
      if (name === '1.1' || name === '*' || name === '+') continue;
      const lowerCase = name.toLowerCase();
      this.#learn({ name, lowerCase, isBinary: binary.has(lowerCase) });
      this.#template[name] = undefined;
    }
  }

  /** Reads the entry at the cursor, whose tag was entered already. */
  read(cursor: BerCursor): RawEntry {
    const { buffer } = cursor;
    const dnEnd = cursor.enter(berTag.octetString);
    const dnStart = cursor.offset;
    cursor.offset = dnEnd;
    const end = cursor.enter(berTag.sequence);
    const origin = dnStart;
    const latin1 = buffer.toString('latin1', origin, end);
    const entry: Record<string, RawValue | undefined> = { dn: '', ...this.#template };
    entry.dn = cut(buffer, latin1, origin, dnStart, dnEnd);
    while (cursor.offset < end) {
      cursor.enter(berTag.sequence);
      const nameEnd = cursor.enter(berTag.octetString);
      const known = this.#recognize(buffer, cursor.offset, nameEnd);
      cursor.offset = nameEnd;
      const valuesEnd = cursor.enter(berTag.set);
      let first: string | Buffer | undefined;
      let all: (string | Buffer)[] | undefined;
      while (cursor.offset < valuesEnd) {
        const valueEnd = cursor.enter(berTag.octetString);
        const value = known.isBinary
          ? buffer.subarray(cursor.offset, valueEnd)
          : cut(buffer, latin1, origin, cursor.offset, valueEnd);
        cursor.offset = valueEnd;
        if (first === undefined) first = value;
        else if (all === undefined) all = [first, value];
        else all.push(value);
      }
      const values = (all ?? first) as RawValue | undefined;
      if (values !== undefined) entry[known.name] = values;
    }
    return entry as RawEntry;
  }

  #recognize(buffer: Buffer, start: number, end: number): KnownName {
    const candidates = this.#known.get(signature(end - start, buffer[start] ?? 0, buffer[end - 1] ?? 0));
    if (candidates !== undefined) {
      for (const candidate of candidates) if (isSame(buffer, start, candidate.lowerCase)) return candidate;
    }
    // Such as `member;range=0-1499`, which nobody asked for in these words.
    const name = buffer.toString('utf8', start, end);
    return { name, lowerCase: name.toLowerCase(), isBinary: /;binary\b/i.test(name) };
  }

  #learn(known: KnownName): void {
    const { lowerCase } = known;
    const key = signature(
      lowerCase.length,
      lowerCase.charCodeAt(0),
      lowerCase.charCodeAt(lowerCase.length - 1),
    );
    this.#known.set(key, [...(this.#known.get(key) ?? []), known]);
  }
}

/** Bit 0x20 is what tells ASCII letters of both cases apart. */
const letterCase = 0x20;

function signature(length: number, first: number, last: number): number {
  return length * 65_536 + (first | letterCase) * 256 + (last | letterCase);
}

function isSame(buffer: Buffer, start: number, lowerCase: string): boolean {
  for (let index = 0; index < lowerCase.length; index += 1) {
    const byte = buffer[start + index] ?? 0;
    const code = byte >= 0x41 && byte <= 0x5a ? byte | letterCase : byte;
    if (code !== lowerCase.charCodeAt(index)) return false;
  }
  return true;
}

/** The text of some bytes: a piece of the entry's string when it is ASCII, as almost every value is. */
function cut(buffer: Buffer, latin1: string, origin: number, start: number, end: number): string {
  let bits = 0;
  for (let index = start; index < end; index += 1) bits |= buffer[index] ?? 0;
  return bits < 0x80 ? latin1.slice(start - origin, end - origin) : buffer.toString('utf8', start, end);
}
