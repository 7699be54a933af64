import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ChangeCursor, ChangeKind, WatchedGroup } from '../../../../../src/core/directory/changes.ts';
import type { Directory, DirectoryUser } from '../../../../../src/core/directory/directory.ts';
import { systemServers } from '../../../../../src/core/directory/directory-servers.ts';
import {
  type DirectorySettings,
  directorySettingsSchema,
} from '../../../../../src/core/directory/directory-settings.ts';
import { openLdapDirectory } from '../../../../../src/core/directory/ldap/ldap-directory.ts';
import { describeWithServer, sambaServer } from '../../../../servers/require-server.ts';
import { type DomainController, startDomainController } from '../../../../servers/samba.ts';
import { addBindAccounts, type BindAccount } from '../../../../servers/samba-accounts.ts';
import { collect } from '../open-test-directory.ts';
import { accountsOf, begin, now, readChanges } from './read-changes.ts';

interface Way {
  readonly name: string;
  readonly kind: ChangeKind;
  readonly isAdministrator: boolean;
  readonly without?: readonly ChangeKind[];
  readonly seesDeletions: boolean;
}

const ways: readonly Way[] = [
  {
    name: 'DirSync with the right to replicate',
    kind: 'dirSync',
    isAdministrator: true,
    seesDeletions: true,
  },
  { name: 'DirSync as far as it may see', kind: 'dirSync', isAdministrator: false, seesDeletions: false },
  { name: 'uSNChanged', kind: 'usn', isAdministrator: true, without: ['dirSync'], seesDeletions: true },
  {
    name: 'uSNChanged without Deleted Objects',
    kind: 'usn',
    isAdministrator: false,
    without: ['dirSync'],
    seesDeletions: false,
  },
  {
    name: 'whenChanged',
    kind: 'timestamp',
    isAdministrator: false,
    without: ['dirSync', 'usn'],
    seesDeletions: false,
  },
];

describeWithServer('changes of Active Directory', sambaServer, () => {
  let controller: DomainController;
  let reader: BindAccount;

  beforeAll(async () => {
    controller = await startDomainController();
    const { content } = controller;
    reader = (await addBindAccounts(content, await content.organizationalUnit('Service Accounts'))).working;
  });

  afterAll(() => controller?.stop());

  describe.each(ways)('by $name', ({ name, kind, isAdministrator, without, seesDeletions }) => {
    const prefix = `w${ways.findIndex((way) => way.name === name)}`;
    let directory: Directory;
    let outside: string;
    let office: string;
    let people: string[];
    let inner: string;
    let outer: string;
    let groups: Record<'inner' | 'outer' | 'outerAndBelow', WatchedGroup>;
    let ids: Map<string | null, string>;
    let cursor: ChangeCursor;

    beforeAll(async () => {
      const { content } = controller;
      const base = await content.organizationalUnit(`Base ${prefix}`);
      outside = await content.organizationalUnit(`Outside ${prefix}`);
      office = await content.organizationalUnit('Office', base);
      people = await content.users(office, 8, { prefix });
      inner = await content.group(base, `Inner ${prefix}`, people.slice(0, 2));
      outer = await content.group(base, `Outer ${prefix}`, [inner]);
      const account = isAdministrator ? controller.administrator : reader;
      directory = await openLong(account, { baseDn: base });
      const { users } = await collect(directory, { scope: 'container', dn: base, includeSubtree: true });
      ids = new Map(users.map(({ accountName, directoryId }) => [accountName, directoryId]));
      const watch = async (dn: string, isRecursive: boolean) => {
        const found = await directory.findEntry({ dn });
        return { directoryId: found?.directoryId ?? '', isRecursive };
      };
      groups = {
        inner: await watch(inner, false),
        outer: await watch(outer, false),
        outerAndBelow: await watch(outer, true),
      };
      cursor = await begin(directory, { without });
    });

    afterAll(() => directory?.close());

    async function told() {
      const found = await readChanges(directory, cursor, { without, groups: Object.values(groups) });
      cursor = found.next;
      return found;
    }

    const idOf = (index: number) => ids.get(`${prefix}0000${index}`) ?? 'nobody';

    test('the way is chosen and explained', async () => {
      const { way } = await directory.changes(null, {
        filters: [],
        groups: [],
        people: null,
        most: 2000,
        without,
        now,
      });
      expect(way).toEqual({
        kind,
        seesDeletions,
        reason: expect.stringMatching(/^Changes are read by .*\.$/),
      });
    });

    test('nothing is told when nothing changed', async () => {
      const { users, deleted, groups: differing } = await told();
      // Times are read with an overlap.
      if (kind !== 'timestamp') expect(users).toEqual([]);
      expect(deleted).toEqual([]);
      if (kind !== 'timestamp') expect(differing).toEqual([]);
    });

    test('changed, disabled, renamed and new people are told whole', async () => {
      const { content } = controller;
      await content.set(people[0] ?? '', { mobile: '+1 425 555 0100' });
      await content.disable(people[1] ?? '');
      await content.rename(people[2] ?? '', `CN=renamed-${prefix},${office}`);
      await content.user(office, `${prefix}new`, { givenName: 'Nora' });
      const found = await told();
      expect(accountsOf(found)).toEqual(
        expect.arrayContaining([`${prefix}00000`, `${prefix}00001`, `${prefix}00002`, `${prefix}new`]),
      );
      if (kind !== 'timestamp') expect(found.users).toHaveLength(4);
      const whole = await collect(directory, {
        scope: 'users',
        names: found.users.map(({ directoryId }) => directoryId),
      });
      expect([...found.users].sort(byId)).toEqual([...whole.users].sort(byId));
      expect(found.users.find(({ accountName }) => accountName === `${prefix}00001`)).toMatchObject({
        isAccountEnabled: false,
        phones: { mobile: expect.any(String) },
      });
    });

    test('a group that has to do with no other is not told', async () => {
      const { content } = controller;
      const base = office.slice(office.indexOf(',') + 1);
      const aside = await content.group(base, `Aside ${prefix}`, [people[0] ?? '']);
      await content.group(outside, `Around ${prefix}`, [aside, outer]);
      const { groups: differing } = await told();
      // Times say nothing of groups beyond the base DN, through which one may lie in another.
      if (kind !== 'timestamp') expect(differing).toEqual([]);
      else expect(differing).toContain(groups.outerAndBelow);
    });

    test('a group that got or lost members is told, and who is in it can be asked', async () => {
      const { content } = controller;
      await content.addMembers(inner, [people[3] ?? '']);
      await content.removeMembers(inner, [people[0] ?? '']);
      const { groups: differing } = await told();
      expect(differing).toEqual(expect.arrayContaining([groups.inner, groups.outerAndBelow]));
      if (kind !== 'timestamp') expect(differing).not.toContain(groups.outer);
      const among = [0, 1, 3, 4].map(idOf);
      const selection = { scope: 'group', dn: outer } as const;
      const find = async (isRecursive: boolean) => {
        const found: string[] = [];
        const pages = directory.users({ ...selection, isRecursive }, { among });
        for await (const { users } of pages) found.push(...users.map(({ directoryId }) => directoryId));
        return found.sort();
      };
      expect(await find(true)).toEqual([idOf(1), idOf(3)].sort());
      expect(await find(false)).toEqual([]);
    });

    test('who is deleted or moved out is never confused', async () => {
      const { content } = controller;
      await content.delete(people[4] ?? '');
      await content.rename(people[5] ?? '', `CN=${prefix}00005,${outside}`);
      const found = await told();
      expect(found.deleted.includes(idOf(4))).toBe(seesDeletions);
      expect(found.deleted).not.toContain(idOf(5));
      if (kind !== 'timestamp') expect(found.missing).toContain(idOf(5));
      expect(found.missing).not.toContain(idOf(4));
    });

    test('a group in another is told when it is moved beyond the base DN, and when it is deleted', async () => {
      const { content } = controller;
      const moved = `CN=Inner ${prefix},${outside}`;
      await content.rename(inner, moved);
      await content.removeMembers(moved, [people[3] ?? '']);
      const afterMove = await told();
      if (kind !== 'timestamp') {
        expect(afterMove.groups).toEqual(expect.arrayContaining([groups.inner, groups.outerAndBelow]));
      }
      await content.delete(moved);
      await content.delete(people[1] ?? '');
      const { deletedGroups } = await told();
      expect(deletedGroups).toEqual(seesDeletions ? [groups.inner.directoryId] : []);
    });

    test('people below a renamed container are told with their new names', async () => {
      const renamed = office.replace('OU=Office', 'OU=Branch');
      await controller.content.rename(office, renamed);
      const found = await told();
      expect(accountsOf(found)).toEqual(expect.arrayContaining([`${prefix}00006`, `${prefix}00007`]));
      expect(found.users.find(({ accountName }) => accountName === `${prefix}00006`)?.dn).toBe(
        `CN=${prefix}00006,${renamed}`,
      );
      office = renamed;
    });

    test('somebody new under an old name has another id', async () => {
      const { content } = controller;
      await content.delete(`CN=${prefix}00006,${office}`);
      await content.user(office, `${prefix}00006`);
      const found = await told();
      const again = found.users.find(({ accountName }) => accountName === `${prefix}00006`);
      expect(again?.directoryId).not.toBe(idOf(6));
      expect(found.deleted.includes(idOf(6))).toBe(seesDeletions);
    });
  });

  /** Kept open for several tests. */
  async function openLong(account: BindAccount, settings: Partial<DirectorySettings>): Promise<Directory> {
    return openLdapDirectory(
      directorySettingsSchema.parse({
        type: 'activeDirectory',
        urls: [controller.ldapsUrl],
        ca: controller.ca,
        bindUser: account.userPrincipalName,
        ...settings,
      }),
      account.password,
      systemServers(),
    );
  }
});

function byId(left: DirectoryUser, right: DirectoryUser): number {
  return left.directoryId.localeCompare(right.directoryId);
}
