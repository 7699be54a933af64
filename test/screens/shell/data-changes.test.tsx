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
  console.press('2');
  await console.shows('This is Two.');
  console.press('1');
  await console.shows('This is One.');
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
  expect(await console.frame.text()).not.toContain('changed, r to refresh');
});

test('what one screen reads again is still told of on the one below it', async () => {
  const core = temporaryCore();
  const other = temporaryCore({ folder: core.folder });
  const above = plainScreen('Above');
  const below = plainScreen('Below', { o: () => console.shell.context.open(above) });
  const console = await openConsole(core, { sections: [plainSection('one', () => below)] });
  console.press('o');
  await console.shows('This is Above.');
  await other.users.add({ username: 'bob' });
  await console.shows('changed, r to refresh');
  console.press('r');
  await console.showsNoMore('changed, r to refresh');
  console.press('\x1b');
  expect(await console.shows('This is Below.')).toContain('changed, r to refresh');
  expect([above.events, below.events]).toEqual([['refresh', 'close'], []]);
  console.press('r');
  await console.showsNoMore('changed, r to refresh');
});

test('what cannot be read again is told, and the console goes on', async () => {
  const broken = plainScreen('One', {}, { refresh: () => Promise.reject(new Error('it is gone')) });
  const console = await openConsole(temporaryCore(), { sections: [plainSection('one', () => broken)] });
  console.press('r');
  await console.shows('It cannot be read again');
  console.press('\x1b');
  await console.shows('This is One.');
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

test('a change is noticed once, at the latest when somebody looks', async () => {
  let version = 1;
  let looks = 0;
  let changes = 0;
  const data = watchData(
    () => {
      looks++;
      return version;
    },
    () => changes++,
    1,
  );
  onTestFinished(data.stop);
  version = 2;
  data.look();
  expect(changes).toBe(1);
  const before = looks;
  await expect.poll(() => looks).toBeGreaterThan(before + 3);
  expect(changes).toBe(1);
  version = 3;
  await expect.poll(() => changes).toBe(2);
});

test('a screen that cannot be refreshed does not offer it', async () => {
  const core = temporaryCore();
  const other = temporaryCore({ folder: core.folder });
  const { refresh: _, ...fixed } = plainScreen('Fixed');
  const console = await openConsole(core, { sections: [plainSection('fixed', () => fixed)] });
  await other.users.add({ username: 'bob' });
  await expect.poll(console.shell.isOld.get, { timeout: 8000 }).toBe(true);
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
