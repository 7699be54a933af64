/** What an erased event has in the place of its details. @param seal of `erasureSeal` */
export function erasedDetails(seal: Buffer): string {
  return JSON.stringify({ erased: seal.toString('hex') });
}

/** The seal of an event that was erased; null for all others. @param details as they are stored */
export function sealOfErased(details: string | null): Buffer | null {
  const [, hex] = /^\{"erased":"([0-9a-f]{64})"\}$/.exec(details ?? '') ?? [];
  return hex === undefined ? null : Buffer.from(hex, 'hex');
}
