import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { DirectoryServers, type ServerReport } from '../../../src/core/directory/directory-servers.ts';
import {
  type DirectorySettings,
  directorySettingsSchema,
  onlyServer,
  preferringServer,
} from '../../../src/core/directory/directory-settings.ts';
import type { Check } from '../../../src/core/directory/ldap/check.ts';
import { testConnection } from '../../../src/core/directory/ldap/doctor.ts';
import { openLdapDirectory } from '../../../src/core/directory/ldap/ldap-directory.ts';
import { startFakeLdap } from '../../servers/fake-ldap.ts';

const record = (name: string, priority = 0, weight = 100, port = 389) => ({ name, priority, weight, port });

function settingsWith(changes: Partial<DirectorySettings>): DirectorySettings {
  return directorySettingsSchema.parse({ type: 'activeDirectory', ...changes });
}

/** Servers over a name server and a clock of the test. */
function serversOf(zones: Record<string, ReturnType<typeof record>[]> = {}) {
  const asked: string[] = [];
  let now = 0;
  const servers = new DirectoryServers({
    async resolveSrv(name) {
      asked.push(name);
      const records = zones[name];
      if (records === undefined)
        throw Object.assign(new Error(`queryMx ENOTFOUND ${name}`), { code: 'ENOTFOUND' });
      return records;
    },
    now: () => now,
  });
  return { servers, asked, pass: (seconds: number) => (now += seconds * 1000) };
}

describe('the servers that DNS names', () => {
  const zone = '_ldap._tcp.dc._msdcs.corp.example';
  const records = [
    record('DC3.corp.example.', 10),
    record('dc2.corp.example', 0, 50),
    record('dc1.corp.example'),
  ];

  test.each([
    ['ldaps', ['ldaps://dc1.corp.example', 'ldaps://dc2.corp.example', 'ldaps://dc3.corp.example']],
    ['ldap', ['ldap://dc1.corp.example', 'ldap://dc2.corp.example', 'ldap://dc3.corp.example']],
  ] as const)('come by priority and weight, always alike, over %s', async (protocol, urls) => {
    const { servers, asked } = serversOf({ [zone]: records });
    const settings = settingsWith({ discovery: { domain: 'corp.example', protocol } });
    expect(await servers.inOrder(settings)).toEqual(urls);
    expect(await servers.inOrder(settings)).toEqual(urls);
    expect(asked).toEqual([zone, zone]);
  });

  test('come after those that are named, each once', async () => {
    const { servers } = serversOf({ [zone]: records });
    const settings = settingsWith({
      urls: ['ldaps://dc2.corp.example', 'ldaps://branch.example'],
      discovery: { domain: 'corp.example', protocol: 'ldaps' },
    });
    expect(await servers.inOrder(settings)).toEqual([
      'ldaps://dc2.corp.example',
      'ldaps://branch.example',
      'ldaps://dc1.corp.example',
      'ldaps://dc3.corp.example',
    ]);
  });

  test('are those with a Global Catalog, at its ports, where trusted domains are included', async () => {
    const { servers } = serversOf({ '_ldap._tcp.gc._msdcs.corp.example': [record('dc2.', 0, 0, 3268)] });
    const first = async (protocol: 'ldaps' | 'ldap') =>
      servers.inOrder(settingsWith({ discovery: { domain: 'corp.example', protocol, globalCatalog: true } }));
    expect(await first('ldaps')).toEqual(['ldaps://dc2:3269']);
    expect(await first('ldap')).toEqual(['ldap://dc2:3268']);
  });

  test('of another LDAP directory stand under another name, perhaps with another port', async () => {
    const { servers } = serversOf({ '_ldap._tcp.example': [record('a.example', 0, 0, 1389)] });
    const settings = settingsWith({ type: 'ldap', discovery: { domain: 'example', protocol: 'ldap' } });
    expect(await servers.inOrder(settings)).toEqual(['ldap://a.example:1389']);
  });

  test('cannot be found: that is said, unless others are named', async () => {
    const { servers } = serversOf();
    const discovery = { domain: 'corp.example', protocol: 'ldaps' } as const;
    await expect(servers.inOrder(settingsWith({ discovery }))).rejects.toMatchObject({
      code: 'directory.dns',
      message: expect.stringContaining(zone),
    });
    expect(await servers.inOrder(settingsWith({ discovery, urls: ['ldaps://dc1'] }))).toEqual([
      'ldaps://dc1',
    ]);
    const checks: Check[] = [];
    for await (const check of testConnection(settingsWith({ discovery }), null, servers)) checks.push(check);
    expect(checks).toHaveLength(1);
    expect(checks[0]).toMatchObject({ step: 'Servers', ok: false, message: expect.stringContaining(zone) });
  });
});

describe('a server that failed', () => {
  const settings = settingsWith({ urls: ['ldaps://a', 'ldaps://b', 'ldaps://c'] });

  test('is tried last for half a minute, longer each time, and first again when it works', async () => {
    const { servers, pass } = serversOf();
    const first = async () => (await servers.inOrder(settings))[0];
    servers.hasFailed('ldaps://a');
    expect(await servers.inOrder(settings)).toEqual(['ldaps://b', 'ldaps://c', 'ldaps://a']);
    pass(29);
    expect(await first()).toBe('ldaps://b');
    pass(2);
    expect(await first()).toBe('ldaps://a');
    servers.hasFailed('ldaps://a');
    pass(59);
    expect(await first()).toBe('ldaps://b');
    for (let count = 0; count < 20; count += 1) servers.hasFailed('ldaps://a');
    pass(301);
    expect(await first()).toBe('ldaps://a');
    servers.works('ldaps://a');
    servers.hasFailed('ldaps://a');
    pass(31);
    expect(await first()).toBe('ldaps://a');
  });

  test('is still tried when all failed', async () => {
    const { servers } = serversOf();
    for (const url of settings.urls) servers.hasFailed(url);
    expect(await servers.inOrder(settings)).toEqual(settings.urls);
  });

  test('is known to whom that is told, whose clock may show anything', async () => {
    const { servers, pass } = serversOf();
    const reports: ServerReport[] = [];
    servers.hasFailed('ldaps://a');
    pass(10);
    let elsewhere = 5_000_000;
    const thread = new DirectoryServers({
      resolveSrv: async () => [],
      now: () => elsewhere,
      resting: servers.resting(),
      onReport: (report) => reports.push(report),
    });
    const last = async () => (await thread.inOrder(settings)).at(-1);
    expect(await last()).toBe('ldaps://a');
    elsewhere += 19_000;
    expect(await last()).toBe('ldaps://a');
    elsewhere += 2_000;
    expect(await last()).toBe('ldaps://c');
    thread.works('ldaps://a');
    thread.hasFailed('ldaps://b');
    for (const report of reports) servers.learn(report);
    expect(await servers.inOrder(settings)).toEqual(['ldaps://a', 'ldaps://c', 'ldaps://b']);
  });

  test('delays one connection, and none after it', async () => {
    let visits = 0;
    const dead = createServer((socket) => {
      visits += 1;
      socket.destroy();
    });
    dead.listen(0, '127.0.0.1');
    await once(dead, 'listening');
    onTestFinished(() => void dead.close());
    const living = await startFakeLdap();
    onTestFinished(() => living.stop());
    const { servers, pass } = serversOf();
    const both = settingsWith({
      urls: [`ldap://127.0.0.1:${(dead.address() as AddressInfo).port}`, living.url],
      bindUser: 'reader',
      security: 'none',
      acceptsPlain: true,
    });
    const open = async () => (await openLdapDirectory(both, 'secret', servers)).close();
    await open();
    expect(visits).toBe(1);
    await open();
    await open();
    expect(visits).toBe(1);
    pass(31);
    await open();
    expect(visits).toBe(2);
  });
});

test('DNS leads to a directory that can be read', async () => {
  const server = await startFakeLdap();
  onTestFinished(() => server.stop());
  const { servers } = serversOf({ '_ldap._tcp.example': [record('127.0.0.1', 0, 0, server.port)] });
  const settings = settingsWith({
    type: 'ldap',
    discovery: { domain: 'example', protocol: 'ldap' },
    security: 'none',
    acceptsPlain: true,
  });
  const directory = await openLdapDirectory(settings, null, servers);
  expect(directory.baseDn).toBe(server.baseDn);
  await directory.close();
});

test('the server of the last run can be preferred, or be the only one', () => {
  const settings = settingsWith({ urls: ['ldaps://a', 'ldaps://b'] });
  expect(preferringServer(settings, 'ldaps://b').urls).toEqual(['ldaps://b', 'ldaps://a']);
  expect(preferringServer(settings, 'ldaps://removed')).toBe(settings);
  const discovery = { domain: 'corp.example', protocol: 'ldaps' } as const;
  expect(preferringServer({ ...settings, discovery }, 'ldaps://c').urls).toEqual([
    'ldaps://c',
    'ldaps://a',
    'ldaps://b',
  ]);
  expect(onlyServer({ ...settings, discovery }, 'ldaps://c')).toMatchObject({
    urls: ['ldaps://c'],
    discovery: null,
  });
});
