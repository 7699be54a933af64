import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { finish, runCommand, spawnCommand } from '../helpers/run-command.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';
import { createTestCertificates } from '../servers/certificates.ts';
import { startFakeLdap } from '../servers/fake-ldap.ts';
import { describeWithServer, openSsl, sambaServer } from '../servers/require-server.ts';
import { type DomainController, startDomainController } from '../servers/samba.ts';

describe('directory commands with the sample directory', () => {
  test('browse it', async () => {
    const folder = temporaryFolder();
    const { containers } = (await directory(folder, 'tree')).json as { containers: { name: string }[] };
    expect(containers.map(({ name }) => name)).toContain('Sales');
    expect((await directory(folder, 'groups')).json).toMatchObject({ groups: expect.any(Array) });
    expect((await directory(folder, 'test')).json).toMatchObject({ ok: true });
    const found = (await directory(folder, 'search', 'a', '--limit', '2')).json;
    expect(found).toMatchObject({ users: [{}, {}], hasMore: true });
  });

  test.each([
    [['set', '--type', 'ldap'], 'directory.invalid', 'No directory server is named'],
    [['set', '--type', 'ldap', '--url', 'http://x'], 'directory.invalid', 'not the address'],
    [['set', '--type', 'ldap', '--url', 'ldaps://x', '--page-size', '0'], 'directory.invalid', 'pageSize'],
    [['set', '--type', 'ldap', '--url', 'ldaps://x', '--user-filter', '(a'], 'directory.filterInvalid', '(a'],
    [['set', '--attribute', 'shoe=size'], 'directory.invalid', 'shoe=size'],
    [['set', '--ca-file', '/nowhere.pem'], 'tls.invalid', '/nowhere.pem'],
    [
      ['set', '--type', 'ldap', '--url', 'ldap://x', '--security', 'none'],
      'directory.plainNotAccepted',
      'ldap://x',
    ],
    [['set', '--type', 'exchange'], 'usage.invalid', 'exchange'],
    [['set', '--type', 'ldap', '--discover', 'no domain'], 'directory.invalid', 'no domain'],
    [['tree', 'OU=Nowhere'], 'directory.entryNotFound', 'OU=Nowhere'],
    [['search', '(a'], 'directory.filterInvalid', '(a'],
  ])('refuse %j with %s', async (args, code, words) => {
    const { exitCode, json } = await directory(temporaryFolder(), ...args);
    expect(json).toMatchObject({ error: { code, message: expect.stringContaining(words) } });
    expect(exitCode).toBe(code === 'directory.entryNotFound' ? 4 : 2);
  });
});

test('a domain whose servers DNS is to find is set, shown and taken back', async () => {
  const folder = temporaryFolder();
  const base = ['--type', 'activeDirectory', '--base-dn', 'DC=corp,DC=example'];
  const set = await directory(folder, 'set', ...base, '--discover', 'corp.example');
  expect(set.json).toMatchObject({
    directory: { urls: [], discovery: { domain: 'corp.example', protocol: 'ldaps' } },
  });
  expect((await runCommand(folder, ['directory', 'show'])).stdout).toMatch(/Servers by DNS +corp.example/);
  const named = await directory(folder, 'set', '--url', 'ldaps://dc1', '--no-discover');
  expect(named.json).toMatchObject({ directory: { urls: ['ldaps://dc1'], discovery: null } });
});

test('trusted domains are included by asking the Global Catalog of every server, and left out again', async () => {
  const folder = temporaryFolder();
  const dn = ['--base-dn', 'DC=corp,DC=example'];
  const servers = ['--url', 'ldaps://dc1', '--url', 'ldap://dc2:389', '--discover', 'corp.example'];
  const set = await directory(
    folder,
    'set',
    '--type',
    'activeDirectory',
    ...servers,
    ...dn,
    '--trusted-domains',
  );
  expect(set.json).toMatchObject({
    directory: {
      urls: ['ldaps://dc1:3269', 'ldap://dc2:3268'],
      discovery: { domain: 'corp.example', globalCatalog: true },
    },
  });
  expect((await runCommand(folder, ['directory', 'show'])).stdout).toMatch(/Trusted domains +included/);
  const stays = await directory(folder, 'set', '--url', 'ldaps://dc3');
  expect(stays.json).toMatchObject({ directory: { urls: ['ldaps://dc3:3269'] } });
  const without = await directory(folder, 'set', '--no-trusted-domains', ...dn);
  expect(without.json).toMatchObject({
    directory: { urls: ['ldaps://dc3'], discovery: { domain: 'corp.example', protocol: 'ldaps' } },
  });
  const elsewhere = await directory(folder, 'set', '--type', 'ldap', '--trusted-domains');
  expect(elsewhere.json).toMatchObject({ error: { code: 'directory.invalid' } });
});

describe('directory commands with a server that never answers', () => {
  test.each([[['tree']], [['search', 'a']], [['groups']], [['test']]])(
    '%j ends at once when told to',
    async (args) => {
      const server = createServer((socket) => socket.on('error', () => {}));
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      onTestFinished(() => void server.close());
      const { port } = server.address() as AddressInfo;
      const folder = temporaryFolder();
      const url = `ldap://127.0.0.1:${port}`;
      const set = [
        'set',
        '--type',
        'ldap',
        '--url',
        url,
        '--security',
        'none',
        '--accept-plain',
        '--base-dn',
        'DC=x',
      ];
      expect(await directory(folder, ...set)).toMatchObject({ exitCode: 0 });
      const child = spawnCommand(folder, ['directory', ...args]);
      const [socket] = (await once(server, 'connection')) as [Socket];
      child.kill('SIGINT');
      const { exitCode, stderr } = await finish(child);
      socket.destroy();
      expect({ exitCode, stderr }).toEqual({
        exitCode: 1,
        stderr: expect.stringMatching(/cancelled|stopped/),
      });
    },
  );
});

describeWithServer('directory commands with a certificate that nobody knows', openSsl, () => {
  test('show it, and trust it by its fingerprint', async () => {
    const folder = temporaryFolder();
    const { untrusted } = await createTestCertificates(temporaryFolder(), ['127.0.0.1']);
    const server = await startFakeLdap({ certificate: untrusted });
    onTestFinished(() => server.stop());
    const options = ['--type', 'activeDirectory', '--url', server.url];
    const { certificates } = (await directory(folder, 'certificate', ...options)).json as {
      certificates: { server: string; fingerprint: string; isTrusted: boolean }[];
    };
    expect(certificates).toEqual([
      expect.objectContaining({ server: server.url, subject: '127.0.0.1', isTrusted: false }),
    ]);
    const [{ fingerprint } = { fingerprint: '' }] = certificates;
    expect((await runCommand(folder, ['directory', 'certificate', ...options])).stdout).toContain(
      fingerprint,
    );
    expect(await directory(folder, 'set', ...options)).toMatchObject({
      json: { error: { code: 'directory.tlsUntrusted' } },
    });
    expect(await directory(folder, 'set', ...options, '--pin-certificate', 'AB:CD')).toMatchObject({
      json: { error: { code: 'directory.tlsUntrusted', message: expect.stringContaining(fingerprint) } },
    });
    expect(await directory(folder, 'set', ...options, '--pin-certificate', fingerprint)).toMatchObject({
      exitCode: 0,
      json: { directory: { baseDn: server.baseDn, ca: expect.stringContaining(fingerprint) } },
    });
    expect((await directory(folder, 'certificate')).json).toMatchObject({
      certificates: [{ isTrusted: true }],
    });
  });
});

describeWithServer('directory commands with Active Directory', sambaServer, () => {
  let controller: DomainController;
  let salesDn: string;

  beforeAll(async () => {
    controller = await startDomainController();
    salesDn = await controller.content.organizationalUnit('Sales');
    await controller.content.users(salesDn, 5);
  });

  afterAll(() => controller?.stop());

  test('connect, test and browse, and keep the password to themselves', async () => {
    const folder = temporaryFolder();
    const { administrator } = controller;
    const said: string[] = [];
    const run = async (...args: string[]) => {
      const result = await runCommand(folder, ['directory', ...args], `${administrator.password}\n`);
      said.push(result.stdout, result.stderr);
      return result;
    };
    const connect = [
      ...['set', '--json', '--type', 'activeDirectory', '--url', controller.ldapsUrl],
      ...['--ca-file', controller.caFile, '--bind-user', administrator.userPrincipalName],
      ...['--bind-password-file', '-'],
    ];
    const dryRun = await run(...connect, '--dry-run');
    expect(dryRun.json).toMatchObject({ directory: { baseDn: controller.baseDn } });
    expect((await run('show', '--json')).json).toMatchObject({ directory: { type: 'sample' } });

    expect(await run(...connect)).toMatchObject({
      exitCode: 0,
      json: {
        directory: {
          type: 'activeDirectory',
          baseDn: controller.baseDn,
          ca: expect.stringContaining('MFA Console Test CA'),
          hasBindPassword: true,
        },
      },
    });
    const tested = await run('test', '--json');
    expect(tested).toMatchObject({ exitCode: 0, json: { ok: true } });
    expect((tested.json as { checks: object[] }).checks[0]).toEqual({
      name: 'DNS',
      ok: true,
      message: expect.any(String),
      advice: null,
    });
    const tree = (await run('tree', '--json')).json as { containers: { name: string }[] };
    expect(tree.containers.find(({ name }) => name === 'Sales')).toMatchObject({ dn: salesDn, users: 5 });
    expect((await run('search', 'user0000', '--limit', '2', '--json')).json).toMatchObject({
      users: [{}, {}],
      hasMore: true,
      total: 5,
    });
    expect((await run('search', 'user0000', '--limit', '2')).stderr).toContain('3 more were found');
    expect((await run('groups', 'dnsadmins', '--json')).json).toMatchObject({
      groups: [{ name: 'DnsAdmins' }],
    });

    const audit = await runCommand(folder, ['audit', 'list', '--action', 'directory.changed', '--json']);
    said.push(audit.stdout);
    expect(audit.stdout).toContain('"bindPassword":[null,"set anew"]');
    expect(audit.stdout).toContain('"type":["sample","activeDirectory"]');

    expect(said.join('\n')).not.toContain(administrator.password);
    for (const file of readdirSync(folder)) {
      expect(readFileSync(join(folder, file)).includes(administrator.password), file).toBe(false);
    }
  });

  test('try settings without saving them, and name the broken step by the exit code and a check', async () => {
    const folder = temporaryFolder();
    const passwordFile = join(folder, 'password');
    writeFileSync(passwordFile, controller.administrator.password);
    const options = [
      ...['--type', 'activeDirectory', '--url', controller.ldapUrl, '--ca-file', controller.caFile],
      ...['--bind-user', controller.administrator.userPrincipalName, '--bind-password-file', passwordFile],
    ];
    expect(await directory(folder, 'test', ...options)).toMatchObject({ exitCode: 0, json: { ok: true } });
    const broken = await directory(folder, 'test', ...options, '--base-dn', 'DC=elsewhere');
    expect(broken.exitCode).toBe(1);
    const { ok, checks } = broken.json as { ok: boolean; checks: { name: string; ok: boolean }[] };
    expect(ok).toBe(false);
    expect(checks.find((check) => !check.ok)?.name).toBe('Base DN');
    expect((await directory(folder, 'show')).json).toMatchObject({ directory: { type: 'sample' } });
  });

  test('say that nothing changed, and go back to the sample directory', async () => {
    const folder = temporaryFolder();
    const set = (...args: string[]) => runCommand(folder, ['directory', 'set', ...args]);
    await set('--type', 'activeDirectory', '--url', controller.ldapsUrl, '--base-dn', controller.baseDn);
    expect((await set('--url', controller.ldapsUrl)).stderr).toContain('Nothing changed.');
    expect((await set('--type', 'sample')).stdout).toContain('sample');
    const { containers } = (await directory(folder, 'tree')).json as { containers: { name: string }[] };
    expect(containers.map(({ name }) => name)).toContain('Finance');
  });
});

function directory(folder: string, ...args: string[]) {
  return runCommand(folder, ['directory', ...args, '--json']);
}
