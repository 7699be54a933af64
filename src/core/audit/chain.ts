import { createHmac, type KeyObject } from 'node:crypto';

/** What the chain protects of one event, as it is stored. */
export interface ChainedEvent {
  sequence: number;
  at: string;
  actor: string;
  action: string;
  target: string | null;
  result: string;
  reason: string | null;
  details: string | null;
}

/** Bytes, or a key object made of them once for many events. */
export type ChainKey = Buffer | KeyObject;

/** The hash before the first event. */
export const chainStart: Buffer = Buffer.alloc(32);

/**
 * The hash of an event: HMAC-SHA-256 over the hash before it and all its fields. It takes the key to make
 * one, so that nobody who can only write the database can continue or repair the chain.
 */
export function chainHash(key: ChainKey, previous: Buffer, event: ChainedEvent): Buffer {
  return createHmac('sha256', key).update(previous).update(writtenOut(event)).digest();
}

/** All fields, each behind its length, so that no two events read alike. */
function writtenOut(event: ChainedEvent): string {
  const { sequence, at, actor, action, target, result, reason, details } = event;
  return (
    `${sequence};${part(at)}${part(actor)}${part(action)}${part(target)}` +
    `${part(result)}${part(reason)}${part(details)}`
  );
}

function part(text: string | null): string {
  return text === null ? '-;' : `${text.length}:${text};`;
}

/**
 * Says that the program itself has erased what an event told of a person. The hash of the event stays, so that the
 * events after it and every head that was noted still fit; this takes the place of computing it.
 * @param event without details, as it is stored after the erasure
 */
export function erasureSeal(key: ChainKey, previous: Buffer, event: ChainedEvent, hash: Buffer): Buffer {
  const rest = writtenOut({ ...event, details: null });
  return createHmac('sha256', key).update('erased').update(previous).update(rest).update(hash).digest();
}

/** The signature of where a log begins whose older events this program has removed: it names the last of them. */
export function signStart(key: ChainKey, sequence: number, hash: Buffer): Buffer {
  return createHmac('sha256', key).update('start').update(String(sequence)).update(hash).digest();
}

/** The signature of the head: it names the last event, so that cutting off the end is seen. */
export function signHead(key: ChainKey, sequence: number, hash: Buffer): Buffer {
  return createHmac('sha256', key).update('head').update(String(sequence)).update(hash).digest();
}
