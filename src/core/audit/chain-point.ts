import { MfaError } from '../errors.ts';

/** A place in the audit chain: it stands for this event and for everything before it. */
export interface ChainPoint {
  sequence: number;
  hash: Buffer;
}

/** `sequence:hash` with the hash in hexadecimal digits. */
export function formatChainPoint({ sequence, hash }: ChainPoint): string {
  return `${sequence}:${hash.toString('hex')}`;
}

/** @throws {MfaError} `usage.invalid` */
export function parseChainPoint(text: string): ChainPoint {
  const match = /^(\d{1,15}):([0-9a-f]{64})$/i.exec(text.trim());
  if (match === null) {
    throw new MfaError('usage.invalid', `"${text}" is not the head of an audit log.`, {
      advice: 'Give it as "mfa-console audit verify" printed it: the number of the event, a colon, the hash.',
    });
  }
  return { sequence: Number(match[1]), hash: Buffer.from(match[2] ?? '', 'hex') };
}
