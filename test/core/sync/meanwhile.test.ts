import { expect, test } from 'vitest';
import {
  ChangingDirectory,
  container,
  definition,
  synchronizationWith,
} from '../../helpers/changing-directory.ts';
import { temporaryCore } from '../../helpers/temporary-core.ts';

test('a user who is made by hand while a run goes is not disabled in the place of one who is removed', async () => {
  const core = temporaryCore();
  const directory = new ChangingDirectory();
  const [staff, guests] = [directory.ou('Staff'), directory.ou('Guests')];
  directory.add('sam', staff);
  const lea = directory.add('lea', staff);
  directory.add('gus', guests);
  const sync = synchronizationWith(core, directory);
  sync.items.add('Staff', definition(container(staff)));
  expect(await sync.run({})).toMatchObject({ counts: { added: 2 } });
  const { id } = core.users.find('lea');
  sync.items.add('Guests', definition(container(guests), { rules: { addNew: false } }));

  directory.change(lea, { isAccountEnabled: false });
  directory.beforePage = async (_, selection) => {
    if (selection.scope !== 'container' || selection.dn !== guests) return;
    await core.users.remove(['lea']);
    await core.users.add({ username: 'by.hand' });
  };
  expect(await sync.run({})).toMatchObject({ state: 'completed', counts: { disabled: 0 } });
  // SQLite gives the greatest number again.
  expect(core.users.find('by.hand')).toMatchObject({ id, enabled: true });
});

test('limits and the removal of deleted people are those that are set when a run decides', async () => {
  const core = temporaryCore();
  const directory = new ChangingDirectory();
  const staff = directory.ou('Staff');
  const ids = directory.addMany(12, staff, 'p');
  const sync = synchronizationWith(core, directory);
  sync.items.add('Staff', definition(container(staff), { leavers: 'disable' }));
  core.syncSettings.save({ ...sync.settings(), removeDeleted: true });
  await sync.run({});
  directory.delete(ids[0] ?? '');
  directory.change(ids[1] ?? '', { isAccountEnabled: false });
  directory.change(ids[2] ?? '', { isAccountEnabled: false });
  directory.beforePage = async () => {
    core.syncSettings.save({ ...sync.settings(), removeDeleted: false, approvalCount: 1 });
  };
  expect(await sync.run({ full: true })).toMatchObject({ counts: { removed: 0, disabled: 0, held: 3 } });
});

test('people who are deleted or disabled in another directory wait for approval', async () => {
  const core = temporaryCore();
  const directory = new ChangingDirectory();
  const staff = directory.ou('Staff');
  const ids = directory.addMany(9, staff, 'p');
  const sync = synchronizationWith(core, directory);
  sync.items.add('Staff', definition(container(staff)));
  core.syncSettings.save({ ...sync.settings(), removeDeleted: true });
  await sync.run({});
  core.directorySettings.save({ ...core.directorySettings.load(), urls: ['ldaps://copy.contoso.test'] });
  directory.delete(ids[0] ?? '');
  directory.change(ids[1] ?? '', { isAccountEnabled: false });
  const run = await sync.run({});
  expect(run).toMatchObject({ state: 'awaitingApproval', counts: { removed: 0, disabled: 0, held: 2 } });
  expect(await sync.approve(run.id, undefined)).toMatchObject({ counts: { removed: 1, disabled: 1 } });
});
