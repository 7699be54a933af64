import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Directory } from '../../../../src/core/directory/directory.ts';
import { systemServers } from '../../../../src/core/directory/directory-servers.ts';
import {
  type DirectorySettings,
  directorySettingsSchema,
} from '../../../../src/core/directory/directory-settings.ts';
import { testConnection } from '../../../../src/core/directory/ldap/doctor.ts';
import { suggestBaseDn } from '../../../../src/core/directory/ldap/suggest-base-dn.ts';
import { ldifRecord } from '../../../servers/ldif.ts';
import { type OpenLdap, startOpenLdap } from '../../../servers/openldap.ts';
import { describeWithServer, openLdapServer } from '../../../servers/require-server.ts';
import { accountNames, collect, openTestDirectory } from './open-test-directory.ts';

const baseDn = 'DC=big,DC=contoso,DC=test';
const peopleDn = `OU=People,${baseDn}`;
const groupsDn = `OU=Groups,${baseDn}`;

describeWithServer('a directory that is not Active Directory', openLdapServer, () => {
  let server: OpenLdap;

  beforeAll(async () => {
    server = await startOpenLdap({
      users: 250,
      kind: 'inetOrgPerson',
      ldif:
        ldifRecord(groupsDn, { objectClass: 'organizationalUnit' }) +
        ldifRecord(`CN=Inner,${groupsDn}`, {
          objectClass: 'groupOfNames',
          // As people write them: another case, and blanks.
          member: [`UID=user00000, ou=Department 0,${peopleDn}`, person(1), `CN=Outer,${groupsDn}`],
        }) +
        ldifRecord(`CN=Outer,${groupsDn}`, {
          objectClass: 'groupOfNames',
          description: 'The outer one',
          member: [person(2), `CN=Inner,${groupsDn}`, person(9999)],
        }) +
        ldifRecord(`CN=Unique,${groupsDn}`, {
          objectClass: 'groupOfUniqueNames',
          uniqueMember: [person(3), person(4)],
        }),
    });
  });

  afterAll(() => server?.stop());

  test.each(['LDAPS', 'StartTLS', 'plain'] as const)('is read over %s', async (kind) => {
    const directory = await open({
      urls: [kind === 'LDAPS' ? server.ldapsUrl : server.ldapUrl],
      security: kind === 'plain' ? 'none' : 'startTls',
      acceptsPlain: kind === 'plain',
    });
    expect(await directory.count({ scope: 'container', dn: peopleDn, includeSubtree: true })).toBe(250);
  });

  test('gives its people an id that lasts', async () => {
    const directory = await open({ pageSize: 100 });
    const { users } = await collect(directory, {
      scope: 'container',
      dn: `OU=Department 3,${peopleDn}`,
      includeSubtree: false,
    });
    expect(users).toHaveLength(25);
    expect(users[0]).toMatchObject({
      directoryId: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
      username: 'user00003',
      firstName: 'David',
      email: 'user00003@contoso.test',
      isAccountEnabled: null,
    });
  });

  test('finds people by uid, DN and entryUUID', async () => {
    const directory = await open();
    const [someone] = (await collect(directory, { scope: 'users', names: ['user00007'] })).users;
    for (const name of ['USER00007', someone?.dn ?? '', someone?.directoryId ?? '']) {
      const { users } = await collect(directory, { scope: 'users', names: [name] });
      expect(users, name).toEqual([someone]);
    }
  });

  test('follows groups in groups without any help of the server', async () => {
    const directory = await open();
    const members = (name: string, isRecursive: boolean) =>
      accountNames(directory, { scope: 'group', dn: `CN=${name},${groupsDn}`, isRecursive });
    expect(await members('Inner', false)).toEqual(['user00000', 'user00001']);
    expect(await members('Outer', true)).toEqual(['user00000', 'user00001', 'user00002']);
    expect(await members('Unique', false)).toEqual(['user00003', 'user00004']);
    const { unusable } = await collect(directory, {
      scope: 'group',
      dn: `CN=Outer,${groupsDn}`,
      isRecursive: false,
    });
    expect(unusable).toMatchObject([{ dn: person(9999), isHidden: true }]);
  });

  test('shows containers, groups and what a search finds', async () => {
    const directory = await open();
    expect(await directory.containers()).toMatchObject([
      { name: 'Groups', users: 0, hasChildren: false },
      { name: 'People', users: 250, hasChildren: true },
    ]);
    expect(await directory.containers(peopleDn)).toHaveLength(10);
    expect(await directory.groups('out')).toMatchObject([{ name: 'Outer', description: 'The outer one' }]);
    expect(await directory.search("o'neil", 3)).toMatchObject({ hasMore: true, total: 24 });
  });

  test('suggests its base DN and passes the doctor, who asks nothing that only Active Directory has', async () => {
    const settings = settingsOf({ baseDn: '' });
    const suggested = await suggestBaseDn(settings, server.reader.password, systemServers());
    expect(suggested.toLowerCase()).toBe(baseDn.toLowerCase());
    const steps: string[] = [];
    for await (const check of testConnection(settings, server.reader.password, systemServers())) {
      expect(check).toMatchObject({ ok: true });
      steps.push(check.step);
    }
    expect(steps).not.toContain('DirSync right');
    expect(steps).toContain('Paging');
  });

  test('a limit over all pages is no end', async () => {
    const strict = await startOpenLdap({ users: 300, sizeLimit: 200, limitsPagedSearches: true });
    try {
      const directory = await openTestDirectory(
        {
          urls: [strict.ldapsUrl],
          ca: strict.ca,
          bindUser: strict.reader.dn,
          pageSize: 100,
          filters: { user: '(objectClass=user)' },
        },
        strict.reader.password,
      );
      const everybody = { scope: 'container', dn: strict.peopleDn, includeSubtree: true } as const;
      await expect(collect(directory, everybody)).rejects.toMatchObject({
        code: 'directory.listingIncomplete',
        message: expect.stringMatching(/after \d+ entries: the server stopped at its size limit/),
      });
    } finally {
      await strict.stop();
    }
  });

  function open(settings: Partial<DirectorySettings> = {}): Promise<Directory> {
    return openTestDirectory(settingsOf(settings), server.reader.password);
  }

  function settingsOf(settings: Partial<DirectorySettings>): DirectorySettings {
    return directorySettingsSchema.parse({
      type: 'ldap',
      urls: [server.ldapsUrl],
      baseDn,
      ca: server.ca,
      bindUser: server.reader.dn,
      ...settings,
    });
  }

  function person(index: number): string {
    return `uid=user${String(index).padStart(5, '0')},OU=Department ${index % 10},${peopleDn}`;
  }
});
