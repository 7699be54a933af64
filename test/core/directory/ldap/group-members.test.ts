import { expect, onTestFinished, test } from 'vitest';
import { startFakeLdap } from '../../../servers/fake-ldap.ts';
import type { FakeEntry } from '../../../servers/fake-ldap-entries.ts';
import { accountNames, collect, openFakeDirectory } from './open-test-directory.ts';

// What no real test server does: ranges, members of other domains, back links that may not be read, and a server
// without LDAP_MATCHING_RULE_IN_CHAIN.

const baseDn = 'DC=fake,DC=contoso,DC=test';
const staffDn = `OU=Staff,${baseDn}`;

test('a group of more members than one answer holds is read to its end', async () => {
  const people = Array.from({ length: 350 }, (_, index) => person(index));
  const everybody = group(
    'Everybody',
    people.map(({ dn }) => dn),
  );
  const { server, directory } = await openWithServer([...people, everybody]);
  server.state.maxValRange = 100;
  const { users, unusable } = await collect(directory, inGroup('Everybody'));
  expect(users).toHaveLength(350);
  expect(new Set(users.map((user) => user.directoryId)).size).toBe(350);
  expect(unusable).toEqual([]);
});

test('members are found without their back links, each once', async () => {
  const directory = await open([person(0), person(1), person(2), group('Some', [dnOf(0), dnOf(2), dnOf(0)])]);
  expect(await accountNames(directory, inGroup('Some'))).toEqual(['user0', 'user2']);
});

test('members whom many can be asked for at once are not asked for one by one', async () => {
  const people = Array.from({ length: 50 }, (_, index) => person(index, { distinguishedName: dnOf(index) }));
  const { server, directory } = await openWithServer([
    ...people,
    group(
      'Many',
      people.map(({ dn }) => dn),
    ),
  ]);
  expect((await collect(directory, inGroup('Many'))).users).toHaveLength(50);
  expect(server.requests.length).toBeLessThan(15);
});

test('groups in groups are followed only when wanted, and circles end', async () => {
  const directory = await open([
    person(0),
    person(1),
    person(2),
    group('Outer', [dnOf(0), `CN=Inner,${staffDn}`]),
    group('Inner', [dnOf(1), `CN=Innermost,${staffDn}`]),
    group('Innermost', [dnOf(2), dnOf(1), `CN=Outer,${staffDn}`, `CN=Innermost,${staffDn}`]),
  ]);
  expect(await accountNames(directory, inGroup('Outer'))).toEqual(['user0']);
  expect(await accountNames(directory, inGroup('Outer', true))).toEqual(['user0', 'user1', 'user2']);
  expect(await accountNames(directory, inGroup('Innermost', true))).toEqual(['user0', 'user1', 'user2']);
});

test('those whose primary group it is belong to a group, also to one inside', async () => {
  const directory = await open([
    person(0, { primaryGroupID: '1105' }),
    person(1, { primaryGroupID: '513' }),
    group('Primary', [], { objectSid: sid(1105) }),
    group('Outer', [`CN=Primary,${staffDn}`], { objectSid: sid(1106) }),
  ]);
  expect(await accountNames(directory, inGroup('Primary'))).toEqual(['user0']);
  expect(await accountNames(directory, inGroup('Outer'))).toEqual([]);
  expect(await accountNames(directory, inGroup('Outer', true))).toEqual(['user0']);
});

test('members from elsewhere, and those that cannot be read, are reported with the reason', async () => {
  const foreign: FakeEntry = {
    dn: `CN=S-1-5-21-9-9-9-1234,CN=ForeignSecurityPrincipals,${baseDn}`,
    attributes: { objectClass: ['top', 'foreignSecurityPrincipal'], objectSid: sid(1234) },
  };
  const other = 'CN=Zoe,OU=Staff,DC=branch,DC=fabrikam,DC=test';
  const hidden = `CN=hidden,${staffDn}`;
  const computer: FakeEntry = { dn: `CN=pc,${staffDn}`, attributes: { objectClass: 'computer' } };
  const directory = await open([
    person(0),
    foreign,
    computer,
    group('Mixed', [dnOf(0), foreign.dn, other, hidden, computer.dn]),
  ]);
  const { users, unusable } = await collect(directory, inGroup('Mixed'));
  expect(users.map((user) => user.accountName)).toEqual(['user0']);
  expect(unusable).toEqual([
    { dn: other, reason: 'it is a member from another domain, outside of the base DN' },
    { dn: foreign.dn, reason: 'it is a member from another domain (S-1-5-21-1-2-3-1234)' },
    { dn: hidden, reason: expect.stringContaining('cannot be read') },
  ]);
});

test('a filter narrows the members, and does not make a report of those it leaves out', async () => {
  const directory = await open([
    person(0, { department: 'Sales' }),
    person(1),
    group('Some', [dnOf(0), dnOf(1)]),
  ]);
  const selection = { ...inGroup('Some'), userFilter: '(department=Sales)' };
  expect(await collect(directory, selection)).toMatchObject({
    users: [{ accountName: 'user0' }],
    unusable: [],
  });
});

test.each([
  ['CN=Nobody', 'There is no group "CN=Nobody,OU=Staff'],
  ['CN=user0', 'This is no group: "CN=user0,OU=Staff'],
])('%s is no group', async (name, message) => {
  const directory = await open([person(0)]);
  const selection = { scope: 'group', dn: `${name},${staffDn}`, isRecursive: true } as const;
  await expect(collect(directory, selection)).rejects.toMatchObject({
    code: 'directory.entryNotFound',
    message: expect.stringContaining(message),
  });
});

function inGroup(name: string, isRecursive = false) {
  return { scope: 'group', dn: `CN=${name},${staffDn}`, isRecursive } as const;
}

async function open(entries: readonly FakeEntry[]) {
  return (await openWithServer(entries)).directory;
}

async function openWithServer(entries: readonly FakeEntry[]) {
  const server = await startFakeLdap({
    entries: [{ dn: staffDn, attributes: { objectClass: 'organizationalUnit' } }, ...entries],
  });
  onTestFinished(() => server.stop());
  return { server, directory: await openFakeDirectory(server) };
}

function dnOf(index: number): string {
  return `CN=user${index},${staffDn}`;
}

function person(index: number, attributes: FakeEntry['attributes'] = {}): FakeEntry {
  const guid = Buffer.alloc(16);
  guid.writeUInt32BE(index + 1, 12);
  return {
    dn: dnOf(index),
    attributes: { objectClass: 'user', objectGUID: guid, sAMAccountName: `user${index}`, ...attributes },
  };
}

function group(name: string, member: readonly string[], attributes: FakeEntry['attributes'] = {}): FakeEntry {
  return {
    dn: `CN=${name},${staffDn}`,
    attributes: { objectClass: ['top', 'group'], member, ...attributes },
  };
}

/** The bytes of S-1-5-21-1-2-3-RID. */
function sid(rid: number): Buffer {
  const bytes = Buffer.alloc(8 + 5 * 4);
  bytes.set([1, 5, 0, 0, 0, 0, 0, 5]);
  [21, 1, 2, 3, rid].forEach((part, index) => {
    bytes.writeUInt32LE(part, 8 + index * 4);
  });
  return bytes;
}
