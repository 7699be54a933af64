import { expect, onTestFinished, test } from 'vitest';
import { watchData } from '../../../src/screens/shell/data-changes.ts';
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

test('what was changed in one section is seen in the others, once', async () => {
  const core = temporaryCore();
  const other = temporaryCore({ folder: core.folder });
  const screens = { one: plainScreen('One'), two: plainScreen('Two') };
  const console = await openConsole(core, {
    sections: [plainSection('one', () => screens.one), plainSection('two', () => screens.two)],
  });
  const goTo = async (digit: string, name: string) => {
    console.press(digit);
    await console.shows(`This is ${name}.`);
  };
  await goTo('2', 'Two');
  await goTo('1', 'One');
  console.shell.context.dataWasRead();
  await goTo('2', 'Two');
  await goTo('1', 'One');
  await goTo('2', 'Two');
  expect([screens.one.events, screens.two.events]).toEqual([[], ['refresh']]);

  await other.users.add({ username: 'bob' });
  await console.shows('changed, r to refresh');
  console.press('r');
  await console.showsNoMore('changed, r to refresh');
  await goTo('1', 'One');
  expect([screens.one.events, screens.two.events]).toEqual([['refresh'], ['refresh', 'refresh']]);
});

test('what was read is no news, even if the change was not noticed yet', async () => {
  let version = 1;
  let looks = 0;
  const changes = watchData(
    () => {
      looks++;
      return version;
    },
    () => {},
    1,
  );
  onTestFinished(changes.stop);
  version = 2;
  changes.seen();
  const before = looks;
  await expect.poll(() => looks).toBeGreaterThan(before + 3);
  expect(changes.get()).toBe(false);
  version = 3;
  await expect.poll(changes.get).toBe(true);
});

test('a screen that cannot be refreshed does not offer it', async () => {
  const core = temporaryCore();
  const other = temporaryCore({ folder: core.folder });
  const { refresh: _, ...fixed } = plainScreen('Fixed');
  const console = await openConsole(core, { sections: [plainSection('fixed', () => fixed)] });
  await other.users.add({ username: 'bob' });
  await expect.poll(console.shell.changes.get, { timeout: 8000 }).toBe(true);
  expect(await console.frame.text()).not.toContain('r to refresh');
});

test('what this process changes is no news', async () => {
  const core = temporaryCore();
  const before = core.dataVersion();
  await core.users.add({ username: 'ada' });
  expect(core.dataVersion()).toBe(before);
  await temporaryCore({ folder: core.folder }).users.add({ username: 'bob' });
  expect(core.dataVersion()).not.toBe(before);
});
