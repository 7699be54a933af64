import { afterEach, describe, expect, test } from 'vitest';
import type { PtyProgram } from '../screens/helpers/pty.ts';
import { startConsole } from './helpers/console-in-terminal.ts';
import { newInstallation } from './helpers/installation.ts';

const down = '\x1b[B';
const right = '\x1b[C';
const enter = '\r';
const esc = '\x1b';
const save = '\x13';
const clear = '\x15';
let program: PtyProgram | undefined;

afterEach(() => program?.dispose());

/** Chooses a container of the sample directory, so many lines below its root, and saves an item of that name. */
async function addItem(console: PtyProgram, lines: number, container: string, name: string): Promise<void> {
  console.write('a');
  await console.waitFor('OU=Engineering');
  console.write(down.repeat(lines));
  await console.waitFor(new RegExp(`Takes: ${container} and below \\(\\d+ users\\)`));
  console.write(enter);
  await console.waitFor('[Item]');
  console.write(`${clear}${name}${save}`);
  await console.waitFor('The item is saved.');
  await backToItems(console);
}

/** Esc leaves the field where one is edited, then the form. */
async function backToItems(console: PtyProgram): Promise<void> {
  for (let shown = console.text(); !shown.includes('[Synchronization]'); ) {
    const before = shown;
    console.write(esc);
    shown = await console.waitFor((text) => text !== before);
  }
}

describe.skipIf(process.platform === 'win32')('the built console', () => {
  test('keeps items from their first simulation to their end: add, simulate, run, edit, move, explain, remove', async () => {
    const mfa = newInstallation();
    await mfa.json('directory', 'set', '--type', 'sample');
    program = startConsole(mfa, { columns: 80, rows: 24 });
    const console = program;
    await console.waitFor('1 Status');
    console.write('5');
    await console.waitFor('[Settings]');
    console.write(']]]');
    await console.waitFor('There are no items yet.');

    await addItem(console, 4, 'OU=Engineering', 'Builders');
    await addItem(console, 6, 'OU=Finance', 'Money');
    await console.waitFor(/1 +Builders +and below +leave/);

    console.write('w');
    await console.waitFor('simulation, nothing is written');
    expect((await mfa.json<{ total: number }>('users', 'list', '--limit', '1')).total).toBe(0);
    console.write('n');
    await console.waitFor('Do what was simulated');
    console.write(`${right}${enter}`);
    await console.waitFor('synchronized');
    await console.waitFor(/added 172/);
    await backToItems(console);
    await console.waitFor(/1 +Builders .* 123 users, \+123/);
    await console.waitFor(/2 +Money .* 49 users, \+49/);

    console.write('J');
    await console.waitFor(/> +2 +Builders/);
    console.write('e');
    await console.waitFor('[Item]');
    console.write(`${clear}Engineers${down} ${save}`);
    await console.waitFor('The item is saved.');
    await backToItems(console);
    await console.waitFor(/2 +Engineers .*off, 123 users/);
    await console.waitFor('A full run is due');

    const { users } = await mfa.json<{ users: { username: string }[] }>(
      ...['users', 'list', '--filter', 'item:Money', '--limit', '1'],
    );
    const username = users[0]?.username ?? '';
    console.write('x');
    await console.waitFor('Explain a user');
    console.write(`${username}${save}`);
    await console.waitFor(`${username} belongs to "Money".`);
    await console.waitFor(/1 +Money +finds the user, and wins/);
    await backToItems(console);

    console.write('-');
    await console.waitFor('Remove the item "Engineers"?');
    console.write(`${right}${enter}`);
    await console.waitFor('Engineers is removed.');
    const { items } = await mfa.json<{ items: { name: string }[] }>('sync', 'items', 'list');
    expect(items.map(({ name }) => name)).toEqual(['Money']);
    expect((await mfa.json<{ total: number }>('users', 'list', '--limit', '1')).total).toBe(172);
    console.write('q');
    await console.waitFor('left 0');
  });
});
