/** The text of a SID's bytes, such as `S-1-5-21-1-2-3-513` (MS-DTYP 2.4.2.2); null when it is none. */
export function formatSid(bytes: Buffer): string | null {
  const count = bytes[1] ?? 0;
  if (bytes.length < 8 || bytes.length !== 8 + 4 * count) return null;
  const parts = [bytes[0] ?? 0, bytes.readUIntBE(2, 6)];
  for (let index = 0; index < count; index += 1) parts.push(bytes.readUInt32LE(8 + 4 * index));
  return `S-${parts.join('-')}`;
}

/** The last part of a SID, by which accounts name their primary group; null when there is none. */
export function relativeIdentifier(bytes: Buffer): number | null {
  return formatSid(bytes) === null || bytes[1] === 0 ? null : bytes.readUInt32LE(bytes.length - 4);
}
