import { expect, test } from 'vitest';
import {
  domainOf,
  isAtOrBelow,
  isDn,
  normalizeDn,
  parentDn,
  splitDn,
} from '../../../../src/core/directory/ldap/distinguished-name.ts';

test.each([
  ['CN=Ada,OU=Sales,DC=x', 'cn=ada,ou=sales,dc=x'],
  ['cn = Ada , OU= Sales,  DC=x', 'cn=ada,ou=sales,dc=x'],
  ['CN=Smith\\, Ada,OU=Sales', 'cn=smith\\, ada,ou=sales'],
  ['CN=Smith\\2C Ada,OU=Sales', 'cn=smith\\, ada,ou=sales'],
  ['CN=a\\0ADEL:1,DC=x', 'cn=a\\0adel:1,dc=x'],
])('%s is compared as %s', (dn, normal) => {
  expect(normalizeDn(dn)).toBe(normal);
});

test('a comma that is escaped does not divide a name', () => {
  expect(splitDn('CN=Smith\\, Ada,OU=A\\\\,DC=x')).toEqual(['CN=Smith\\, Ada', 'OU=A\\\\', 'DC=x']);
  expect(parentDn('CN=Smith\\, Ada,OU=Sales')).toBe('OU=Sales');
  expect(parentDn('DC=x')).toBe('');
});

test.each([
  ['ou=a,dc=x', 'dc=x', true],
  ['dc=x', 'dc=x', true],
  ['ou=b,dc=xx', 'dc=x', false],
  ['dc=x', 'ou=a,dc=x', false],
  ['dc=x', '', true],
])('%s lies in %s: %s', (dn, ancestor, expected) => {
  expect(isAtOrBelow(dn, ancestor)).toBe(expected);
});

test.each([
  ['CN=Ada,DC=x', true],
  ['2.5.4.3=Ada', true],
  ['jdoe', false],
  ['jdoe@corp.example', false],
  ['=x', false],
])('%s is a distinguished name: %s', (text, expected) => {
  expect(isDn(text)).toBe(expected);
});

test('the domain of a name is made of its DC parts', () => {
  expect(domainOf('OU=Sales,DC=Corp,DC=contoso,DC=test')).toBe('corp.contoso.test');
  expect(domainOf('ou=people,o=example')).toBe('');
});
