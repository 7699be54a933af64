import { describe, expect, test } from 'vitest';
import type { ItemSelection } from '../../../src/core/sync/sync-item.ts';
import type { SyncSettings } from '../../../src/core/sync/sync-settings.ts';
import {
  ChangingDirectory,
  container,
  definition,
  groupOf,
  rootDn,
  synchronizationWith,
} from '../../helpers/changing-directory.ts';
import { directoryIdOf } from '../../helpers/directory-people.ts';
import { temporaryCore } from '../../helpers/temporary-core.ts';

/** Ten people of an OU, synchronized once from a directory that keeps a log of its changes. */
async function open(settings: Partial<SyncSettings> = {}) {
  const core = temporaryCore();
  const directory = new ChangingDirectory();
  directory.log = [];
  const staff = directory.ou('Staff');
  const other = directory.ou('Other');
  const ids = directory.addMany(10, staff, 'p');
  const sync = synchronizationWith(core, directory);
  core.syncSettings.save({ ...sync.settings(), ...settings });
  sync.items.add('Staff', definition(container(staff)));
  const first = await sync.run({});
  expect(first).toMatchObject({ state: 'completed', counts: { added: 10 }, request: { kind: 'full' } });
  return { core, directory, sync, staff, other, first, id: (index: number) => ids[index] ?? '' };
}

const byChanges = { kind: 'usn', reason: 'This directory keeps a log.' };

describe('a run reads what changed', () => {
  test('after everybody was read once, and looks at nobody else', async () => {
    const { directory, sync, other, first, id } = await open();
    expect(first.request.reason).toBe('Everybody is read the first time.');
    expect(await sync.run({})).toMatchObject({ request: byChanges, counts: { read: 0 } });
    directory.change(id(1), { firstName: 'Else' });
    directory.move(id(2), other);
    expect(await sync.run({})).toMatchObject({
      request: byChanges,
      counts: { read: 1, updated: 1, disabled: 1 },
    });
  });

  test('again after a run that failed, so that nothing is lost', async () => {
    const { directory, sync, core, staff, other, id } = await open();
    directory.move(id(2), other);
    directory.hiddenOus.add(staff);
    expect(await sync.run({})).toMatchObject({ state: 'failed', request: byChanges });
    directory.hiddenOus.clear();
    expect(core.users.find('p002').enabled).toBe(true);
    expect(await sync.run({})).toMatchObject({ state: 'completed', counts: { disabled: 1 } });
  });

  test('not in a simulation alone', async () => {
    const { directory, sync, id } = await open();
    directory.change(id(1), { firstName: 'Else' });
    expect(await sync.run({}, { dryRun: true })).toMatchObject({
      request: byChanges,
      counts: { updated: 1 },
    });
    expect(await sync.run({})).toMatchObject({ request: byChanges, counts: { updated: 1 } });
  });

  test('and holds a leaver who may be an entry that cannot be recognized', async () => {
    const { directory, sync, core, staff, other, id } = await open();
    directory.move(id(2), other);
    directory.unusable = [{ dn: `CN=p002,${staff}`, reason: 'it has no readable id', isHidden: true }];
    expect(await sync.run({})).toMatchObject({
      state: 'awaitingApproval',
      request: byChanges,
      counts: { held: 1, disabled: 0 },
    });
    expect(core.users.find('p002').enabled).toBe(true);
  });

  test('and whoever comes back to a group', async () => {
    const { directory, sync, core } = await open();
    const outside = directory.ou('Outside');
    const group = directory.group('Members', directory.add('zoe', outside), directory.add('kim', outside));
    sync.items.add('Members', definition(groupOf(group)));
    expect(await sync.run({})).toMatchObject({ counts: { added: 2 }, request: { kind: 'full' } });
    directory.quit(group, directoryIdOf('zoe'));
    expect(await sync.run({})).toMatchObject({ counts: { disabled: 1 }, request: byChanges });
    directory.join(group, directoryIdOf('zoe'));
    expect(await sync.run({})).toMatchObject({ counts: { enabled: 1 }, request: byChanges });
    expect(core.users.find('zoe').enabled).toBe(true);
  });
});

describe('of items on groups, a run lists', () => {
  /** Two items, one with groups in groups, and the names of the groups that are listed from now on. */
  async function openGroups() {
    const opened = await open();
    const { directory, sync } = opened;
    const outside = directory.ou('Outside');
    const group = (name: string, ...others: string[]) =>
      directory.group(name, directory.add(name.toLowerCase(), outside), ...others.map(directoryIdOf));
    const inner = group('Inner');
    const middle = group('Middle', inner);
    const outer = group('Outer', middle);
    const plain = group('Plain', inner);
    const other = group('Other');
    sync.items.add('Recursive', definition(groupOf(outer)));
    sync.items.add('Direct', definition({ ...groupOf(plain), isRecursive: false } as ItemSelection));
    expect(await sync.run({})).toMatchObject({ state: 'completed', counts: { added: 4 } });
    const listed = new Set<string>();
    directory.beforePage = (_, selection) => {
      if (selection.scope === 'group') listed.add(selection.dn);
    };
    const run = async () => {
      listed.clear();
      const { request, state, counts, error } = await sync.run({});
      return { kind: request.kind, state, counts, error, listed: [...listed] };
    };
    return { ...opened, run, inner, middle, outer, plain, other, outside };
  }

  test('none when another group changes, or one around them', async () => {
    const { directory, run, other, outer } = await openGroups();
    directory.join(other, directoryIdOf('p001'));
    directory.group('Around', directoryIdOf(outer));
    directory.join(`CN=Around,OU=Groups,${rootDn}`, directoryIdOf('p002'));
    expect(await run()).toMatchObject({ kind: 'usn', state: 'completed', listed: [] });
  });

  test('the one whose own group changes', async () => {
    const { directory, run, plain, outside } = await openGroups();
    directory.join(plain, directory.add('zoe', outside));
    expect(await run()).toMatchObject({ kind: 'usn', counts: { added: 1 }, listed: [plain] });
  });

  test('the one that a changed group lies in, at any depth', async () => {
    const { directory, run, inner, outer, outside } = await openGroups();
    directory.join(inner, directory.add('zoe', outside));
    expect(await run()).toMatchObject({ counts: { added: 1 }, listed: [outer] });
    directory.quit(inner, directoryIdOf('inner'));
    expect(await run()).toMatchObject({ counts: { disabled: 1 }, listed: [outer] });
  });

  test('the one that a group left, with what changed in that', async () => {
    const { directory, run, inner, middle, outer } = await openGroups();
    directory.quit(middle, directoryIdOf(inner));
    directory.quit(inner, directoryIdOf('inner'));
    expect(await run()).toMatchObject({ counts: { disabled: 1 }, listed: [outer] });
  });

  test('those with groups in groups when a group is deleted, and none when people are', async () => {
    const { directory, run, inner, outer, id } = await openGroups();
    directory.delete(id(1));
    directory.delete(directory.add('stranger', directory.ou('Away')));
    expect(await run()).toMatchObject({ kind: 'usn', counts: { disabled: 1 }, listed: [] });
    directory.delete(directoryIdOf(inner));
    expect(await run()).toMatchObject({ counts: { disabled: 1 }, listed: [outer] });
  });

  test('none when the group of one is deleted, and says so', async () => {
    const { directory, run, plain, core } = await openGroups();
    directory.delete(directoryIdOf(plain));
    expect(await run()).toMatchObject({ state: 'failed', error: { code: 'directory.entryNotFound' } });
    expect(core.users.find('plain').enabled).toBe(true);
  });
});

describe('although the directory tells of no change, a run looks at', () => {
  test('users who were changed or removed by hand', async () => {
    const { core, sync } = await open();
    sync.items.edit('Staff', {
      rules: { ...sync.items.find('Staff').rules, method: 'phoneCall', methodPolicy: 'keepInStep' },
    });
    await sync.run({});
    await core.users.setMethod(['p001'], 'textMessage');
    await core.users.remove(['p002']);
    expect(await sync.run({})).toMatchObject({
      request: byChanges,
      counts: { read: 2, updated: 1, added: 1 },
    });
    expect(core.users.find('p001').method).toBe('phoneCall');
    expect(await sync.run({})).toMatchObject({ request: byChanges, counts: { read: 0 } });
  });

  test('those with whom it was in conflict, until that is settled', async () => {
    const { core, directory, sync, staff } = await open();
    await core.users.add({ username: 'newcomer' });
    directory.add('newcomer', staff);
    expect(await sync.run({})).toMatchObject({ request: byChanges, counts: { conflicts: 1 } });
    expect(await sync.run({})).toMatchObject({ request: byChanges, counts: { conflicts: 1 } });
    await core.users.remove(['newcomer']);
    expect(await sync.run({})).toMatchObject({ request: byChanges, counts: { added: 1, conflicts: 0 } });
  });

  test('what is held', async () => {
    const { directory, sync, other, staff, id } = await open({ approvalCount: 1 });
    directory.move(id(1), other);
    directory.move(id(2), other);
    expect(await sync.run({})).toMatchObject({ state: 'awaitingApproval', counts: { held: 2 } });
    expect(await sync.run({})).toMatchObject({
      state: 'awaitingApproval',
      counts: { held: 2 },
      request: byChanges,
    });
    directory.move(id(1), staff);
    directory.move(id(2), staff);
    expect(await sync.run({})).toMatchObject({ state: 'completed', counts: { held: 0 } });
  });
});

describe('a run reads everybody', () => {
  test.each<[string, Partial<SyncSettings>, string]>([
    ['when the settings say so', { alwaysFull: true }, 'The settings say that always everybody is read.'],
    ['as often as the settings say', { fullEveryHours: 1 }, 'Everybody is read every hour.'],
    ['once a day', {}, 'Everybody is read every 24 hours.'],
  ])('%s', async (_, settings, reason) => {
    const { core, sync } = await open(settings);
    const hours = settings.fullEveryHours ?? 24;
    core.testClock.forward(hours * 3600 - 60);
    if (settings.alwaysFull !== true) expect(await sync.run({})).toMatchObject({ request: byChanges });
    core.testClock.forward(60);
    expect(await sync.run({})).toMatchObject({ request: { kind: 'full', reason }, counts: { read: 10 } });
  });

  test('when it was asked to, and goes on with what changed since', async () => {
    const { directory, sync, id } = await open();
    const request = { kind: 'full', reason: 'Everybody was to be read.' };
    expect(await sync.run({ full: true })).toMatchObject({ request, counts: { read: 10 } });
    directory.change(id(1), { firstName: 'Else' });
    expect(await sync.run({})).toMatchObject({ request: byChanges, counts: { read: 1 } });
  });

  test('when the clock was put back', async () => {
    const { core, sync } = await open();
    core.testClock.forward(-3600);
    expect(await sync.run({})).toMatchObject({ request: { kind: 'full' } });
  });

  const changed = 'Items, filters, attributes, the directory or defaults were changed since the last run.';
  test.each<[string, (opened: Awaited<ReturnType<typeof open>>) => void]>([
    ['an item', ({ sync }) => sync.items.edit('Staff', { leavers: 'leave' })],
    [
      'the order of items',
      ({ sync, other }) => {
        sync.items.add('Other', definition(container(other)));
        sync.items.move('Other', 1);
      },
    ],
    [
      'defaults of the company',
      ({ core }) => core.companySettings.save({ ...core.companySettings.load(), defaultCountry: 'DE' }),
    ],
    [
      'the account that reads',
      ({ core }) =>
        core.directorySettings.save({
          ...core.directorySettings.load(),
          bindUser: 'other@corp.contoso.test',
        }),
    ],
    [
      'an attribute',
      ({ core }) =>
        core.directorySettings.save({ ...core.directorySettings.load(), attributes: { mobile: 'pager' } }),
    ],
  ])('after a change of %s', async (_, change) => {
    const opened = await open();
    change(opened);
    expect(await opened.sync.run({})).toMatchObject({ request: { kind: 'full', reason: changed } });
    expect(await opened.sync.run({})).toMatchObject({ request: byChanges });
  });

  test('not after a change of what decides about no user', async () => {
    const { core, sync } = await open();
    core.companySettings.save({ ...core.companySettings.load(), companyName: 'Contoso' });
    expect(await sync.run({})).toMatchObject({ request: byChanges });
  });

  test('when very many were changed, there or here', async () => {
    const { core, directory, sync, staff } = await open();
    directory.addMany(2001, staff, 'many');
    expect(await sync.run({})).toMatchObject({
      request: { kind: 'full', reason: 'Too much was changed.' },
      counts: { added: 2001, unchanged: 10 },
    });
    expect(await sync.run({})).toMatchObject({ request: byChanges, counts: { read: 0 } });
    const everybody = core.users.list().users.map(({ username }) => username);
    await core.users.setMethod(everybody, 'textMessage');
    expect(await sync.run({})).toMatchObject({
      request: { kind: 'full', reason: 'So many are to be looked at that it is faster to read everybody.' },
      counts: { unchanged: 2011 },
    });
    expect(await sync.run({})).toMatchObject({ request: byChanges, counts: { read: 0 } });
  });
});
