import { describe, expect, test } from 'vitest';
import type { Directory } from '../../../src/core/directory/directory.ts';
import { addedByItem } from '../../../src/core/sync/added-by-item.ts';
import { compareSelection } from '../../../src/core/sync/compare-selection.ts';
import { trySelection } from '../../../src/core/sync/try-selection.ts';
import {
  ChangingDirectory,
  container,
  definition,
  groupOf,
  synchronizationWith,
} from '../../helpers/changing-directory.ts';
import { directoryIdOf } from '../../helpers/directory-people.ts';
import { temporaryCore } from '../../helpers/temporary-core.ts';

function company() {
  const core = temporaryCore();
  const directory = new ChangingDirectory();
  const sync = synchronizationWith(core, directory);
  const sales = directory.ou('Sales');
  const lab = directory.ou('Lab');
  for (const name of ['ada', 'ben', 'eve']) directory.add(name, sales);
  directory.add('kim', lab);
  const group = directory.group('Members', directoryIdOf('ada'), directoryIdOf('kim'));
  return { core, directory, sync, sales, lab, group };
}

describe('an item', () => {
  test('is found by its id after it was renamed, and not after it was removed', () => {
    const { sync, sales } = company();
    const { items } = sync;
    const { id } = items.add('Sales', definition(container(sales)));
    items.edit('Sales', { name: 'Field' });
    expect(items.find({ id }).name).toBe('Field');
    expect(items.edit({ id }, { enabled: false }).enabled).toBe(false);
    expect(() => items.edit({ id }, { name: 'Home' }, { version: 1 })).toThrow(
      expect.objectContaining({ code: 'sync.itemChanged' }),
    );
    items.remove({ id });
    expect(() => items.find({ id })).toThrow(expect.objectContaining({ code: 'sync.itemNotFound' }));
  });

  test('knows how many users it has, and how many of them a run has added', async () => {
    const { core, directory, sync, sales, lab } = company();
    const first = sync.items.add('Sales', definition(container(sales)));
    const second = sync.items.add('Lab', definition(container(lab)));
    const run = await sync.run({});
    expect(addedByItem(core.store, run.id)).toEqual(
      new Map([
        [first.id, 3],
        [second.id, 1],
      ]),
    );
    directory.add('zoe', lab);
    const next = await sync.run({});
    expect(addedByItem(core.store, next.id)).toEqual(new Map([[second.id, 1]]));
    expect(sync.items.countUsers()).toEqual(
      new Map([
        [first.id, 3],
        [second.id, 2],
      ]),
    );
  });
});

test('users are found by the name of their item', async () => {
  const { core, sync, sales, lab } = company();
  sync.items.add('All of Sales', definition(container(sales)));
  sync.items.add('Lab', definition(container(lab)));
  await sync.run({});
  const found = (filter: string) => core.users.list({ filter }).users.map(({ username }) => username);
  expect(found('item:"all of sales"')).toEqual(['ada', 'ben', 'eve']);
  expect(found('-item:"All of Sales"')).toEqual(['kim']);
  expect(found('item:Nowhere')).toEqual([]);
});

test('the place of an item is told as a run has found it last, without being a change of the item', async () => {
  const { directory, sync, sales } = company();
  const item = sync.items.add('Sales', definition(container(sales)));
  await sync.run({});
  const renamed = sales.replace('Sales', 'Field');
  directory.renamePlace(sales, renamed);
  await sync.run({ full: true });
  expect(sync.items.find(item)).toEqual({ ...item, selection: { ...item.selection, dn: renamed } });
  expect(sync.health().isDue).toBe(false);
});

describe('another selection is compared with the users of an item', () => {
  test('who would be found no more, and who else would be', async () => {
    const { core, directory, sync, sales, group } = company();
    const item = sync.items.add('Sales', definition(container(sales)));
    await sync.run({});
    const services = { store: core.store, openDirectory: async () => directory as unknown as Directory };
    expect(await compareSelection(item, groupOf(group), services)).toEqual({
      found: 2,
      others: 1,
      lost: ['ben', 'eve'],
    });
    expect(await compareSelection(item, item.selection, services)).toEqual({ found: 3, others: 0, lost: [] });
  });

  test('without those who left before, of whom a run has decided', async () => {
    const { core, directory, sync, sales, lab } = company();
    const item = sync.items.add('Sales', definition(container(sales), { leavers: 'disable' }));
    await sync.run({});
    directory.move(directoryIdOf('eve'), lab);
    const services = { store: core.store, openDirectory: async () => directory as unknown as Directory };
    expect((await compareSelection(item, item.selection, services)).lost).toEqual(['eve']);
    await sync.run({});
    expect((await compareSelection(item, item.selection, services)).lost).toEqual([]);
  });

  test('and a listing that does not come to its end is no comparison', async () => {
    const { core, directory, sync, sales } = company();
    const item = sync.items.add('Sales', definition(container(sales)));
    await sync.run({});
    directory.pageSize = 1;
    directory.beforePage = (given) => {
      if (given > 1) throw new Error('gone');
    };
    const services = { store: core.store, openDirectory: async () => directory as unknown as Directory };
    await expect(compareSelection(item, item.selection, services)).rejects.toThrow('gone');
  });
});

describe('a selection is tried', () => {
  test('where its container is now, however it was called', async () => {
    const { directory, sales } = company();
    const openDirectory = async () => directory as unknown as Directory;
    const { selection } = definition(container(sales));
    const renamed = sales.replace('Sales', 'Field');
    directory.renamePlace(sales, renamed);
    expect(await trySelection({ name: 'Sales', selection }, { openDirectory })).toEqual({
      count: 3,
      names: ['ada', 'ben', 'eve'],
    });
  });

  test('and one whose container is gone finds nobody and says why', async () => {
    const { directory, sales } = company();
    const openDirectory = async () => directory as unknown as Directory;
    const { selection } = definition(container(sales));
    directory.places.clear();
    const trying = trySelection({ name: 'Sales', selection }, { openDirectory });
    await expect(trying).rejects.toMatchObject({ code: 'directory.entryNotFound' });
  });
});

test('settings of synchronization that somebody else has changed meanwhile are not written over', () => {
  const { core, sync } = company();
  const { version } = core.syncSettings.loadVersioned();
  sync.changeSettings(new Map([['approvalCount', '7']]), { version });
  expect(() => sync.changeSettings(new Map([['approvalCount', '9']]), { version })).toThrow(
    expect.objectContaining({ code: 'settings.changed' }),
  );
  expect(sync.settings().approvalCount).toBe(7);
});
