import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunCounts, SyncRun } from '../../../src/core/runs/run.ts';
import { itemDefinitionSchema } from '../../../src/core/sync/sync-item.ts';
import type { SyncOrder } from '../../../src/core/sync/synchronization.ts';
import { connectedCore } from '../../helpers/connected-core.ts';
import type { TemporaryCore } from '../../helpers/temporary-core.ts';
import { describeWithServer, sambaServer } from '../../servers/require-server.ts';
import { type DomainController, startDomainController } from '../../servers/samba.ts';
import { addBindAccounts, type BindAccounts } from '../../servers/samba-accounts.ts';

type Account = Pick<DomainController['administrator'], 'userPrincipalName' | 'password'>;

describeWithServer('synchronization with Active Directory', sambaServer, () => {
  let controller: DomainController;
  let accounts: BindAccounts;

  beforeAll(async () => {
    controller = await startDomainController();
    const { content } = controller;
    accounts = await addBindAccounts(content, await content.organizationalUnit('Service Accounts'));
  });

  afterAll(() => controller?.stop());

  function open({ userPrincipalName: bindUser, password }: Account = accounts.working): TemporaryCore {
    const { ldapsUrl, baseDn, ca } = controller;
    return connectedCore({ urls: [ldapsUrl], baseDn, ca, bindUser }, password);
  }

  /** Simulates and synchronizes, which must come to the same. */
  async function synchronize(core: TemporaryCore, order: SyncOrder = {}): Promise<SyncRun> {
    const simulated = await core.synchronization.run(order, { dryRun: true });
    const run = await core.synchronization.run(order);
    expect([run.state, run.error, run.counts]).toEqual([simulated.state, simulated.error, simulated.counts]);
    const lines = (id: number) =>
      core.runs.changes(id).map(({ change, username, fields }) => ({ change, username, fields }));
    expect(lines(run.id)).toEqual(lines(simulated.id));
    return run;
  }

  const quiet = { added: 0, updated: 0, enabled: 0, disabled: 0, removed: 0, held: 0, conflicts: 0 };
  async function expectRun(
    core: TemporaryCore,
    counts: Partial<RunCounts>,
    order: SyncOrder = {},
  ): Promise<void> {
    const run = await synchronize(core, order);
    expect(run.error).toBeNull();
    expect(run).toMatchObject({ state: 'completed', counts: { ...quiet, ...counts } });
    expect((await core.synchronization.run({})).counts).toMatchObject({
      ...quiet,
      conflicts: counts.conflicts ?? 0,
    });
  }

  async function addItem(core: TemporaryCore, name: string, selection: 'container' | 'group', dn: string) {
    const wanted =
      selection === 'container'
        ? ({ scope: 'container', dn, includeSubtree: true } as const)
        : ({ scope: 'group', dn, isRecursive: true } as const);
    const identified = await core.synchronization.identify(wanted);
    core.synchronization.items.add(
      name,
      itemDefinitionSchema.parse({
        selection: identified,
        rules: { updateExisting: true, enable: 'always' },
        leavers: 'disable',
      }),
    );
  }

  test('follows people, groups and OUs through everything that happens to them', async () => {
    const { content, domain } = controller;
    const core = open(controller.administrator);
    const state = (login: string) => core.users.find(`${login}@${domain}`);
    const itemOf = (login: string) =>
      core.synchronization.items.list().find(({ id }) => id === state(login).itemId)?.name;
    let sales = await content.organizationalUnit('Story Sales');
    let inside = await content.organizationalUnit('Inside', sales);
    const lab = await content.organizationalUnit('Story Lab');
    const [s0 = '', s1 = '', s2 = ''] = await content.users(sales, 3, { prefix: 's' });
    await content.users(inside, 2, { prefix: 'i' });
    const [l0 = '', l1 = ''] = await content.users(lab, 3, { prefix: 'l' });
    const inner = await content.group(lab, 'Story Inner', [l0]);
    let outer = await content.group(lab, 'Story Outer', [inner, s0]);
    await addItem(core, 'Outer', 'group', outer);
    await addItem(core, 'Sales', 'container', sales);

    await expectRun(core, { added: 6 });
    expect([itemOf('s00000'), itemOf('s00001'), itemOf('l00000')]).toEqual(['Outer', 'Sales', 'Outer']);

    // Added, and moved within the item.
    await content.users(sales, 1, { prefix: 'n' });
    await content.rename(s1, s1.replace(`,${sales}`, `,${inside}`));
    await expectRun(core, { added: 1, updated: 1 });

    // Renamed: the same person.
    const idBefore = state('s00002').directoryId;
    const renamed = `CN=Married,${sales}`;
    await content.rename(s2, renamed);
    await content.set(renamed, { userPrincipalName: `married@${domain}` });
    await expectRun(core, { updated: 1 });
    expect(state('married').directoryId).toBe(idBefore);

    // Disabled and enabled in the directory.
    await content.disable(renamed);
    await expectRun(core, { disabled: 1 });
    await content.enable(renamed);
    await expectRun(core, { enabled: 1 });
    expect(state('married').enabled).toBe(true);

    // Into and out of a nested group.
    await content.addMembers(inner, [l1]);
    await expectRun(core, { added: 1 });
    await content.removeMembers(inner, [l0]);
    await expectRun(core, { disabled: 1 });
    await content.addMembers(inner, [l0]);
    await expectRun(core, { enabled: 1 });
    // Out of the group and still in the OU: the next item has them.
    await content.removeMembers(outer, [s0]);
    await expectRun(core, { updated: 1 });
    expect([itemOf('s00000'), state('s00000').enabled]).toEqual(['Sales', true]);

    // A group and an OU are renamed: nobody leaves.
    const otherName = outer.replace('Story Outer', 'Story Everyone');
    await content.rename(outer, otherName);
    outer = otherName;
    await expectRun(core, {});
    const otherOu = sales.replace('Story Sales', 'Story Selling');
    await content.rename(sales, otherOu);
    inside = inside.replace(sales, otherOu);
    sales = otherOu;
    await expectRun(core, { updated: 6 });

    // Deleted, and made again under the same name: another person.
    const again = `CN=n00000,${sales}`;
    await content.delete(again);
    await expectRun(core, { disabled: 1 });
    await content.users(sales, 1, { prefix: 'n' });
    await expectRun(core, { conflicts: 1 });
    expect(state('n00000').enabled).toBe(false);

    // An OU in the item is deleted with the three who are in it.
    await content.delete(inside);
    await expectRun(core, { disabled: 3, conflicts: 1 });

    // The OU of an item is deleted: nobody is disabled.
    await content.delete(sales);
    const gone = await synchronize(core);
    expect(gone).toMatchObject({ state: 'failed', error: { code: 'directory.entryNotFound' } });
    expect([state('s00000').enabled, state('married').enabled]).toEqual([true, true]);
    core.synchronization.items.remove('Sales');
    await expectRun(core, {});
    expect([state('s00000').enabled, state('married').enabled]).toEqual([true, true]);
  }, 300_000);

  test('removes whom the directory calls deleted only where it lets that be read', async () => {
    const { content, administrator } = controller;
    const core = open();
    const staff = await content.organizationalUnit('Deleting');
    const [first = '', second = ''] = await content.users(staff, 3, { prefix: 'd' });
    await addItem(core, 'Deleting', 'container', staff);
    core.syncSettings.save({ ...core.synchronization.settings(), removeDeleted: true });
    await expectRun(core, { added: 3 });
    await content.delete(first);
    // Who was deleted is not told to this account, so that only reading everybody shows it.
    await expectRun(core, {});
    await expectRun(core, { disabled: 1 }, { full: true });

    const settings = core.directorySettings.load();
    core.directorySettings.save({ ...settings, bindUser: administrator.userPrincipalName });
    core.secrets.set('directory.bindPassword', administrator.password);
    await content.delete(second);
    await expectRun(core, { removed: 2 });
  });

  test('fails and leaves everybody as they are when the server is dead', async () => {
    const core = open();
    const staff = await controller.content.organizationalUnit('Dying');
    await controller.content.users(staff, 2, { prefix: 'x' });
    await addItem(core, 'Dying', 'container', staff);
    await expectRun(core, { added: 2 });
    core.directorySettings.save({ ...core.directorySettings.load(), urls: ['ldaps://127.0.0.1:1'] });
    expect(await core.synchronization.run({})).toMatchObject({
      state: 'failed',
      error: { code: 'directory.refused' },
    });
    expect(core.users.list({ filter: 'state:enabled' }).total).toBe(2);
  });
});
