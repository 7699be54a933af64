import { describe, expect, onTestFinished, test } from 'vitest';
import type { SingleSelection } from '../../../src/core/directory/directory.ts';
import { definition } from '../../helpers/changing-directory.ts';
import { coreOfFake } from '../../helpers/connected-core.ts';
import { fakeBaseDn, fakeGroup, fakePerson } from '../../helpers/fake-entries.ts';
import { startFakeLdap } from '../../servers/fake-ldap.ts';
import type { FakeEntry } from '../../servers/fake-ldap-entries.ts';

const domain: FakeEntry = { dn: fakeBaseDn, attributes: { objectClass: ['top', 'domainDNS'] } };

function ou(name: string, number: number, parentDn = fakeBaseDn): FakeEntry {
  const attributes = { objectClass: 'organizationalUnit', objectGUID: Buffer.alloc(16, number) };
  return { dn: `OU=${name},${parentDn}`, attributes };
}

const staff = ou('Staff', 0x41);
const everybody = { scope: 'container', dn: staff.dn, includeSubtree: true } as const;

function inStaff(index: number, attributes: FakeEntry['attributes'] = {}): FakeEntry {
  return fakePerson(index, attributes, `CN=user${index},${staff.dn}`);
}

/** A directory, everybody of a selection as users, and what the bind account is let see later. */
async function open(entries: readonly FakeEntry[], selection: SingleSelection) {
  const server = await startFakeLdap({ entries: [domain, staff, ...entries] });
  onTestFinished(() => server.stop());
  const core = coreOfFake(server);
  const { synchronization } = core;
  synchronization.items.add('Staff', definition(await synchronization.identify(selection)));
  expect(await synchronization.run({})).toMatchObject({ state: 'completed', error: null });
  return {
    core,
    run: (order = {}) => synchronization.run(order),
    show(...visible: readonly FakeEntry[]) {
      server.state.entries = [domain, staff, ...visible];
    },
  };
}

test('whose account is disabled is not let in when the state of accounts cannot be read any more', async () => {
  const enabled = { userAccountControl: '512' };
  const disabled = { userAccountControl: '514' };
  const { core, run, show } = await open([inStaff(0, enabled), inStaff(1, enabled)], everybody);
  show(inStaff(0, enabled), inStaff(1, disabled));
  expect(await run()).toMatchObject({ counts: { disabled: 1 } });

  show(inStaff(0), inStaff(1));
  const unread = await run();
  expect(unread).toMatchObject({ state: 'completed', counts: { enabled: 0, disabled: 0 } });
  expect([core.users.find('user0').enabled, core.users.find('user1').enabled]).toEqual([true, false]);
  expect(core.runs.changes(unread.id)).toMatchObject([
    {
      username: 'user1',
      reason: 'whether the account is still disabled in the directory cannot be read',
    },
  ]);

  show(inStaff(0, enabled), inStaff(1, enabled));
  expect(await run()).toMatchObject({ counts: { enabled: 1 } });
});

describe('people in an OU below one that hides its content', () => {
  const inEmea = ou('Sales', 0x43, `OU=EMEA,${staff.dn}`);
  const below = [8, 9].map((index) => fakePerson(index, {}, `CN=user${index},${inEmea.dn}`));
  const others = [inStaff(0), inStaff(1), inStaff(2)];
  const emea = ou('EMEA', 0x42, staff.dn);

  test('are not taken for leavers', async () => {
    const { core, run, show } = await open([...others, emea, inEmea, ...below], everybody);
    const counting = { ...emea.attributes, 'msDS-Approx-Immed-Subordinates': '1' };
    show(...others, { dn: emea.dn, attributes: counting });
    expect(await run()).toMatchObject({ state: 'failed', error: { code: 'directory.listingIncomplete' } });
    expect(core.users.list({ filter: 'state:enabled' }).total).toBe(5);
  });

  test('are held where it cannot be told from one that is gone', async () => {
    const { core, run, show } = await open([...others, emea, inEmea, ...below], everybody);
    show(...others, emea);
    expect(await run()).toMatchObject({ state: 'awaitingApproval', counts: { disabled: 0, held: 2 } });
    show(...others, emea, inEmea, ...below);
    expect(await run()).toMatchObject({ state: 'completed', counts: { held: 0 } });
    expect(core.users.list({ filter: 'state:enabled' }).total).toBe(5);
  });

  test('have left when they are to be seen elsewhere', async () => {
    const { core, run, show } = await open([...others, emea, inEmea, ...below], everybody);
    show(...others, ...[8, 9].map((index) => fakePerson(index, {}, `CN=user${index},${fakeBaseDn}`)));
    expect(await run()).toMatchObject({ state: 'completed', counts: { disabled: 2 } });
    expect(core.users.list({ filter: 'state:enabled' }).total).toBe(3);
  });
});

test.each([
  ['everybody is read', {}],
  ['one user is synchronized', { user: 'user0' }],
])('a member of a group who cannot be read is held when %s', async (_, order) => {
  const members = [0, 1, 2, 3].map((index) => inStaff(index));
  const group = fakeGroup(
    'VPN',
    members.map(({ dn }) => dn),
    { objectGUID: Buffer.alloc(16, 0x44) },
  );
  const selection = { scope: 'group', dn: group.dn, isRecursive: true } as const;
  const { core, run, show } = await open([group, ...members], selection);
  show(group, ...members.slice(1));
  expect(await run(order)).toMatchObject({ state: 'awaitingApproval', counts: { disabled: 0, held: 1 } });
  expect(core.users.find('user0').enabled).toBe(true);
});

describe('phones that nobody has any more', () => {
  const people = (
    count: number,
    attributes = (index: number): FakeEntry['attributes'] => ({ mobile: `+1425555010${index}` }),
  ) => Array.from({ length: count }, (_, index) => inStaff(index, attributes(index)));

  test('are not taken from many users, as when the right to read them is missing', async () => {
    const { core, run, show } = await open(people(6), everybody);
    show(...people(6, () => ({ givenName: 'Ada' })));
    const failed = await run();
    expect(failed).toMatchObject({ state: 'failed', error: { code: 'sync.nothingFound' } });
    expect(failed.error?.message).toContain('Nobody has a readable mobile in the directory');
    expect(core.users.find('user3')).toMatchObject({ phone: '+14255550103', firstName: null });

    show(...people(6, (index) => (index === 0 ? { mobile: '+14255550100' } : {})));
    expect(await run()).toMatchObject({ state: 'completed', counts: { updated: 5 } });
  });

  test('are taken from a few', async () => {
    const { core, run, show } = await open(people(5), everybody);
    show(...people(5, () => ({})));
    expect(await run()).toMatchObject({ state: 'completed', counts: { updated: 5 } });
    expect(core.users.find('user3').phone).toBeNull();
  });
});
