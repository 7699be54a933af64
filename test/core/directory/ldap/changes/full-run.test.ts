import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { ChangeCursor, FullRunReason } from '../../../../../src/core/directory/changes.ts';
import type { ChangeOptions, DirectoryUser } from '../../../../../src/core/directory/directory.ts';
import type { DirectorySettings } from '../../../../../src/core/directory/directory-settings.ts';
import { describeWithServer, sambaServer } from '../../../../servers/require-server.ts';
import { type DomainController, startDomainController } from '../../../../servers/samba.ts';
import { collect, openTestDirectory } from '../open-test-directory.ts';
import { accountsOf, begin, minutesLater, readChanges, whyFull } from './read-changes.ts';

interface Case {
  readonly what: string;
  readonly because: FullRunReason;
  readonly cursor?: Partial<ChangeCursor>;
  readonly settings?: Partial<DirectorySettings>;
  readonly options?: Partial<ChangeOptions>;
}

const days = (count: number) => minutesLater(count * 24 * 60);
const otherController = 'CN=NTDS Settings,CN=DC2,CN=Servers,CN=Site,CN=Sites,CN=Configuration';

const cases: readonly Case[] = [
  { what: 'another controller answers', because: 'otherServer', cursor: { controller: otherController } },
  {
    what: 'the controller has another copy of its database',
    because: 'restoredServer',
    cursor: { invocationId: '00000000-0000-4000-8000-000000000000' },
  },
  {
    what: 'the numbers of the controller went back',
    because: 'restoredServer',
    cursor: { usn: '99999999999999' },
  },
  { what: 'another way was used', because: 'otherKind', options: { without: ['dirSync'] } },
  { what: 'the last run is too long ago', because: 'expired', options: { now: days(200) } },
  { what: 'the clock was put back', because: 'expired', options: { now: days(-2) } },
  {
    what: 'the server does not know the cookie any more',
    because: 'expired',
    cursor: { position: Buffer.from('forgotten').toString('base64') },
  },
  {
    what: 'the user filter was changed',
    because: 'scopeChanged',
    settings: { filters: { user: '(objectClass=user)' } },
  },
  {
    what: 'an attribute was changed',
    because: 'scopeChanged',
    settings: { attributes: { mobile: 'otherMobile' } },
  },
  { what: 'the base DN was changed', because: 'scopeChanged', settings: { baseDn: '' } },
  {
    what: 'the filter of an item was changed',
    because: 'scopeChanged',
    options: { filters: ['(department=Sales)'] },
  },
];

describeWithServer('a full run', sambaServer, () => {
  let controller: DomainController;
  let base: string;

  beforeAll(async () => {
    controller = await startDomainController();
    base = await controller.content.organizationalUnit('Base');
  });

  afterAll(() => controller?.stop());

  function open(settings: Partial<DirectorySettings> = {}) {
    const { userPrincipalName: bindUser, password } = controller.administrator;
    return openTestDirectory(
      { urls: [controller.ldapsUrl], ca: controller.ca, bindUser, baseDn: base, ...settings },
      password,
    );
  }

  test.each(cases)('is needed when $what', async ({ because, cursor: changes, settings, options }) => {
    const cursor = await begin(await open());
    const full = await whyFull(await open(settings), { ...cursor, ...changes }, options);
    expect(full).toMatchObject({ because, sentence: expect.stringMatching(/^[A-Z].*\.$/) });
    // The new cursor can be gone on from.
    if (full.next === null) throw new Error('there is no new cursor');
    expect((await readChanges(await open(settings), full.next, options)).users).toEqual([]);
  });

  test('is needed when a container may have left the base DN with people of whom nothing is known', async () => {
    const { content } = controller;
    const office = await content.organizationalUnit('Office', base);
    await content.users(office, 2, { prefix: 'leaving' });
    const before = await begin(await open());
    await content.rename(office, `OU=Office,${controller.baseDn}`);
    expect(await whyFull(await open(), before)).toMatchObject({
      because: 'containerMoved',
      sentence: expect.stringContaining('OU=Office,DC=corp'),
    });
  });

  describe('is not needed for a container that changed beyond the base DN', () => {
    /** An OU with two people, and one with somebody, who all are known, as they are found now. */
    async function openKnown(name: string) {
      const { content } = controller;
      const leaving = await content.organizationalUnit(name, base);
      const inside = await content.organizationalUnit('Inside', leaving);
      const staying = await content.organizationalUnit(`${name} stays`, base);
      await content.users(leaving, 1, { prefix: `${name}a` });
      await content.users(inside, 1, { prefix: `${name}b` });
      await content.users(staying, 1, { prefix: `${name}c` });
      const people = await known([leaving, staying]);
      const before = await begin(await open());
      const told = async () => readChanges(await open(), before, { people: () => people });
      const move = () => content.rename(leaving, `OU=${name} gone,${controller.baseDn}`);
      const gone = people
        .filter(({ dn }) => dn.endsWith(`,${leaving}`))
        .map(({ directoryId }) => directoryId);
      expect([people.length, gone.length]).toEqual([3, 2]);
      return { leaving, told, move, gone };
    }

    async function known(dns: readonly string[]): Promise<DirectoryUser[]> {
      const directory = await open();
      const listings = dns.map((dn) => collect(directory, { scope: 'container', dn, includeSubtree: true }));
      return (await Promise.all(listings)).flatMap(({ users }) => users);
    }

    test('with none of the people whom we know', async () => {
      const { told } = await openKnown('quiet');
      await controller.content.organizationalUnit('Somewhere else');
      expect((await told()).users).toEqual([]);
    });

    test('with some of them, who are told', async () => {
      const { told, move, gone } = await openKnown('taken');
      await move();
      expect(await told()).toMatchObject({ users: [], missing: expect.arrayContaining(gone) });
    });

    test('with some of them, where another one is now', async () => {
      const { told, move, gone, leaving } = await openKnown('swapped');
      await move();
      await controller.content.organizationalUnit('swapped', base);
      await controller.content.organizationalUnit('Inside', leaving);
      expect(await told()).toMatchObject({ users: [], missing: expect.arrayContaining(gone) });
    });
  });

  test('is needed when a container changed there, and people are known in very many', async () => {
    const before = await begin(await open());
    const people = Array.from({ length: 1001 }, (_, index) => ({
      directoryId: `person ${index}`,
      dn: `CN=Somebody,OU=Office ${index},${base}`,
    }));
    expect((await readChanges(await open(), before, { people: () => people })).missing).toEqual([]);
    await controller.content.organizationalUnit('Elsewhere');
    expect(await whyFull(await open(), before, { people: () => people })).toMatchObject({
      because: 'containerMoved',
    });
  });

  test('is needed when a group changed and a filter asks who is in groups', async () => {
    const { content } = controller;
    const [person = ''] = await content.users(base, 1, { prefix: 'member' });
    const group = await content.group(base, 'Staff');
    const options = { filters: [`(memberOf=${group})`] };
    const before = await begin(await open(), options);
    await content.addMembers(group, [person]);
    expect((await whyFull(await open(), before, options)).because).toBe('membershipFilter');
    expect((await readChanges(await open(), await begin(await open()))).groups).toEqual([]);
  });

  test('is needed when the controller is gone and a copy of it answers', async () => {
    const copy = await startDomainController({ isFresh: true });
    onTestFinished(() => copy.stop());
    const { userPrincipalName: bindUser, password } = controller.administrator;
    const settings = { urls: [controller.ldapsUrl, copy.ldapsUrl], ca: controller.ca + copy.ca, bindUser };
    const before = await begin(await openTestDirectory(settings, password));
    expect(before.server).toBe(controller.ldapsUrl);
    const without = {
      ...settings,
      urls: [controller.ldapsUrl.replace('ldaps://', 'ldaps://x.invalid.'), copy.ldapsUrl],
    };
    const full = await whyFull(await openTestDirectory(without, password), before);
    expect(full).toMatchObject({ because: 'restoredServer', next: { server: copy.ldapsUrl } });
  }, 180_000);

  test('is not needed when nothing of this happened', async () => {
    const before = await begin(await open());
    await controller.content.users(base, 1, { prefix: 'somebody' });
    expect(accountsOf(await readChanges(await open(), before, { now: days(30) }))).toEqual(['somebody00000']);
  });

  test('is always needed where people are recognized by something else, unless times can be read', async () => {
    const directory = await open({
      attributes: { uniqueIdentifier: 'sAMAccountName', uniqueIdentifierType: 'text' },
    });
    expect((await whyFull(directory, null)).way).toMatchObject({
      kind: 'timestamp',
      reason: expect.stringContaining('not recognized by objectGUID'),
      seesDeletions: false,
    });
  });
});
