import { describe, expect, test } from 'vitest';
import type { Run } from '../../../src/core/runs/run.ts';
import { readStatus } from '../../../src/core/status/status.ts';
import {
  ChangingDirectory,
  container,
  definition,
  groupOf,
  rootDn,
  synchronizationWith,
} from '../../helpers/changing-directory.ts';
import { directoryIdOf } from '../../helpers/directory-people.ts';
import { type TemporaryCore, temporaryCore } from '../../helpers/temporary-core.ts';

type ItemChanges = Parameters<typeof definition>[1];

/** Ten people of an OU who are users already, and what a test needs to change them. */
async function open(changes: ItemChanges = {}, count = 10) {
  const core = temporaryCore();
  const directory = new ChangingDirectory();
  const staff = directory.ou('Staff');
  const other = directory.ou('Other');
  const ids = directory.addMany(count, staff, 'p');
  const sync = synchronizationWith(core, directory);
  sync.items.add('Staff', definition(container(staff), changes));
  expect(await sync.run({})).toMatchObject({ state: 'completed', counts: { added: count } });
  return { core, directory, sync, staff, other, ids, id: (index: number) => ids[index] ?? '' };
}

function disabled(core: TemporaryCore): string[] {
  return core.users.list({ filter: 'state:disabled' }).users.map(({ username }) => username);
}

const untouched = { disabled: 0, removed: 0, held: 0 };

describe('a user whom the item does not find any more', () => {
  test('is disabled, and enabled when found again', async () => {
    const { core, directory, sync, staff, other, id } = await open();
    directory.move(id(3), other);
    expect(await sync.run({})).toMatchObject({ state: 'completed', counts: { disabled: 1, unchanged: 9 } });
    expect(core.users.find('p003')).toMatchObject({ enabled: false, absence: 'left' });
    expect(await sync.run({})).toMatchObject({ counts: { ...untouched, unchanged: 9 } });
    directory.move(id(3), staff);
    expect(await sync.run({})).toMatchObject({ counts: { enabled: 1 } });
    expect(core.users.find('p003')).toMatchObject({ enabled: true, absence: null });
    expect(core.audit.lastSequence()).toBeGreaterThan(0);
  });

  test('stays as it is when leavers are left, and belongs to no item', async () => {
    const { core, directory, sync, other, id } = await open({ leavers: 'leave' });
    directory.move(id(3), other);
    expect(await sync.run({})).toMatchObject({ counts: { ...untouched, updated: 1 } });
    expect(core.users.find('p003')).toMatchObject({ enabled: true, itemId: null });
    expect(await sync.run({})).toMatchObject({ counts: { ...untouched, updated: 0 } });
  });

  test('is removed when the item says so', async () => {
    const { core, directory, sync, other, id } = await open({ leavers: 'remove' });
    directory.move(id(3), other);
    expect(await sync.run({})).toMatchObject({ counts: { removed: 1 } });
    expect(core.users.list().total).toBe(9);
  });

  test('is first disabled and removed after some days, and a clock that goes back removes nobody', async () => {
    const { core, directory, sync, other, id } = await open({ leavers: 'remove', removeAfterDays: 3 });
    directory.move(id(3), other);
    expect(await sync.run({})).toMatchObject({ counts: { disabled: 1, removed: 0 } });
    core.testClock.forward(-10 * 86_400);
    expect(await sync.run({})).toMatchObject({ counts: untouched });
    core.testClock.forward(11 * 86_400);
    for (const _ of [1, 2]) {
      expect(await sync.run({})).toMatchObject({ counts: untouched });
      core.testClock.forward(86_400);
    }
    expect(await sync.run({})).toMatchObject({ counts: { removed: 1 } });
  });

  test('is not removed earlier because the clock was set forward, or because nothing ran', async () => {
    const { core, directory, sync, other, id } = await open({ leavers: 'remove', removeAfterDays: 3 });
    directory.move(id(3), other);
    expect(await sync.run({})).toMatchObject({ counts: { disabled: 1 } });
    core.testClock.forward(1000 * 86_400);
    expect(await sync.run({})).toMatchObject({ counts: untouched });
    expect(await sync.run({})).toMatchObject({ counts: untouched });
    core.testClock.forward(86_400);
    expect(await sync.run({ user: 'p004' })).toMatchObject({ state: 'completed' });
    expect(await sync.run({})).toMatchObject({ counts: untouched });
    core.testClock.forward(86_400);
    expect(await sync.run({})).toMatchObject({ counts: { removed: 1 } });
  });

  test('who was disabled by hand is not enabled when found again', async () => {
    const { core, directory, sync, staff, other, id } = await open();
    await core.users.disable(['p003']);
    directory.move(id(3), other);
    expect(await sync.run({})).toMatchObject({ counts: untouched });
    directory.move(id(3), staff);
    expect(await sync.run({})).toMatchObject({ counts: { enabled: 0 } });
    expect(disabled(core)).toEqual(['p003']);
  });

  test('whom synchronization disabled and an administrator confirmed is not enabled when found again', async () => {
    const { core, directory, sync, staff, other, id } = await open();
    directory.move(id(3), other);
    await sync.run({});
    await core.users.disable(['p003']);
    directory.move(id(3), staff);
    await sync.run({});
    expect(disabled(core)).toEqual(['p003']);
  });

  test.each(['disable', 'remove'] as const)(
    'is not touched again (%s) when an administrator enabled it',
    async (leavers) => {
      const { core, directory, sync, other, id } = await open({ leavers, removeAfterDays: 1 });
      directory.move(id(3), other);
      await sync.run({});
      await core.users.enable(['p003']);
      core.testClock.forward(5 * 86_400);
      expect(await sync.run({})).toMatchObject({ counts: untouched });
      expect(core.users.find('p003').enabled).toBe(true);
    },
  );

  test('is removed when the directory says it was deleted and the settings say so', async () => {
    const { core, directory, sync, other, id } = await open();
    core.syncSettings.save({ ...sync.settings(), removeDeleted: true });
    directory.move(id(2), other);
    directory.delete(id(3));
    expect(await sync.run({})).toMatchObject({ counts: { disabled: 1, removed: 1 } });
    expect(core.users.list().total).toBe(9);
  });
});

describe('an account that the directory has disabled', () => {
  test('disables the user, who is enabled with it again', async () => {
    const { core, directory, sync, id } = await open();
    directory.change(id(3), { isAccountEnabled: false });
    expect(await sync.run({})).toMatchObject({ counts: { read: 10, disabled: 1, unchanged: 9 } });
    expect(core.users.find('p003')).toMatchObject({ enabled: false, absence: 'accountDisabled' });
    expect(await sync.run({})).toMatchObject({ counts: { ...untouched, unchanged: 10 } });
    directory.change(id(3), { isAccountEnabled: true });
    expect(await sync.run({})).toMatchObject({ counts: { enabled: 1 } });
  });

  test('disables a user, too, whose new name belongs to somebody else', async () => {
    const { core, directory, sync, id } = await open();
    directory.change(id(3), { username: 'p004', isAccountEnabled: false });
    expect(await sync.run({})).toMatchObject({ counts: { conflicts: 1, disabled: 1 } });
    expect(disabled(core)).toEqual(['p003']);
    expect(await sync.run({})).toMatchObject({ counts: { conflicts: 1, disabled: 0 } });
    directory.change(id(3), { username: 'p003', isAccountEnabled: true });
    expect(await sync.run({})).toMatchObject({ counts: { conflicts: 0, enabled: 1 } });
  });

  test('is added as disabled, and enabled with the account', async () => {
    const { core, directory, sync, staff } = await open();
    const id = directory.add('new', staff, { isAccountEnabled: false });
    await sync.run({});
    expect(core.users.find('new').enabled).toBe(false);
    directory.change(id, { isAccountEnabled: true });
    await sync.run({});
    expect(core.users.find('new').enabled).toBe(true);
  });

  test('counts as one that would be disabled', async () => {
    const { core, directory, sync, ids } = await open();
    for (const id of ids.slice(0, 6)) directory.change(id, { isAccountEnabled: false });
    const run = await sync.run({});
    expect(run).toMatchObject({ state: 'awaitingApproval', counts: { disabled: 0, held: 6 } });
    expect(disabled(core)).toEqual([]);
    expect(await sync.approve(run.id, undefined)).toMatchObject({
      state: 'completed',
      counts: { disabled: 6 },
    });
    expect(disabled(core)).toHaveLength(6);
    expect(await sync.run({})).toMatchObject({ state: 'completed', counts: untouched });
  });
});

describe('more leavers than may be', () => {
  test('wait for approval while the rest of the run is done', async () => {
    const { core, directory, sync, staff, other, ids } = await open({}, 50);
    for (const id of ids.slice(0, 46)) directory.move(id, other);
    directory.add('new', staff);
    const simulated = await sync.run({}, { dryRun: true });
    const run = await sync.run({});
    expect(run).toMatchObject({ state: 'awaitingApproval', counts: { added: 1, disabled: 0, held: 46 } });
    expect(simulated).toMatchObject({ state: run.state, counts: run.counts });
    expect(disabled(core)).toEqual([]);
    expect(sync.health().awaitingApproval).toMatchObject([{ id: run.id }]);
    const approval = await sync.approve(run.id, undefined);
    expect(approval).toMatchObject({ state: 'completed', counts: { disabled: 46, held: 0 } });
    expect(disabled(core)).toHaveLength(46);
    expect(core.runs.find(run.id).state).toBe('approved');
    await expect(sync.approve(run.id, undefined)).rejects.toMatchObject({ code: 'run.notAwaiting' });
  });

  test('stay as they are when they are back before the approval', async () => {
    const { core, directory, sync, staff, other, ids } = await open({}, 50);
    const before = core.users.list().users.map(({ version: _, ...user }) => user);
    for (const id of ids.slice(0, 46)) directory.move(id, other);
    const run = await sync.run({});
    for (const id of ids.slice(0, 46)) directory.move(id, staff);
    expect(await sync.approve(run.id, undefined)).toMatchObject({
      state: 'completed',
      counts: { ...untouched, skipped: 46 },
    });
    expect(core.users.list().users.map(({ version: _, ...user }) => user)).toEqual(before);
    expect(await sync.run({})).toMatchObject({ state: 'completed', counts: { ...untouched, unchanged: 50 } });
  });

  test('that only some are approved of stay held, also when few are left', async () => {
    const { core, directory, sync, other, ids } = await open({}, 20);
    for (const id of ids.slice(0, 8)) directory.move(id, other);
    const run = await sync.run({});
    const names = ['p000', 'p001', 'p002', 'p003', 'p004', 'p005'];
    expect(await sync.approve(run.id, names)).toMatchObject({ counts: { disabled: 6 } });
    expect(core.runs.find(run.id).state).toBe('awaitingApproval');
    const next = await sync.run({});
    expect(next).toMatchObject({ state: 'awaitingApproval', counts: { disabled: 0, held: 2 } });
    expect(core.runs.find(run.id).state).toBe('superseded');
    expect(disabled(core)).toEqual(names);
    await expect(sync.approve(next.id, ['p000'])).rejects.toMatchObject({ code: 'user.notFound' });
  });

  test('that are rejected are held again as long as they are true', async () => {
    const { core, directory, sync, staff, other, ids } = await open({}, 20);
    for (const id of ids.slice(0, 8)) directory.move(id, other);
    const run = await sync.run({});
    expect(sync.approvals.reject(run.id).state).toBe('rejected');
    for (const id of ids.slice(2, 8)) directory.move(id, staff);
    expect(await sync.run({})).toMatchObject({ state: 'awaitingApproval', counts: { disabled: 0, held: 2 } });
    for (const id of ids.slice(0, 2)) directory.move(id, staff);
    expect(await sync.run({})).toMatchObject({ state: 'completed', counts: untouched });
    expect(disabled(core)).toEqual([]);
    directory.move(ids[0] ?? '', other);
    expect(await sync.run({})).toMatchObject({ state: 'completed', counts: { disabled: 1 } });
  });

  test('are counted apart for disables and removes, and in percent of many', async () => {
    const { core, directory, sync, other } = await open({ leavers: 'remove' }, 200);
    const lab = directory.ou('Lab');
    const labIds = directory.addMany(5, lab, 'lab');
    sync.items.add('Lab', definition(container(lab)));
    await sync.run({});
    core.syncSettings.save({ ...sync.settings(), approvalCount: 999, approvalPercent: 2 });
    const staff = [...directory.people.keys()].filter((id) => !labIds.includes(id));
    for (const id of staff.slice(0, 4)) directory.move(id, other);
    for (const id of labIds.slice(0, 3)) directory.move(id, other);
    expect(await sync.run({})).toMatchObject({ counts: { removed: 4, disabled: 3, held: 0 } });
    for (const id of staff.slice(4, 10)) directory.move(id, other);
    expect(await sync.run({})).toMatchObject({ state: 'awaitingApproval', counts: { removed: 0, held: 6 } });
  });
});

describe('nobody is disabled or removed', () => {
  test.each<[string, (world: Awaited<ReturnType<typeof open>>) => unknown, Partial<Run> | string]>([
    [
      'when the listing is cut short',
      ({ directory, id, other }) => {
        directory.move(id(1), other);
        directory.pageSize = 2;
        directory.beforePage = (given) => {
          if (given >= 4) throw new Error('the server is dead');
        };
      },
      'the server is dead',
    ],
    [
      'when the container is gone',
      ({ directory, staff }) => directory.places.delete(directoryIdOf(staff)),
      'not in the directory',
    ],
    ['when the container is empty', ({ directory }) => directory.people.clear(), 'finds nobody'],
    [
      'when a container shows nothing of what is in it',
      ({ directory, staff, ids, sync }) => {
        const inner = directory.ou('Inner', staff);
        for (const id of ids.slice(0, 2)) directory.move(id, inner);
        return sync.run({}).then(() => directory.hiddenOus.add(inner));
      },
      'hides its content',
    ],
    [
      'when the items are changed during the run',
      ({ directory, sync, id, other }) => {
        directory.move(id(1), other);
        let days = 0;
        directory.beforePage = () => {
          days += 1;
          sync.items.edit('Staff', { removeAfterDays: days });
        };
      },
      'were changed while',
    ],
    [
      'when the item is switched off',
      ({ sync, directory }) => {
        const empty = directory.ou('Empty');
        sync.items.add('Empty', definition(container(empty)));
        sync.items.edit('Staff', { enabled: false });
        directory.people.clear();
      },
      { state: 'completed' },
    ],
    [
      'when the item is removed',
      ({ sync, directory }) => {
        sync.items.add('Others', definition(container(directory.ou('Empty'))));
        sync.items.remove('Staff');
      },
      { state: 'completed' },
    ],
    [
      'without approval when the item takes another container',
      ({ directory, id, other, sync }) => {
        directory.move(id(1), other);
        sync.items.edit('Staff', { selection: container(other) });
      },
      { state: 'awaitingApproval' },
    ],
    [
      'without approval when the item takes a filter that finds less',
      ({ sync }) => sync.items.edit('Staff', { selection: { scope: 'filter', filter: '(cn=p000*)' } }),
      { state: 'awaitingApproval' },
    ],
    [
      'without approval when the user filter of the directory is changed',
      ({ core, directory, id }) => {
        const settings = core.directorySettings.load();
        core.directorySettings.save({ ...settings, filters: { user: '(department=Sales)' } });
        directory.people.delete(id(1));
      },
      { state: 'awaitingApproval' },
    ],
    [
      'without approval when the base DN is changed',
      ({ core, directory, id }) => {
        core.directorySettings.save({ ...core.directorySettings.load(), baseDn: 'DC=other' });
        directory.people.delete(id(1));
      },
      { state: 'awaitingApproval' },
    ],
    [
      'without approval when another server is asked',
      ({ core, directory, id }) => {
        core.directorySettings.save({ ...core.directorySettings.load(), urls: ['ldaps://other'] });
        directory.people.delete(id(1));
      },
      { state: 'awaitingApproval' },
    ],
    [
      'without approval when an entry cannot be read as somebody',
      ({ directory, id, staff }) => {
        directory.people.delete(id(1));
        directory.unusable = [{ dn: `CN=p001,${staff}`, reason: 'it has no readable id', isHidden: true }];
      },
      { state: 'awaitingApproval' },
    ],
    [
      'when somebody moves between two items while they are read',
      ({ directory, sync, other, staff, id }) => {
        sync.items.add('Other', definition(container(other)));
        sync.items.move('Other', 1);
        directory.add('someone', other);
        directory.beforePage = (_given, selection) => {
          if (selection.scope === 'container' && selection.dn === staff) directory.move(id(1), other);
        };
      },
      { state: 'completed' },
    ],
  ])('%s', async (_when, change, expected) => {
    const world = await open();
    await change(world);
    const { core, sync } = world;
    for (const dryRun of [true, false]) {
      const run = await sync.run({}, { dryRun });
      expect(run.counts).toMatchObject({ disabled: 0, removed: 0 });
      if (typeof expected === 'string') expect(run.error?.message).toContain(expected);
      else expect(run).toMatchObject(expected);
    }
    expect(disabled(core)).toEqual([]);
    expect(core.users.list().total).toBeGreaterThanOrEqual(10);
  });

  test('without approval even in later runs, until somebody has decided about the changed item', async () => {
    const { core, directory, sync, id } = await open();
    core.directorySettings.save({ ...core.directorySettings.load(), baseDn: 'DC=other' });
    directory.people.delete(id(1));
    const first = await sync.run({});
    const second = await sync.run({});
    expect([first.state, second.state]).toEqual(['awaitingApproval', 'awaitingApproval']);
    expect(await sync.approve(second.id, undefined)).toMatchObject({ counts: { disabled: 1 } });
    expect(await sync.run({})).toMatchObject({ state: 'completed' });
    directory.people.delete(id(2));
    expect(await sync.run({})).toMatchObject({ state: 'completed', counts: { disabled: 1 } });
    expect(disabled(core)).toEqual(['p001', 'p002']);
  });

  test('by a run that is stopped, and the next one finishes it', async () => {
    const { core, directory, sync, ids, staff, other } = await open();
    directory.addMany(5, staff, 'new');
    directory.move(ids[1] ?? '', other);
    directory.pageSize = 3;
    const stop = new AbortController();
    directory.beforePage = (given) => {
      if (given >= 6) stop.abort();
    };
    const stopped = await sync.run({}, { signal: stop.signal });
    expect(stopped).toMatchObject({ state: 'cancelled', counts: { disabled: 0, held: 0 } });
    expect(disabled(core)).toEqual([]);
    directory.beforePage = () => undefined;
    expect(await sync.run({})).toMatchObject({ state: 'completed', counts: { disabled: 1 } });
    expect(core.users.list().total).toBe(15);
    expect(disabled(core)).toEqual(['p001']);
  });

  test('by a second run while one is at work', async () => {
    const { directory, sync } = await open();
    let second: Promise<unknown> | undefined;
    directory.beforePage = () => {
      second ??= sync.run({}).catch((error: unknown) => error);
      return second;
    };
    expect(await sync.run({})).toMatchObject({ state: 'completed' });
    expect(await second).toMatchObject({ code: 'run.inProgress' });
  });
});

describe('items', () => {
  test('are asked in their order, and a user who comes to another belongs to that', async () => {
    const { core, directory, sync, other, ids, id } = await open();
    const group = directory.group('Everybody', ...ids);
    sync.items.add(
      'Group',
      definition(groupOf(group), { rules: { method: 'oathToken', methodPolicy: 'keepInStep' } }),
    );
    expect(await sync.run({})).toMatchObject({ counts: { ...untouched, updated: 0, unchanged: 10 } });
    directory.move(id(1), other);
    expect(await sync.run({})).toMatchObject({ counts: { ...untouched, updated: 1, unchanged: 9 } });
    expect(core.users.find('p001')).toMatchObject({
      itemId: sync.items.find('Group').id,
      method: 'oathToken',
    });
    sync.items.move('Group', 1);
    expect(sync.health().isDue).toBe(true);
    expect(await sync.run({})).toMatchObject({ counts: { ...untouched, updated: 9, unchanged: 1 } });
    expect(sync.health().isDue).toBe(false);
  });

  test('follow a renamed container and a renamed group', async () => {
    const { directory, sync, staff, ids } = await open();
    const group = directory.group('Everybody', ...ids);
    sync.items.add('Group', definition(groupOf(group)));
    sync.items.move('Group', 1);
    await sync.run({});
    directory.renamePlace(group, `CN=All,${rootDn}`);
    directory.renamePlace(staff, `OU=People,${rootDn}`);
    const renamed = await sync.run({});
    expect(renamed).toMatchObject({ state: 'completed', counts: { ...untouched, updated: 10 } });
  });

  test('take manual users over only when they say so', async () => {
    const { core, directory, sync, staff } = await open();
    await core.users.add({ username: 'byhand' });
    directory.add('byhand', staff);
    expect(await sync.run({})).toMatchObject({ counts: { conflicts: 1 } });
    const before = sync.items.find('Staff');
    sync.items.edit('Staff', { rules: { ...before.rules, takeOver: true } });
    expect(await sync.run({})).toMatchObject({ counts: { conflicts: 0, updated: 1, unchanged: 10 } });
    expect(core.users.find('byhand')).toMatchObject({ source: 'synchronization' });
  });

  test('take another person of the same name for a conflict until the first is gone', async () => {
    const { core, directory, sync, staff, id } = await open({ leavers: 'remove' });
    directory.delete(id(1));
    directory.add('another', staff, { username: 'p001' });
    expect(await sync.run({})).toMatchObject({ counts: { conflicts: 1, removed: 1 } });
    expect(await sync.run({})).toMatchObject({ counts: { conflicts: 0, added: 1 } });
    expect(core.users.find('p001').directoryId).toBe(directoryIdOf('another'));
  });
});

describe('a single user', () => {
  test('is synchronized without a look at the others', async () => {
    const { core, directory, sync, staff, other, ids } = await open();
    directory.change(ids[1] ?? '', { email: 'one@contoso.test' });
    directory.change(ids[2] ?? '', { email: 'two@contoso.test' });
    directory.move(ids[3] ?? '', other);
    directory.move(ids[4] ?? '', other);
    directory.add('new', staff);
    expect(await sync.run({ user: 'p001' })).toMatchObject({ counts: { read: 1, updated: 1 } });
    expect(await sync.run({ user: 'p003' })).toMatchObject({ counts: { read: 0, disabled: 1 } });
    expect(await sync.run({ user: 'new' })).toMatchObject({ counts: { read: 1, added: 1 } });
    expect(core.users.find('p002').email).toBeNull();
    expect(disabled(core)).toEqual(['p003']);
  });

  test('whom no item finds is told so, whether they were a user or not', async () => {
    const { core, directory, sync, other, id } = await open();
    directory.move(id(3), other);
    await sync.run({});
    directory.add('elsewhere', other);
    for (const user of ['p003', 'elsewhere']) {
      const run = await sync.run({ user });
      expect(run).toMatchObject({ state: 'completed', counts: { ...untouched, read: 0, skipped: 1 } });
      const [line] = core.runs.changes(run.id, {});
      expect(line).toMatchObject({ username: user, reason: expect.stringMatching(/^no item finds this/) });
    }
  });

  test('whose name is misspelt is no warning of Status', async () => {
    const { core, sync } = await open();
    expect(await sync.run({ user: 'nobody' })).toMatchObject({ state: 'failed' });
    expect(readStatus(core).warnings.map(({ code }) => code)).not.toContain('run.failed');
  });
});
