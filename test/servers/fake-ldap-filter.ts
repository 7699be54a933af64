import { type BerReader, SearchFilter } from 'ldapts';

/** What a filter looks at: the values of one attribute by its lower-case name; nothing where it is absent. */
export type ReadValues = (attribute: string) => readonly Buffer[];

export type Matches = (read: ReadValues) => boolean;

const bitAnd = '1.2.840.113556.1.4.803';
const bitOr = '1.2.840.113556.1.4.804';

/**
 * Reads a search filter (RFC 4511 section 4.5.1.7) and returns its test. All values are compared as text without
 * regard to case, or as equal bytes; `>=` and `<=` compare numbers; unknown matching rules match nothing.
 *
 * The client library's own filter classes do not serve: they know one value per attribute and misread presence.
 */
export function readFilter(reader: BerReader): Matches {
  const type = reader.readSequence();
  const end = reader.offset + reader.length;
  switch (type) {
    case SearchFilter.and: {
      const parts = readAll(reader, end);
      return (read) => parts.every((matches) => matches(read));
    }
    case SearchFilter.or: {
      const parts = readAll(reader, end);
      return (read) => parts.some((matches) => matches(read));
    }
    case SearchFilter.not: {
      const part = readFilter(reader);
      return (read) => !part(read);
    }
    case SearchFilter.present: {
      const attribute = reader.buffer.toString('utf8', reader.offset, end).toLowerCase();
      reader.offset = end;
      // Every entry has a class, even where the test did not bother to give it one.
      return (read) => attribute === 'objectclass' || read(attribute).length > 0;
    }
    case SearchFilter.equalityMatch:
    case SearchFilter.approxMatch:
      return readComparison(reader, (value, wanted) => value.equals(wanted) || fold(value) === fold(wanted));
    case SearchFilter.greaterOrEqual:
      return readComparison(reader, (value, wanted) => number(value) >= number(wanted));
    case SearchFilter.lessOrEqual:
      return readComparison(reader, (value, wanted) => number(value) <= number(wanted));
    case SearchFilter.substrings:
      return readSubstrings(reader);
    case SearchFilter.extensibleMatch:
      return readExtensible(reader, end);
    default:
      throw new Error(`No such filter type: ${type}`);
  }
}

function readAll(reader: BerReader, end: number): Matches[] {
  const parts: Matches[] = [];
  while (reader.offset < end) parts.push(readFilter(reader));
  return parts;
}

function readComparison(reader: BerReader, compare: (value: Buffer, wanted: Buffer) => boolean): Matches {
  const attribute = readText(reader).toLowerCase();
  const wanted = reader.readString(0x04, true) ?? Buffer.alloc(0);
  return (read) => read(attribute).some((value) => compare(value, wanted));
}

function readSubstrings(reader: BerReader): Matches {
  const attribute = readText(reader).toLowerCase();
  reader.readSequence();
  const end = reader.offset + reader.length;
  let pattern = '';
  while (reader.offset < end) {
    const tag = reader.peek() ?? 0;
    const part = readText(reader, tag).replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
    pattern += tag === 0x80 ? `^${part}.*` : tag === 0x81 ? `${part}.*` : `${part}$`;
  }
  const expression = new RegExp(pattern, 'isu');
  return (read) => read(attribute).some((value) => expression.test(value.toString()));
}

function readExtensible(reader: BerReader, end: number): Matches {
  const parts = new Map<number, string>();
  while (reader.offset < end) {
    const tag = reader.peek() ?? 0;
    parts.set(tag, readText(reader, tag));
  }
  const attribute = (parts.get(0x82) ?? '').toLowerCase();
  const wanted = Number(parts.get(0x83));
  switch (parts.get(0x81)) {
    case bitAnd:
      return (read) => read(attribute).some((value) => (number(value) & wanted) === wanted);
    case bitOr:
      return (read) => read(attribute).some((value) => (number(value) & wanted) !== 0);
    default:
      return () => false;
  }
}

function readText(reader: BerReader, tag = 0x04): string {
  return (reader.readString(tag, true) ?? Buffer.alloc(0)).toString();
}

function fold(value: Buffer): string {
  return value.toString().toLowerCase();
}

function number(value: Buffer): number {
  return Number(value.toString());
}
