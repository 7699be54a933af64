import { expect, onTestFinished, test } from 'vitest';
import type { Selection } from '../../../../src/core/directory/directory.ts';
import {
  fakeBaseDn,
  fakeGroup,
  fakePerson,
  fakePersonDn,
  fakeStaff,
  fakeStaffDn,
} from '../../../helpers/fake-entries.ts';
import { type FakeLdap, type FakeLdapOptions, startFakeLdap } from '../../../servers/fake-ldap.ts';
import type { FakeEntry } from '../../../servers/fake-ldap-entries.ts';
import { bindRefusals } from '../../../servers/fake-ldap-state.ts';
import { startFaultProxy } from '../../../servers/fault-proxy.ts';
import { accountNames, collect, openFakeDirectory, openTestDirectory } from './open-test-directory.ts';

const staff: Selection = { scope: 'container', dn: fakeStaffDn, includeSubtree: true };

test('an empty page with a cookie is not the end', async () => {
  const server = await start({ faults: { emptyPages: [1, 3, 4] } });
  const directory = await openFakeDirectory(server, { pageSize: 10 });
  expect((await collect(directory, staff)).users).toHaveLength(35);
});

test.each([
  ['sizeLimit', { sizeLimit: 12 }, 'stopped at its size limit', 'after 12 entries'],
  ['dropAfter', { dropAfter: 25 }, 'was lost', 'after 20 entries'],
  [
    'references',
    { references: [`ldap://other/OU=Gone,${fakeBaseDn}`] },
    'on another server',
    'after 0 entries',
  ],
  ['repeatsCookie', { repeatsCookie: true }, 'the same page again', 'after 10 entries'],
] as const)('a listing that is cut short says so (%s)', async (_name, faults, reason, read) => {
  const server = await start({});
  const directory = await openFakeDirectory(server, { pageSize: 10 });
  server.state.faults = faults;
  const listing = collect(directory, staff);
  await expect(listing).rejects.toMatchObject({
    code: 'directory.listingIncomplete',
    message: expect.stringContaining(reason),
  });
  await expect(listing).rejects.toThrow(read);
  // The same directory works again when the server does.
  server.state.faults = {};
  expect((await collect(directory, staff)).users).toHaveLength(35);
});

test('a server that pages forever without an entry is found out', async () => {
  const server = await start({ entries: [fakeStaff()], faults: { repeatsCookie: true } });
  const directory = await openFakeDirectory(server, { pageSize: 10 });
  await expect(collect(directory, staff)).rejects.toMatchObject({ code: 'directory.listingIncomplete' });
});

test('references to other domains and partitions take nothing from a listing', async () => {
  const references = [
    `ldap://child.contoso.test/DC=child,${fakeBaseDn}`,
    `ldap://fake.contoso.test/CN=Configuration,${fakeBaseDn}`,
    `ldap://DomainDnsZones.fake.contoso.test/DC=DomainDnsZones,${fakeBaseDn}`,
  ];
  const directory = await openFakeDirectory(await start({ faults: { references } }), { pageSize: 10 });
  expect((await collect(directory, staff)).users).toHaveLength(35);
});

test.each([
  [10, 'directory.entryNotFound'],
  [32, 'directory.entryNotFound'],
  [50, 'directory.accessDenied'],
  [51, 'directory.unreachable'],
  [3, 'directory.timeout'],
] as const)('a search that ends with result %i is no empty listing', async (code, expected) => {
  const server = await start({});
  const directory = await openFakeDirectory(server);
  server.state.faults = { searchResult: { code, message: '' } };
  await expect(collect(directory, staff)).rejects.toMatchObject({ code: expected });
  await expect(directory.containers()).rejects.toMatchObject({ code: expected });
  await expect(directory.groups()).rejects.toThrow();
});

test('a server that never answers is given up in time', async () => {
  const server = await start({ faults: { stallAfter: 15 } });
  const directory = await openFakeDirectory(server, {
    pageSize: 10,
    timeLimitSeconds: 1,
    connectTimeoutSeconds: 1,
  });
  await expect(collect(directory, staff)).rejects.toMatchObject({
    code: 'directory.listingIncomplete',
    message: expect.stringContaining('did not answer a search within 2 seconds'),
  });
});

test('a server that never answers the bind is given up in time', async () => {
  const server = await start({ faults: { bind: 'silence' } });
  await expect(openFakeDirectory(server, { connectTimeoutSeconds: 1 })).rejects.toMatchObject({
    code: 'directory.timeout',
    message: expect.stringContaining('did not answer the bind within 1 seconds'),
  });
});

test.each([
  ['strongerAuthRequired', 'directory.encryptionRequired'],
  ['wrongPassword', 'directory.credentials'],
] as const)('a bind refused with %s is %s', async (refusal, code) => {
  const server = await start({ faults: { bind: bindRefusals[refusal] } });
  await expect(openFakeDirectory(server)).rejects.toMatchObject({ code });
});

test('a connection may break at any byte: no listing is taken for a whole one', async () => {
  const server = await start({});
  const proxy = await startFaultProxy({ port: server.port });
  onTestFinished(() => proxy.stop());
  const settings = { urls: [`ldap://127.0.0.1:${proxy.port}`], pageSize: 10 };
  await openFakeDirectory(server, settings).then((directory) => collect(directory, staff));
  const total = proxy.passedBytes();
  for (let afterBytes = 1; afterBytes < total; afterBytes += 97) {
    proxy.fault = { kind: afterBytes % 2 === 0 ? 'cut' : 'truncate', afterBytes };
    const outcome = await openFakeDirectory(server, settings)
      .then((directory) => collect(directory, staff))
      .catch((error: { code?: string }) => error.code ?? String(error));
    expect(outcome, `after ${afterBytes} bytes`).toBeOneOf([
      'directory.disconnected',
      'directory.listingIncomplete',
    ]);
  }
}, 60_000);

test('a listing that is cancelled ends at once and leaves the connection in order', async () => {
  const server = await start({});
  const directory = await openFakeDirectory(server, { pageSize: 10 });
  const abort = new AbortController();
  let read = 0;
  const listing = (async () => {
    for await (const page of directory.users(staff, { signal: abort.signal })) {
      read += page.users.length;
      abort.abort();
    }
  })();
  await expect(listing).rejects.toMatchObject({ code: 'run.cancelled' });
  expect(read).toBe(10);
  expect((await collect(directory, staff)).users).toHaveLength(35);
  expect(server.connectionCount()).toBe(1);
});

test('whatever is asked of a silent server can be cancelled', async () => {
  const server = await start({});
  const directory = await openFakeDirectory(server);
  server.state.faults = { stallAfter: 0 };
  const reads = [
    (signal: AbortSignal) => directory.containers(undefined, { signal }),
    (signal: AbortSignal) => directory.groups('', { signal }),
    (signal: AbortSignal) => directory.search('user', 10, { signal }),
    (signal: AbortSignal) => directory.count(staff, { signal }),
  ];
  for (const read of reads) {
    const abort = new AbortController();
    const reading = read(abort.signal);
    abort.abort();
    await expect(reading).rejects.toMatchObject({ code: 'run.cancelled' });
  }
});

test('a connection that is being opened can be cancelled', async () => {
  const server = await start({ faults: { bind: 'silence' } });
  const abort = new AbortController();
  const opening = openFakeDirectory(server, {}, abort.signal);
  abort.abort();
  await expect(opening).rejects.toMatchObject({ code: 'run.cancelled' });
});

test('several selections are listed one after the other, with everybody once', async () => {
  const group = fakeGroup('Some', [fakePersonDn(3), fakePersonDn(4), 'CN=nobody,DC=elsewhere']);
  const people = Array.from({ length: 35 }, (_, index) => fakePerson(index));
  const domain = { dn: fakeBaseDn, attributes: { objectClass: 'domainDNS' } };
  const server = await start({ entries: [domain, fakeStaff(), ...people, group] });
  const directory = await openFakeDirectory(server);
  const selections = [
    { scope: 'users', names: ['user30', 'user3'] },
    { scope: 'group', dn: group.dn, isRecursive: true },
    { scope: 'filter', filter: '(sAMAccountName=user1*)' },
  ] as const;
  const all: Selection = { scope: 'several', selections };
  const { users, unusable } = await collect(directory, all);
  const names = users.map(({ accountName }) => accountName);
  expect(names.slice(0, 3).sort()).toEqual(['user3', 'user30', 'user4']);
  expect(names.slice(3).sort()).toEqual(['user1', 'user10', ...range(11, 19)]);
  expect(unusable).toMatchObject([{ dn: 'CN=nobody,DC=elsewhere' }]);
  expect(await directory.count(all)).toBe(names.length);
});

test('a reader that stops early lets the server go', async () => {
  const server = await start({});
  const directory = await openFakeDirectory(server, { pageSize: 10 });
  for await (const _page of directory.users(staff)) break;
  expect(await directory.count(staff)).toBe(35);
});

test('listings at the same time do not disturb each other', async () => {
  const server = await start({});
  const directory = await openFakeDirectory(server, { pageSize: 10 });
  const listings = await Promise.all([collect(directory, staff), collect(directory, staff)]);
  expect(listings.map(({ users }) => users.length)).toEqual([35, 35]);
  expect(server.connectionCount()).toBe(2);
});

test('the next server is tried when one cannot be used, and kept', async () => {
  const server = await start({});
  const closed = await closedPort();
  const directory = await openFakeDirectory(server, { urls: [`ldap://127.0.0.1:${closed}`, server.url] });
  expect(await directory.count(staff)).toBe(35);
  await expect(
    openFakeDirectory(server, { urls: [`ldap://127.0.0.1:${closed}`, 'ldap://nowhere.invalid'] }),
  ).rejects.toMatchObject({
    code: 'directory.refused',
    message: expect.stringMatching(/None of the 2 .*nothing listens there.*nowhere\.invalid/),
  });
});

test('a wrong password is tried on one server only', async () => {
  const server = await start({ faults: { bind: bindRefusals.wrongPassword } });
  await expect(openFakeDirectory(server, { urls: [server.url, server.url] })).rejects.toThrow();
  expect(server.requests.filter(({ operation }) => operation === 'bind')).toHaveLength(1);
});

test('a bind account without a password is refused here, not let in as nobody', async () => {
  const server = await start({});
  const settings = { urls: [server.url], security: 'none' as const, acceptsPlain: true, bindUser: 'reader' };
  await expect(openTestDirectory(settings, '')).rejects.toMatchObject({ code: 'directory.credentials' });
  expect(server.requests.some(({ operation }) => operation === 'bind')).toBe(false);
});

test('a person who appears twice is listed once', async () => {
  const moved = fakePerson(3, {}, `CN=moved,${fakeStaffDn}`);
  const directory = await openFakeDirectory(await start({ entries: [fakeStaff(), fakePerson(3), moved] }));
  expect(await accountNames(directory, staff)).toEqual(['user3']);
});

test('people without a readable id are reported', async () => {
  const nameless: FakeEntry = { dn: `CN=x,${fakeStaffDn}`, attributes: { objectClass: 'user', cn: 'x' } };
  const directory = await openFakeDirectory(await start({ entries: [fakeStaff(), nameless] }));
  expect(await collect(directory, staff)).toEqual({
    users: [],
    unusable: [
      { dn: nameless.dn, reason: expect.stringContaining('no readable objectGUID'), isHidden: true },
    ],
  });
});

test('a container whose content is hidden is not taken for an empty one', async () => {
  const hidden = fakeStaff({ 'msDS-Approx-Immed-Subordinates': '12' });
  const directory = await openFakeDirectory(await start({ entries: [hidden] }));
  await expect(collect(directory, staff)).rejects.toMatchObject({
    code: 'directory.listingIncomplete',
    message: expect.stringContaining('may not see what is in it'),
  });
  const empty = await openFakeDirectory(await start({ entries: [fakeStaff()] }));
  expect((await collect(empty, staff)).users).toEqual([]);
});

async function start(options: FakeLdapOptions): Promise<FakeLdap> {
  const people = Array.from({ length: 35 }, (_, index) => fakePerson(index));
  const server = await startFakeLdap({ entries: [fakeStaff(), ...people], ...options });
  onTestFinished(() => server.stop());
  return server;
}

function range(from: number, to: number): string[] {
  return Array.from({ length: to - from + 1 }, (_, index) => `user${from + index}`);
}

async function closedPort(): Promise<number> {
  const server = await startFakeLdap();
  await server.stop();
  return server.port;
}
