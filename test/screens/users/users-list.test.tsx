import { describe, expect, test } from 'vitest';
import type { Core } from '../../../src/core/core.ts';
import { type TemporaryCore, temporaryCore } from '../../helpers/temporary-core.ts';
import { type ConsoleOptions, openConsole } from '../helpers/console.tsx';
import { themes } from '../helpers/render-frame.tsx';

async function addPeople(core: Core, count = 0): Promise<void> {
  const people = [
    { username: 'asmith', firstName: 'Ada', lastName: 'Smith', method: 'mobileApp' as const },
    { username: 'bsmith', firstName: 'Bob', lastName: 'Smith', phone: '+14255550123' },
    { username: 'csmithson', firstName: 'Carla', lastName: 'Smithson', method: 'oathToken' as const },
    { username: 'dday', firstName: 'Dmitri', lastName: 'Day', enabled: false },
  ];
  for (const person of people) await core.users.add(person);
  for (let index = 0; index < count; index++) {
    await core.users.add({ username: `user${String(index).padStart(4, '0')}` });
  }
}

/** The list of users, opened. */
async function openList(options: ConsoleOptions & { more?: number; core?: TemporaryCore } = {}) {
  const core = options.core ?? temporaryCore();
  await addPeople(core, options.more);
  const console = await openConsole(core, options);
  console.press('2');
  await console.shows('asmith');
  return { core, console };
}

describe.each([
  [80, 24],
  [120, 40],
])('the list of users at %i x %i', (columns, rows) => {
  test('shows who they are, how they authenticate and whether they can', async () => {
    const { console } = await openList({ columns, rows, more: 60 });
    const text = await console.shows('64');
    expect(text).toMatch(/> {4}asmith +Ada Smith .*Mobile app +enabled/);
    expect(text).toMatch(/bsmith +Bob Smith .*- +no method/);
    expect(text).toMatch(/dday +Dmitri Day .*- +disabled/);
    const lines = await console.frame.lines();
    expect(lines[rows - 2]).toMatch(/a Add {2}e Edit.*\? Help {2}q Quit$/);
    expect(lines[rows - 1]).toBe('');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns);
    console.press('G');
    await console.shows(/> {4}user0059/);
  });

  test('has room for help, forms and questions', async () => {
    const { console } = await openList({ columns, rows });
    for (const [keys, what] of [
      ['?', 'Keys'],
      ['b', 'Reason'],
      ['p', 'PIN again'],
      ['w', 'Kind'],
      ['x', 'Export users'],
      ['-', 'Remove asmith'],
      [':', 'Command'],
    ] as const) {
      console.press(keys);
      await console.shows(what);
      const lines = await console.frame.lines();
      expect(lines[1]).toMatch(/^─+$/);
      expect(lines.filter((line) => line.includes('└─'))).toHaveLength(1);
      console.press('\x1b');
      await console.showsNoMore('└─');
    }
  });
});

describe('filtering', () => {
  test('happens as it is typed, counts, and is cleared by Esc', async () => {
    const { console } = await openList();
    console.press('/smi');
    expect(await console.shows('3 of 4')).toMatch(/Filter: smi/);
    console.press('ths');
    expect(await console.shows('1 of 4')).not.toContain('asmith');
    console.press('\x1b');
    await console.shows('asmith');
  });

  test('knows facets, and says which values one can have while it is typed', async () => {
    const { console } = await openList();
    console.press('/state:dis');
    expect(await console.shows(/state: cannot be "dis"/)).toMatch(/enabled, disabled/);
    console.press('abled\r');
    expect(await console.shows('1 of 4')).toContain('dday');
  });

  test('leaves the marks of those whom it hides', async () => {
    const { console } = await openList();
    console.press('  /day\r');
    expect(await console.shows('2 marked')).toContain('1 of 4');
    console.press(' \x1b');
    await console.shows('3 marked');
  });

  test('promises no key that would only type a letter', async () => {
    const { console } = await openList();
    console.press('/');
    const text = await console.shows('Enter Keep filter');
    expect(text).not.toMatch(/a Add|\? Help/);
    console.press('\r');
    await console.shows('a Add');
  });
});

test('sorting goes by every column, and says so where the column has no room', async () => {
  const { console } = await openList();
  console.press('s');
  expect(await console.shows('By name')).toMatch(/> {4}dday/);
  console.press('S');
  expect(await console.shows('By name, reversed')).toMatch(/> {4}csmithson/);
  console.press('s');
  expect(await console.shows('By e-mail')).not.toContain('E-mail ^');
});

test('the cursor stays on its user when the list changes around them', async () => {
  const { core, console } = await openList();
  console.press('jj');
  await console.shows(/> {4}csmithson/);
  await core.users.add({ username: 'aaron' });
  console.press('r');
  expect(await console.shows('aaron')).toMatch(/> {4}csmithson/);
});

test('a state of the status screen leads to the users who are in it', async () => {
  const core = temporaryCore();
  await addPeople(core);
  const console = await openConsole(core);
  await console.shows('disabled');
  for (let lines = 0; lines < 20 && !/> +disabled/.test(await console.frame.text()); lines += 1) {
    console.press('j');
  }
  console.press('\r');
  expect(await console.shows('Filter: state:disabled')).toContain('dday');
});

describe('without the right to change', () => {
  test('every action stays listed and says why it does nothing', async () => {
    const { core, console } = await openList({ isReadOnly: true });
    for (const key of ['a', 'E', 'D', 'b', 'B', 'o', 'O', 'm', 'p', 'w', '-', 'c']) {
      console.press(key);
      await console.shows('! This console was started with --read-only.');
      console.press('j');
      await console.showsNoMore('started with');
    }
    console.press(':remove');
    await console.shows('> Users: Remove  (This console was started with --read-only.)');
    expect(core.users.listIds().total).toBe(4);
  });

  test('users can be looked at and not edited', async () => {
    const { core, console } = await openList({ isReadOnly: true });
    console.press('e');
    await console.shows('Users > asmith');
    console.press('x\x13');
    await console.shows('Nothing was changed.');
    expect(core.users.find('asmith').version).toBe(1);
  });
});

test('in ASCII and without colour everything is still told', async () => {
  const { console } = await openList({ theme: themes.ascii });
  console.press(' ');
  const text = await console.shows('1 marked');
  expect(text).toMatch(/\[x\] asmith/);
  expect(text).toMatch(/^[\x20-\x7e\n]*$/);
});

test('without users it says how to get some', async () => {
  const console = await openConsole(temporaryCore());
  console.press('2');
  await console.shows('There are no users yet. i imports them, a adds one, c reads a CSV file.');
  console.press('e');
  await console.shows('! There is no user to edit.');
});
