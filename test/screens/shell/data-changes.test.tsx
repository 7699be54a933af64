import { expect, test } from 'vitest';
import { temporaryCore } from '../../helpers/temporary-core.ts';
import { openConsole } from '../helpers/console.tsx';
import { plainScreen, plainSection } from '../helpers/plain-section.tsx';

test('what another process changes is said, nothing moves by itself, and r reads it', async () => {
  const core = temporaryCore();
  const other = temporaryCore({ folder: core.folder });
  const screens = { one: plainScreen('One'), two: plainScreen('Two') };
  const console = await openConsole(core, {
    sections: [plainSection('one', () => screens.one), plainSection('two', () => screens.two)],
  });
  await core.users.add({ username: 'ada' });
  await other.users.add({ username: 'bob' });
  await console.shows('changed, r to refresh');
  expect(screens.one.events).toEqual([]);
  console.press('r');
  await console.showsNoMore('changed, r to refresh');
  expect(screens.one.events).toEqual(['refresh']);

  await other.users.add({ username: 'carla' });
  await console.shows('changed, r to refresh');
  console.press('2');
  await console.shows('This is Two.');
  expect(screens.two.events).toEqual(['refresh']);
});

test('what this process changes is no news', async () => {
  const core = temporaryCore();
  const before = core.dataVersion();
  await core.users.add({ username: 'ada' });
  expect(core.dataVersion()).toBe(before);
  await temporaryCore({ folder: core.folder }).users.add({ username: 'bob' });
  expect(core.dataVersion()).not.toBe(before);
});
