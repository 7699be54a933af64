import { expect, test } from 'vitest';
import { knownPeople } from '../../../src/core/sync/known-people.ts';
import {
  ChangingDirectory,
  container,
  definition,
  synchronizationWith,
} from '../../helpers/changing-directory.ts';
import { temporaryCore } from '../../helpers/temporary-core.ts';

test('people are known as they were found last, unless they left, or belong to other items', async () => {
  const core = temporaryCore();
  const directory = new ChangingDirectory();
  const [staff, lab, away] = [directory.ou('Staff'), directory.ou('Lab'), directory.ou('Away')];
  const [stays, moves, leaves] = ['stays', 'moves', 'leaves'].map((name) => directory.add(name, staff));
  directory.add('other', lab);
  await core.users.add({ username: 'by.hand' });
  const sync = synchronizationWith(core, directory);
  sync.items.add('Staff', definition(container(staff)));
  sync.items.add('Lab', definition(container(lab)));
  await sync.run({});
  const inner = directory.ou('Inner', staff);
  directory.move(moves ?? '', inner);
  directory.move(leaves ?? '', away);
  expect(await sync.run({})).toMatchObject({ state: 'completed', counts: { updated: 1, disabled: 1 } });
  const items = [sync.items.find('Staff')];
  expect([...(knownPeople(items, core.store)?.() ?? [])].sort((a, b) => (a.dn < b.dn ? -1 : 1))).toEqual([
    { directoryId: moves, dn: `CN=moves,${inner}` },
    { directoryId: stays, dn: `CN=stays,${staff}` },
  ]);
});

test('where an item does not update known users, it is not known where people are', () => {
  const core = temporaryCore();
  const directory = new ChangingDirectory();
  const { items } = synchronizationWith(core, directory);
  const places = ['Staff', 'Lab'].map((name) => container(directory.ou(name)));
  const [staff, lab] = places.map((place, index) =>
    items.add(`Item ${index}`, definition(place, { rules: { updateExisting: index === 0 } })),
  );
  if (staff === undefined || lab === undefined) throw new Error('there are two items');
  expect(knownPeople([staff], core.store)).not.toBeNull();
  expect(knownPeople([staff, lab], core.store)).toBeNull();
});
