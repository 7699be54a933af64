/**
 * LDAP responses as bytes (RFC 4511). An encoder of our own, not that of the client under test, so that a mistake
 * there cannot hide itself.
 */

export type FakeValue = string | Buffer;

/** Names of attributes, with options such as `;range=0-1499`, and their values. */
export type EncodableAttributes = ReadonlyMap<string, readonly FakeValue[]>;

export interface LdapResult {
  /** Result code of RFC 4511 section 4.1.9: 0 success, 4 sizeLimitExceeded, 10 referral, 49 invalidCredentials. */
  readonly code: number;
  readonly message?: string;
  readonly referral?: readonly string[];
}

const tags = {
  boolean: 0x01,
  integer: 0x02,
  octets: 0x04,
  enumeration: 0x0a,
  sequence: 0x30,
  set: 0x31,
  referral: 0xa3,
  controls: 0xa0,
} as const;

/** Tags of the responses that carry an LDAPResult. */
export const responseTags = { bind: 0x61, searchDone: 0x65, extended: 0x78 } as const;

const searchEntryTag = 0x64;
const searchReferenceTag = 0x73;
const pagedResults = '1.2.840.113556.1.4.319';

/** An LDAPResult: the end of a bind, a search or an extended operation. A cookie, even an empty one, adds paging. */
export function encodeResult(messageId: number, tag: number, result: LdapResult, cookie?: Buffer): Buffer {
  const parts = [integer(result.code, tags.enumeration), octets(''), octets(result.message ?? '')];
  if (result.referral) parts.push(element(tags.referral, result.referral.map(octets)));
  return message(messageId, element(tag, parts), cookie && pagingControl(cookie));
}

export function encodeEntry(messageId: number, dn: string, attributes: EncodableAttributes): Buffer {
  const list = [...attributes].map(([name, values]) => {
    return element(tags.sequence, [octets(name), element(tags.set, values.map(octets))]);
  });
  return message(messageId, element(searchEntryTag, [octets(dn), element(tags.sequence, list)]));
}

export function encodeReference(messageId: number, urls: readonly string[]): Buffer {
  return message(messageId, element(searchReferenceTag, urls.map(octets)));
}

function message(messageId: number, operation: Buffer, control?: Buffer): Buffer {
  const parts = [integer(messageId), operation];
  if (control) parts.push(element(tags.controls, [control]));
  return element(tags.sequence, parts);
}

function pagingControl(cookie: Buffer): Buffer {
  const value = element(tags.sequence, [integer(0), octets(cookie)]);
  return element(tags.sequence, [octets(pagedResults), octets(value)]);
}

function element(tag: number, contents: readonly Buffer[]): Buffer {
  const body = Buffer.concat(contents);
  return Buffer.concat([Buffer.of(tag), length(body.length), body]);
}

function octets(value: FakeValue): Buffer {
  return element(tags.octets, [Buffer.from(value as string)]);
}

function integer(value: number, tag: number = tags.integer): Buffer {
  const body = Buffer.alloc(4);
  body.writeInt32BE(value);
  return element(tag, [body]);
}

function length(value: number): Buffer {
  if (value < 0x80) return Buffer.of(value);
  const body = Buffer.alloc(5);
  body.writeUInt32BE(value, 1);
  body[0] = 0x84;
  return body;
}
