import type { FakeEntry } from '../servers/fake-ldap-entries.ts';
import { inventPerson } from '../servers/people.ts';

// What the entries of a fake LDAP server look like, as little as a listing needs.

export const fakeBaseDn = 'DC=fake,DC=contoso,DC=test';
export const fakeStaffDn = `OU=Staff,${fakeBaseDn}`;

type Attributes = FakeEntry['attributes'];

/** The folder of everybody. */
export function fakeStaff(attributes: Attributes = {}): FakeEntry {
  return { dn: fakeStaffDn, attributes: { objectClass: 'organizationalUnit', ...attributes } };
}

export function fakePersonDn(index: number): string {
  return `CN=user${index},${fakeStaffDn}`;
}

/** Person number `index` with a directory id and an account name, and what a test adds. */
export function fakePerson(
  index: number,
  attributes: Attributes = {},
  dn: string = fakePersonDn(index),
): FakeEntry {
  const guid = Buffer.alloc(16);
  guid.writeUInt32BE(index + 1, 12);
  return {
    dn,
    attributes: { objectClass: 'user', objectGUID: guid, sAMAccountName: `user${index}`, ...attributes },
  };
}

/** People as a company has them, with names, e-mail and phones. */
export function fakePeople(count: number): FakeEntry[] {
  return Array.from({ length: count }, (_, index) => {
    const { givenName, surname, mail, telephoneNumber, mobile } = inventPerson(index);
    return fakePerson(index, { givenName, sn: surname, mail, telephoneNumber, mobile });
  });
}

export function fakeGroup(name: string, member: readonly string[], attributes: Attributes = {}): FakeEntry {
  return {
    dn: `CN=${name},${fakeStaffDn}`,
    attributes: { objectClass: ['top', 'group'], member, ...attributes },
  };
}
