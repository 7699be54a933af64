import { BerWriter, FilterParser } from 'ldapts';
import { expect, test } from 'vitest';
import {
  allOf,
  anyOf,
  escapeValue,
  parseFilter,
  writeFilter,
} from '../../../../src/core/directory/ldap/filter-text.ts';
import { MfaError } from '../../../../src/core/errors.ts';

test.each([
  '(cn=Babs Jensen)',
  '(!(cn=Tim Howes))',
  '(&(objectClass=Person)(|(sn=Jensen)(cn=Babs J*)))',
  '(o=univ*of*mich*)',
  '(cn=*)',
  '(cn=*ends)',
  '(cn=a*b*c)',
  '(seeAlso=)',
  '(uSNChanged>=900)',
  '(uSNChanged<=900)',
  '(sn~=Smith)',
  '(userAccountControl:1.2.840.113556.1.4.803:=2)',
  '(ou:dn:=Sales)',
  '(:dn:2.4.6.8.10:=Dino)',
  '(sn=Müller)',
  '(cn=a\\2ab\\28c\\29d\\5ce)',
])('%s is sent as others send it', (text) => {
  expect(encode(text)).toEqual(encodeByLibrary(text));
});

test.each([
  ['( & (cn=a) (cn=b) )', '(&(cn=a)(cn=b))'],
  ['(&\n  (cn=a)\n  (!(cn=b))\n)', '(&(cn=a)(!(cn=b)))'],
])('blanks between the parts of %j do not count', (text, same) => {
  expect(encode(text)).toEqual(encode(same));
});

test('an attribute may be named by its number', () => {
  expect(parseFilter('(2.5.4.3=x)')).toMatchObject({ kind: 'equal', attribute: '2.5.4.3' });
});

test('an escape stands for one byte, whatever it is', () => {
  expect(parseFilter('(objectGUID=\\00\\ff\\c3)')).toMatchObject({ value: Buffer.from('00ffc3', 'hex') });
});

test.each([
  ['', 'a "(" is missing at its end'],
  ['cn=a', 'a "(" is missing at position 1'],
  ['(cn=a', 'a ")" is missing at its end'],
  ['(cn=a))', 'something follows its last parenthesis'],
  ['(cn=a)(cn=b)', 'something follows its last parenthesis'],
  ['(cn)', '"cn" is no comparison'],
  ['(=a)', '"=a" is no comparison'],
  ['(cn=\\zz)', '"\\zz" is no escape of two hexadecimal digits'],
  ['(cn=\\2)', '"\\2" is no escape of two hexadecimal digits'],
  ['(:=a)', '":=a" names no attribute'],
  [`${'(!'.repeat(200)}(cn=a)${')'.repeat(200)}`, 'it is nested too deeply'],
])('%s is refused: %s', (text, reason) => {
  expect(failure(() => parseFilter(text))).toMatchObject({
    code: 'directory.filterInvalid',
    message: expect.stringContaining(reason),
  });
});

test.each(['*)(cn=*', '\\', 'a\0b', '(', 'Müller*', 'plain'])(
  'the value %j comes out as it went in',
  (value) => {
    expect(parseFilter(`(cn=${escapeValue(value)})`)).toEqual({
      kind: 'equal',
      attribute: 'cn',
      value: Buffer.from(value),
    });
  },
);

test('filters are combined only where there are several', () => {
  expect(allOf('(a=1)')).toBe('(a=1)');
  expect(allOf('(a=1)', undefined, '')).toBe('(a=1)');
  expect(allOf('(a=1)', '(b=2)')).toBe('(&(a=1)(b=2))');
  expect(anyOf(['(a=1)'])).toBe('(a=1)');
  expect(anyOf(['(a=1)', '(b=2)'])).toBe('(|(a=1)(b=2))');
});

function encode(text: string): Buffer {
  const writer = new BerWriter();
  writeFilter(writer, parseFilter(text));
  return writer.buffer;
}

function encodeByLibrary(text: string): Buffer {
  const writer = new BerWriter();
  FilterParser.parseString(text).write(writer);
  return writer.buffer;
}

function failure(work: () => unknown): MfaError {
  try {
    work();
  } catch (error) {
    if (error instanceof MfaError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}
