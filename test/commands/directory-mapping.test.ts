import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCommand } from '../helpers/run-command.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';
import { type OpenLdap, startOpenLdap } from '../servers/openldap.ts';
import { describeWithServer, openLdapServer } from '../servers/require-server.ts';

async function directory(folder: string, ...args: string[]) {
  return runCommand(folder, ['directory', ...args, '--json']);
}

describe('filters and attributes of the sample directory', () => {
  test('are shown and tried', async () => {
    const folder = temporaryFolder();
    expect((await directory(folder, 'filters', 'get')).json).toMatchObject({
      filters: { user: '(&(objectClass=user)(objectCategory=person))' },
      changed: [],
    });
    const { found } = (await directory(folder, 'filters', 'try')).json as { found: Record<string, number> };
    expect(found.user).toBeGreaterThan(300);
    expect(found.group).toBeGreaterThan(5);
    expect(found.container).toBeGreaterThan(5);
    const { found: narrow } = (await directory(folder, 'filters', 'try', 'user=(givenName=a*)')).json as {
      found: Record<string, number>;
    };
    expect(narrow.user).toBeLessThan(found.user ?? 0);
    expect((await directory(folder, 'attributes', 'get', 'mobile')).json).toEqual({
      attributes: { mobile: 'mobile' },
    });
  });

  test.each([
    [['filters', 'set', 'user=(a=b)'], 'directory.notConfigured', 1],
    [['filters', 'get', 'usr'], 'settings.unknown', 4],
    [['filters', 'try', 'user=(a'], 'directory.filterInvalid', 2],
    [['filters', 'set', 'user'], 'usage.invalid', 2],
    [['attributes', 'reset', 'mobil'], 'settings.unknown', 4],
    [['attributes', 'try', 'nobody-is-called-so'], 'directory.entryNotFound', 4],
    [['attributes', 'try', 'a', 'uniqueIdentifierType=number'], 'directory.invalid', 2],
  ])('%j is refused with %s', async (args, code, exitCode) => {
    expect(await directory(temporaryFolder(), ...args)).toMatchObject({
      exitCode,
      json: { error: { code } },
    });
  });
});

describeWithServer('filters and attributes of a directory', openLdapServer, () => {
  let server: OpenLdap;

  beforeAll(async () => {
    server = await startOpenLdap({ users: 20, kind: 'inetOrgPerson' });
  });

  afterAll(() => server?.stop());

  async function connectedFolder(): Promise<string> {
    const folder = temporaryFolder();
    const password = join(folder, 'password.txt');
    writeFileSync(password, server.reader.password);
    const connection = ['--type', 'ldap', '--url', server.ldapsUrl, '--ca-file', server.caFile];
    const account = ['--bind-user', server.reader.dn, '--bind-password-file', password];
    const set = await directory(folder, 'set', ...connection, ...account, '--base-dn', server.baseDn);
    expect(set).toMatchObject({ exitCode: 0 });
    return folder;
  }

  test('a filter is tried, set, shown and reset', async () => {
    const folder = await connectedFolder();
    const filter = '(&(objectClass=inetOrgPerson)(uid=user0000*))';
    expect((await directory(folder, 'filters', 'try', `user=${filter}`)).json).toMatchObject({
      found: { user: 10 },
    });
    expect((await directory(folder, 'filters', 'set', `user=${filter}`, '--dry-run')).json).toMatchObject({
      changed: { user: [expect.any(String), filter] },
      dryRun: true,
    });
    expect((await directory(folder, 'filters', 'get')).json).toMatchObject({ changed: [] });
    await directory(folder, 'filters', 'set', `user=${filter}`);
    expect((await directory(folder, 'filters', 'get')).json).toMatchObject({
      filters: { user: filter },
      changed: ['user'],
    });
    expect((await directory(folder, 'filters', 'try')).json).toMatchObject({ found: { user: 10 } });
    expect((await directory(folder, 'filters', 'reset')).json).toMatchObject({
      changed: { user: [filter, expect.any(String)] },
    });
    expect((await directory(folder, 'filters', 'try')).json).toMatchObject({ found: { user: 20 } });
  });

  test('an attribute is tried on somebody, set, shown and reset', async () => {
    const folder = await connectedFolder();
    const tried = await directory(folder, 'attributes', 'try', 'user00003', 'description=uid', 'mobile=');
    expect(tried.json).toMatchObject({ user: { username: 'user00003', description: 'user00003' } });
    expect(tried.json).not.toMatchObject({ user: { phones: { mobile: expect.anything() } } });
    await directory(folder, 'attributes', 'set', 'description=uid', 'userGroup=ou');
    expect((await directory(folder, 'attributes', 'get')).json).toMatchObject({
      attributes: { description: 'uid', userGroup: 'ou', mobile: 'mobile' },
      changed: expect.arrayContaining(['description', 'userGroup']),
    });
    const { stdout } = await runCommand(folder, ['directory', 'attributes', 'try', 'user00003']);
    expect(stdout).toMatch(/description +│ uid +│ user00003/);
    expect((await directory(folder, 'attributes', 'reset', 'description')).json).toMatchObject({
      changed: { description: ['uid', 'description'] },
    });
    expect((await directory(folder, 'attributes', 'get')).json).toMatchObject({ changed: ['userGroup'] });
  });

  test('a name that no attribute can have is refused, and nothing is saved', async () => {
    const folder = await connectedFolder();
    const refused = await directory(folder, 'attributes', 'set', 'mobile=a)(b');
    expect(refused).toMatchObject({ exitCode: 2, json: { error: { code: 'directory.invalid' } } });
    expect((await directory(folder, 'attributes', 'get')).json).toMatchObject({ changed: [] });
  });
});
