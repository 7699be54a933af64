import { BerWriter, type Control } from 'ldapts';
import { type BerCursor, berTag } from './ber-cursor.ts';
import { type SearchFilter, writeFilter } from './filter-text.ts';

/** Protocol operations of RFC 4511 by their tags. */
export const operation = {
  bindRequest: 0x60,
  bindResponse: 0x61,
  unbindRequest: 0x42,
  searchRequest: 0x63,
  searchEntry: 0x64,
  searchDone: 0x65,
  searchReference: 0x73,
  abandonRequest: 0x50,
  extendedRequest: 0x77,
  extendedResponse: 0x78,
} as const;

const controlsTag = 0xa0;
const scopes = { base: 0, one: 1, sub: 2 } as const;

export interface SearchRequest {
  baseDn: string;
  scope: keyof typeof scopes;
  filter: SearchFilter;
  /** `['1.1']` for none. */
  attributes: readonly string[];
  /** Attributes whose values are bytes. */
  binaryAttributes?: readonly string[];
  /** The most entries that the server shall send; 0 and left out: no limit. */
  sizeLimit?: number;
  controls?: readonly Control[];
}

/** How a server answered a whole operation (LDAPResult). */
export interface LdapResult {
  code: number;
  matchedDn: string;
  diagnostics: string;
  referrals: string[];
  /** Values of the response controls by OID. */
  controls: Map<string, Buffer>;
}

export function writeSearch(id: number, request: SearchRequest, timeLimitSeconds: number): Buffer {
  return writeMessage(id, request.controls, (writer) => {
    writer.startSequence(operation.searchRequest);
    writer.writeString(request.baseDn);
    writer.writeEnumeration(scopes[request.scope]);
    const neverDereferenceAliases = 0;
    writer.writeEnumeration(neverDereferenceAliases);
    writer.writeInt(request.sizeLimit ?? 0);
    writer.writeInt(timeLimitSeconds);
    const typesOnly = false;
    writer.writeBoolean(typesOnly);
    writeFilter(writer, request.filter);
    writer.startSequence();
    for (const attribute of request.attributes) writer.writeString(attribute);
    writer.endSequence();
    writer.endSequence();
  });
}

/** A simple bind. The password is in the bytes that this returns and nowhere else. */
export function writeBind(id: number, user: string, password: string): Buffer {
  return writeMessage(id, undefined, (writer) => {
    const version = 3;
    const simple = 0x80;
    writer.startSequence(operation.bindRequest);
    writer.writeInt(version);
    writer.writeString(user);
    writer.writeString(password, simple);
    writer.endSequence();
  });
}

export function writeExtended(id: number, oid: string): Buffer {
  const requestName = 0x80;
  return writeMessage(id, undefined, (writer) => {
    writer.startSequence(operation.extendedRequest);
    writer.writeString(oid, requestName);
    writer.endSequence();
  });
}

export function writeAbandon(id: number, abandonedId: number): Buffer {
  return writeMessage(id, undefined, (writer) => writer.writeInt(abandonedId, operation.abandonRequest));
}

export function writeUnbind(id: number): Buffer {
  return writeMessage(id, undefined, (writer) => writer.writeString('', operation.unbindRequest));
}

function writeMessage(
  id: number,
  controls: readonly Control[] | undefined,
  writeOperation: (writer: BerWriter) => void,
): Buffer {
  const writer = new BerWriter();
  writer.startSequence();
  writer.writeInt(id);
  writeOperation(writer);
  if (controls !== undefined && controls.length > 0) {
    writer.startSequence(controlsTag);
    for (const control of controls) control.write(writer);
    writer.endSequence();
  }
  writer.endSequence();
  return writer.buffer;
}

/**
 * Reads the result of an operation whose tag was entered already.
 * @param operationEnd where the operation ends
 * @param messageEnd where the message with its controls ends
 */
export function readResult(cursor: BerCursor, operationEnd: number, messageEnd: number): LdapResult {
  const referralTag = 0xa3;
  const code = cursor.integer(berTag.enumerated);
  const matchedDn = cursor.text();
  const diagnostics = cursor.text();
  const referrals: string[] = [];
  if (cursor.offset < operationEnd && cursor.peek() === referralTag) {
    const end = cursor.enter(referralTag);
    while (cursor.offset < end) referrals.push(cursor.text());
  }
  cursor.offset = operationEnd;
  const controls = new Map<string, Buffer>();
  if (cursor.offset < messageEnd && cursor.peek() === controlsTag) {
    const end = cursor.enter(controlsTag);
    while (cursor.offset < end) {
      const controlEnd = cursor.enter(berTag.sequence);
      const oid = cursor.text();
      if (cursor.offset < controlEnd && cursor.peek() === berTag.boolean) cursor.bytes(berTag.boolean);
      controls.set(oid, cursor.offset < controlEnd ? cursor.bytes() : Buffer.alloc(0));
      cursor.offset = controlEnd;
    }
  }
  return { code, matchedDn, diagnostics, referrals, controls };
}

/** The addresses of a continuation reference whose tag was entered already. */
export function readReference(cursor: BerCursor, end: number): string[] {
  const urls: string[] = [];
  while (cursor.offset < end) urls.push(cursor.text());
  return urls;
}
