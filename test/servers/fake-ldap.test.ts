import {
  Client,
  type ClientOptions,
  InvalidCredentialsError,
  NoSuchObjectError,
  StrongAuthRequiredError,
} from 'ldapts';
import { afterEach, expect, test } from 'vitest';
import { type FakeLdap, type FakeLdapOptions, startFakeLdap } from './fake-ldap.ts';
import type { FakeEntry } from './fake-ldap-entries.ts';
import { bindRefusals } from './fake-ldap-state.ts';
import { openRawLdap, type RawLdap } from './raw-ldap.ts';

const baseDn = 'DC=fake,DC=contoso,DC=test';
const entries: FakeEntry[] = [
  person(0, { userAccountControl: '512', mail: 'anna@contoso.test', description: ['one', 'Two'] }),
  person(1, { userAccountControl: '514', objectGUID: Buffer.from('00ff10aa', 'hex') }),
  person(2, { userAccountControl: '66048', mail: 'JÜRGEN@contoso.test' }),
  { dn: `CN=Deep,OU=Below,OU=Staff,${baseDn}`, attributes: { cn: 'Deep', uSNChanged: '900' } },
];
const people = Array.from({ length: 10 }, (_, index) => person(index));

const servers: FakeLdap[] = [];
const clients: Client[] = [];
const raws: RawLdap[] = [];

afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.unbind().catch(() => {})));
  for (const raw of raws.splice(0)) raw.close();
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

test.each([
  ['(objectClass=*)', ['0', '1', '2', 'Deep']],
  ['(mail=*)', ['0', '2']],
  ['(MAIL=ANNA@contoso.test)', ['0']],
  ['(mail=jürgen@*)', ['2']],
  ['(mail=*@contoso*)', ['0', '2']],
  ['(description=two)', ['0']],
  ['(userAccountControl:1.2.840.113556.1.4.803:=2)', ['1']],
  ['(&(userAccountControl=*)(!(userAccountControl:1.2.840.113556.1.4.803:=2)))', ['0', '2']],
  ['(|(cn=deep)(cn=1))', ['1', 'Deep']],
  ['(uSNChanged>=900)', ['Deep']],
  ['(uSNChanged<=899)', []],
  ['(memberOf:1.2.3.4:=x)', []],
])('the filter %s finds %j', async (filter, names) => {
  const { client } = await connect({ entries });
  const found = await client.search(baseDn, { filter, attributes: ['cn'] });
  expect(found.searchEntries.map((entry) => entry.cn)).toEqual(names);
});

test.each([
  ['base', `CN=Deep,OU=Below,OU=Staff,${baseDn}`, 1],
  ['one', `ou=staff, ${baseDn}`, 3],
  ['one', baseDn, 0],
  ['sub', `OU=Staff,${baseDn}`, 4],
] as const)('the scope %s of %s has %i entries', async (scope, base, count) => {
  const { client } = await connect({ entries });
  expect((await client.search(base, { scope })).searchEntries).toHaveLength(count);
});

test('knows no base that no entry is at or below', async () => {
  const { client } = await connect({ entries });
  await expect(client.search(`OU=Gone,${baseDn}`)).rejects.toThrow(NoSuchObjectError);
  const mismatch = await client.search(`CN=1,OU=Staff,${baseDn}`, { scope: 'base', filter: '(cn=2)' });
  expect(mismatch.searchEntries).toEqual([]);
});

test('shows the rootDSE of an Active Directory before a bind, and nothing else', async () => {
  const server = await start({ entries });
  const client = open({ url: server.url });
  const { searchEntries } = await client.search('', { scope: 'base', attributes: ['defaultNamingContext'] });
  expect(searchEntries).toEqual([{ dn: '', defaultNamingContext: baseDn }]);
  await expect(client.search(baseDn)).rejects.toThrow('successful bind must be completed');
});

test('returns binary values as they are', async () => {
  const { client } = await connect({ entries });
  const { searchEntries } = await client.search(baseDn, {
    filter: '(cn=1)',
    explicitBufferAttributes: ['objectGUID'],
  });
  expect(searchEntries[0]?.objectGUID).toEqual(Buffer.from('00ff10aa', 'hex'));
});

test('pages, and forgets the cookies of a connection that ended', async () => {
  const { server, raw } = await connectRaw({ entries: people });
  const first = await raw.page(baseDn, 4);
  const second = await raw.page(baseDn, 4, first.cookie);
  const third = await raw.page(baseDn, 4, second.cookie);
  expect([...first.dns, ...second.dns, ...third.dns]).toEqual(people.map((entry) => entry.dn));
  expect([first, second, third].map(({ dns, cookie }) => [dns.length, cookie.length > 0])).toEqual([
    [4, true],
    [4, true],
    [2, false],
  ]);
  const { cookie } = await raw.page(baseDn, 4);
  const other = await openRaw(server);
  expect(await other.page(baseDn, 4, cookie)).toMatchObject({ dns: [], status: 12 });
});

test('sends an empty page with a cookie in the middle of a listing', async () => {
  const { raw } = await connectRaw({ entries: people, faults: { emptyPages: [2] } });
  const first = await raw.page(baseDn, 6);
  const second = await raw.page(baseDn, 6, first.cookie);
  const third = await raw.page(baseDn, 6, second.cookie);
  expect([first, second, third].map(({ dns }) => dns.length)).toEqual([6, 0, 4]);
  expect(third.cookie).toHaveLength(0);
});

test('repeats page and cookie for ever', async () => {
  const { raw } = await connectRaw({ entries: people, faults: { repeatsCookie: true } });
  const first = await raw.page(baseDn, 4);
  expect(first.dns).toHaveLength(4);
  for (let turn = 0; turn < 5; turn += 1) expect(await raw.page(baseDn, 4, first.cookie)).toEqual(first);
});

test('repeats even an only page for ever', async () => {
  const { raw } = await connectRaw({ entries: people, faults: { repeatsCookie: true } });
  const first = await raw.page(baseDn, 100);
  expect(await raw.page(baseDn, 100, first.cookie)).toEqual(first);
  expect(first.dns).toHaveLength(10);
});

test('gives the members of a large group in ranges', async () => {
  const member = Array.from({ length: 25 }, (_, index) => `CN=Member ${index}`);
  const group = { dn: `CN=Group,${baseDn}`, attributes: { member } };
  const { client } = await connect({ entries: [group], maxValRange: 10 });
  const read = async (attribute: string) => {
    const { searchEntries } = await client.search(group.dn, { scope: 'base', attributes: [attribute] });
    return searchEntries[0];
  };
  expect(await read('member')).toEqual({ dn: group.dn, member: [], 'member;range=0-9': member.slice(0, 10) });
  expect(await read('member;range=10-*')).toMatchObject({ 'member;range=10-19': member.slice(10, 20) });
  expect(await read('member;range=20-*')).toMatchObject({ 'member;range=20-*': member.slice(20) });
  expect(await read('member;range=3-5')).toMatchObject({ 'member;range=3-5': member.slice(3, 6) });
  expect(await read('member;range=25-*')).not.toHaveProperty('member');
});

test('ends a listing over the size limit with result 4 and no cookie, in the middle of a page or after one', async () => {
  const { server, raw } = await connectRaw({ entries: people, faults: { sizeLimit: 3 } });
  expect(await raw.page(baseDn, 4)).toMatchObject({ dns: { length: 3 }, status: 4, cookie: { length: 0 } });
  server.state.faults = { sizeLimit: 8 };
  const first = await raw.page(baseDn, 4);
  const second = await raw.page(baseDn, 4, first.cookie);
  expect([first.status, second.status]).toEqual([0, 0]);
  expect(await raw.page(baseDn, 4, second.cookie)).toMatchObject({
    dns: [],
    status: 4,
    cookie: { length: 0 },
  });
});

test('sends no more than one page to a search without paging', async () => {
  const { client } = await connect({ entries: people, maxPageSize: 5 });
  await expect(client.search(baseDn)).rejects.toThrow('Size limit exceeded');
});

test('drops the connection in the middle of a page, and can be healed', async () => {
  const { server, raw } = await connectRaw({ entries: people, faults: { dropAfter: 5 } });
  const { cookie } = await raw.page(baseDn, 4);
  await expect(raw.page(baseDn, 4, cookie)).rejects.toThrow('closed');
  expect(raw.entryCount()).toBe(5);
  server.state.faults = {};
  const again = await openRaw(server);
  expect((await again.page(baseDn, 100)).dns).toHaveLength(10);
  expect(server.connectionCount()).toBe(2);
});

test('falls silent in the middle of a page', async () => {
  const { client } = await connect({ entries: people, faults: { stallAfter: 2 } }, { timeout: 200 });
  await expect(client.search(baseDn)).rejects.toThrow('timed out');
});

test('never answers a bind', async () => {
  const server = await start({ faults: { bind: 'silence' } });
  await expect(open({ url: server.url, timeout: 200 }).bind('reader', 'secret')).rejects.toThrow('timed out');
});

test.each([
  ['strongerAuthRequired', StrongAuthRequiredError, 'integrity checking'],
  ['wrongPassword', InvalidCredentialsError, 'data 52e'],
] as const)('refuses a bind with %s', async (name, errorClass, words) => {
  const server = await start({ faults: { bind: bindRefusals[name] } });
  const bind = open({ url: server.url }).bind('reader', 'secret');
  await expect(bind).rejects.toThrow(errorClass);
  await expect(bind).rejects.toThrow(words);
});

test('answers a search with a referral, or adds search references to the entries', async () => {
  const { server, client } = await connect({ entries: people });
  server.state.faults = { references: ['ldap://other.contoso.test/DC=other'] };
  const { searchEntries, searchReferences } = await client.search(baseDn);
  expect([searchEntries.length, searchReferences]).toEqual([10, ['ldap://other.contoso.test/DC=other']]);
  server.state.faults = {
    searchResult: { code: 10, referral: ['ldap://other.contoso.test/'], message: 'Elsewhere' },
  };
  await expect(client.search(baseDn)).rejects.toMatchObject({ code: 10 });
});

test('remembers what it was asked', async () => {
  const { server, client } = await connect({ entries: people });
  await client.search(baseDn, { attributes: ['cn', 'mail'], timeLimit: 7, paged: { pageSize: 500 } });
  expect(server.requests).toMatchObject([
    { operation: 'bind', name: 'reader', password: 'secret' },
    {
      operation: 'search',
      baseDn,
      scope: 'sub',
      attributes: ['cn', 'mail'],
      timeLimitSeconds: 7,
      page: { size: 500 },
    },
  ]);
});

function person(index: number, attributes: FakeEntry['attributes'] = {}): FakeEntry {
  return { dn: `CN=${index},OU=Staff,${baseDn}`, attributes: { cn: String(index), ...attributes } };
}

async function start(options: FakeLdapOptions): Promise<FakeLdap> {
  const server = await startFakeLdap(options);
  servers.push(server);
  return server;
}

function open(options: ClientOptions): Client {
  const client = new Client(options);
  clients.push(client);
  return client;
}

async function connect(options: FakeLdapOptions, clientOptions: Partial<ClientOptions> = {}) {
  const server = await start(options);
  const client = open({ url: server.url, ...clientOptions });
  await client.bind('reader', 'secret');
  return { server, client };
}

async function openRaw(server: FakeLdap): Promise<RawLdap> {
  const raw = await openRawLdap(server.port);
  raws.push(raw);
  return raw;
}

async function connectRaw(options: FakeLdapOptions) {
  const server = await start(options);
  return { server, raw: await openRaw(server) };
}
