import { Attribute, Change, Client } from 'ldapts';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { Directory } from '../../../../../src/core/directory/directory.ts';
import { ldifRecord } from '../../../../servers/ldif.ts';
import { type OpenLdap, startOpenLdap } from '../../../../servers/openldap.ts';
import { describeWithServer, openLdapServer } from '../../../../servers/require-server.ts';
import { collect, openTestDirectory } from '../open-test-directory.ts';
import { accountsOf, begin, minutesLater, readChanges, whyFull } from './read-changes.ts';

const longAgo = '20200101000000Z';

describeWithServer('changes of a directory that is not Active Directory', openLdapServer, () => {
  let server: OpenLdap;
  let admin: Client;

  beforeAll(async () => {
    server = await startOpenLdap({
      users: 30,
      kind: 'inetOrgPerson',
      ldif: ldifRecord(`CN=Staff,DC=big,DC=contoso,DC=test`, {
        objectClass: 'groupOfNames',
        member: 'UID=user00003,OU=Department 3,OU=People,DC=big,DC=contoso,DC=test',
        modifyTimestamp: longAgo,
      }),
    });
    admin = new Client({ url: server.ldapUrl });
    await admin.bind(server.admin.dn, server.admin.password);
  });

  afterAll(async () => {
    await admin?.unbind();
    await server?.stop();
  });

  function open(): Promise<Directory> {
    return openTestDirectory(
      {
        type: 'ldap',
        urls: [server.ldapUrl],
        security: 'none',
        acceptsPlain: true,
        bindUser: server.reader.dn,
        baseDn: server.baseDn,
      },
      server.reader.password,
    );
  }

  function set(dn: string, type: string, value: string): Promise<void> {
    const modification = new Attribute({ type, values: [value] });
    return admin.modify(dn, new Change({ operation: 'replace', modification }));
  }

  const person = (index: number) =>
    `UID=user${String(index).padStart(5, '0')},OU=Department ${index % 10},${server.peopleDn}`;

  test('are read by times, which say nothing of deleted people', async () => {
    expect((await whyFull(await open(), null)).way).toEqual({
      kind: 'timestamp',
      reason:
        'Changes are read by modifyTimestamp, because the server is no domain controller. Deleted people are noticed by full runs only.',
      seesDeletions: false,
    });
  });

  test('are told whole, with groups and with people below a renamed container', async () => {
    const directory = await open();
    const before = await begin(directory);
    await set(person(3), 'mobile', '+1 425 555 0103');
    await set(`CN=Staff,${server.baseDn}`, 'description', 'Everybody');
    await admin.modifyDN(`OU=Department 7,${server.peopleDn}`, 'OU=Department Seven');
    const staff = await directory.findEntry({ dn: `CN=Staff,${server.baseDn}` });
    const ofStaff = { directoryId: staff?.directoryId ?? '', isRecursive: false };
    // Where a group is renamed, links that name it lead nowhere, so that any may lie in any.
    const ofOther = { directoryId: 'other', isRecursive: true };
    const groups = [ofStaff, ofOther, { ...ofOther, isRecursive: false }];
    const told = await readChanges(directory, before, { groups });
    expect(accountsOf(told)).toEqual(
      expect.arrayContaining(['user00003', 'user00007', 'user00017', 'user00027']),
    );
    expect(told.groups).toEqual([ofStaff, ofOther]);
    expect(told.users.find(({ username }) => username === 'user00003')?.phones.mobile).toBe(
      '+1 425 555 0103',
    );
    expect(told.users.find(({ username }) => username === 'user00007')?.dn).toMatch(/Department Seven/);
    await admin.modifyDN(`OU=Department Seven,${server.peopleDn}`, 'OU=Department 7');
  });

  test('of the latest minute are told again until nothing can be added to it', async () => {
    const directory = await open();
    await set(person(5), 'mobile', '+1 425 555 0105');
    const first = await begin(directory);
    const again = await readChanges(directory, first, { now: minutesLater(0.5) });
    expect(accountsOf(again)).toContain('user00005');
    const settled = await readChanges(directory, again.next, { now: minutesLater(2) });
    expect(accountsOf(settled)).toContain('user00005');
    expect(settled.next.isSettled).toBe(true);
    const quiet = await readChanges(directory, settled.next, { now: minutesLater(3) });
    expect(quiet).toMatchObject({ users: [], groups: [], missing: [] });
    expect(quiet.next).toEqual(settled.next);
  });

  test('begin where nothing has changed for years', async () => {
    const old = await startOpenLdap({ kind: 'inetOrgPerson' });
    onTestFinished(() => old.stop());
    const directory = await openTestDirectory(
      {
        type: 'ldap',
        urls: [old.ldapUrl],
        security: 'none',
        acceptsPlain: true,
        bindUser: old.reader.dn,
        baseDn: old.baseDn,
      },
      old.reader.password,
    );
    // For the server it is years ago that anything changed.
    const now = minutesLater(60 * 24 * 365 * 5);
    const first = await begin(directory, { now });
    expect(Number(first.position.slice(0, 4))).toBeLessThan(now.getUTCFullYear());
    expect((await readChanges(directory, first, { now })).users).toEqual([]);
  });

  test('leave it to be asked which of a few belong to a selection', async () => {
    const directory = await open();
    const { users } = await collect(directory, { scope: 'users', names: ['user00002', 'user00012'] });
    const among = users.map(({ directoryId }) => directoryId);
    const found: (string | null)[] = [];
    const department = {
      scope: 'container',
      dn: `OU=Department 2,${server.peopleDn}`,
      includeSubtree: true,
    } as const;
    for await (const page of directory.users({ ...department, userFilter: '(uid=user00012)' }, { among })) {
      found.push(...page.users.map(({ username }) => username));
    }
    expect(found).toEqual(['user00012']);
    const staff = { scope: 'group', dn: `CN=Staff,${server.baseDn}`, isRecursive: true } as const;
    const members = await collect(directory, staff);
    const asked: string[] = [];
    const ids = [...among, ...members.users.map(({ directoryId }) => directoryId)];
    for await (const page of directory.users(staff, { among: ids })) {
      asked.push(...page.users.map(({ directoryId }) => directoryId));
    }
    expect(asked).toEqual(members.users.map(({ directoryId }) => directoryId));
  });
});
