import { expect, onTestFinished, test } from 'vitest';
import {
  fakeBaseDn,
  fakeGroup,
  fakePerson,
  fakePersonDn,
  fakeStaff,
  fakeStaffDn,
} from '../../../helpers/fake-entries.ts';
import { startFakeLdap } from '../../../servers/fake-ldap.ts';
import type { FakeEntry } from '../../../servers/fake-ldap-entries.ts';
import { accountNames, collect, openFakeDirectory } from './open-test-directory.ts';

// What no real test server does: ranges, members of other domains, back links that may not be read, and a server
// without LDAP_MATCHING_RULE_IN_CHAIN.

test('a group of more members than one answer holds is read to its end', async () => {
  const people = Array.from({ length: 350 }, (_, index) => fakePerson(index));
  const everybody = fakeGroup(
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
  const directory = await open([
    fakePerson(0),
    fakePerson(1),
    fakePerson(2),
    fakeGroup('Some', [fakePersonDn(0), fakePersonDn(2), fakePersonDn(0)]),
  ]);
  expect(await accountNames(directory, inGroup('Some'))).toEqual(['user0', 'user2']);
});

test('members whom many can be asked for at once are not asked for one by one', async () => {
  const people = Array.from({ length: 50 }, (_, index) =>
    fakePerson(index, { distinguishedName: fakePersonDn(index) }),
  );
  const { server, directory } = await openWithServer([
    ...people,
    fakeGroup(
      'Many',
      people.map(({ dn }) => dn),
    ),
  ]);
  expect((await collect(directory, inGroup('Many'))).users).toHaveLength(50);
  expect(server.requests.length).toBeLessThan(15);
});

test('groups in groups are followed only when wanted, and circles end', async () => {
  const directory = await open([
    fakePerson(0),
    fakePerson(1),
    fakePerson(2),
    fakeGroup('Outer', [fakePersonDn(0), `CN=Inner,${fakeStaffDn}`]),
    fakeGroup('Inner', [fakePersonDn(1), `CN=Innermost,${fakeStaffDn}`]),
    fakeGroup('Innermost', [
      fakePersonDn(2),
      fakePersonDn(1),
      `CN=Outer,${fakeStaffDn}`,
      `CN=Innermost,${fakeStaffDn}`,
    ]),
  ]);
  expect(await accountNames(directory, inGroup('Outer'))).toEqual(['user0']);
  expect(await accountNames(directory, inGroup('Outer', true))).toEqual(['user0', 'user1', 'user2']);
  expect(await accountNames(directory, inGroup('Innermost', true))).toEqual(['user0', 'user1', 'user2']);
});

test('those whose primary group it is belong to a group, also to one inside', async () => {
  const directory = await open([
    fakePerson(0, { primaryGroupID: '1105' }),
    fakePerson(1, { primaryGroupID: '513' }),
    fakeGroup('Primary', [], { objectSid: sid(1105) }),
    fakeGroup('Outer', [`CN=Primary,${fakeStaffDn}`], { objectSid: sid(1106) }),
  ]);
  expect(await accountNames(directory, inGroup('Primary'))).toEqual(['user0']);
  expect(await accountNames(directory, inGroup('Outer'))).toEqual([]);
  expect(await accountNames(directory, inGroup('Outer', true))).toEqual(['user0']);
});

test('members from elsewhere, and those that cannot be read, are reported with the reason', async () => {
  const foreign: FakeEntry = {
    dn: `CN=S-1-5-21-9-9-9-1234,CN=ForeignSecurityPrincipals,${fakeBaseDn}`,
    attributes: { objectClass: ['top', 'foreignSecurityPrincipal'], objectSid: sid(1234) },
  };
  const other = 'CN=Zoe,OU=Staff,DC=branch,DC=fabrikam,DC=test';
  const hidden = `CN=hidden,${fakeStaffDn}`;
  const computer: FakeEntry = { dn: `CN=pc,${fakeStaffDn}`, attributes: { objectClass: 'computer' } };
  const directory = await open([
    fakePerson(0),
    foreign,
    computer,
    fakeGroup('Mixed', [fakePersonDn(0), foreign.dn, other, hidden, computer.dn]),
  ]);
  const { users, unusable } = await collect(directory, inGroup('Mixed'));
  expect(users.map((user) => user.accountName)).toEqual(['user0']);
  expect(unusable).toEqual([
    { dn: other, reason: 'it is a member from another domain, outside of the base DN' },
    { dn: foreign.dn, reason: 'it is a member from another domain (S-1-5-21-1-2-3-1234)' },
    { dn: hidden, reason: expect.stringContaining('cannot be read'), isHidden: true },
  ]);
});

test('a filter narrows the members, and does not make a report of those it leaves out', async () => {
  const directory = await open([
    fakePerson(0, { department: 'Sales' }),
    fakePerson(1),
    fakeGroup('Some', [fakePersonDn(0), fakePersonDn(1)]),
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
  const directory = await open([fakePerson(0)]);
  const selection = { scope: 'group', dn: `${name},${fakeStaffDn}`, isRecursive: true } as const;
  await expect(collect(directory, selection)).rejects.toMatchObject({
    code: 'directory.entryNotFound',
    message: expect.stringContaining(message),
  });
});

function inGroup(name: string, isRecursive = false) {
  return { scope: 'group', dn: `CN=${name},${fakeStaffDn}`, isRecursive } as const;
}

async function open(entries: readonly FakeEntry[]) {
  return (await openWithServer(entries)).directory;
}

async function openWithServer(entries: readonly FakeEntry[]) {
  const server = await startFakeLdap({
    entries: [fakeStaff(), ...entries],
  });
  onTestFinished(() => server.stop());
  return { server, directory: await openFakeDirectory(server) };
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
