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
