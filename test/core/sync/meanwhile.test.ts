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
