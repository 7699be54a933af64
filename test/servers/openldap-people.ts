import { createHash } from 'node:crypto';
import { escapeDnValue, type LdifAttributes, ldifRecord } from './ldif.ts';
import { inventPerson } from './people.ts';

const departmentCount = 10;

/** What the people in an OpenLDAP directory look like. */
export type PersonKind = 'activeDirectory' | 'inetOrgPerson';

export interface PeopleOptions {
  readonly baseDn: string;
  readonly kind: PersonKind;
  readonly count: number;
  /** People with the same seed have the same objectGUID or entryUUID. */
  readonly seed: string;
  /** When a person was changed last, and the units as after the last person; left out, when they are loaded. */
  readonly changedAt?: ((index: number) => Date) | undefined;
}

/** The unit below which all people are, in ten departments. */
export function peopleDn(baseDn: string): string {
  return `OU=People,${baseDn}`;
}

/** Writes the LDIF of the units and of `count` people, in pieces of some hundred entries. */
export function* peopleLdif(options: PeopleOptions): Generator<string> {
  const parentDn = peopleDn(options.baseDn);
  const departments = Array.from(
    { length: departmentCount },
    (_, index) => `OU=Department ${index},${parentDn}`,
  );
  let piece = '';
  const unit = { objectClass: 'organizationalUnit', ...changedAt(options.count, options) };
  for (const dn of [parentDn, ...departments]) piece += ldifRecord(dn, unit);
  const record = options.kind === 'activeDirectory' ? activeDirectoryUser : inetOrgPerson;
  for (let index = 0; index < options.count; index += 1) {
    piece += record(index, departments[index % departmentCount] ?? parentDn, options);
    if (index % 500 === 499) {
      yield piece;
      piece = '';
    }
  }
  yield piece;
}

/** The identity of person `index`: the bytes of an objectGUID or, written out, an entryUUID. */
export function personGuid(seed: string, index: number): Buffer {
  const bytes = createHash('sha256').update(`${seed}/${index}`).digest().subarray(0, 16);
  bytes[6] = 0x40 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  return bytes;
}

function activeDirectoryUser(index: number, parentDn: string, options: PeopleOptions): string {
  const person = inventPerson(index);
  return ldifRecord(`CN=${escapeDnValue(person.login)},${parentDn}`, {
    // Only extensibleObject lets a user have the attributes that AD's auxiliary classes bring.
    objectClass: ['user', 'extensibleObject'],
    objectGUID: personGuid(options.seed, index),
    sAMAccountName: person.login,
    userPrincipalName: person.mail,
    givenName: person.givenName,
    sn: person.surname,
    displayName: person.displayName,
    mail: person.mail,
    telephoneNumber: person.telephoneNumber,
    mobile: person.mobile,
    description: `Test user ${index}`,
    userAccountControl: 512,
    uSNChanged: 10_000 + index,
    instanceType: 4,
    nTSecurityDescriptor: 0,
    objectCategory: `CN=Person,CN=Schema,CN=Configuration,${options.baseDn}`,
  });
}

function inetOrgPerson(index: number, parentDn: string, options: PeopleOptions): string {
  const person = inventPerson(index);
  const hex = personGuid(options.seed, index).toString('hex');
  return ldifRecord(`uid=${escapeDnValue(person.login)},${parentDn}`, {
    objectClass: 'inetOrgPerson',
    entryUUID: hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'),
    uid: person.login,
    cn: person.displayName,
    givenName: person.givenName,
    sn: person.surname,
    displayName: person.displayName,
    mail: person.mail,
    telephoneNumber: person.telephoneNumber,
    mobile: person.mobile,
    description: `Test user ${index}`,
    ...changedAt(index, options),
  });
}

function changedAt(index: number, { changedAt }: PeopleOptions): LdifAttributes {
  const time = changedAt?.(index)
    .toISOString()
    .replace(/[-:T]|\.\d+/g, '');
  return { modifyTimestamp: time };
}
