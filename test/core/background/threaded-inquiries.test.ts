import { expect, onTestFinished, test } from 'vitest';
import { compareInThread, tryInThread } from '../../../src/core/background/threaded-inquiries.ts';
import { compareSelection } from '../../../src/core/sync/compare-selection.ts';
import { definition } from '../../helpers/changing-directory.ts';
import { coreOfFake } from '../../helpers/connected-core.ts';
import { fakeBaseDn, fakePeople, fakeStaff } from '../../helpers/fake-entries.ts';
import type { TemporaryCore } from '../../helpers/temporary-core.ts';
import { type FakeLdap, startFakeLdap } from '../../servers/fake-ldap.ts';

const everybody = { scope: 'filter', filter: '(sAMAccountName=*)' } as const;
const few = { scope: 'filter', filter: '(sAMAccountName=user1*)' } as const;
const domain = { dn: fakeBaseDn, attributes: { objectClass: 'domainDNS' } };

async function company(): Promise<{ core: TemporaryCore; server: FakeLdap }> {
  const server = await startFakeLdap({ entries: [domain, fakeStaff(), ...fakePeople(12)] });
  onTestFinished(() => server.stop());
  return { core: coreOfFake(server), server };
}

test('a comparison in a thread is that of the same services', async () => {
  const { core } = await company();
  const item = core.synchronization.items.add('Everybody', definition(everybody));
  await core.synchronization.run({});
  const compared = await compareInThread(core, item, few);
  expect(compared).toEqual(await compareSelection(item, few, core));
  expect(compared).toMatchObject({ found: 3, others: 0 });
  expect(compared.lost).toHaveLength(9);
});

test('a selection is tried in a thread, and a failure keeps its code', async () => {
  const { core, server } = await company();
  expect(await tryInThread(core, { name: 'New', selection: few })).toEqual({
    count: 3,
    names: ['user1', 'user10', 'user11'],
  });
  const gone = { scope: 'container', directoryId: 'gone', dn: 'OU=Gone', includeSubtree: true } as const;
  await expect(tryInThread(core, { name: 'Gone', selection: gone })).rejects.toMatchObject({
    code: 'directory.entryNotFound',
  });
  await server.stop();
  const failing = tryInThread(core, { name: 'New', selection: few });
  await expect(failing).rejects.toMatchObject({ code: 'directory.refused' });
  expect(core.directoryServers.resting()).toMatchObject([{ url: server.url }]);
});

test('giving up ends the thread although the server does not answer, and the next one asks anew', async () => {
  const { core, server } = await company();
  server.state.faults = { stallAfter: 5 };
  const stop = new AbortController();
  const waiting = tryInThread(core, { name: 'New', selection: everybody }, stop.signal);
  const asked = () => server.requests.some((request) => 'scope' in request && request.scope === 'sub');
  await expect.poll(asked, { timeout: 30_000 }).toBe(true);
  stop.abort(new Error('given up'));
  await expect(waiting).rejects.toThrow('given up');
  await expect.poll(server.openConnectionCount, { timeout: 30_000 }).toBe(0);
  server.state.faults = {};
  await core.users.add({ username: 'ada' });
  expect(await tryInThread(core, { name: 'New', selection: everybody })).toMatchObject({ count: 12 });
  await expect(tryInThread(core, { name: 'New', selection: few }, stop.signal)).rejects.toThrow('given up');
});
