import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SyncRun } from '../../../src/core/runs/run.ts';
import { definition } from '../../helpers/changing-directory.ts';
import { connect } from '../../helpers/connected-core.ts';
import { type TemporaryCore, temporaryCore } from '../../helpers/temporary-core.ts';
import { type FaultProxy, startFaultProxy } from '../../servers/fault-proxy.ts';
import { ldifRecord } from '../../servers/ldif.ts';
import { describeWithServer, sambaServer } from '../../servers/require-server.ts';
import { type DomainController, startDomainController } from '../../servers/samba.ts';

const isDown = { kind: 'cut', afterBytes: 0 } as const;
const isUp = { kind: 'none' } as const;

describeWithServer('with two domain controllers', sambaServer, () => {
  let first: DomainController;
  let second: DomainController;
  let staff: string;
  let elsewhere: string;
  let people: string[];
  const started: { stop(): Promise<void> }[] = [];

  beforeAll(async () => {
    first = await startDomainController();
    started.push(first);
    staff = await first.content.organizationalUnit('Staff');
    elsewhere = await first.content.organizationalUnit('Elsewhere');
    people = await first.content.users(staff, 10);
    second = await startDomainController({ copyOf: { controller: first, name: 'DC2' } });
    started.push(second);
  });

  afterAll(async () => {
    for (const one of started.reverse()) await one.stop();
  });

  /** Changes something on both, as replication would. */
  async function onBoth(change: (content: DomainController['content']) => Promise<unknown>): Promise<void> {
    for (const { content } of [first, second]) await change(content);
  }

  async function proxyOf({ host, ports }: DomainController): Promise<FaultProxy> {
    const proxy = await startFaultProxy({ host, port: ports.ldaps });
    started.push(proxy);
    return proxy;
  }

  async function open(proxies: readonly FaultProxy[], ca: string): Promise<TemporaryCore> {
    const core = temporaryCore();
    const { baseDn, administrator } = first;
    const { userPrincipalName: bindUser, password } = administrator;
    const urls = proxies.map(({ host, port }) => `ldaps://${host}:${port}`);
    connect(core, { urls, baseDn, ca, bindUser, connectTimeoutSeconds: 60 }, password);
    const selection = { scope: 'container', dn: staff, includeSubtree: true } as const;
    const { items } = core.synchronization;
    items.add('Staff', definition(await core.synchronization.identify(selection)));
    return core;
  }

  function disabled(core: TemporaryCore): string[] {
    const { users } = core.users.list({ filter: 'state:disabled' });
    return users.map(({ username }) => username.replace(/@.*/, '')).sort();
  }

  function howRead({ state, error, request, counts }: SyncRun) {
    const { added, updated, disabled, enabled, held } = counts;
    const { kind, reason } = request;
    return { state, error, kind, reason, done: { added, updated, disabled, enabled, held } };
  }
  const idle = { added: 0, updated: 0, disabled: 0, enabled: 0, held: 0 };

  test('reads everybody from the other one when one is down, loses nothing, and harms nobody when both are', async () => {
    const proxies = [await proxyOf(first), await proxyOf(second)] as const;
    const core = await open(proxies, first.ca + second.ca);
    const run = async () => howRead(await core.synchronization.run({}));
    expect(await run()).toMatchObject({ state: 'completed', kind: 'full', done: { ...idle, added: 10 } });

    await onBoth((content) => content.set(people[0] ?? '', { mobile: '+14255550100' }));
    expect(await run()).toMatchObject({ state: 'completed', kind: 'dirSync', done: { ...idle, updated: 1 } });
    expect(proxies[1].connectionCount()).toBe(0);

    // Long enough ago for the second one to know of everybody.
    core.testClock.forward(4 * 86_400);
    expect(await run()).toMatchObject({ state: 'completed', kind: 'full', done: idle });

    // What the second one was told before the first one went down, and what it is told then.
    await onBoth((content) => content.rename(people[1] ?? '', `CN=user00001,${elsewhere}`));
    proxies[0].fault = isDown;
    await second.content.set(people[2] ?? '', { mobile: '+14255550102' });
    const failedOver = await run();
    expect(failedOver).toMatchObject({
      state: 'completed',
      kind: 'full',
      done: { ...idle, disabled: 1, updated: 1 },
    });
    expect(failedOver.reason).toMatch(/^Another server answers now: DC2 instead of DC1\./);
    expect(disabled(core)).toEqual(['user00001']);

    await onBoth((content) => content.addReplica(newcomer()));
    expect(await run()).toMatchObject({ state: 'completed', kind: 'dirSync', done: { ...idle, added: 1 } });

    // Both are down: nothing can be said of anybody.
    proxies[1].fault = isDown;
    await onBoth((content) => content.rename(people[3] ?? '', `CN=user00003,${elsewhere}`));
    const before = core.users.list().users;
    const failed = await core.synchronization.run({}).then(
      ({ state, error }) => ({ state, code: error?.code }),
      (error: { code: string }) => ({ state: 'failed', code: error.code }),
    );
    expect(failed).toMatchObject({ state: 'failed', code: expect.stringMatching(/^directory\./) });
    expect(core.users.list().users).toEqual(before);

    // The first one is back, and knows everything but what was changed on the second one alone.
    await first.content.set(people[2] ?? '', { mobile: '+14255550102' });
    proxies[0].fault = isUp;
    const back = await run();
    expect(back).toMatchObject({ state: 'completed', kind: 'full', done: { ...idle, disabled: 1 } });
    expect(back.reason).toMatch(/^Another server answers now: DC1 instead of DC2\./);
    expect(disabled(core)).toEqual(['user00001', 'user00003']);
    expect(await run()).toMatchObject({ state: 'completed', kind: 'dirSync', done: idle });
    expect(core.users.list().total).toBe(11);
  });

  test('reads everybody from a controller that was restored from a backup', async () => {
    const restored = await startDomainController({ copyOf: { controller: first, name: 'DC1' } });
    started.push(restored);
    const proxy = await proxyOf(first);
    const core = await open([proxy], first.ca + restored.ca);
    const run = async () => howRead(await core.synchronization.run({}));
    await run();
    // After the backup, and so forgotten by the controller.
    await first.content.disable(people[5] ?? '');
    expect(await run()).toMatchObject({ kind: 'dirSync', done: { ...idle, disabled: 1 } });

    proxy.upstream = { host: restored.host, port: restored.ports.ldaps };
    await restored.content.set(people[6] ?? '', { mobile: '+14255550106' });
    const afterRestore = await run();
    expect(afterRestore).toMatchObject({
      state: 'completed',
      kind: 'full',
      done: { ...idle, updated: 1, enabled: 1 },
    });
    expect(afterRestore.reason).toBe('DC1 was restored from a backup since the last run.');
    expect(await run()).toMatchObject({ state: 'completed', kind: 'dirSync', done: idle });
  });

  const newcomer = () =>
    ldifRecord(`CN=newcomer,${staff}`, {
      objectClass: 'user',
      objectGUID: Buffer.from('6b1f3a52c8d94e07a1b2c3d4e5f60718', 'hex'),
      sAMAccountName: 'newcomer',
      userPrincipalName: `newcomer@${first.domain}`,
      userAccountControl: 512,
    });
});
