import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { importInThread, synchronizeInThread } from '../../../src/core/background/threaded-runs.ts';
import { DirectoryServers } from '../../../src/core/directory/directory-servers.ts';
import { importRulesSchema } from '../../../src/core/import/import-rules.ts';
import { definition } from '../../helpers/changing-directory.ts';
import { connect, settingsOfFake } from '../../helpers/connected-core.ts';
import { fakeBaseDn, fakePeople, fakeStaff, fakeStaffDn } from '../../helpers/fake-entries.ts';
import { temporaryCore } from '../../helpers/temporary-core.ts';
import { startFakeLdap } from '../../servers/fake-ldap.ts';

test('a server that a run in a thread could not use delays nobody else after it', async () => {
  let visits = 0;
  const dead = createServer((socket) => {
    visits += 1;
    socket.destroy();
  }).listen(0, '127.0.0.1');
  await once(dead, 'listening');
  onTestFinished(() => void dead.close());
  const entries = [
    { dn: fakeBaseDn, attributes: { objectClass: 'domainDNS' } },
    fakeStaff(),
    ...fakePeople(3),
  ];
  const living = await startFakeLdap({ entries });
  onTestFinished(() => living.stop());
  let now = 0;
  const directoryServers = new DirectoryServers({ resolveSrv: async () => [], now: () => now });
  const core = temporaryCore({ directoryServers });
  const urls = [`ldap://127.0.0.1:${(dead.address() as AddressInfo).port}`, living.url];
  connect(core, { ...settingsOfFake(living), urls }, 'secret of the reader');
  const request = {
    selection: { scope: 'container' as const, dn: fakeStaffDn, includeSubtree: true },
    rules: importRulesSchema.parse({}),
  };

  expect((await importInThread(core, request)).counts.added).toBe(3);
  expect(visits).toBe(1);
  expect(directoryServers.resting()).toMatchObject([{ url: urls[0], remainingMs: 30_000 }]);
  // A rest that lasts for longer than the rest of this test on any machine.
  for (let count = 0; count < 4; count += 1) directoryServers.hasFailed(urls[0] ?? '');
  expect((await importInThread(core, request)).counts.unchanged).toBe(3);
  core.synchronization.items.add(
    'Everybody',
    definition({ scope: 'filter', filter: '(sAMAccountName=*)' }, {}),
  );
  expect((await synchronizeInThread(core, {})).state).toBe('completed');
  await (await core.openDirectory()).close();
  expect(visits).toBe(1);
  now += 301_000;
  expect((await importInThread(core, request)).counts.unchanged).toBe(3);
  expect(visits).toBe(2);
});
