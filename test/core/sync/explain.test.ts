import { expect, test } from 'vitest';
import {
  ChangingDirectory,
  container,
  definition,
  synchronizationWith,
} from '../../helpers/changing-directory.ts';
import { temporaryCore } from '../../helpers/temporary-core.ts';

test('somebody whom neither this server nor the directory knows is not explained', async () => {
  const { synchronization } = temporaryCore();
  await expect(synchronization.explain('nobody')).rejects.toMatchObject({ code: 'user.notFound' });
});

test.each([
  ['the username', 'asmith@corp.contoso.test'],
  ['another name that the directory knows', 'asmith'],
  ['an account of the domain', 'CORP\\asmith'],
])('a user is explained by %s', async (_, name) => {
  const core = temporaryCore();
  const { synchronization } = core;
  synchronization.items.add('Nobody', definition({ scope: 'filter', filter: '(cn=nobody)' }));
  synchronization.items.add('Smiths', definition({ scope: 'filter', filter: '(sn=Smith)' }));
  const beforehand = await synchronization.explain(name);
  expect(beforehand).toMatchObject({ user: 'asmith@corp.contoso.test', item: null, isUser: false });

  await synchronization.run({});
  expect(await synchronization.explain(name)).toMatchObject({
    user: 'asmith@corp.contoso.test',
    item: 'Smiths',
    items: [
      { name: 'Nobody', matches: false, wins: false },
      { name: 'Smiths', matches: true, wins: true },
    ],
    fields: { lastName: { value: 'Smith', from: 'attribute sn of the directory' } },
  });
});

test('of a leaver the run is told that disabled them, why, and whether the directory has them still', async () => {
  const core = temporaryCore();
  const directory = new ChangingDirectory();
  const [staff, other] = [directory.ou('Staff'), directory.ou('Other')];
  const [moved = '', deleted = ''] = directory.addMany(9, staff, 'p');
  const sync = synchronizationWith(core, directory);
  sync.items.add('Staff', definition(container(staff), { leavers: 'disable' }));
  await sync.run({});
  directory.move(moved, other);
  directory.delete(deleted);
  await sync.run({});
  const because = 'synchronization, run 2: the item "Staff" does not find this user any more';
  const explained = { isUser: true, item: 'Staff', fields: { enabled: { value: false, from: because } } };
  expect(await sync.explain('p000')).toMatchObject({ ...explained, isInDirectory: true });
  expect(await sync.explain('p001')).toMatchObject({ ...explained, isInDirectory: false });
});

test('an item whose place is gone says so, and the others answer all the same', async () => {
  const core = temporaryCore();
  const directory = new ChangingDirectory();
  const [gone, staff] = [directory.ou('Gone'), directory.ou('Staff')];
  directory.addMany(2, staff, 'p');
  const sync = synchronizationWith(core, directory);
  sync.items.add('Staff', definition(container(staff)));
  await sync.run({});
  sync.items.add('Gone', definition(container(gone)));
  directory.places.delete([...directory.places].find(([, dn]) => dn === gone)?.[0] ?? '');
  const { items } = await sync.explain('p000');
  expect(items).toMatchObject([
    { name: 'Staff', matches: true, wins: true, problem: null },
    {
      name: 'Gone',
      matches: false,
      wins: false,
      problem: expect.stringContaining('is not in the directory'),
    },
  ]);
});
