import type { RawValue } from './attributes.ts';

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

/** Text of a GUID's 16 bytes; null for another length. */
export function formatGuid(bytes: Buffer): string | null {
  if (bytes.length !== 16) return null;
  const hex = bytes.toString('hex');
  const pair = (index: number) => hex.slice(index * 2, index * 2 + 2);
  return (
    `${pair(3)}${pair(2)}${pair(1)}${pair(0)}-${pair(5)}${pair(4)}-${pair(7)}${pair(6)}` +
    `-${hex.slice(16, 20)}-${hex.slice(20)}`
  );
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
