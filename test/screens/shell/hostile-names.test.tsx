import { describe, expect, onTestFinished, test } from 'vitest';
import { coreOfFake } from '../../helpers/connected-core.ts';
import { fakePerson, fakeStaff, fakeStaffDn } from '../../helpers/fake-entries.ts';
import { harmfulCharacters, hostileTexts } from '../../helpers/hostile-texts.ts';
import { runCommand } from '../../helpers/run-command.ts';
import type { TemporaryCore } from '../../helpers/temporary-core.ts';
import { startFakeLdap } from '../../servers/fake-ldap.ts';
import { openConsole, type TestConsole } from '../helpers/console.tsx';

const enter = '\r';
const esc = '\x1b';

/** A store with users whose every text is hostile, imported from a directory. */
async function hostileCore(): Promise<TemporaryCore> {
  const people = hostileTexts.map((text, index) =>
    fakePerson(index, {
      sAMAccountName: `${index} ${text}`,
      givenName: text,
      sn: text,
      mail: text,
      description: text,
      mobile: text,
    }),
  );
  const server = await startFakeLdap({ entries: [fakeStaff(), ...people] });
  onTestFinished(() => server.stop());
  const core = coreOfFake(server);
  const { exitCode } = await runCommand(core.folder, ['import', '--container', fakeStaffDn]);
  expect(exitCode).toBe(0);
  return core;
}

/** The frame of the shell stands where it always stands, and nothing is wider than the terminal. */
async function expectSound(console: TestConsole, columns: number, rows: number): Promise<void> {
  const lines = await console.frame.lines();
  const rule = '─'.repeat(columns);
  expect(lines[0]).toMatch(/^ MFA Console {2}/);
  expect(lines[1]).toBe(rule);
  expect(lines[rows - 4]).toBe(rule);
  expect(lines[rows - 1]).toBe('');
  expect(lines.join('\n')).not.toMatch(harmfulCharacters);
}

/** The four sides of the dialog stand in one column or line each. */
async function expectWholeDialog(console: TestConsole, columns: number): Promise<void> {
  await console.shows('┌─ ');
  const grid = await Promise.all(Array.from({ length: columns }, (_, x) => console.frame.column(x)));
  const left = grid.findIndex((cells) => cells.includes('┌'));
  const top = grid[left]?.indexOf('┌') ?? -1;
  const right = grid.findIndex((cells) => cells[top] === '┐');
  const bottom = grid[left]?.indexOf('└') ?? -1;
  expect(right).toBeGreaterThan(left);
  expect(grid[right]?.[bottom]).toBe('┘');
  const sides = [left, right].map((x) =>
    grid[x]
      ?.slice(top + 1, bottom)
      .join('')
      .replaceAll('│', ''),
  );
  expect(sides).toEqual(['', '']);
}

describe.each([
  [80, 24],
  [120, 40],
])('names of a hostile directory at %i x %i', (columns, rows) => {
  test('break no list, no form, no dialog and no log', { timeout: 60_000 }, async () => {
    const core = await hostileCore();
    const console = await openConsole(core, { columns, rows });
    const sound = () => expectSound(console, columns, rows);
    await console.shows('Last run');
    await sound();
    console.press('2');
    await console.shows('Username');
    await sound();
    for (const index of hostileTexts.keys()) {
      console.press(`/${index} \r`);
      await console.shows(`Filter: ${index} `);
      await sound();
      console.press('e');
      await console.shows('First name');
      await sound();
      console.press(`${esc}]`);
      await console.shows('[Advanced]');
      await sound();
      console.press(`${esc}q`);
      await console.shows('a Add');
      for (const key of ['b', '-']) {
        console.press(key);
        await expectWholeDialog(console, columns);
        await sound();
        console.press(esc);
        await console.showsNoMore('┌─ ');
      }
      console.press(`/${esc}`);
    }
    console.press('6');
    await console.shows('Logging');
    await sound();
    console.press(enter);
    await console.shows('Logging >');
    await sound();
    console.press(`${esc}]`);
    await console.shows('import');
    console.press(enter);
    await console.shows('Run 1');
    await sound();
    console.press(enter);
    await expectWholeDialog(console, columns);
    await sound();
  });
});
