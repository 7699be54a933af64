import { BerWriter } from 'ldapts';
import { expect, test } from 'vitest';
import { BerCursor, messageSize } from '../../../../src/core/directory/ldap/ber-cursor.ts';
import { EntryReader } from '../../../../src/core/directory/ldap/entry-reader.ts';
import { MfaError } from '../../../../src/core/errors.ts';

type Attributes = Record<string, (string | Buffer)[]>;

test('attributes come under the names they were asked for, whatever their case', () => {
  const entry = read(['mail', 'GivenName'], [], 'CN=Ada', { MAIL: ['ada@x'], givenname: ['Ada'] });
  expect(entry).toMatchObject({ dn: 'CN=Ada', mail: 'ada@x', GivenName: 'Ada' });
});

test('names of equal length, beginning and end are told apart', () => {
  const entry = read(['title', 'tible'], [], 'CN=Ada', { tible: ['2'], title: ['1'] });
  expect(entry).toMatchObject({ title: '1', tible: '2' });
});

test('an attribute without values is not there', () => {
  expect(read(['mail', 'sn'], [], 'CN=Ada', { mail: [] })).toEqual({
    dn: 'CN=Ada',
    mail: undefined,
    sn: undefined,
  });
});

test('several values are a list, bytes stay bytes', () => {
  const guid = Buffer.from('00ff10aa', 'hex');
  const entry = read(['objectGUID', 'description'], ['objectguid'], 'CN=Ada', {
    objectGUID: [guid],
    description: ['one', 'Zwei für Łukasz', ''],
  });
  expect(entry.objectGUID).toEqual(guid);
  expect(entry.description).toEqual(['one', 'Zwei für Łukasz', '']);
});

test('letters beyond ASCII, long values and names that nobody asked for are read', () => {
  const long = 'ü'.repeat(40_000);
  const entry = read(['member'], [], 'CN=Jürgen,OU=Vertrieb', {
    member: [],
    'member;range=0-1': ['CN=a', 'CN=b'],
    info: [long],
  });
  expect(entry.dn).toBe('CN=Jürgen,OU=Vertrieb');
  expect(entry['member;range=0-1']).toEqual(['CN=a', 'CN=b']);
  expect(entry.info).toBe(long);
});

test('text that is no UTF-8 is no reason to stop', () => {
  expect(read(['sn'], [], 'CN=x', { sn: [Buffer.from([0xff, 0x41])] }).sn).toBe('\u{fffd}A');
});

test.each([
  ['30', -1],
  ['3005', 7],
  ['3081', -1],
  ['308180', 131],
  ['30820100', 260],
])('the message that begins with %s is %i bytes long', (hex, size) => {
  expect(messageSize(Buffer.from(hex, 'hex'), 0)).toBe(size);
});

test.each(['485454502f', '3080', '3085ffffffffff', '3084ffffffff'])('%s is no LDAP message', (hex) => {
  expect(() => messageSize(Buffer.from(hex, 'hex'), 0)).toThrow(MfaError);
});

function read(attributes: string[], binary: string[], dn: string, values: Attributes) {
  const writer = new BerWriter();
  writer.writeString(dn);
  writer.startSequence();
  for (const [name, list] of Object.entries(values)) {
    writer.startSequence();
    writer.writeString(name);
    writer.startSequence(0x31);
    for (const value of list) writer.writeBuffer(Buffer.from(value), 0x04);
    writer.endSequence();
    writer.endSequence();
  }
  writer.endSequence();
  // The writer of the library shortens content of more than 65,535 bytes when its buffer is full; room avoids it.
  return new EntryReader(attributes, binary).read(new BerCursor(Buffer.from(writer.buffer)));
}
