import { BerReader } from 'ldapts';
import { type Matches, readFilter } from './fake-ldap-filter.ts';

const pagedResults = '1.2.840.113556.1.4.319';

export interface BindRequest {
  readonly operation: 'bind';
  readonly messageId: number;
  readonly name: string;
  /** Empty for SASL binds, which the fake server does not know. */
  readonly password: string;
  readonly isSimple: boolean;
}

export interface SearchRequest {
  readonly operation: 'search';
  readonly messageId: number;
  readonly baseDn: string;
  readonly scope: 'base' | 'one' | 'sub';
  readonly sizeLimit: number;
  readonly timeLimitSeconds: number;
  readonly matches: Matches;
  readonly attributes: readonly string[];
  /** Undefined for a search without paging. */
  readonly page: { readonly size: number; readonly cookie: Buffer } | undefined;
  /** Object identifiers of critical controls other than paging, which the server must refuse. */
  readonly unknownCriticalControls: readonly string[];
}

/** Unbind, abandon, extended and whatever else the server answers the same way or not at all. */
export interface OtherRequest {
  readonly operation: 'unbind' | 'abandon' | 'extended' | 'other';
  readonly messageId: number;
}

export type LdapRequest = BindRequest | SearchRequest | OtherRequest;

const scopes = ['base', 'one', 'sub'] as const;
const otherOperations: Readonly<Record<number, OtherRequest['operation']>> = {
  66: 'unbind',
  80: 'abandon',
  119: 'extended',
};

/** Takes whole messages out of what a connection has received, and returns the rest. */
export function splitMessages(received: Buffer): { messages: Buffer[]; rest: Buffer } {
  const messages: Buffer[] = [];
  let rest = received;
  for (;;) {
    const reader = new BerReader(rest);
    if (reader.readSequence() === null || reader.remain < reader.length) return { messages, rest };
    const end = reader.offset + reader.length;
    messages.push(rest.subarray(0, end));
    rest = rest.subarray(end);
  }
}

/** Reads one message of a client (RFC 4511 section 4.1.1). */
export function readRequest(message: Buffer): LdapRequest {
  const reader = new BerReader(message);
  reader.readSequence();
  const messageId = reader.readInt() ?? 0;
  const tag = reader.peek() ?? 0;
  if (tag === 0x60) return readBind(reader, messageId);
  if (tag === 0x63) return readSearch(reader, messageId);
  return { operation: otherOperations[tag] ?? 'other', messageId };
}

function readBind(reader: BerReader, messageId: number): BindRequest {
  reader.readSequence();
  reader.readInt();
  const name = reader.readString() ?? '';
  const isSimple = reader.peek() === 0x80;
  const password = isSimple ? (reader.readString(0x80) ?? '') : '';
  return { operation: 'bind', messageId, name, password, isSimple };
}

function readSearch(reader: BerReader, messageId: number): SearchRequest {
  reader.readSequence();
  const baseDn = reader.readString() ?? '';
  const scope = scopes[reader.readEnumeration() ?? 2] ?? 'sub';
  reader.readEnumeration();
  const sizeLimit = reader.readInt() ?? 0;
  const timeLimitSeconds = reader.readInt() ?? 0;
  reader.readBoolean();
  const matches = readFilter(reader);
  const attributes = readList(reader, () => reader.readString() ?? '');
  const controls = reader.peek() === 0xa0 ? readList(reader, () => readControl(reader)) : [];
  const paging = controls.find((control) => control.type === pagedResults);
  return {
    operation: 'search',
    messageId,
    baseDn,
    scope,
    sizeLimit,
    timeLimitSeconds,
    matches,
    attributes,
    page: paging && readPage(paging.value),
    unknownCriticalControls: controls
      .filter((control) => control.isCritical && control.type !== pagedResults)
      .map((control) => control.type),
  };
}

function readList<T>(reader: BerReader, readItem: () => T): T[] {
  reader.readSequence();
  const end = reader.offset + reader.length;
  const items: T[] = [];
  while (reader.offset < end) items.push(readItem());
  return items;
}

function readControl(reader: BerReader): { type: string; isCritical: boolean; value: Buffer } {
  reader.readSequence();
  const end = reader.offset + reader.length;
  const type = reader.readString() ?? '';
  const isCritical = reader.offset < end && reader.peek() === 0x01 ? (reader.readBoolean() ?? false) : false;
  const value = reader.offset < end ? reader.readString(0x04, true) : null;
  return { type, isCritical, value: value ?? Buffer.alloc(0) };
}

function readPage(value: Buffer): { size: number; cookie: Buffer } {
  const reader = new BerReader(value);
  reader.readSequence();
  return { size: reader.readInt() ?? 0, cookie: reader.readString(0x04, true) ?? Buffer.alloc(0) };
}
