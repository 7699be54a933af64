export type RawValue = string | Buffer | string[] | Buffer[];

/** How the attribute that identifies a person is written: 16 bytes of a GUID, or text. */
export type IdentifierType = 'guid' | 'text';

/**
 * The identity of an entry as the product stores it: lower-case text; a GUID in Microsoft's order, whose
 * first three groups are little-endian on the wire (MS-DTYP 2.3.4.2). Null when the value cannot be one.
 */
export function formatDirectoryId(value: RawValue | undefined, type: IdentifierType): string | null {
  const single = Array.isArray(value) ? value[0] : value;
  if (single === undefined || single.length === 0) return null;
  if (type === 'text') return single.toString().toLowerCase();
  return Buffer.isBuffer(single) ? formatGuid(single) : null;
}

/** Where each byte of a GUID stands in its text; the first three groups are little-endian. */
const placeOfByte = [6, 4, 2, 0, 11, 9, 16, 14, 19, 21, 24, 26, 28, 30, 32, 34];
const hexDigits = Buffer.from('0123456789abcdef');
const guidText = Buffer.from('00000000-0000-0000-0000-000000000000');

/** Text of a GUID's 16 bytes; null for another length. */
export function formatGuid(bytes: Buffer): string | null {
  if (bytes.length !== 16) return null;
  // Digit by digit in one buffer: an import does this for every person and keeps the result.
  for (let index = 0; index < 16; index += 1) {
    const byte = bytes[index] ?? 0;
    const place = placeOfByte[index] ?? 0;
    guidText[place] = hexDigits[byte >> 4] ?? 0;
    guidText[place + 1] = hexDigits[byte & 15] ?? 0;
  }
  return guidText.toString('latin1');
}

/** The 16 bytes of a GUID's text, as they stand in a filter; null when it is none. */
export function parseGuid(text: string): Buffer | null {
  const match = /^([0-9a-f]{8})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{12})$/i.exec(text);
  if (match === null) return null;
  const [, first = '', second = '', third = '', fourth = '', fifth = ''] = match;
  const reversed = (group: string) => Buffer.from(group, 'hex').reverse();
  return Buffer.concat([
    reversed(first),
    reversed(second),
    reversed(third),
    Buffer.from(fourth, 'hex'),
    Buffer.from(fifth, 'hex'),
  ]);
}
